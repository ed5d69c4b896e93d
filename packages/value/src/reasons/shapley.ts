import { invariant } from '@keepsake/kernel';

/** Drivers at most: all 2^n coalitions are evaluated. */
export const DRIVERS_MAX = 12;

/** Weights of a coalition of each size without the driver: s!(n − s − 1)!/n!. */
function coalitionWeights(count: number): Float64Array {
  const weights = new Float64Array(count);
  weights[0] = 1 / count;
  for (let size = 1; size < count; size++) {
    weights[size] = ((weights[size - 1] ?? 0) * size) / (count - size);
  }
  return weights;
}

function sizeOf(coalition: number): number {
  let size = 0;
  for (let rest = coalition; rest !== 0; rest &= rest - 1) size++;
  return size;
}

/**
 * What each of `count` drivers contributes to a value (Shapley 1953): its marginal contribution,
 * averaged over all orders. A coalition is a number whose bit i says that driver i is in it. The sum
 * is the value of all less that of none, but for rounding. 2^count evaluations, each coalition once.
 */
export function shapleyValues(count: number, worthOf: (coalition: number) => number): Float64Array {
  invariant(count >= 0 && count <= DRIVERS_MAX, 'all coalitions of drivers are evaluated');
  const worth = Float64Array.from({ length: 2 ** count }, (_, coalition) => worthOf(coalition));
  const weights = coalitionWeights(count);
  const shares = new Float64Array(count);
  for (let coalition = 0; coalition < worth.length; coalition++) {
    const weight = weights[sizeOf(coalition)] ?? 0;
    for (let driver = 0; driver < count; driver++) {
      if (((coalition >> driver) & 1) === 1) continue;
      const gain = (worth[coalition | (1 << driver)] ?? 0) - (worth[coalition] ?? 0);
      shares[driver] = (shares[driver] ?? 0) + weight * gain;
    }
  }
  return shares;
}
