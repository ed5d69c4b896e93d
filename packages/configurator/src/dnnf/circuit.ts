/**
 * A smooth, deterministic, decomposable circuit (sd-DNNF, Darwiche 2001) over the options of a
 * Boolean problem, in typed arrays. Nodes 0 … `options` - 1 are the *leaves*, one for each option;
 * the *gates* follow, children before parents, and the last gate is the root, so that one scan over
 * the gates is a sweep.
 *
 * A *sum* holds where one of its children holds; no two of them hold together, and all mention the
 * same variables. A *product* holds where all children do; no two mention the same variable. The
 * root mentions every variable, so each design is one way down from it. A sum without children never
 * holds, a product without children always does.
 *
 * Five arrays of plain numbers and nothing else: their bytes, one after the other, are the file.
 */
export interface Circuit {
  /** Leaves, which is the number of options of the problem. */
  readonly options: number;
  /** Of each gate: 1 for a sum, 0 for a product. */
  readonly isSum: Uint8Array;
  /** First child of each gate, and the number of children in all at the end. */
  readonly childAt: Int32Array;
  /** Nodes, grouped by gate. */
  readonly children: Int32Array;
}

/** Nodes of a circuit, leaves included. */
export function nodeCountOf(circuit: Circuit): number {
  return circuit.options + circuit.isSum.length;
}

/** Whether nothing obeys the constraints: the root is a sum without children. */
export function isContradiction(circuit: Circuit): boolean {
  const last = circuit.isSum.length - 1;
  return circuit.isSum[last] === 1 && circuit.childAt[last] === circuit.childAt[last + 1];
}
