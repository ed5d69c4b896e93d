import { type Draws, logGamma, logGammaRatio } from '../numerics/index.ts';

/**
 * Of the values of purchases: each is gamma of shape p, at a rate that differs between customers as a
 * gamma of shape q and scale v (in money).
 */
export interface GammaGammaParameters {
  readonly p: number;
  readonly q: number;
  readonly v: number;
}

/** How many purchases with value a customer made, and their mean value; 0 and 0 for none. */
export interface SpendHistory {
  readonly spendCount: number;
  readonly meanSpend: number;
}

/** What the Gamma–Gamma model says of a customer's purchases. */
export interface SpendModel {
  readonly parameters: GammaGammaParameters;
  /** ln of the density of the mean value; 0 where there is no purchase to speak of. */
  logLikelihood(history: SpendHistory): number;
  /**
   * The mean value that is to be expected of this customer's next purchases. Undefined where none
   * exists: q and all purchases together are too few (pn + q ≤ 1).
   */
  expectedSpend(history: SpendHistory): number | undefined;
  /** One draw of the customer's true mean value, given the history. */
  drawMeanSpend(history: SpendHistory, draws: Draws): number;
  /** One draw of what so many purchases come to, given the history. */
  drawTotalSpend(history: SpendHistory, purchases: number, draws: Draws): number;
}

/** The Gamma–Gamma model of spend (Fader, Hardie and Lee 2005, "RFM and CLV"). */
export function createGammaGamma(parameters: GammaGammaParameters): SpendModel {
  const { p, q, v } = parameters;
  const totalOf = ({ spendCount, meanSpend }: SpendHistory): number => spendCount * meanSpend;
  /** The scale that p over a gamma draw is of. */
  const drawScale = (history: SpendHistory, draws: Draws): number => {
    // A draw of a tiny shape may round to 0, and what is divided by it would have no bound.
    const rate = Math.max(draws.gamma(p * history.spendCount + q), Number.MIN_VALUE * 1e16);
    return Math.min((v + totalOf(history)) / rate, Number.MAX_VALUE / 1e16);
  };
  return {
    parameters,
    logLikelihood: (history) => {
      const { spendCount, meanSpend } = history;
      if (spendCount === 0) return 0;
      const total = totalOf(history);
      const shape = p * spendCount;
      return (
        logGammaRatio(shape, q) -
        logGamma(q) -
        Math.log(meanSpend) -
        shape * Math.log1p(v / total) -
        q * Math.log1p(total / v)
      );
    },
    expectedSpend: (history) => {
      const shape = p * history.spendCount + q - 1;
      return shape > 0 ? (p * (v + totalOf(history))) / shape : undefined;
    },
    drawMeanSpend: (history, draws) => p * drawScale(history, draws),
    drawTotalSpend: (history, purchases, draws) =>
      purchases === 0 ? 0 : drawScale(history, draws) * draws.gamma(p * purchases),
  };
}
