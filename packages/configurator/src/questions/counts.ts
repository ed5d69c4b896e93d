import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { borrowFloats, FLOAT_PLACE } from './scratch.ts';
import { counting } from './semiring.ts';
import { marginals, sweepUp } from './sweep.ts';

/** Whose options, and for how many values each stands. */
interface Counting {
  readonly optionAt: Int32Array;
  readonly multiplicity: Float64Array | undefined;
}

/** How many designs there are, and how many with each option of the problem. */
export interface ExactCounts {
  readonly total: bigint;
  readonly byOption: readonly bigint[];
}

/*
 * Beyond 2^53 counts are taken modulo several primes below 2^25, and put together at the end
 * (Chinese remainders; Garner 1959). Products of two remainders stay below 2^50, so that sums of
 * eight are exact in floating point: much faster than big integers by node.
 */
const PRIME_BITS = 24.99;
const BRIM: number = 2 ** 52;

function isPrime(n: number): boolean {
  for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
  return n % 2 === 1;
}

const primes: number[] = [];

/** The i-th greatest prime below 2^25. */
function primeAt(i: number): number {
  while (primes.length <= i) {
    let next = (primes.at(-1) ?? 2 ** 25 + 1) - 2;
    while (!isPrime(next)) next -= 2;
    primes.push(next);
  }
  return primes[i] ?? 0;
}

/** The remainder of a number from 0 to 2^53. */
function reduce(x: number, p: number, inverse: number): number {
  const rest = x - p * Math.floor(x * inverse);
  // The quotient can be off by one.
  if (rest < 0) return rest + p;
  return rest >= p ? rest - p : rest;
}

interface Residues {
  readonly diagram: Diagram;
  readonly optionAt: Int32Array;
  /** The multiplicity of each option modulo the prime, or undefined where all are 1. */
  readonly times: Float64Array | undefined;
  readonly p: number;
  readonly inverse: number;
  readonly up: Float64Array;
  readonly down: Float64Array;
}

/** What a count becomes by an option, modulo the prime; small numbers stay as they are. */
function scaled(count: number, option: number, { times, p, inverse }: Residues): number {
  return times === undefined ? count : reduce(count * (times[option] as number), p, inverse);
}

/** A sum, reduced where the next one could be inexact. */
function tame(sum: number, { p, inverse }: Residues): number {
  return sum < BRIM ? sum : reduce(sum, p, inverse);
}

/** Counts from each node to the last one, modulo the prime. */
function liftResidues(residues: Residues): void {
  const { diagram, optionAt, p, inverse, up } = residues;
  const { order, nodeAt, edgeAt, values, children } = diagram;
  up[nodeAt[order.length] ?? 0] = 1;
  for (let l = order.length - 1; l >= 0; l--) {
    const base = optionAt[order[l] ?? 0] ?? 0;
    const to = nodeAt[l + 1] ?? 0;
    for (let n = nodeAt[l] ?? 0; n < to; n++) {
      const end = edgeAt[n + 1] as number;
      let sum = 0;
      for (let e = edgeAt[n] as number; e < end; e++) {
        const below = up[children[e] as number] as number;
        sum = tame(sum + scaled(below, base + (values[e] as number), residues), residues);
      }
      up[n] = reduce(sum, p, inverse);
    }
  }
}

/** Counts with each option, modulo the prime, after `liftResidues`. */
function lowerResidues(residues: Residues, into: Float64Array): void {
  const { diagram, optionAt, p, inverse, up, down } = residues;
  const { order, nodeAt, edgeAt, values, children } = diagram;
  down[0] = 1;
  for (let l = 0; l < order.length; l++) {
    const base = optionAt[order[l] ?? 0] ?? 0;
    const to = nodeAt[l + 1] ?? 0;
    down.fill(0, to, nodeAt[l + 2]);
    for (let n = nodeAt[l] ?? 0; n < to; n++) {
      const here = reduce(down[n] as number, p, inverse);
      const end = edgeAt[n + 1] as number;
      for (let e = edgeAt[n] as number; e < end; e++) {
        const option = base + (values[e] as number);
        const child = children[e] as number;
        const through = scaled(here, option, residues);
        into[option] = tame((into[option] as number) + through * (up[child] as number), residues);
        // At most 2^28 parents of less than 2^25 each.
        down[child] = (down[child] as number) + through;
      }
    }
  }
}

/** The number below the product of the primes that has these remainders. */
function fromRemainders(rests: readonly number[]): bigint {
  const digits: number[] = [];
  rests.forEach((rest, i) => {
    const p = primeAt(i);
    const inverse = 1 / p;
    // The value of the digits so far, and what the next one stands for, modulo p.
    let value = 0;
    let unit = 1;
    digits.forEach((digit, j) => {
      value = reduce(value + digit * unit, p, inverse);
      unit = reduce(unit * primeAt(j), p, inverse);
    });
    digits.push(reduce((rest - value + p) * inverseOf(unit, p), p, inverse));
  });
  return digits.reduceRight((sum, digit, j) => sum * BigInt(primeAt(j)) + BigInt(digit), 0n);
}

