import type { DriverColumns, Drivers } from '../money/drivers.ts';
import type { Rates } from '../money/service.ts';

/**
 * The mean customer of a base: each driver averaged over what it applies to, so that the value of
 * these drivers is the mean of the values of all, but for rounding. Being alive is averaged over
 * customers, purchases over the living, returns, lines and contacts over purchases, spend over what is
 * kept of them, the margin over the money that is kept. Plain means would multiply to another value,
 * for who buys much may also spend much. All are 0 in an empty base.
 */
export function cohortOf(drivers: DriverColumns, rates: Pick<Rates, 'emptied'>): Drivers {
  const { alive, purchases, spend, returnRate } = drivers;
  const at = (column: Float64Array, i: number): number => column[i] ?? 0;
  const living = (i: number): number => at(alive, i);
  const bought = (i: number): number => at(alive, i) * at(purchases, i);
  const kept = (i: number): number => bought(i) * (1 - at(returnRate, i) * rates.emptied);
  const earned = (i: number): number => kept(i) * at(spend, i);
  return {
    alive: weightedMean(alive, () => 1),
    purchases: weightedMean(purchases, living),
    spend: weightedMean(spend, kept),
    margin: weightedMean(drivers.margin, earned),
    returnRate: weightedMean(returnRate, bought),
    lines: weightedMean(drivers.lines, bought),
    contactCost: weightedMean(drivers.contactCost, bought),
  };
}

/** Where nothing has any weight, all have the same. */
function weightedMean(values: Float64Array, weightOf: (index: number) => number): number {
  let [sum, weight, plain] = [0, 0, 0];
  values.forEach((value, i) => {
    sum += weightOf(i) * value;
    weight += weightOf(i);
    plain += value;
  });
  return weight > 0 ? sum / weight : plain / Math.max(1, values.length);
}
