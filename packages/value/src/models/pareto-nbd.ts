import type { PredictiveModel, PurchaseHistory } from '../model.ts';
import { decaySum, logistic } from '../numerics/index.ts';
import {
  type AddRows,
  emptyRow,
  gammaTable,
  type LikelihoodRows,
  readRow,
  softplus,
} from './likelihood.ts';
import { nbdLogLikelihood } from './nbd.ts';
import {
  integrateStop,
  type ParetoNbdParameters,
  type StopIntegral,
} from './pareto-nbd-integral.ts';

/**
 * Customers who buy at a rate of their own and stop at a rate of their own: Pareto/NBD (Schmittlein,
 * Morrison and Colombo 1987), with its likelihood as one positive integral.
 */
export function createParetoNbd(parameters: ParetoNbdParameters): PredictiveModel {
  const { r, alpha, s, beta } = parameters;
  const integral = emptyIntegral();
  const logOdds = (x: number, recency: number, age: number): number => {
    integrateStop(parameters, { frequency: x, from: recency, to: age }, integral);
    return oddsOf(parameters, integral, {
      purchases: (r + x) * Math.log1p((age - recency) / (alpha + recency)),
      stop: s * Math.log1p((age - recency) / (beta + recency)),
      recency,
    });
  };
  const probabilityAlive = (x: number, recency: number, age: number): number =>
    logistic(logOdds(x, recency, age));
  const aliveIn = ({ frequency, recency, age }: PurchaseHistory): number =>
    probabilityAlive(frequency, recency, age);
  // Whoever draws once for a customer draws again: the integral of the last one is kept.
  const last = { frequency: -1, recency: 0, age: 0, alive: 0 };
  const rememberedAlive = (history: PurchaseHistory): number => {
    const { frequency, recency, age } = history;
    if (last.frequency !== frequency || last.recency !== recency || last.age !== age) {
      Object.assign(last, { frequency, recency, age, alive: aliveIn(history) });
    }
    return last.alive;
  };
  return {
    name: 'pareto-nbd',
    parameters: { r, alpha, s, beta },
    logLikelihood: (x, recency, age) => {
      const bought = x === 0 && recency === 0 ? probabilityBought(parameters, age) : 1;
      if (bought < 0.5) return Math.log1p(-bought);
      return (
        nbdLogLikelihood({ r, alpha }, x, age) -
        s * Math.log1p(age / beta) +
        softplus(logOdds(x, recency, age))
      );
    },
    probabilityAlive,
    expectedPurchases: (x, recency, age, horizon) =>
      probabilityAlive(x, recency, age) *
      ((r + x) / (alpha + age)) *
      (beta + age) *
      decaySum(s - 1, Math.log1p(horizon / (beta + age))),
    purchaseRate: (history, after) =>
      (rememberedAlive(history) *
        (r + history.frequency) *
        fallen(s, after / (beta + history.age))) /
      (alpha + history.age),
    drawPurchases: (history, horizon, draws) => {
      if (draws.uniform() >= rememberedAlive(history)) return 0;
      const lifetime = (draws.exponential() * (beta + history.age)) / draws.gamma(s);
      const rate = draws.gamma(r + history.frequency) / (alpha + history.age);
      return draws.poisson(rate * Math.min(lifetime, horizon));
    },
  };
}

/**
 * The probability that a new customer comes again within a time, the integral over when: exact where
 * it is small, and the probability of none nearly one.
 */
function probabilityBought({ r, alpha, s, beta }: ParetoNbdParameters, age: number): number {
  const integral = emptyIntegral();
  const next = { r: r + 1, alpha, s: s - 1, beta };
  integrateStop(next, { frequency: 0, from: 0, to: age }, integral);
  const scale = Math.min(alpha, beta) / alpha;
  return r * scale * Math.exp(integral.log);
}

/** (1 + v)⁻ˢ: how many are still there. */
function fallen(s: number, v: number): number {
  return Math.exp(-s * Math.log1p(v));
}

function emptyIntegral(): StopIntegral {
  return { log: 0, logAlpha: 0, shareAlpha: 1, logBeta: 0, shareBeta: 1 };
}

