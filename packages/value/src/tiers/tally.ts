import { lossAmount, reachableValue, standingOf, type Truth } from './losses.ts';
import type { LossTable } from './policy.ts';
import { bestCombination, type RemedyCombinations } from './remedies.ts';
import { type CustomerDraws, STANDINGS, type Standing, TIERS, type Tier } from './tier.ts';

/**
 * Draws of one standing, added up. Losses are linear in these, so that no tier has to be looked at
 * draw by draw.
 */
interface StandingSums {
  count: number;
  value: number;
  growth: number;
  deficit: number;
}

/** What the draws of a customer add up to. */
export interface Tally {
  readonly sums: Readonly<Record<Standing, StandingSums>>;
  /** Draws with value at the top, whatever else they are. */
  top: number;
  /** Draws with growth above zero, whatever else they are. */
  growable: number;
  /** Draws below zero before any remedy. */
  belowAsIs: number;
  /** Sum of the least loss of each draw: what deciding with knowledge would lose. */
  leastLoss: number;
}

/** What a tally is made by. */
export interface TallyTerms {
  readonly losses: LossTable;
  readonly combinations: RemedyCombinations;
  readonly topThreshold: number;
}

function emptySums(): StandingSums {
  return { count: 0, value: 0, growth: 0, deficit: 0 };
}

/** Whether some tier loses nothing where the standing is true, whatever the amounts. */
function hasFreeTier(losses: LossTable, standing: Standing): boolean {
  return TIERS.some((tier) => {
    const { fixed, ofValue, ofGrowth, ofDeficit } = losses[tier][standing];
    return fixed === 0 && ofValue === 0 && ofGrowth === 0 && ofDeficit === 0;
  });
}

/** The costs of a customer as the combinations want them, kind by kind. */
export function costRows(
  customer: CustomerDraws,
  kinds: readonly string[],
): readonly Float64Array[] {
  const none = new Float64Array(customer.actual.length);
  return kinds.map((kind) => customer.costs[kind] ?? none);
}

function addDraw(sums: StandingSums, truth: Truth): void {
  sums.count++;
  sums.value += Math.max(0, truth.actual);
  sums.growth += Math.max(0, truth.growth);
  sums.deficit += Math.max(0, -reachableValue(truth));
}

/** Adds up the draws of a customer, in one pass. Remedies are looked for where a draw is below zero. */
export function tallyDraws(customer: CustomerDraws, terms: TallyTerms): Tally {
  const { losses, combinations, topThreshold } = terms;
  const tally: Tally = {
    sums: {
      top: emptySums(),
      growable: emptySums(),
      ordinary: emptySums(),
      'below-zero': emptySums(),
    },
    top: 0,
    growable: 0,
    belowAsIs: 0,
    leastLoss: 0,
  };
  const priced = STANDINGS.filter((standing) => !hasFreeTier(losses, standing));
  const rows = costRows(customer, combinations.kinds);
  const costs = new Float64Array(rows.length);
  const savingAt = (i: number): number => {
    for (let k = 0; k < rows.length; k++) costs[k] = rows[k]?.[i] ?? 0;
    return bestCombination(combinations, costs).saving;
  };
  for (let i = 0; i < customer.actual.length; i++) {
    const [actual, growth] = [customer.actual[i] ?? 0, customer.growth[i] ?? 0];
    const isBelow = actual < 0 && actual + Math.max(0, growth) < 0;
    const truth = { actual, growth, saving: isBelow ? savingAt(i) : 0 };
    const standing = standingOf(truth, topThreshold);
    addDraw(tally.sums[standing], truth);
    if (isBelow) tally.belowAsIs++;
    if (actual > 0 && actual >= topThreshold) tally.top++;
    if (growth > 0) tally.growable++;
    if (priced.includes(standing)) tally.leastLoss += leastLossOf(losses, standing, truth);
  }
  return tally;
}

function leastLossOf(losses: LossTable, standing: Standing, truth: Truth): number {
  let least = Number.POSITIVE_INFINITY;
  for (const tier of TIERS) least = Math.min(least, lossAmount(losses[tier][standing], truth));
  return least;
}

/** Sum of what a tier loses over all draws of a tally. */
export function lossOfTier(tally: Tally, losses: LossTable, tier: Tier): number {
  let total = 0;
  for (const standing of STANDINGS) {
    const { count, value, growth, deficit } = tally.sums[standing];
    const loss = losses[tier][standing];
    total += loss.fixed * count + loss.ofValue * value;
    total += loss.ofGrowth * growth + loss.ofDeficit * deficit;
  }
  return total;
}
