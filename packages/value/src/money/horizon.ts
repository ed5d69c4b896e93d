import type { PurchaseHistory, PurchaseModel } from '../model.ts';
import { gaussLegendre, integrate } from '../numerics/index.ts';
import type { CostTable } from './cost-table.ts';

/** Over which time value is counted. Times are in the unit of the purchase histories. */
export interface Horizon {
  /** How far value is counted at all. */
  readonly length: number;
  /** How much further a residual is counted, which is told apart from value; 0 for none. */
  readonly residual: number;
  /** Discounting per unit of time, continuous: a unit of money at t is worth e^(−discount·t). */
  readonly discount: number;
}

/** A horizon at the discount rate of a table; `unitsPerYear` is 365.25, 52.18 or 12. */
export function horizonOf(
  table: CostTable,
  times: { readonly length: number; readonly residual?: number; readonly unitsPerYear: number },
): Horizon {
  const yearly = table.discountBasisPointsPerYear / 10_000;
  return {
    length: times.length,
    residual: times.residual ?? 0,
    discount: Math.log1p(yearly) / times.unitsPerYear,
  };
}

/** On the waiting for purchases, which is smooth. */
const RULE = gaussLegendre(4);
/** Panels for each time in which money comes down to 1/e. */
const PANELS_PER_LOSS = 4;

/**
 * Purchases that are to be expected within the horizon, and within its residual, discounted. With N(t)
 * the expected number by t, ∫e^(−δt)dN = [e^(−δt)N] + δ∫e^(−δt)N dt, where the last is small and, in √t,
 * smooth. Against the integral of the rate: within 1e-5 over horizons like the times observed, within
 * 1e-3 over ten times as long. One evaluation of the model without discounting, five where the horizon
 * loses less than a quarter, as many again with a residual.
 */
export function discountedPurchases(
  model: PurchaseModel,
  history: PurchaseHistory,
  horizon: Horizon,
): { readonly within: number; readonly residual: number } {
  const { frequency, recency, age } = history;
  const { length, residual, discount } = horizon;
  const expected = (time: number): number =>
    time > 0 ? model.expectedPurchases(frequency, recency, age, time) : 0;
  const counted = (time: number): number => Math.exp(-discount * time) * expected(time);
  const waited = (from: number, to: number): number => {
    if (discount === 0) return 0;
    const panels = Math.ceil(PANELS_PER_LOSS * discount * (to - from));
    const inRoot = (root: number): number => 2 * root * counted(root * root);
    return discount * integrate(inRoot, [Math.sqrt(from), Math.sqrt(to)], panels, RULE);
  };
  const end = counted(length);
  const within = end + waited(0, length);
  if (residual === 0) return { within, residual: 0 };
  const last = length + residual;
  return { within, residual: Math.max(0, counted(last) - end + waited(length, last)) };
}

/** Purchases within a time of one alive of a known rate and hazard of leaving, discounted. */
export function purchasesOfRate(
  traits: { readonly rate: number; readonly hazard: number },
  time: number,
  discount: number,
): number {
  const fall = traits.hazard + discount;
  const spell = fall * time;
  return spell < 1e-12 ? traits.rate * time : (traits.rate * -Math.expm1(-spell)) / fall;
}
