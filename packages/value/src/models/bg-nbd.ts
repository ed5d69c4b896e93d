import type { PredictiveModel, PurchaseHistory } from '../model.ts';
import { type Draws, logGammaRatio, logistic } from '../numerics/index.ts';
import { expectedBeforeDropout, expectedSurvival } from './bg-nbd-future.ts';
import {
  type AddRows,
  emptyRow,
  gammaTable,
  type LikelihoodRows,
  readRow,
  softplus,
} from './likelihood.ts';
import { nbdLogLikelihood } from './nbd.ts';

/** Shape r and rate α of purchase rates, and shapes a, b of the probability to stop. */
export interface BgNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly a: number;
  readonly b: number;
}

/** How many purchases of a history a customer can have stopped after, beyond its frequency. */
type Extra = 0 | 1;

/**
 * Customers who may stop after each purchase but the first: BG/NBD (Fader, Hardie and Lee 2005). It
 * holds everyone who bought but once for alive.
 */
export function createBgNbd(parameters: BgNbdParameters): PredictiveModel {
  return createBetaGeometric('bg-nbd', parameters, 0);
}

/** Customers who may stop after each purchase: MBG/NBD (Batislam, Denizel and Filiztekin 2007). */
export function createMbgNbd(parameters: BgNbdParameters): PredictiveModel {
  return createBetaGeometric('mbg-nbd', parameters, 1);
}

function createBetaGeometric(
  name: 'bg-nbd' | 'mbg-nbd',
  { r, alpha, a, b }: BgNbdParameters,
  extra: Extra,
): PredictiveModel {
  /** ln of the odds that the customer has stopped. */
  const logOdds = (x: number, recency: number, age: number): number =>
    x + extra === 0
      ? Number.NEGATIVE_INFINITY
      : (r + x) * Math.log1p((age - recency) / (alpha + recency)) +
        Math.log(a / (b + (x + extra - 1)));
  const probabilityAlive = (x: number, recency: number, age: number): number =>
    logistic(logOdds(x, recency, age));
  const future = ({ frequency, age }: PurchaseHistory, time: number) => ({
    shape: r + frequency,
    time: time / (alpha + age),
    a,
    b: b + frequency + extra,
  });
  return {
    name,
    parameters: { r, alpha, a, b },
    logLikelihood: (x, recency, age) => {
      const asIfAlive = nbdLogLikelihood({ r, alpha }, x, age);
      // Soon after the first purchase both ways to explain silence add up to nearly one.
      if (x === 0 && recency === 0 && asIfAlive > -0.5) {
        return Math.log1p((extra === 0 ? 1 : b / (a + b)) * Math.expm1(asIfAlive));
      }
      return asIfAlive + logSurvival(a, b, x + extra) + softplus(logOdds(x, recency, age));
    },
    probabilityAlive,
    expectedPurchases: (frequency, recency, age, horizon) =>
      probabilityAlive(frequency, recency, age) *
      expectedBeforeDropout(future({ frequency, recency, age }, horizon)),
    purchaseRate: (history, after) =>
      (probabilityAlive(history.frequency, history.recency, history.age) *
        (r + history.frequency) *
        expectedSurvival(future(history, after))) /
      (alpha + history.age),
    drawPurchases: (history, horizon, draws) =>
      draws.uniform() < probabilityAlive(history.frequency, history.recency, history.age)
        ? drawUntilDropout(future(history, horizon), draws)
        : 0,
  };
}

/** ln of the mean of (1 − p)ⁿ. */
function logSurvival(a: number, b: number, n: number): number {
  return logGammaRatio(b, n) - logGammaRatio(a + b, n);
}

function drawUntilDropout(
  { shape, time, a, b }: { shape: number; time: number; a: number; b: number },
  draws: Draws,
): number {
  const purchases = draws.poisson(draws.gamma(shape) * time);
  if (purchases <= 1) return purchases;
  const stop = draws.beta(a, b);
  return stop > 0 ? Math.min(purchases, 1 + draws.geometric(stop)) : purchases;
}

