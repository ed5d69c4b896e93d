import type { PredictiveModel } from '../model.ts';
import { logGammaRatio } from '../numerics/index.ts';
import { type AddRows, emptyRow, gammaTable, type LikelihoodRows, readRow } from './likelihood.ts';

/** Of the gamma distribution of purchase rates: its shape r, and its rate α in units of time. */
export interface NbdParameters {
  readonly r: number;
  readonly alpha: number;
}

/** Customers who buy at a rate of their own and never stop: NBD (Ehrenberg 1959). */
export function createNbd({ r, alpha }: NbdParameters): PredictiveModel {
  return {
    name: 'nbd',
    parameters: { r, alpha },
    logLikelihood: (x, _recency, age) => nbdLogLikelihood({ r, alpha }, x, age),
    probabilityAlive: () => 1,
    expectedPurchases: (x, _recency, age, horizon) => ((r + x) / (alpha + age)) * horizon,
    purchaseRate: ({ frequency, age }) => (r + frequency) / (alpha + age),
    drawPurchases: ({ frequency, age }, horizon, draws) =>
      draws.poisson(draws.gamma(r + frequency) * (horizon / (alpha + age))),
  };
}

/** ln of Γ(r + x) / Γ(r) · αʳ / (α + T)^(r + x): as if nobody ever stopped. */
export function nbdLogLikelihood({ r, alpha }: NbdParameters, x: number, age: number): number {
  return logGammaRatio(r, x) - r * Math.log1p(age / alpha) - x * Math.log(alpha + age);
}

/** The likelihood of r and α. */
export function nbdLikelihood(parameters: Float64Array, rows: LikelihoodRows): AddRows {
  const [r = 0, alpha = 0] = parameters;
  const table = gammaTable(r, rows.frequencies);
  const logAlpha = Math.log(alpha);
  const row = emptyRow();
  return (from, to, sums) => {
    let value = 0;
    let byShape = 0;
    let byRate = 0;
    for (let i = from; i < to; i++) {
      readRow(rows, i, row);
      const { frequency: x, age, count, slot } = row;
      const decay = Math.log1p(age / alpha);
      value += count * ((table.log[slot] ?? 0) - r * decay - x * (logAlpha + decay));
      byShape += count * ((table.slope[slot] ?? 0) - decay);
      byRate += (count * (r * age - x * alpha)) / (alpha + age);
    }
    sums[0] = (sums[0] ?? 0) + value;
    sums[1] = (sums[1] ?? 0) + r * byShape;
    sums[2] = (sums[2] ?? 0) + byRate;
  };
}
