import { invariant } from '@keepsake/kernel';
import type { PredictiveModel, PurchaseHistory } from '../model.ts';
import { digammaDifference, logGammaRatio } from '../numerics/index.ts';
import { type AddRows, addTo, emptyRow, type LikelihoodRows, readRow } from './likelihood.ts';

/**
 * Of occasions to buy or give: shapes α, β of the probability to take one, and γ, δ of the probability
 * to be gone before the next.
 */
export interface BgBbParameters {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly delta: number;
}

/**
 * Customers with one occasion a period, who may stop before each: BG/BB (Fader, Hardie and Shang
 * 2010). Frequency, recency and age are whole numbers of periods, and so is the horizon in effect: a
 * period that began only in part counts by that part. Cost: linear in the periods of silence and of
 * the horizon.
 */
export function createBgBb(parameters: BgBbParameters): PredictiveModel {
  const { alpha, beta, gamma, delta } = parameters;
  const probabilityAlive = (frequency: number, recency: number, age: number): number => {
    const { alive, gone } = sumEndings(parameters, { frequency, recency, age });
    return alive / (alive + gone);
  };
  return {
    name: 'bg-bb',
    parameters: { alpha, beta, gamma, delta },
    logLikelihood: (frequency, recency, age) => {
      const { logBase, alive, gone } = sumEndings(parameters, { frequency, recency, age });
      return logBase + Math.log(alive + gone);
    },
    probabilityAlive,
    expectedPurchases: (frequency, recency, age, horizon) => {
      const periods = sumSurvival({ gamma, delta: delta + age }, horizon);
      const share = (alpha + frequency) / (alpha + beta + age);
      return probabilityAlive(frequency, recency, age) * share * periods;
    },
    purchaseRate: ({ frequency, recency, age }, after) => {
      const period = Math.floor(after) + 1;
      const survival = Math.exp(
        logGammaRatio(delta + age, period) - logGammaRatio(gamma + delta + age, period),
      );
      const share = (alpha + frequency) / (alpha + beta + age);
      return probabilityAlive(frequency, recency, age) * share * survival;
    },
    drawPurchases: ({ frequency, recency, age }, horizon, draws) => {
      if (draws.uniform() >= probabilityAlive(frequency, recency, age)) return 0;
      const share = draws.beta(alpha + frequency, beta + age - frequency);
      const stop = draws.beta(gamma, delta + age);
      const lived = stop > 0 ? draws.geometric(stop) : horizon;
      return draws.binomial(Math.min(lived, Math.floor(horizon)), share);
    },
  };
}

/**
 * The ways in which a history can have ended: alive, or gone before one of the periods of silence.
 * Weights are relative to `logBase`, the likelihood of the history up to the last purchase; all are
 * positive and at most 1.
 */
function sumEndings(
  { alpha, beta, gamma, delta }: BgBbParameters,
  { frequency, recency, age }: PurchaseHistory,
): { logBase: number; alive: number; gone: number } {
  checkPeriods({ frequency, recency, age });
  const misses = recency - frequency;
  const logBase =
    logGammaRatio(alpha, frequency) +
    logGammaRatio(beta, misses) -
    logGammaRatio(alpha + beta, recency) +
    logGammaRatio(delta, recency) -
    logGammaRatio(gamma + delta, recency);
  let alive = 1;
  let gone = 0;
  for (let i = 0; i < age - recency; i++) {
    const stop = gamma / (gamma + delta + recency + i);
    gone += alive * stop;
    alive *= (1 - stop) * ((beta + misses + i) / (alpha + beta + recency + i));
  }
  return { logBase, alive, gone };
}

/** Σ over the periods of the horizon of the mean of (1 − θ)ʲ, the last of them in part. */
function sumSurvival(
  { gamma, delta }: { readonly gamma: number; readonly delta: number },
  horizon: number,
): number {
  const whole = Math.floor(horizon);
  let survival = 1;
  let sum = 0;
  for (let j = 0; j <= whole; j++) {
    survival *= (delta + j) / (gamma + delta + j);
    sum += j < whole ? survival : survival * (horizon - whole);
  }
  return sum;
}

function checkPeriods({ frequency, recency, age }: PurchaseHistory): void {
  const isWhole = Number.isInteger(frequency) && Number.isInteger(recency) && Number.isInteger(age);
  invariant(
    isWhole && frequency >= 0 && frequency <= recency && recency <= age,
    'periods are whole, and one holds at most one purchase',
  );
}