/** 1 / a modulo p, by Euclid's algorithm. */
function inverseOf(a: number, p: number): number {
  let [r, next, s, t] = [p, a, 0, 1];
  while (next !== 0) {
    const q = Math.floor(r / next);
    [r, next, s, t] = [next, r - q * next, t, s - q * t];
  }
  return s < 0 ? s + p : s;
}

/** The count in floating point: never less than 1 - 10^-9 of the right one. */
function roughCount(diagram: Diagram, { optionAt, multiplicity }: Counting): number {
  const { order, nodeAt, edgeAt, values, children } = diagram;
  const up = borrowFloats(FLOAT_PLACE.residueUp, edgeAt.length);
  up[nodeAt[order.length] ?? 0] = 1;
  for (let l = order.length - 1; l >= 0; l--) {
    const base = optionAt[order[l] ?? 0] ?? 0;
    const to = nodeAt[l + 1] ?? 0;
    for (let n = nodeAt[l] ?? 0; n < to; n++) {
      const end = edgeAt[n + 1] as number;
      let sum = 0;
      for (let e = edgeAt[n] as number; e < end; e++) {
        const below = up[children[e] as number] as number;
        sum += below * (multiplicity?.[base + (values[e] as number)] ?? 1);
      }
      up[n] = sum;
    }
  }
  return up[0] ?? 0;
}

function residuesOf(
  diagram: Diagram,
  { optionAt, multiplicity }: Counting,
  prime: number,
): Residues {
  const p = primeAt(prime);
  const length = diagram.edgeAt.length;
  return {
    diagram,
    optionAt,
    times: multiplicity?.map((times) => times % p),
    p,
    inverse: 1 / p,
    up: borrowFloats(FLOAT_PLACE.residueUp, length),
    down: borrowFloats(FLOAT_PLACE.residueDown, length),
  };
}

/** How many primes are needed for numbers up to about this. */
function primesFor(count: number): number {
  return Math.ceil((Math.log2(count) + 0.01) / PRIME_BITS);
}

const bigWeights = ({ optionAt, multiplicity }: Counting) => ({
  optionAt,
  weightOf: (option: number): bigint => BigInt(multiplicity?.[option] ?? 1),
});

/**
 * How many designs a diagram holds, exactly at any size. One pass over the edges up to 2^53, one more
 * for every 25 bits of the number; beyond 10^308 with big integers, which takes ten times as long. `multiplicity` tells for how many values each option stands: whole,
 * 1 to 2^25; 1 where it is left out.
 */
export function countExact(
  diagram: Diagram,
  optionAt: Int32Array,
  multiplicity?: Float64Array,
): bigint {
  const counts = { optionAt, multiplicity };
  if (isEmpty(diagram)) return 0n;
  const rough = roughCount(diagram, counts);
  if (rough <= Number.MAX_SAFE_INTEGER) return BigInt(rough);
  if (!Number.isFinite(rough)) return sweepUp(diagram, counting, bigWeights(counts))[0] ?? 0n;
  const rests = Array.from({ length: primesFor(rough) }, (_, i) => {
    const residues = residuesOf(diagram, counts, i);
    liftResidues(residues);
    return residues.up[0] ?? 0;
  });
  return fromRemainders(rests);
}

/**
 * How many designs have each option, exactly at any size, and how many there are. Two passes over the
 * edges for every 25 bits of the total; beyond 10^308 with big integers.
 */
export function countsByOption(
  diagram: Diagram,
  optionAt: Int32Array,
  multiplicity?: Float64Array,
): ExactCounts {
  const counts = { optionAt, multiplicity };
  const options = optionAt.at(-1) ?? 0;
  const none = Array.from({ length: options }, () => 0n);
  if (isEmpty(diagram)) return { total: 0n, byOption: none };
  const rough = roughCount(diagram, counts);
  if (!Number.isFinite(rough)) {
    const { total, byOption } = marginals(diagram, counting, bigWeights(counts));
    return { total, byOption: none.map((_, o) => byOption[o] ?? 0n) };
  }
  const rests: Float64Array[] = [];
  const totals: number[] = [];
  for (let i = 0; i < primesFor(rough); i++) {
    const into = new Float64Array(options);
    const residues = residuesOf(diagram, counts, i);
    liftResidues(residues);
    lowerResidues(residues, into);
    rests.push(into.map((sum) => reduce(sum, residues.p, residues.inverse)));
    totals.push(residues.up[0] ?? 0);
  }
  const byOption = none.map((_, o) => fromRemainders(rests.map((rest) => rest[o] ?? 0)));
  return { total: fromRemainders(totals), byOption };
}
