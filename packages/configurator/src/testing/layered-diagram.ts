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

/** A level's edges by value, one map a node: every node of the next level gets a parent nearby. */
function edgesOfLevel(
  dice: ReturnType<typeof seededRandom>,
  at: { readonly width: number; readonly next: number },
  size: number,
): readonly Map<number, number>[] {
  const lists = Array.from({ length: at.width }, () => new Map<number, number>());
  for (let child = 0; child < at.next; child++) {
    const edges = lists[Math.floor((child / at.next) * at.width)];
    edges?.set(edges.size, child);
  }
  lists.forEach((edges, node) => {
    const near = Math.floor((node / at.width) * at.next);
    for (let i = 1 + dice.below(4); i > 0; i--) {
      const value = dice.below(size);
      const child = Math.min(at.next - 1, Math.max(0, near + dice.below(64) - 32));
      if (!edges.has(value)) edges.set(value, child);
    }
  });
  return lists;
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
  // No level is wider than twice the one before, so that two values give each node a parent.
  for (let l = 1; l < widths.length; l++) {
    widths[l] = Math.min(widths[l] ?? 1, 2 * (widths[l - 1] ?? 1));
  }
  widths.push(1);
  const nodeAt = [0];
  for (const width of widths) nodeAt.push((nodeAt.at(-1) ?? 0) + width);
  const edgeAt = [0];
  const values: number[] = [];
  const children: number[] = [];
  sizes.forEach((count, l) => {
    const width = widths[l] ?? 1;
    const next = widths[l + 1] ?? 1;
    const lists = edgesOfLevel(dice, { width, next }, count);
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