/** ln of the odds that the customer has stopped, from the integral and both decays since t_x. */
function oddsOf(
  { alpha, s, beta }: ParetoNbdParameters,
  integral: StopIntegral,
  { purchases, stop, recency }: { purchases: number; stop: number; recency: number },
): number {
  if (integral.log === Number.NEGATIVE_INFINITY) return integral.log;
  // The integral is against min(α, β) + t_x, and one power of β + t_x more than the decays have.
  const nearest = alpha < beta ? Math.log((alpha + recency) / (beta + recency)) : 0;
  return integral.log + Math.log(s) + purchases + stop + nearest;
}

/** A row of the likelihood: its value, and its gradient by r, ln α, s and ln β. */
export interface ParetoNbdRow {
  value: number;
  byR: number;
  byLogAlpha: number;
  byS: number;
  byLogBeta: number;
}

/** Computes the row of one history but for the terms in r that depend on the frequency alone. */
export type ParetoNbdRowOf = (history: PurchaseHistory, row: ParetoNbdRow) => void;

/**
 * The rows of one set of parameters, which may be changed between two of them. Nothing is allocated
 * for a row.
 */
export function paretoNbdRows(parameters: ParetoNbdParameters): ParetoNbdRowOf {
  const integral = emptyIntegral();
  const span = { frequency: 0, from: 0, to: 0 };
  const decays = { purchases: 0, stop: 0, recency: 0 };
  return ({ frequency: x, recency, age }, row) => {
    const { r, alpha, s, beta } = parameters;
    const alphaAge = Math.log1p(age / alpha);
    const betaAge = Math.log1p(age / beta);
    const alphaLast = recency === 0 ? 0 : Math.log1p(recency / alpha);
    const betaLast = recency === 0 ? 0 : Math.log1p(recency / beta);
    span.frequency = x;
    span.from = recency;
    span.to = age;
    integrateStop(parameters, span, integral);
    decays.purchases = (r + x) * (alphaAge - alphaLast);
    decays.stop = s * (betaAge - betaLast);
    decays.recency = recency;
    const odds = oddsOf(parameters, integral, decays);
    const small = Math.exp(-Math.abs(odds));
    const gone = (odds > 0 ? 1 : small) / (1 + small);
    const alive = (odds > 0 ? small : 1) / (1 + small);
    const tail = Math.max(odds, 0) + Math.log1p(small);
    row.value = tail - r * alphaAge - x * (Math.log(alpha) + alphaAge) - s * betaAge;
    row.byR = -alive * alphaAge - gone * (alphaLast + integral.logAlpha);
    row.byS = gone / s - alive * betaAge - gone * (betaLast + integral.logBeta);
    const shareAlpha =
      (alive * alpha) / (alpha + age) + (gone * alpha * integral.shareAlpha) / (alpha + recency);
    row.byLogAlpha = r - (r + x) * shareAlpha;
    row.byLogBeta =
      s -
      (s * alive * beta) / (beta + age) -
      ((s + 1) * gone * beta * integral.shareBeta) / (beta + recency);
  };
}

/** The likelihood of r, α, s and β. */
export function paretoNbdLikelihood(parameters: Float64Array, rows: LikelihoodRows): AddRows {
  const [r = 0, alpha = 0, s = 0, beta = 0] = parameters;
  const table = gammaTable(r, rows.frequencies);
  const rowOf = paretoNbdRows({ r, alpha, s, beta });
  const row: ParetoNbdRow = { value: 0, byR: 0, byLogAlpha: 0, byS: 0, byLogBeta: 0 };
  const history = emptyRow();
  return (from, to, sums) => {
    const part = [0, 0, 0, 0, 0];
    for (let i = from; i < to; i++) {
      readRow(rows, i, history);
      const { count, slot } = history;
      rowOf(history, row);
      part[0] = (part[0] ?? 0) + count * (row.value + (table.log[slot] ?? 0));
      part[1] = (part[1] ?? 0) + count * r * (row.byR + (table.slope[slot] ?? 0));
      part[2] = (part[2] ?? 0) + count * row.byLogAlpha;
      part[3] = (part[3] ?? 0) + count * s * row.byS;
      part[4] = (part[4] ?? 0) + count * row.byLogBeta;
    }
    part.forEach((value, i) => {
      sums[i] = (sums[i] ?? 0) + value;
    });
  };
}
