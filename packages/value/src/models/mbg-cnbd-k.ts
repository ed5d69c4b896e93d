import type { PredictiveModel, PurchaseHistory } from '../model.ts';
import { type Draws, logGammaRatio, logistic } from '../numerics/index.ts';
import type { BgNbdParameters } from './bg-nbd.ts';
import { addTo, emptyRow, gammaTable, type Likelihood, readRow, softplus } from './likelihood.ts';
import { expectedFromStage, rateFromStage } from './mbg-cnbd-k-future.ts';
import { nbdLogLikelihood } from './nbd.ts';

/** As of MBG/NBD, and how regular purchases come: each takes k ticks of a Poisson process. */
export interface MbgCnbdKParameters extends BgNbdParameters {
  /** 1 is chance, as in MBG/NBD; a larger one is more regular. */
  readonly k: number;
}

/**
 * Customers who buy at gamma distributed intervals of whole shape k and may stop after each purchase:
 * MBG/CNBD-k (Platzer and Reutterer 2016). Expectations are exact where that paper approximates: given
 * that a customer is alive, how many ticks passed since the last purchase is known by its probability,
 * and from there on ticks are counted.
 *
 * The likelihood leaves out what the intervals alone say of k (`intervalLogLikelihood`); it compares
 * parameters of one k, and at k = 1 is that of MBG/NBD.
 */
export function createMbgCnbdK(parameters: MbgCnbdKParameters): PredictiveModel {
  const { r, alpha, a, b, k } = parameters;
  const silenceOf = (history: PurchaseHistory): Silence => measureSilence(parameters, history);
  const probabilityAlive = (frequency: number, recency: number, age: number): number =>
    logistic(silenceOf({ frequency, recency, age }).logOdds);
  /** The mean over stages of what follows from each. */
  const overStages = (
    history: PurchaseHistory,
    time: number,
    follow: typeof expectedFromStage,
  ): number => {
    const { stages, total } = silenceOf(history);
    const scale = alpha + history.age;
    return stages.reduce((sum, weight, stage) => {
      const shape = r + k * history.frequency + stage;
      const ahead = { shape, time: time / scale, a, b: b + history.frequency + 1, k, stage };
      return sum + (weight / total) * follow(ahead);
    }, 0);
  };
  return {
    name: 'mbg-cnbd-k',
    parameters: { r, alpha, a, b, k },
    logLikelihood: (frequency, recency, age) => {
      const { logOdds, total } = silenceOf({ frequency, recency, age });
      return (
        nbdLogLikelihood({ r, alpha }, k * frequency, age) +
        logGammaRatio(b, frequency + 1) -
        logGammaRatio(a + b, frequency + 1) +
        Math.log(total) +
        softplus(logOdds)
      );
    },
    probabilityAlive,
    expectedPurchases: (frequency, recency, age, horizon) =>
      probabilityAlive(frequency, recency, age) *
      overStages({ frequency, recency, age }, horizon, expectedFromStage),
    purchaseRate: (history, after) => {
      const alive = probabilityAlive(history.frequency, history.recency, history.age);
      return (alive * overStages(history, after, rateFromStage)) / (alpha + history.age);
    },
    drawPurchases: (history, horizon, draws) => {
      const { logOdds, stages, total } = silenceOf(history);
      if (draws.uniform() >= logistic(logOdds)) return 0;
      const stage = drawStage(stages, total, draws);
      const shape = r + k * history.frequency + stage;
      const rate = draws.gamma(shape) / (alpha + history.age);
      const purchases = Math.floor((draws.poisson(rate * horizon) + stage) / k);
      if (purchases <= 1) return purchases;
      const stop = draws.beta(a, b + history.frequency + 1);
      return stop > 0 ? Math.min(purchases, 1 + draws.geometric(stop)) : purchases;
    },
  };
}

/** What the time since the last purchase says. */
interface Silence {
  /** Weights of having passed 0, 1, … k − 1 ticks since the last purchase, if alive. */
  readonly stages: readonly number[];
  readonly total: number;
  /** ln of the odds that the customer has stopped. */
  readonly logOdds: number;
}

