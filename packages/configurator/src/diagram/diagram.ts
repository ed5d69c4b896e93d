/**
 * An ordered multi-valued decision diagram over some variables of a problem, one level a variable,
 * in typed arrays. Nodes are numbered level by level from the root down, so a child has a greater
 * number than its parents and one scan over the edges is a sweep. Every edge leads to the next
 * level; every node lies on a path from the root to the last node, which says *yes*. Values without
 * an edge lead nowhere. Each path is one solution, and each solution one path.
 */
export interface Diagram {
  /** The variable of each level, root first. */
  readonly order: Int32Array;
  /**
   * First node of each level, then the node *yes*, then the number of nodes: `order.length + 2`
   * entries. All zero where there is no solution.
   */
  readonly nodeAt: Int32Array;
  /** First edge of each node, then the number of edges: one entry more than there are nodes. */
  readonly edgeAt: Int32Array;
  /** The value of each edge; ascending within a node. */
  readonly values: Uint8Array | Uint16Array | Int32Array;
  /** The node that each edge leads to. */
  readonly children: Int32Array;
}

/** Whether there is no solution at all. */
export function isEmpty(diagram: Diagram): boolean {
  return diagram.edgeAt.length <= 1;
}

/** The diagram without a solution over some variables. */
export function emptyDiagram(order: Int32Array): Diagram {
  return {
    order,
    nodeAt: new Int32Array(order.length + 2),
    edgeAt: new Int32Array(1),
    values: new Uint8Array(0),
    children: new Int32Array(0),
  };
}

/** Values, at most `top`, in the narrowest array that holds them; a copy. */
export function narrowed(values: Int32Array, top: number): Diagram['values'] {
  if (top <= 0xff) return Uint8Array.from(values);
  return top <= 0xffff ? Uint16Array.from(values) : values.slice();
}
