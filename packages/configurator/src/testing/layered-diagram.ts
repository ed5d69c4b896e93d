import { seededRandom } from '@keepsake/kernel';
import type { Diagram } from '../diagram/diagram.ts';
import { makeProblem, type Problem } from '../problem/problem.ts';

/** How large a diagram of chance is. */
export interface LayeredSize {
  readonly seed: number;
  readonly levels: number;
  /** Nodes about; levels in the middle are widest. */
  readonly nodes: number;
  /** Values of a variable at most. */
  readonly values: number;
}

/** Edges of one node, by value; few values lead anywhere, and those to nearby nodes. */
function edgesOf(
  dice: ReturnType<typeof seededRandom>,
  at: { readonly node: number; readonly width: number; readonly next: number },
  size: number,
): Map<number, number> {
  const edges = new Map<number, number>();
  const near = Math.floor((at.node / at.width) * at.next);
  const wanted = Math.min(size, 1 + dice.below(4));
  while (edges.size < wanted) {
    const child = Math.min(at.next - 1, Math.max(0, near + dice.below(64) - 32));
    edges.set(dice.below(size), child);
  }
  return edges;
}

/** Gives every node of the next level a parent: a nearby one that has a value to spare. */
function adopt(lists: readonly Map<number, number>[], next: number, size: number): void {
  const reached = new Set(lists.flatMap((edges) => [...edges.values()]));
  for (let child = 0; child < next; child++) {
    if (reached.has(child)) continue;
    let parent = Math.floor((child / next) * lists.length);
    while ((lists[parent]?.size ?? 0) === size) parent = (parent + 1) % lists.length;
    const edges = lists[parent] ?? new Map<number, number>();
    let value = 0;
    while (edges.has(value)) value++;
    edges.set(value, child);
  }
}

/**
 * A large diagram made by chance, for measuring: levels grow to the middle and shrink again, values
 * of one node often lead to the same child. Equal nodes are not merged. The same size, the same
 * diagram; each level's variable is its number.
 */
export function layeredDiagram(size: LayeredSize): { diagram: Diagram; problem: Problem } {
  const dice = seededRandom(size.seed);
  const sizes = Array.from({ length: size.levels }, () => 2 + dice.below(size.values - 1));
  const peak = (2 * size.nodes) / size.levels;
  const widths = sizes.map((_, l) =>
    Math.max(1, Math.round(peak * Math.min(1, (2 * l) / size.levels, 2 - (2 * l) / size.levels))),
  );
  widths[0] = 1;
  widths.push(1);
  const nodeAt = [0];
  for (const width of widths) nodeAt.push((nodeAt.at(-1) ?? 0) + width);
  const edgeAt = [0];
  const values: number[] = [];
  const children: number[] = [];
  sizes.forEach((count, l) => {
    const width = widths[l] ?? 1;
    const next = widths[l + 1] ?? 1;
    const lists = Array.from({ length: width }, (_, node) =>
      edgesOf(dice, { node, width, next }, count),
    );
    adopt(lists, next, count);
    for (const edges of lists) {
      for (const [value, child] of [...edges].sort(([a], [b]) => a - b)) {
        values.push(value);
        children.push((nodeAt[l + 1] ?? 0) + child);
      }
      edgeAt.push(values.length);
    }
  });
  edgeAt.push(values.length);
  const diagram = {
    order: Int32Array.from(sizes.keys()),
    nodeAt: Int32Array.from(nodeAt),
    edgeAt: Int32Array.from(edgeAt),
    values: Uint8Array.from(values),
    children: Int32Array.from(children),
  };
  return { diagram, problem: makeProblem(sizes, []) };
}
