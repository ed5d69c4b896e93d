import type { BgBbParameters } from '../models/bg-bb.ts';
import type { GammaGammaParameters } from '../models/gamma-gamma.ts';
import type { BgNbdParameters, NbdParameters, ParetoNbdParameters } from '../models/index.ts';
import type { MbgCnbdKParameters } from '../models/mbg-cnbd-k.ts';
import type { Draws } from '../numerics/index.ts';

/** One customer's true life from the first purchase, at time 0, on. */
export interface BuyingLife {
  /** Purchases per unit of time while alive. */
  readonly rate: number;
  /** When the customer stops; ∞ where that never happens. */
  readonly stopsAt: number;
  /** When purchases happen, the first at 0, ascending, up to the time asked for. */
  readonly times: readonly number[];
}

/** Draws a life up to a time. The same draws give the same life. */
export type BuyingProcess = (draws: Draws, until: number) => BuyingLife;

/** No life has more purchases than these: parameters that ask for more are cut off. */
export const PURCHASES_MAX = 1_000_000;

/** Purchases at a rate of the customer's own, for ever. */
export function nbdProcess({ r, alpha }: NbdParameters): BuyingProcess {
  return (draws, until) => {
    const rate = draws.gamma(r) / alpha;
    const times = ticksUntil(until, () => draws.exponential() / rate);
    return { rate, stopsAt: Number.POSITIVE_INFINITY, times };
  };
}

/** Purchases until a lifetime that purchases do not depend on ends. */
export function paretoNbdProcess({ r, alpha, s, beta }: ParetoNbdParameters): BuyingProcess {
  return (draws, until) => {
    const rate = draws.gamma(r) / alpha;
    const stopsAt = draws.exponential() / (draws.gamma(s) / beta);
    const times = ticksUntil(Math.min(until, stopsAt), () => draws.exponential() / rate);
    return { rate, stopsAt, times };
  };
}

/** A customer may stop after each purchase but the first. */
export function bgNbdProcess(parameters: BgNbdParameters): BuyingProcess {
  return betaGeometricProcess({ ...parameters, k: 1 }, 0);
}

/** A customer may stop after each purchase. */
export function mbgNbdProcess(parameters: BgNbdParameters): BuyingProcess {
  return betaGeometricProcess({ ...parameters, k: 1 }, 1);
}

/** The same, with k ticks of chance to a purchase. */
export function mbgCnbdKProcess(parameters: MbgCnbdKParameters): BuyingProcess {
  return betaGeometricProcess(parameters, 1);
}

function betaGeometricProcess(
  { r, alpha, a, b, k }: MbgCnbdKParameters,
  extra: 0 | 1,
): BuyingProcess {
  return (draws, until) => {
    const tickRate = draws.gamma(r) / alpha;
    const stop = draws.beta(a, b);
    const last = stop > 0 ? draws.geometric(stop) + 1 - extra : Number.POSITIVE_INFINITY;
    const times = [0];
    for (let time = 0; times.length <= last && times.length < PURCHASES_MAX; ) {
      time += draws.gamma(k) / tickRate;
      if (!(time <= until)) break;
      times.push(time);
    }
    const stopsAt = times.length > last ? (times.at(-1) ?? 0) : Number.POSITIVE_INFINITY;
    return { rate: tickRate / k, stopsAt, times };
  };
}

/** One occasion a period: times are whole, and the time asked for is rounded down. */
export function bgBbProcess({ alpha, beta, gamma, delta }: BgBbParameters): BuyingProcess {
  return (draws, until) => {
    const rate = draws.beta(alpha, beta);
    const stop = draws.beta(gamma, delta);
    // The period at whose beginning the customer is gone.
    const stopsAt = stop > 0 ? draws.geometric(stop) + 1 : Number.POSITIVE_INFINITY;
    const times = [0];
    const end = Math.min(until, PURCHASES_MAX);
    for (let period = 1; period <= end && period < stopsAt; period++) {
      if (draws.uniform() < rate) times.push(period);
    }
    return { rate, stopsAt, times };
  };
}

/** A customer's purchases, each worth what Gamma–Gamma says: draws the customer, then each value. */
export function gammaGammaSpend(
  { p, q, v }: GammaGammaParameters,
  draws: Draws,
): () => () => number {
  return () => {
    const scale = v / Math.max(draws.gamma(q), Number.MIN_VALUE * 1e16);
    return () => Math.min(draws.gamma(p) * scale, Number.MAX_SAFE_INTEGER / 1e4);
  };
}

function ticksUntil(until: number, interval: () => number): readonly number[] {
  const times = [0];
  for (let time = interval(); time <= until && times.length < PURCHASES_MAX; time += interval()) {
    times.push(time);
  }
  return times;
}