function measureSilence(
  { r, alpha, a, b, k }: MbgCnbdKParameters,
  { frequency, recency, age }: PurchaseHistory,
): Silence {
  const shape = r + k * frequency;
  const z = (age - recency) / (alpha + age);
  const stages = [1];
  let total = 1;
  for (let j = 1; j < k; j++) {
    const weight = ((stages[j - 1] ?? 0) * (shape + j - 1) * z) / j;
    stages.push(weight);
    total += weight;
  }
  const silence = Math.log1p((age - recency) / (alpha + recency));
  const logOdds = shape * silence + Math.log(a / (b + frequency)) - Math.log(total);
  return { stages, total, logOdds };
}

function drawStage(stages: readonly number[], total: number, draws: Draws): number {
  let left = draws.uniform() * total;
  return Math.max(
    0,
    stages.findIndex((weight) => {
      left -= weight;
      return left <= 0;
    }),
  );
}

/**
 * What the intervals between purchases say of k beyond recency: (k − 1) Σ ln Δt − n ln (k − 1)!, for n
 * intervals. The unit of time is that of the likelihood.
 */
export function intervalLogLikelihood(
  k: number,
  { logIntervals, intervals }: { readonly logIntervals: number; readonly intervals: number },
): number {
  return (k - 1) * logIntervals - intervals * logGammaRatio(1, k - 1);
}

/** The likelihood of r, α, a and b at a k, without what the intervals alone say. */
export function mbgCnbdKLikelihood(k: number): Likelihood {
  return (parameters, rows) => {
    const [r = 0, alpha = 0, a = 0, b = 0] = parameters;
    const multiples = rows.frequencies.map((x) => k * x);
    const ticks = gammaTable(r, multiples);
    const stays = gammaTable(b, rows.frequencies, 1);
    const chances = gammaTable(a + b, rows.frequencies, 1);
    const row = emptyRow();
    const heard: Heard = { log: 0, byR: 0, byLogAlpha: 0, gone: 0 };
    return (from, to, sums) => {
      const part = { value: 0, byR: 0, byLogAlpha: 0, byA: 0, byB: 0 };
      for (let i = from; i < to; i++) {
        readRow(rows, i, row);
        const { frequency: x, age, count, slot } = row;
        hearSilence({ r, alpha, a, b, k }, row, heard);
        const decay = Math.log1p(age / alpha);
        const chance = chances.slope[slot] ?? 0;
        const kept = (ticks.log[slot] ?? 0) + (stays.log[slot] ?? 0) - (chances.log[slot] ?? 0);
        part.value += count * (kept - r * decay - k * x * Math.log(alpha + age) + heard.log);
        part.byR += count * ((ticks.slope[slot] ?? 0) - decay + heard.byR);
        part.byLogAlpha += count * ((r * age - k * x * alpha) / (alpha + age) + heard.byLogAlpha);
        part.byA += count * (heard.gone / a - chance);
        part.byB += count * ((stays.slope[slot] ?? 0) - chance - heard.gone / (b + x));
      }
      addTo(sums, [part.value, r * part.byR, part.byLogAlpha, a * part.byA, b * part.byB]);
    };
  };
}

/** What the time since the last purchase adds to ln L as if nobody ever stopped, and its slopes. */
interface Heard {
  log: number;
  byR: number;
  byLogAlpha: number;
  gone: number;
}

function hearSilence(
  { r, alpha, a, b, k }: MbgCnbdKParameters,
  { frequency, recency, age }: PurchaseHistory,
  heard: Heard,
): void {
  const shape = r + k * frequency;
  const whole = alpha + age;
  const z = (age - recency) / whole;
  let weight = 1;
  let total = 1;
  let slope = 0;
  let byShape = 0;
  let order = 0;
  for (let j = 1; j < k; j++) {
    weight *= ((shape + j - 1) * z) / j;
    slope += 1 / (shape + j - 1);
    total += weight;
    byShape += weight * slope;
    order += weight * j;
  }
  const silence = Math.log1p((age - recency) / (alpha + recency));
  const logOdds = shape * silence + Math.log(a / (b + frequency)) - Math.log(total);
  // Of e⁻ᵒ or eᵒ, the one that does not overflow gives both the value and the weight.
  const small = Math.exp(-Math.abs(logOdds));
  const gone = (logOdds > 0 ? 1 : small) / (1 + small);
  const byGone = (shape * alpha * z) / (alpha + recency);
  heard.log = Math.log(total) + Math.max(logOdds, 0) + Math.log1p(small);
  heard.byR = (1 - gone) * (byShape / total) + gone * silence;
  heard.byLogAlpha = -(1 - gone) * ((order * alpha) / whole / total) - gone * byGone;
  heard.gone = gone;
}
