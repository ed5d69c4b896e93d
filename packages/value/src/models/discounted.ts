import { invariant } from '@keepsake/kernel';
import type { PredictiveModel, PurchaseHistory } from '../model.ts';
import { integrate } from '../numerics/index.ts';

/** How what comes later counts for less, and how far ahead anything counts. */
export interface Discounting {
  /** Continuous, per unit of time: ln(1 + i) / 52 for a yearly interest i and weeks. */
  readonly rate: number;
  /** ∞ where it is left out, which needs a rate above zero. */
  readonly horizon?: number;
}

/** Discounted below e^−40 nothing is left to add. */
const NATS = 40;
const HALVINGS_MAX = 60;

/**
 * The present value, in purchases, of all purchases still to come: the integral of their rate times
 * e^(−rate · time), discounted expected residual transactions (Fader, Hardie and Lee 2005, *RFM and
 * CLV*). The rate is positive and smooth in the logarithm of time. Relative error below 1e-9; about
 * a hundred evaluations of the rate. Value takes `discountedPurchases` (`money/horizon.ts`), which needs
 * no rate, is twenty times cheaper and within 1e-5 of what discounting takes.
 */
export function discountedResidualPurchases(
  model: PredictiveModel,
  history: PurchaseHistory,
  { rate, horizon = Number.POSITIVE_INFINITY }: Discounting,
): number {
  invariant(rate >= 0 && horizon >= 0, 'discounting and horizon are not negative');
  invariant(rate > 0 || horizon < Infinity, 'without discounting there is a horizon');
  const end = rate > 0 ? Math.min(horizon, NATS / rate) : horizon;
  const now = model.purchaseRate(history, 0);
  if (!(end > 0) || !(now > 0)) return 0;
  let scale = rate > 0 ? Math.min(end, 1 / rate) : end;
  for (let i = 0; i < HALVINGS_MAX && model.purchaseRate(history, scale) < now / 2; i++) scale /= 2;
  const length = Math.log1p(end / scale);
  const at = (v: number): number => {
    const after = scale * Math.expm1(v);
    return model.purchaseRate(history, after) * Math.exp(v - rate * after);
  };
  return scale * integrate(at, [0, length], Math.ceil(length));
}
