import type { Decided } from '../problem/problem.ts';
import type { Circuit } from './circuit.ts';

/** Room for the sweeps of one circuit, so that a question allocates nothing. */
export interface ValidityScratch {
  /** Of each node: parts that cannot hold, 2 for more; of a sum 1 where no alternative can. */
  readonly lacks: Uint8Array;
  /** Of each node: 1 where the rest of some design asks for it. */
  readonly wanted: Uint8Array;
}

/** Makes room for the sweeps of a circuit: two bytes a node. */
export function makeValidityScratch(circuit: Circuit): ValidityScratch {
  const nodes = circuit.options + circuit.isSum.length;
  return { lacks: new Uint8Array(nodes), wanted: new Uint8Array(nodes) };
}

/*
 * In the loops below `as number` stands where an index lies within its array by how a circuit is
 * made.
 */

/** 1 where no alternative from `from` to `to` can hold. */
function lackOfSum(children: Int32Array, lacks: Uint8Array, from: number, to: number): number {
  for (let e = from; e < to; e++) if (lacks[children[e] as number] === 0) return 0;
  return 1;
}

/** How many parts from `from` to `to` cannot hold; 2 for more. */
function lackOfProduct(children: Int32Array, lacks: Uint8Array, from: number, to: number): number {
  let lack = 0;
  for (let e = from; e < to; e++) {
    if (lacks[children[e] as number] !== 0 && ++lack === 2) return 2;
  }
  return lack;
}

function lift({ options, isSum, childAt, children }: Circuit, lacks: Uint8Array): void {
  const gates = isSum.length;
  for (let gate = 0; gate < gates; gate++) {
    const from = childAt[gate] as number;
    const to = childAt[gate + 1] as number;
    lacks[options + gate] =
      isSum[gate] === 1
        ? lackOfSum(children, lacks, from, to)
        : lackOfProduct(children, lacks, from, to);
  }
}

function lower({ options, isSum, childAt, children }: Circuit, scratch: ValidityScratch): void {
  const { lacks, wanted } = scratch;
  wanted.fill(0);
  wanted[wanted.length - 1] = 1;
  for (let gate = isSum.length - 1; gate >= 0; gate--) {
    const lack = isSum[gate] === 1 ? 0 : (lacks[options + gate] as number);
    if (wanted[options + gate] === 0 || lack === 2) continue;
    const end = childAt[gate + 1] as number;
    for (let e = childAt[gate] as number; e < end; e++) {
      const child = children[e] as number;
      if (lack === 0 || lacks[child] !== 0) wanted[child] = 1;
    }
  }
}

/** What is asked: under which decisions, value or -1 by variable. */
export interface ValidityQuestion {
  readonly optionAt: Int32Array;
  readonly decided?: Decided;
}

/**
 * Marks the options that some design has which keeps all decisions about other variables: a decided
 * variable shows what it could be switched to. Answers whether any design keeps all decisions. One
 * pass up and one down over the edges, without allocation.
 */
export function markValidOptions(
  circuit: Circuit,
  { optionAt, decided }: ValidityQuestion,
  scratch: ValidityScratch,
  valid: Uint8Array,
): boolean {
  const { lacks, wanted } = scratch;
  lacks.fill(0, 0, circuit.options);
  const variables = decided?.length ?? 0;
  for (let v = 0; v < variables; v++) {
    const value = decided?.[v] ?? -1;
    if (value < 0) continue;
    const from = optionAt[v] as number;
    lacks.fill(1, from, optionAt[v + 1] as number);
    lacks[from + value] = 0;
  }
  lift(circuit, lacks);
  lower(circuit, scratch);
  valid.set(wanted.subarray(0, circuit.options));
  return lacks[lacks.length - 1] === 0;
}
