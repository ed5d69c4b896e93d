import { DAY_MS, finish, invariant, seededRandom, type Work } from '@keepsake/kernel';
import { columnsOf } from '../money/accounts.ts';
import { type Horizon, horizonOf } from '../money/horizon.ts';
import { type DrawTerms, prepareValueDraws } from '../money/value-draws.ts';
import { DEFAULT_VALUE_MODEL, fitValueModel } from '../money/value-model.ts';
import { centralInterval } from '../numerics/index.ts';
import { type CustomerScore, prepareScoring } from '../scoring/score-base.ts';
import { startTierRun, type TierRun } from '../tiers/decide.ts';
import { nextTierState, type TierState } from '../tiers/history.ts';
import { standingOf, type Truth, tierLoss } from '../tiers/losses.ts';
import { bestCombination } from '../tiers/remedies.ts';
import { TIERS, type Tier } from '../tiers/tier.ts';
import { accountsAt, type Base } from './base.ts';
import { BASE_POLICY } from './base-policy.data.ts';
import { realisedBetween, type TrueValue, trueValuesAt } from './base-truth.ts';

/** How a base is decided on; times in months. */
export interface DecisionSetting {
  readonly month: number;
  readonly horizon: number;
  readonly draws: number;
  readonly seed: number;
}

/** What was decided at a month, and by what. Lists are in the order of `accountsAt`. */
export interface DecidedBase {
  readonly scores: readonly CustomerScore[];
  readonly terms: DrawTerms;
  readonly horizon: Horizon;
}

/** Customers scored between two pauses. */
const SLICE = 64;
const MONTH_MS = 30 * DAY_MS;

/** Fits a base as it is seen at a month, and decides the tier of everybody. */
export function* decideBase(base: Base, setting: DecisionSetting): Work<DecidedBase> {
  const { table, shape } = base;
  const columns = columnsOf(accountsAt(base, setting.month));
  const model = yield* fitValueModel(columns, table, {
    ...DEFAULT_VALUE_MODEL,
    seed: setting.seed,
  });
  invariant(model.kind === 'fitted', 'a simulated base is large enough');
  const horizon = horizonOf(table, { length: setting.horizon, unitsPerYear: 12 });
  const joined = base.customers.filter((customer) => customer.joined < setting.month);
  const profile = (joined[0]?.profile ?? []).map((_, k) =>
    Float64Array.from(joined, (customer) => customer.profile[k] ?? 0),
  );
  const terms: DrawTerms = {
    columns,
    model,
    table,
    horizon,
    count: setting.draws,
    seed: setting.seed,
    kind: 'expected',
  };
  const { reach, cost } = shape.growth;
  const scoring = yield* prepareScoring({
    ...terms,
    model,
    draws: setting.draws,
    policy: BASE_POLICY,
    growth: { reach, cost },
    newAge: 1,
    profile,
  });
  const scores: CustomerScore[] = [];
  for (let i = 0; i < scoring.size; i++) {
    if (i % SLICE === 0) yield { done: i, of: scoring.size };
    scores.push(scoring.score(i, setting.month * MONTH_MS));
  }
  return { scores, terms, horizon };
}

/** What decisions lost against deciding with the true values, in units of the currency a customer. */
export interface Regret {
  readonly ofTiers: number;
  /** What the best decision under the published gates loses: nothing, where the table says so. */
  readonly byTier: Readonly<Record<Tier, number>>;
}

/** The true values of a month as the loss table wants them, and where the true top begins. */
export interface TruthAt {
  readonly values: readonly TrueValue[];
  readonly truths: readonly Truth[];
  readonly run: TierRun;
}

/** Looks up what is true at a month. */
export function truthAt(base: Base, month: number, horizon: Horizon): TruthAt {
  const values = trueValuesAt(base, month, horizon);
  const run = startTierRun(
    BASE_POLICY,
    Float64Array.from(values, (value) => value.actual),
  );
  const truths = values.map(({ actual, growth, costs }) => {
    const row = Float64Array.from(run.combinations.kinds, (kind) =>
      Object.hasOwn(costs, kind) ? costs[kind as keyof typeof costs] : 0,
    );
    return { actual, growth, saving: bestCombination(run.combinations, row).saving };
  });
  return { values, truths, run };
}

/** What tiers lose under the published table, in units of the currency a customer. */
export function regretOf(tiers: readonly Tier[], { truths, run }: TruthAt): Regret {
  const { losses } = BASE_POLICY;
  const byTier: Record<Tier, number> = {
    keep: 0,
    grow: 0,
    maintain: 0,
    'below-zero': 0,
    undecided: 0,
  };
  let total = 0;
  tiers.forEach((tier, i) => {
    const truth = truths[i];
    if (truth === undefined) return;
    const of = (one: Tier): number => tierLoss(losses, one, truth, run.topThreshold);
    const lost = of(tier) - Math.min(...TIERS.map(of));
    byTier[tier] += lost / tiers.length;
    total += lost / tiers.length;
  });
  return { ofTiers: total, byTier };
}

