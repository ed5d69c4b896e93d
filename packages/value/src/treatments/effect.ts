import { studentQuantile } from './normal.ts';

/**
 * What is kept of the outcomes of one arm: one outcome for each subject, counted once its window has
 * closed, and what the subject was worth before the treatment began. Sums of squares are about the means.
 */
export interface ArmMoments {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
  readonly meanBefore: number;
  readonly squaresBefore: number;
  readonly products: number;
}

/** An arm without anybody. */
export const EMPTY_ARM: ArmMoments = {
  count: 0,
  mean: 0,
  squares: 0,
  meanBefore: 0,
  squaresBefore: 0,
  products: 0,
};

/** Two parts of one arm as one, without loss (Chan, Golub and LeVeque 1979). */
export function mergeArms(a: ArmMoments, b: ArmMoments): ArmMoments {
  const count = a.count + b.count;
  if (count === 0) return EMPTY_ARM;
  const [gap, gapBefore] = [b.mean - a.mean, b.meanBefore - a.meanBefore];
  const [share, weight] = [b.count / count, (a.count * b.count) / count];
  return {
    count,
    mean: a.mean + gap * share,
    squares: a.squares + b.squares + gap * gap * weight,
    meanBefore: a.meanBefore + gapBefore * share,
    squaresBefore: a.squaresBefore + b.squaresBefore + gapBefore * gapBefore * weight,
    products: a.products + b.products + gap * gapBefore * weight,
  };
}

/** The arm with one more subject; `before` is 0 for all where it is not known. */
export function addOutcome(arm: ArmMoments, outcome: number, before = 0): ArmMoments {
  return mergeArms(arm, { ...EMPTY_ARM, count: 1, mean: outcome, meanBefore: before });
}

/** The arm of these outcomes; `before`, where given, is as long. */
export function armOf(outcomes: Float64Array, before?: Float64Array): ArmMoments {
  let arm = EMPTY_ARM;
  for (const [i, outcome] of outcomes.entries()) arm = addOutcome(arm, outcome, before?.[i] ?? 0);
  return arm;
}

/** Both arms of a treatment. */
export interface Arms {
  readonly treated: ArmMoments;
  readonly control: ArmMoments;
}

/** How many are in each arm. */
export interface ArmSizes {
  readonly treated: Pick<ArmMoments, 'count'>;
  readonly control: Pick<ArmMoments, 'count'>;
}

/** The effect on a subject, in the unit of outcomes. */
export interface Effect {
  /** Treated less control, adjusted for what they were worth before. */
  readonly difference: number;
  /** Variance of the difference, each arm by itself. */
  readonly variance: number;
  /** Variance of the difference if outcomes vary alike in both arms. */
  readonly varianceAlike: number;
  /** Degrees of freedom (Welch 1947). */
  readonly degrees: number;
  /** Share of the variance that the adjustment took away; 0 where nothing is known of before. */
  readonly explained: number;
}

/** Sum of squares of the outcomes of an arm, adjusted by a slope. */
function adjustedSquares(arm: ArmMoments, slope: number): number {
  const squares = arm.squares - 2 * slope * arm.products + slope * slope * arm.squaresBefore;
  return Math.max(0, squares);
}

function varianceOfMean(arm: ArmMoments, slope: number): number {
  return adjustedSquares(arm, slope) / (arm.count - 1) / arm.count;
}

/**
 * The effect from both arms, undefined below two subjects in one. What can be foretold from before
 * is taken off (Deng, Xu, Kohavi and Walker 2013): before the treatment the arms are alike, so that
 * it takes variance away and no effect.
 */
export function findEffect({ treated, control }: Arms): Effect | undefined {
  if (treated.count < 2 || control.count < 2) return undefined;
  const spreadBefore = treated.squaresBefore + control.squaresBefore;
  const slope = spreadBefore > 0 ? (treated.products + control.products) / spreadBefore : 0;
  const [a, b] = [varianceOfMean(treated, slope), varianceOfMean(control, slope)];
  const squares = adjustedSquares(treated, slope) + adjustedSquares(control, slope);
  const alike = squares / (treated.count + control.count - 2);
  const plain = varianceOfMean(treated, 0) + varianceOfMean(control, 0);
  const weights = a ** 2 / (treated.count - 1) + b ** 2 / (control.count - 1);
  return {
    difference: treated.mean - control.mean - slope * (treated.meanBefore - control.meanBefore),
    variance: a + b,
    varianceAlike: alike * (1 / treated.count + 1 / control.count),
    degrees: weights > 0 ? (a + b) ** 2 / weights : treated.count + control.count - 2,
    explained: plain > 0 ? Math.max(0, 1 - (a + b) / plain) : 0,
  };
}

/**
 * The interval of an effect for who looks once, at a time fixed before (Welch 1947). Who looks more
 * often needs `judgeTreatment`.
 */
export function effectInterval(
  effect: Effect,
  confidence = 0.95,
): { readonly low: number; readonly high: number } {
  const reach = studentQuantile((1 + confidence) / 2, effect.degrees) * Math.sqrt(effect.variance);
  return { low: effect.difference - reach, high: effect.difference + reach };
}

/**
 * How many standard errors the size of the control group is from what the lot would make of it.
 * Beyond 4 something takes subjects out of one arm, and no effect can be believed (Fabijan and others 2019).
 */
export function sampleRatioScore({ treated, control }: ArmSizes, controlShare: number): number {
  const count = treated.count + control.count;
  if (count === 0) return 0;
  const spread = Math.sqrt(count * controlShare * (1 - controlShare));
  return (control.count - count * controlShare) / spread;
}
