import type { Semiring } from '../questions/semiring.ts';
import type { Circuit } from './circuit.ts';

/**
 * What every node comes to, leaves first, where each leaf comes to its weight; the last is the
 * circuit. One pass over the edges.
 */
export function liftCircuit<T>(
  circuit: Circuit,
  semiring: Semiring<T>,
  weights: readonly T[],
): T[] {
  const { isSum, childAt, children } = circuit;
  const { zero, one } = semiring;
  const values = weights.slice();
  const plus = (a: T, b: T): T => (a === zero ? b : b === zero ? a : semiring.plus(a, b));
  const times = (a: T, b: T): T => (a === one ? b : b === one ? a : semiring.times(a, b));
  for (let gate = 0; gate < isSum.length; gate++) {
    const [fold, none] = isSum[gate] === 1 ? [plus, zero] : [times, one];
    const end = childAt[gate + 1] ?? 0;
    let value = none;
    for (let e = childAt[gate] ?? 0; e < end; e++) {
      value = fold(value, values[children[e] ?? 0] ?? zero);
    }
    values.push(value);
  }
  return values;
}

/** The way down: what each node's share is so far. */
class Descent<T> {
  readonly shares: T[];
  readonly #semiring: Semiring<T>;
  readonly #values: readonly T[];
  /** Parts of a product that come to something else than one, and the products behind them. */
  readonly #parts: number[] = [];
  readonly #behind: T[] = [];

  constructor(semiring: Semiring<T>, values: readonly T[]) {
    this.#semiring = semiring;
    this.#values = values;
    this.shares = values.map(() => semiring.zero);
    this.shares[values.length - 1] = semiring.one;
  }

  add(node: number, share: T): void {
    const { zero } = this.#semiring;
    if (share === zero) return;
    const old = this.shares[node] ?? zero;
    this.shares[node] = old === zero ? share : this.#semiring.plus(old, share);
  }

  #valueOf(node: number): T {
    return this.#values[node] ?? this.#semiring.zero;
  }

  /** Shares out what a product is multiplied with: parts that are one take all of it. */
  shareOut(gate: number, share: T, parts: Int32Array): void {
    const { one } = this.#semiring;
    const times = (a: T, b: T): T => this.#semiring.times(a, b);
    const whole = times(share, this.#valueOf(gate));
    this.#parts.length = 0;
    for (const node of parts) {
      if (this.#values[node] === one) this.add(node, whole);
      else this.#parts.push(node);
    }
    let rest = one;
    for (let i = this.#parts.length - 1; i >= 0; i--) {
      this.#behind[i] = rest;
      rest = times(rest, this.#valueOf(this.#parts[i] ?? 0));
    }
    let before = share;
    this.#parts.forEach((node, i) => {
      this.add(node, times(before, this.#behind[i] ?? one));
      before = times(before, this.#valueOf(node));
    });
  }
}

/**
 * What every node is multiplied with to make its share of the whole: the derivative of the circuit by
 * the node (Darwiche 2003). Of a leaf it tells what the circuit would come to if the leaf came to one
 * and the other leaves of its variable to zero. `values` are those of `liftCircuit`. One pass over the
 * edges, three products for each part that is not one.
 */
export function lowerCircuit<T>(
  circuit: Circuit,
  semiring: Semiring<T>,
  values: readonly T[],
): T[] {
  const { options, isSum, childAt, children } = circuit;
  const descent = new Descent(semiring, values);
  for (let gate = isSum.length - 1; gate >= 0; gate--) {
    const share = descent.shares[options + gate] ?? semiring.zero;
    if (share === semiring.zero) continue;
    const parts = children.subarray(childAt[gate], childAt[gate + 1]);
    if (isSum[gate] === 1) for (const node of parts) descent.add(node, share);
    else descent.shareOut(options + gate, share, parts);
  }
  return descent.shares;
}
