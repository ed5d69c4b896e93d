import { invariant, type Work } from '@keepsake/kernel';
import { centralInterval } from '../numerics/index.ts';
import type { TierPolicy, TopShare } from './policy.ts';
import { bestCombination, combineRemedies, type RemedyCombinations } from './remedies.ts';
import { costRows, lossOfTier, tallyDraws } from './tally.ts';
import { type CustomerDraws, type Standing, TIERS, type Tier, type TierDecision } from './tier.ts';

/** What one run decides by: the policy, its remedies prepared, and where the top begins. */
export interface TierRun {
  readonly policy: TierPolicy;
  readonly combinations: RemedyCombinations;
  /** Value from which a customer is at the top; `Infinity` where nobody is. */
  readonly topThreshold: number;
}

/** Customers decided between two pauses. */
const SLICE = 64;

/**
 * Where the top begins, from one value of each customer of the base. Give one draw of each rather
 * than the means: means are drawn together, and their top begins too low. The input is not changed;
 * cost is that of sorting it. `Infinity` where no value is above zero.
 */
export function findTopThreshold(values: Float64Array, top: TopShare): number {
  const sorted = values.filter((value) => value > 0).sort();
  if (sorted.length === 0) return Number.POSITIVE_INFINITY;
  if (top.of === 'customers') {
    const places = Math.max(1, Math.round(top.share * values.length));
    return sorted[Math.max(0, sorted.length - places)] ?? 0;
  }
  const total = sorted.reduce((sum, value) => sum + value, 0);
  let held = 0;
  for (let i = sorted.length - 1; i >= 0; i--) {
    held += sorted[i] ?? 0;
    if (held >= top.share * total) return sorted[i] ?? 0;
  }
  return sorted[0] ?? 0;
}

/** Prepares a run over a base: `values` as `findTopThreshold` wants them. */
export function startTierRun(policy: TierPolicy, values: Float64Array): TierRun {
  return {
    policy,
    combinations: combineRemedies(policy.remedies),
    topThreshold: findTopThreshold(values, policy.top),
  };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

/** The tiers whose gate is passed. */
function gatedTiers(
  probabilities: Readonly<Record<Standing, number>>,
  growth: number,
  gates: TierPolicy['gates'],
): readonly Tier[] {
  const passed: Tier[] = [];
  if (probabilities.top >= gates.keep) passed.push('keep');
  if (growth > 0 && probabilities.growable >= gates.grow) passed.push('grow');
  if (probabilities['below-zero'] >= gates.belowZero) passed.push('below-zero');
  return passed;
}

function leastLoss(losses: Readonly<Record<Tier, number>>, admitted: readonly Tier[]): Tier {
  let best: Tier = 'undecided';
  for (const tier of TIERS) {
    if (admitted.includes(tier) && losses[tier] < losses[best]) best = tier;
  }
  return best;
}

function probabilityOf(tier: Tier, probabilities: Readonly<Record<Standing, number>>): number {
  switch (tier) {
    case 'keep':
      return probabilities.top;
    case 'grow':
      return probabilities.growable;
    case 'maintain':
      return probabilities.ordinary;
    case 'below-zero':
      return probabilities['below-zero'];
    case 'undecided':
      return 0;
  }
}

/**
 * The tier of one customer: among those that the gates let through, the one with the least expected
 * loss. New customers are undecided, and so are those who pass no gate while their interval reaches
 * from nothing to the top. Below zero are only the draws that neither growth nor any combination of
 * remedies lifts to zero. Cost is one pass over the draws, and 2^remedies for each below zero.
 */
export function decideTier(customer: CustomerDraws, run: TierRun): TierDecision {
  const { policy, combinations, topThreshold } = run;
  const count = customer.actual.length;
  invariant(count > 0 && customer.growth.length === count, 'draws stand side by side');
  const tally = tallyDraws(customer, { losses: policy.losses, combinations, topThreshold });
  // The gates ask for each by itself: who is at the top may grow as well.
  const probabilities = {
    top: tally.top / count,
    growable: tally.growable / count,
    ordinary: tally.sums.ordinary.count / count,
    'below-zero': tally.sums['below-zero'].count / count,
  };
  const lossOf = (tier: Tier): number => lossOfTier(tally, policy.losses, tier) / count;
  const losses = {
    keep: lossOf('keep'),
    grow: lossOf('grow'),
    maintain: lossOf('maintain'),
    'below-zero': lossOf('below-zero'),
    undecided: lossOf('undecided'),
  };
  const means = Float64Array.from(costRows(customer, combinations.kinds), meanOf);
  const remedy = bestCombination(combinations, means);
  const growth = meanOf(customer.growth);
  const interval = centralInterval(customer.actual.slice().sort(), policy.intervalShare);
  const passed = gatedTiers(probabilities, growth, policy.gates);
  const isWide = passed.length === 0 && interval.low <= 0 && interval.high >= topThreshold;
  const why = customer.isNew ? 'new' : isWide ? 'wide' : 'least-loss';
  // Maintain and undecided claim nothing that could be gated.
  const tier =
    why === 'least-loss' ? leastLoss(losses, [...passed, 'maintain', 'undecided']) : 'undecided';
  const isBelowAsIs = !customer.isNew && tally.belowAsIs / count >= policy.gates.belowZero;
  return {
    customer: customer.customer,
    tier,
    why,
    probability: probabilityOf(tier, probabilities),
    probabilities,
    expected: { actual: meanOf(customer.actual), growth, saving: remedy.saving },
    interval,
    losses,
    // Two sums of the same losses may differ in the last digit.
    atStake: Math.max(0, losses[tier] - tally.leastLoss / count),
    remedies: combinations.ids[remedy.index] ?? [],
    isCurable: isBelowAsIs && probabilities['below-zero'] < policy.gates.belowZero,
  };
}

/** Decides many customers, slice by slice, in their order. `count` only tells how far it has come. */
export function* decideTiers(
  customers: Iterable<CustomerDraws>,
  count: number,
  run: TierRun,
): Work<readonly TierDecision[]> {
  const decisions: TierDecision[] = [];
  for (const customer of customers) {
    decisions.push(decideTier(customer, run));
    if (decisions.length % SLICE === 0) yield { done: decisions.length, of: count };
  }
  return decisions;
}
