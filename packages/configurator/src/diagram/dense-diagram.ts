import type { Diagram } from './diagram.ts';
import type { Diagram as DenseDiagram } from './old-compile.ts';

/** One level with an entry for every value of every node: its child in the next level, or -1. */
function denseLevel(diagram: Diagram, l: number, size: number): Int32Array {
  const { nodeAt, edgeAt, values, children } = diagram;
  const [from, to] = [nodeAt[l] ?? 0, nodeAt[l + 1] ?? 0];
  const level = new Int32Array((to - from) * size).fill(-1);
  for (let n = from; n < to; n++) {
    const end = edgeAt[n + 1] ?? 0;
    for (let e = edgeAt[n] ?? 0; e < end; e++) {
      level[(n - from) * size + (values[e] ?? 0)] = (children[e] ?? 0) - to;
    }
  }
  return level;
}

/** A diagram with rows of all values instead of edges. Linear in nodes times values. */
export function toDense(diagram: Diagram, sizeOf: (variable: number) => number): DenseDiagram {
  const { order } = diagram;
  const sizes = order.map(sizeOf);
  return {
    order,
    sizes,
    children: Array.from(order, (_, l) => denseLevel(diagram, l, sizes[l] ?? 1)),
    nodeCount: Math.max(0, diagram.edgeAt.length - 2),
  };
}
