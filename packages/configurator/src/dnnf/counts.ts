import type { Decided } from '../problem/problem.ts';
import { counting } from '../questions/semiring.ts';
import type { Circuit } from './circuit.ts';
import { liftCircuit, lowerCircuit } from './sweep.ts';

/** One for each option that the decisions leave, nothing for the others of decided variables. */
function weightsOf(circuit: Circuit, optionAt: Int32Array, decided: Decided | undefined): bigint[] {
  const weights = new Array<bigint>(circuit.options).fill(1n);
  decided?.forEach((value, v) => {
    if (value < 0) return;
    for (let o = optionAt[v] ?? 0; o < (optionAt[v + 1] ?? 0); o++) {
      if (o !== (optionAt[v] ?? 0) + value) weights[o] = 0n;
    }
  });
  return weights;
}

/** Counts of nodes: as numbers while those are exact, else -1 and the long number beside. */
interface Counts {
  readonly small: Float64Array;
  readonly large: bigint[];
}

const EXACT_MAX: number = Number.MAX_SAFE_INTEGER;

function keep({ small, large }: Counts, node: number, count: bigint): void {
  small[node] = -1;
  large[node] = count;
}

/*
 * In the loops below `as number` stands where an index lies within its array by how a circuit is
 * made, and `as bigint` where a number of -1 says that the long one is there.
 */

function countSum({ childAt, children }: Circuit, counts: Counts, gate: number, at: number): void {
  const { small, large } = counts;
  let low = 0;
  let high = 0n;
  const end = childAt[gate + 1] as number;
  for (let e = childAt[gate] as number; e < end; e++) {
    const child = children[e] as number;
    const own = small[child] as number;
    if (own < 0) high += large[child] as bigint;
    else if (low + own <= EXACT_MAX) low += own;
    else {
      high += BigInt(low);
      low = own;
    }
  }
  if (high === 0n) small[at] = low;
  else keep(counts, at, low === 0 ? high : high + BigInt(low));
}

function countProduct(
  { childAt, children }: Circuit,
  counts: Counts,
  gate: number,
  at: number,
): void {
  const { small, large } = counts;
  let low = 1;
  let high = 1n;
  const end = childAt[gate + 1] as number;
  for (let e = childAt[gate] as number; e < end && low > 0; e++) {
    const child = children[e] as number;
    const own = small[child] as number;
    if (own < 0) high *= large[child] as bigint;
    else if (low * own <= EXACT_MAX) low *= own;
    else {
      high *= BigInt(low);
      low = own;
    }
  }
  if (high === 1n || low === 0) small[at] = low;
  else keep(counts, at, low === 1 ? high : high * BigInt(low));
}

/**
 * How many designs keep the decisions; exact, with hundreds of digits if need be. One pass over the
 * edges, on long numbers where numbers are not exact.
 */
export function countDesigns(circuit: Circuit, optionAt: Int32Array, decided?: Decided): bigint {
  const { options, isSum } = circuit;
  const small = new Float64Array(options + isSum.length).fill(1, 0, options);
  decided?.forEach((value, v) => {
    if (value < 0) return;
    const from = optionAt[v] ?? 0;
    small.fill(0, from, optionAt[v + 1]);
    small[from + value] = 1;
  });
  const counts: Counts = { small, large: new Array<bigint>(small.length) };
  for (let gate = 0; gate < isSum.length; gate++) {
    const count = isSum[gate] === 1 ? countSum : countProduct;
    count(circuit, counts, gate, options + gate);
  }
  const root = small.length - 1;
  return counts.large[root] ?? BigInt(small[root] ?? 0);
}

/**
 * How many designs have each option and keep the decisions about other variables; exact. Two passes,
 * each a product or a sum of long numbers for every edge that matters.
 */
export function countDesignsByOption(
  circuit: Circuit,
  optionAt: Int32Array,
  decided?: Decided,
): readonly bigint[] {
  const values = liftCircuit(circuit, counting, weightsOf(circuit, optionAt, decided));
  return lowerCircuit(circuit, counting, values).slice(0, circuit.options);
}