/** The likelihood of r, α, a and b of BG/NBD. */
export function bgNbdLikelihood(parameters: Float64Array, rows: LikelihoodRows): AddRows {
  return betaGeometricLikelihood(parameters, rows, 0);
}

/** The likelihood of r, α, a and b of MBG/NBD. */
export function mbgNbdLikelihood(parameters: Float64Array, rows: LikelihoodRows): AddRows {
  return betaGeometricLikelihood(parameters, rows, 1);
}

function betaGeometricLikelihood(
  parameters: Float64Array,
  rows: LikelihoodRows,
  extra: Extra,
): AddRows {
  const [r = 0, alpha = 0, a = 0, b = 0] = parameters;
  const purchases = gammaTable(r, rows.frequencies);
  const stays = gammaTable(b, rows.frequencies, extra);
  const chances = gammaTable(a + b, rows.frequencies, extra);
  const logs = rows.frequencies.map(
    (_, slot) => (purchases.log[slot] ?? 0) + (stays.log[slot] ?? 0) - (chances.log[slot] ?? 0),
  );
  const slopes = rows.frequencies.map(
    (_, slot) => (stays.slope[slot] ?? 0) - (chances.slope[slot] ?? 0),
  );
  const logAlpha = Math.log(alpha);
  const row = emptyRow();
  const silence: Silence = { log: 0, byR: 0, byLogAlpha: 0, gone: 0 };
  return (from, to, sums) => {
    let value = 0;
    let byR = 0;
    let byLogAlpha = 0;
    let byA = 0;
    let byB = 0;
    for (let i = from; i < to; i++) {
      readRow(rows, i, row);
      const { frequency: x, age, count, slot } = row;
      hearSilence({ r, alpha, a, b }, row, extra, silence);
      const decay = Math.log1p(age / alpha);
      const { gone } = silence;
      value += count * ((logs[slot] ?? 0) - r * decay - x * (logAlpha + decay) + silence.log);
      byR += count * ((purchases.slope[slot] ?? 0) - decay + silence.byR);
      byLogAlpha += count * ((r * age - x * alpha) / (alpha + age) + silence.byLogAlpha);
      byA += count * (gone / a - (chances.slope[slot] ?? 0));
      byB += count * ((slopes[slot] ?? 0) - (gone === 0 ? 0 : gone / (b + (x + extra - 1))));
    }
    sums[0] = (sums[0] ?? 0) + value;
    sums[1] = (sums[1] ?? 0) + r * byR;
    sums[2] = (sums[2] ?? 0) + byLogAlpha;
    sums[3] = (sums[3] ?? 0) + a * byA;
    sums[4] = (sums[4] ?? 0) + b * byB;
  };
}

/** What the time since the last purchase adds, and with which probability the customer is gone. */
interface Silence {
  log: number;
  byR: number;
  byLogAlpha: number;
  gone: number;
}

function hearSilence(
  { r, alpha, a, b }: BgNbdParameters,
  { frequency: x, recency, age }: PurchaseHistory,
  extra: Extra,
  silence: Silence,
): void {
  if (x + extra === 0) {
    silence.log = 0;
    silence.byR = 0;
    silence.byLogAlpha = 0;
    silence.gone = 0;
    return;
  }
  const decay = Math.log1p((age - recency) / (alpha + recency));
  const odds = (r + x) * decay + Math.log(a / (b + (x + extra - 1)));
  // Of e⁻ᵒ and eᵒ, the one that does not overflow gives both the value and the weight.
  const small = Math.exp(-Math.abs(odds));
  const gone = (odds > 0 ? 1 : small) / (1 + small);
  silence.log = Math.max(odds, 0) + Math.log1p(small);
  silence.byR = gone * decay;
  silence.byLogAlpha =
    (-gone * (r + x) * alpha * (age - recency)) / ((alpha + age) * (alpha + recency));
  silence.gone = gone;
}
