import type { Loss, LossTable } from './policy.ts';
import type { Standing, Tier } from './tier.ts';

/** What is true of one customer, or in one draw. In units of the currency. */
export interface Truth {
  readonly actual: number;
  readonly growth: number;
  /** What the best combination of remedies saves, never below zero. */
  readonly saving: number;
}

/** What remains of a customer at best: value, growth where there is any, and the saving. */
export function reachableValue(truth: Truth): number {
  return truth.actual + Math.max(0, truth.growth) + truth.saving;
}

/** What a customer is, by the truth: below zero only where neither growth nor remedy helps. */
export function standingOf(truth: Truth, topThreshold: number): Standing {
  if (reachableValue(truth) < 0) return 'below-zero';
  if (truth.actual > 0 && truth.actual >= topThreshold) return 'top';
  return truth.growth > 0 ? 'growable' : 'ordinary';
}

/** What one entry of the table comes to, in units of the currency. */
export function lossAmount(loss: Loss, truth: Truth): number {
  return (
    loss.fixed +
    loss.ofValue * Math.max(0, truth.actual) +
    loss.ofGrowth * Math.max(0, truth.growth) +
    loss.ofDeficit * Math.max(0, -reachableValue(truth))
  );
}

/** What a tier loses where this is true, in units of the currency. */
export function tierLoss(table: LossTable, tier: Tier, truth: Truth, topThreshold: number): number {
  return lossAmount(table[tier][standingOf(truth, topThreshold)], truth);
}
