import { invariant } from '@keepsake/kernel';
import { type ArmSizes, type Arms, type Effect, findEffect, sampleRatioScore } from './effect.ts';
import { normalQuantile } from './normal.ts';
import type { Treatment } from './treatment.ts';

/**
 * What is known of a treatment. `no-effect-worth`: whatever it does, it is less than what was said to
 * be worth having. `lots-broken`: the arms are not of the sizes that lots make.
 */
export type TreatmentVerdict = 'running' | 'works' | 'harms' | 'no-effect-worth' | 'lots-broken';

/** How a treatment is judged; all of it is fixed before the first outcome. */
export interface JudgeRule {
  /** Probability of ever saying that a treatment without effect works or harms. */
  readonly alpha: number;
  /** The smallest effect worth having, above zero, in the unit of outcomes. */
  readonly worth: number;
  /** Subjects with an outcome in each arm before anything is said: at least 30. */
  readonly perArmMin: number;
  readonly controlShare: number;
}

/** The rule of a treatment: one false answer in twenty, and a hundred subjects in each arm at least. */
export function judgeRuleOf(treatment: Treatment): JudgeRule {
  const { worth, controlShare } = treatment;
  return { alpha: 0.05, worth, perArmMin: 100, controlShare };
}

/** A verdict and what it rests on. */
export interface Judgement {
  readonly verdict: TreatmentVerdict;
  /** Undefined while there are too few subjects. */
  readonly effect: Effect | undefined;
  /** Bounds that hold at all times at once, however often one looks. */
  readonly bounds: { readonly low: number; readonly high: number } | undefined;
}

const RATIO_SCORE_MAX = 4;

/**
 * Of the two variances the larger counts. What customers spend is skewed, so that in a small control
 * group a low mean comes with a low variance: by its own variance a treatment without effect would
 * be said to work in up to a fifth of all cases.
 */
function reachOf(effect: Effect, rule: JudgeRule): number {
  return sequenceReach(Math.max(effect.variance, effect.varianceAlike), rule);
}

/**
 * Half the width of a confidence sequence: the effect stays within it at all times with probability
 * 1 − alpha. Normal mixture (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon 2021), with the
 * variance estimated (Waudby-Smith and others 2024) after a delayed start (Bibaut, Kallus and Lindon
 * 2022); the same bound as that of the mixture test of Johari, Pekelis and Walsh 2017. It is tightest
 * for effects about `worth`.
 */
function sequenceReach(variance: number, rule: Pick<JudgeRule, 'alpha' | 'worth'>): number {
  const mixing = rule.worth ** 2;
  const spread = (variance * (variance + mixing)) / mixing;
  const growth = (variance + mixing) / Math.max(variance, Number.MIN_VALUE);
  return Math.sqrt(spread * (Math.log(growth) + 2 * Math.log(1 / rule.alpha)));
}

function verdictOf(low: number, high: number, worth: number): TreatmentVerdict {
  if (high < 0) return 'harms';
  if (high < worth) return 'no-effect-worth';
  return low > 0 ? 'works' : 'running';
}

/**
 * Judges a treatment by what has come in so far. It may be asked as often as one likes and stopped on
 * any answer: the rate of false answers counts all looks together. Outcomes of subjects come one for
 * each, in any order that does not depend on the arm. `lots` says how many lots of each arm have an
 * outcome, where some of those drawn were found to be one subject since: who was drawn into both arms is
 * in neither, so that the arms are no more of the sizes that lots make, and the lots still are.
 */
export function judgeTreatment(arms: Arms, rule: JudgeRule, lots: ArmSizes = arms): Judgement {
  invariant(rule.worth > 0 && rule.alpha > 0 && rule.alpha < 1, 'the rule is fixed before');
  invariant(rule.perArmMin >= 30, 'variances are estimated from some');
  const few = Math.min(arms.treated.count, arms.control.count) < rule.perArmMin;
  const effect = few ? undefined : findEffect(arms);
  if (effect === undefined) return { verdict: 'running', effect, bounds: undefined };
  const reach = reachOf(effect, rule);
  const bounds = { low: effect.difference - reach, high: effect.difference + reach };
  const isBroken = Math.abs(sampleRatioScore(lots, rule.controlShare)) > RATIO_SCORE_MAX;
  const verdict = isBroken ? 'lots-broken' : verdictOf(bounds.low, bounds.high, rule.worth);
  return { verdict, effect, bounds };
}

/** The verdict that stands: the first that was one, for a treatment is not asked again until it pleases. */
export function standingVerdict(
  before: TreatmentVerdict | undefined,
  now: TreatmentVerdict,
): TreatmentVerdict {
  return before === undefined || before === 'running' ? now : before;
}

const SUBJECTS_MAX = 1e9;

/**
 * How many subjects, both arms together, give an answer with four chances in five: a treatment that
 * does what is worth having is by then said to work, and one without effect not to be worth it.
 * `variance` is that of outcomes of one subject, what is known from before taken off. Undefined
 * beyond a billion.
 */
export function findSubjectsNeeded(variance: number, rule: JudgeRule): number | undefined {
  const { controlShare, perArmMin, worth } = rule;
  const least = Math.ceil(perArmMin / Math.min(controlShare, 1 - controlShare));
  const each = variance / (controlShare * (1 - controlShare));
  const chance = normalQuantile(0.8);
  const isEnough = (count: number): boolean =>
    sequenceReach(each / count, rule) + chance * Math.sqrt(each / count) <= worth;
  let high = least;
  while (!isEnough(high)) {
    if (high > SUBJECTS_MAX) return undefined;
    high *= 2;
  }
  let low = Math.max(least, high / 2);
  while (high - low > 0.5) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return Math.ceil(high);
}
