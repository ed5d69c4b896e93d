import type { Diagram } from '../diagram/diagram.ts';

/** The child of a node by a value, or -1 where the value leads nowhere. Looks at the node's edges. */
export function findChild(diagram: Diagram, node: number, value: number): number {
  const { edgeAt, values, children } = diagram;
  const end = edgeAt[node + 1] ?? 0;
  for (let e = edgeAt[node] ?? 0; e < end; e++) {
    if (values[e] === value) return children[e] ?? -1;
  }
  return -1;
}
