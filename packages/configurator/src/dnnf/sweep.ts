import type { Circuit } from './circuit.ts';

/** What is added along alternatives and multiplied along parts; `times` by `zero` is `zero`. */
export interface Semiring<T> {
  readonly zero: T;
  readonly one: T;
  plus(a: T, b: T): T;
  times(a: T, b: T): T;
}

/** Natural numbers without bounds: exact counts. */
export const NATURAL: Semiring<bigint> = {
  zero: 0n,
  one: 1n,
  plus: (a, b) => a + b,
  times: (a, b) => a * b,
};

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
  for (let gate = 0; gate < isSum.length; gate++) {
    const end = childAt[gate + 1] ?? 0;
    const isAlternative = isSum[gate] === 1;
    let value = isAlternative ? zero : one;
    for (let e = childAt[gate] ?? 0; e < end; e++) {
      const own = values[children[e] ?? 0] ?? zero;
      if (isAlternative) value = value === zero ? own : semiring.plus(value, own);
      else if (own !== one) value = value === one ? own : semiring.times(value, own);
    }
    values.push(value);
  }
  return values;
}

/** The parts of one product that come to something else than one, while their shares are found. */
interface Parts<T> {
  readonly nodes: number[];
  /** Products of what stands behind each part. */
  readonly behind: T[];
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
  const { zero, one } = semiring;
  const shares: T[] = values.map(() => zero);
  shares[shares.length - 1] = one;
  const add = (node: number, share: T): void => {
    const old = shares[node] ?? zero;
    shares[node] = old === zero ? share : semiring.plus(old, share);
  };
  const parts: Parts<T> = { nodes: [], behind: [] };
  for (let gate = isSum.length - 1; gate >= 0; gate--) {
    const share = shares[options + gate] ?? zero;
    if (share === zero) continue;
    const [from, to] = [childAt[gate] ?? 0, childAt[gate + 1] ?? 0];
    if (isSum[gate] === 1) {
      for (let e = from; e < to; e++) add(children[e] ?? 0, share);
      continue;
    }
    const whole = semiring.times(share, values[options + gate] ?? zero);
    parts.nodes.length = 0;
    for (let e = from; e < to; e++) {
      const node = children[e] ?? 0;
      if (values[node] !== one) parts.nodes.push(node);
      else if (whole !== zero) add(node, whole);
    }
    shareParts(semiring, values, parts, { share, add });
  }
  return shares;
}

function shareParts<T>(
  semiring: Semiring<T>,
  values: readonly T[],
  { nodes, behind }: Parts<T>,
  { share, add }: { readonly share: T; add(node: number, share: T): void },
): void {
  const { zero, one } = semiring;
  let rest = one;
  for (let i = nodes.length - 1; i >= 0; i--) {
    behind[i] = rest;
    rest = semiring.times(rest, values[nodes[i] ?? 0] ?? zero);
  }
  let before = share;
  nodes.forEach((node, i) => {
    if (before === zero) return;
    const own = semiring.times(before, behind[i] ?? zero);
    if (own !== zero) add(node, own);
    before = semiring.times(before, values[node] ?? zero);
  });
}
