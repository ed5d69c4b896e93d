import type { Diagram } from '../diagram/diagram.ts';

interface Level {
  /** Edges of each node as value and child within the next level, alternating. */
  readonly nodes: number[][];
  readonly known: Map<string, number>;
}

/**
 * The quasi-reduced diagram of a list of solutions, made from their trie: what a compiler's diagram
 * is compared with. `order` says which variables stand on which level; solutions that agree on all of
 * them count once. Takes time and memory in the number of solutions.
 */
export function diagramOfSolutions(
  solutions: readonly Int32Array[],
  order: ArrayLike<number>,
): Diagram {
  const levels = Array.from(order, (): Level => ({ nodes: [], known: new Map() }));
  const build = (level: number, group: readonly Int32Array[]): number => {
    const here = levels[level];
    if (here === undefined) return 0;
    const byValue = new Map<number, Int32Array[]>();
    for (const solution of group) {
      const value = solution[order[level] ?? 0] ?? 0;
      byValue.set(value, [...(byValue.get(value) ?? []), solution]);
    }
    const sorted = [...byValue].sort(([a], [b]) => a - b);
    const edges = sorted.flatMap(([value, rest]) => [value, build(level + 1, rest)]);
    const key = edges.join();
    const found = here.known.get(key);
    if (found !== undefined) return found;
    here.known.set(key, here.nodes.length);
    return here.nodes.push(edges) - 1;
  };
  if (solutions.length > 0) build(0, solutions);
  return flatten(Int32Array.from(order), levels, solutions.length === 0);
}

function flatten(order: Int32Array, levels: readonly Level[], isEmpty: boolean): Diagram {
  const nodeAt = new Int32Array(order.length + 2);
  if (isEmpty) {
    const children = new Int32Array(0);
    return { order, nodeAt, edgeAt: new Int32Array(1), values: new Uint8Array(0), children };
  }
  levels.forEach((level, l) => {
    nodeAt[l + 1] = (nodeAt[l] ?? 0) + level.nodes.length;
  });
  nodeAt[order.length + 1] = (nodeAt[order.length] ?? 0) + 1;
  const edgeAt = [0];
  const values: number[] = [];
  const children: number[] = [];
  levels.forEach((level, l) => {
    for (const edges of level.nodes) {
      for (let i = 0; i < edges.length; i += 2) {
        values.push(edges[i] ?? 0);
        children.push((nodeAt[l + 1] ?? 0) + (edges[i + 1] ?? 0));
      }
      edgeAt.push(values.length);
    }
  });
  edgeAt.push(values.length);
  return {
    order,
    nodeAt,
    edgeAt: Int32Array.from(edgeAt),
    values: Uint8Array.from(values),
    children: Int32Array.from(children),
  };
}

/** Every solution of a diagram by level: one array of values for each path. Some ten thousand, please. */
export function listPaths(diagram: Diagram): readonly number[][] {
  const { order, edgeAt, values, children } = diagram;
  if (edgeAt.length <= 1) return [];
  const found: number[][] = [];
  const walk = (node: number, path: readonly number[]): void => {
    if (path.length === order.length) {
      found.push([...path]);
      return;
    }
    for (let e = edgeAt[node] ?? 0; e < (edgeAt[node + 1] ?? 0); e++) {
      walk(children[e] ?? 0, [...path, values[e] ?? 0]);
    }
  };
  walk(0, []);
  return found;
}

/** What is wrong with the edges of a node, in a word. */
function faultOfNode(diagram: Diagram, level: number, node: number): string | undefined {
  const { nodeAt, edgeAt, values, children } = diagram;
  const from = edgeAt[node] ?? 0;
  const own = [...values.subarray(from, edgeAt[node + 1])];
  const targets = [...children.subarray(from, edgeAt[node + 1])];
  const isSorted = own.every((value, i) => i === 0 || value > (own[i - 1] ?? 0));
  const isNext = (child: number): boolean =>
    child >= (nodeAt[level + 1] ?? 0) && child < (nodeAt[level + 2] ?? 0);
  if (own.length === 0) return `node ${node} has no edge`;
  if (!isSorted) return `node ${node} is not sorted`;
  return targets.every(isNext) ? undefined : `node ${node} leads away`;
}

function faultOfLevel(diagram: Diagram, level: number): string | undefined {
  const { nodeAt, edgeAt, values, children } = diagram;
  const known = new Set<string>();
  const from = nodeAt[level] ?? 0;
  const to = nodeAt[level + 1] ?? 0;
  for (let n = from; n < to; n++) {
    const fault = faultOfNode(diagram, level, n);
    if (fault !== undefined) return fault;
    known.add(
      `${values.slice(edgeAt[n], edgeAt[n + 1])}:${children.slice(edgeAt[n], edgeAt[n + 1])}`,
    );
  }
  return known.size === to - from && known.size > 0 ? undefined : `level ${level} has twins`;
}

/** What is wrong with a diagram's arrays, in a sentence; undefined where they are as promised. */
export function faultOfDiagram(diagram: Diagram): string | undefined {
  const { order, nodeAt, edgeAt, values, children } = diagram;
  const depth = order.length;
  const nodes = nodeAt[depth + 1] ?? 0;
  if (nodeAt.length !== depth + 2) return 'nodeAt has the wrong length';
  if (edgeAt.length !== nodes + 1) return 'edgeAt has the wrong length';
  if (values.length !== edgeAt[nodes] || children.length !== values.length) return 'wrong edges';
  if (nodes === 0) return nodeAt.every((n) => n === 0) ? undefined : 'an empty one has levels';
  if (nodes - (nodeAt[depth] ?? 0) !== 1) return 'not one last node';
  const faults = Array.from(order, (_, l) => faultOfLevel(diagram, l)).filter(
    (f) => f !== undefined,
  );
  const reached = new Set([0, ...children]).size;
  return faults[0] ?? (reached === nodes ? undefined : 'a node is not reached');
}