/** How right the probabilities of value below zero are. */
export interface BelowZeroCheck {
  /** Customers who truly are below zero, as things are. */
  readonly share: number;
  /** Mean difference of predicted and true share, over ten bins of the prediction by their size. */
  readonly calibrationError: number;
  /** Who was put below zero, and how many of them truly were at a loss, remedies and all. */
  readonly decided: number;
  readonly precision: number;
  /** Of a probability of .9 as things are: how many, and how many truly were. */
  readonly flagged: number;
  readonly flaggedPrecision: number;
}

/** Compares probabilities of value below zero, and who was put there, with the truth. */
export function checkBelowZero(decided: DecidedBase, truth: TruthAt): BelowZeroCheck {
  const bins = Array.from({ length: 10 }, () => ({ predicted: 0, actual: 0 }));
  let [flagged, flaggedRight, below] = [0, 0, 0];
  truth.values.forEach(({ actual }, i) => {
    const probability = decided.scores[i]?.value.belowZero ?? 0;
    const isBelow = actual < 0 ? 1 : 0;
    const bin = bins[Math.min(9, Math.floor(probability * 10))];
    if (bin !== undefined) {
      bin.predicted += probability;
      bin.actual += isBelow;
    }
    below += isBelow;
    if (probability >= BASE_POLICY.gates.belowZero) {
      flagged++;
      flaggedRight += isBelow;
    }
  });
  const size = truth.values.length;
  const error = bins.reduce((sum, bin) => sum + Math.abs(bin.predicted - bin.actual), 0);
  const put = decided.scores.flatMap(({ decision }, i) =>
    decision.tier === 'below-zero' ? [i] : [],
  );
  const right = put.filter((i) => {
    const one = truth.truths[i];
    return one !== undefined && standingOf(one, truth.run.topThreshold) === 'below-zero';
  });
  return {
    share: below / size,
    calibrationError: error / size,
    decided: put.length,
    precision: right.length / Math.max(1, put.length),
    flagged,
    flaggedPrecision: flaggedRight / Math.max(1, flagged),
  };
}

/** How often intervals for what groups bring hold what they brought. */
export interface GroupCheck {
  readonly groups: number;
  /** Share of groups within the central 90 % of the predictive draws of their total. */
  readonly coverage: number;
  /** What all brought together, over what was predicted. */
  readonly ratio: number;
}

/** Sets random groups of 100 against what they brought within the horizon, not discounted. */
export function checkGroups(
  base: Base,
  decided: DecidedBase,
  setting: DecisionSetting,
): GroupCheck {
  const { month, horizon, seed, draws } = setting;
  const brought = realisedBetween(base, month, month + horizon);
  const draw = prepareValueDraws({ ...decided.terms, kind: 'realised' });
  const predicted = Array.from(brought, (_, i) => draw(i).actual);
  const random = seededRandom(seed + 1);
  const groups = 1_000;
  let covered = 0;
  for (let group = 0; group < groups; group++) {
    const totals = new Float64Array(draws);
    let actual = 0;
    for (let member = 0; member < 100; member++) {
      const i = random.below(brought.length);
      actual += brought[i] ?? 0;
      predicted[i]?.forEach((value, d) => {
        totals[d] = (totals[d] ?? 0) + value;
      });
    }
    const { low, high } = centralInterval(totals.sort(), 0.9);
    if (actual >= low && actual <= high) covered++;
  }
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const expected = predicted.reduce((total, values) => total + sum(values) / draws, 0);
  return { groups, coverage: covered / groups, ratio: sum(brought) / expected };
}

/**
 * Share of customers without any purchase in a month whose tier changed with the run after it, by the
 * rules of `nextTierState`, a run a month over so many months before the setting's; of the last two.
 */
export function quietFlips(base: Base, setting: DecisionSetting, months: number): number {
  const states = new Map<string, TierState>();
  let [quiet, flips] = [0, 0];
  for (let back = months; back >= 0; back--) {
    const month = setting.month - back;
    const { scores } = decideBaseNow(base, { ...setting, month });
    const news = boughtSince(base, month - 1, month);
    for (const { decision } of scores) {
      const before = states.get(decision.customer);
      const after = nextTierState(before, decision, BASE_POLICY, month * MONTH_MS);
      states.set(decision.customer, after);
      if (back > 1 || before === undefined || news.has(decision.customer)) continue;
      quiet++;
      if (after.tier !== before.tier) flips++;
    }
  }
  return flips / Math.max(1, quiet);
}

/** Who bought anything between two months. */
function boughtSince(base: Base, from: number, to: number): ReadonlySet<string> {
  const names = base.customers.flatMap(({ customer }, i) =>
    (base.purchases[i] ?? []).some(({ at }) => at >= from && at < to) ? [customer] : [],
  );
  return new Set(names);
}

/** Decides a base at once. */
export function decideBaseNow(base: Base, setting: DecisionSetting): DecidedBase {
  return finish(decideBase(base, setting));
}