/** At n, ln Γ(a + n) / Γ(a) and its slope by a. */
interface Rising {
  readonly log: Float64Array;
  readonly slope: Float64Array;
}

function risingTable(a: number, periods: number): Rising {
  const log = new Float64Array(periods + 1);
  const slope = new Float64Array(periods + 1);
  for (let n = 1; n <= periods; n++) {
    log[n] = logGammaRatio(a, n);
    slope[n] = digammaDifference(a, n);
  }
  return { log, slope };
}

/** The likelihood of α, β, γ and δ. Cost: each row by its periods of silence. */
export function bgBbLikelihood(values: Float64Array, rows: LikelihoodRows): AddRows {
  const [alpha = 0, beta = 0, gamma = 0, delta = 0] = values;
  const parameters = { alpha, beta, gamma, delta };
  const periods = rows.age.reduce((most, age) => Math.max(most, age), 0);
  const take = risingTable(alpha, periods);
  const miss = risingTable(beta, periods);
  const both = risingTable(alpha + beta, periods);
  const stay = risingTable(delta, periods);
  const leave = risingTable(gamma + delta, periods);
  const row = emptyRow();
  const ending: Ending = { log: 0, byAlpha: 0, byBeta: 0, byGamma: 0, byDelta: 0 };
  const at = (column: Float64Array, n: number): number => column[n] ?? 0;
  return (from, to, sums) => {
    const part = { value: 0, byAlpha: 0, byBeta: 0, byGamma: 0, byDelta: 0 };
    for (let i = from; i < to; i++) {
      readRow(rows, i, row);
      const { frequency: x, recency, count } = row;
      endHistory(parameters, row, ending);
      const misses = recency - x;
      const taken = at(take.log, x) + at(miss.log, misses) - at(both.log, recency);
      const stayed = at(stay.log, recency) - at(leave.log, recency);
      const [chance, risk] = [at(both.slope, recency), at(leave.slope, recency)];
      part.value += count * (taken + stayed + ending.log);
      part.byAlpha += count * (at(take.slope, x) - chance + ending.byAlpha);
      part.byBeta += count * (at(miss.slope, misses) - chance + ending.byBeta);
      part.byGamma += count * (ending.byGamma - risk);
      part.byDelta += count * (at(stay.slope, recency) - risk + ending.byDelta);
    }
    const { value, byAlpha, byBeta, byGamma, byDelta } = part;
    addTo(sums, [value, alpha * byAlpha, beta * byBeta, gamma * byGamma, delta * byDelta]);
  };
}

/** ln of the sum over endings, and its slopes. */
interface Ending {
  log: number;
  byAlpha: number;
  byBeta: number;
  byGamma: number;
  byDelta: number;
}

function endHistory(
  { alpha, beta, gamma, delta }: BgBbParameters,
  history: PurchaseHistory,
  ending: Ending,
): void {
  checkPeriods(history);
  const { frequency, recency, age } = history;
  const misses = recency - frequency;
  let alive = 1;
  let sum = 0;
  // Slopes of ln alive, and sums of the endings' slopes by their weights.
  let [missed, chances, stayed, all] = [0, 0, 0, 0];
  let [byAlpha, byBeta, byGamma, byDelta] = [0, 0, 0, 0];
  for (let i = 0; i < age - recency; i++) {
    const risk = gamma + delta + recency + i;
    const weight = alive * (gamma / risk);
    sum += weight;
    byAlpha -= weight * chances;
    byBeta += weight * (missed - chances);
    byGamma += weight * (1 / gamma - all - 1 / risk);
    byDelta += weight * (stayed - all - 1 / risk);
    alive *= ((delta + recency + i) / risk) * ((beta + misses + i) / (alpha + beta + recency + i));
    missed += 1 / (beta + misses + i);
    chances += 1 / (alpha + beta + recency + i);
    stayed += 1 / (delta + recency + i);
    all += 1 / risk;
  }
  sum += alive;
  ending.log = Math.log(sum);
  ending.byAlpha = (byAlpha - alive * chances) / sum;
  ending.byBeta = (byBeta + alive * (missed - chances)) / sum;
  ending.byGamma = (byGamma - alive * all) / sum;
  ending.byDelta = (byDelta + alive * (stayed - all)) / sum;
}
