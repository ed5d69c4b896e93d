import { seededRandom } from '@keepsake/kernel';
import { expect, test } from 'vitest';
import { addOutcome, armOf, EMPTY_ARM, findEffect } from './effect.ts';
import {
  findSubjectsNeeded,
  type JudgeRule,
  judgeTreatment,
  standingVerdict,
  type TreatmentVerdict,
} from './judge.ts';

const rule: JudgeRule = { alpha: 0.05, worth: 1, perArmMin: 100, controlShare: 0.2 };

type Outcome = () => number;

function normal(seed: number, spread: number): Outcome {
  const random = seededRandom(seed);
  return () =>
    spread * Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** What a customer brings: nothing for four of five, else skewed to the right. */
function spending(seed: number): Outcome {
  const random = seededRandom(seed);
  return () => (random.next() < 0.8 ? 0 : -12 * Math.log(1 - random.next()));
}

/** Nothing for nineteen of twenty, else much and sometimes very much: the worst there is to judge. */
function rareSpending(seed: number): Outcome {
  const [random, chance] = [normal(seed, 0.8), seededRandom(seed + 1)];
  return () => (chance.next() < 0.95 ? 0 : 40 * Math.exp(random()));
}

interface Run {
  readonly verdict: TreatmentVerdict;
  /** Whether an interval made for one look ever left zero out. */
  readonly naive: boolean;
  /** Whether the true effect was within the bounds at every look. */
  readonly isCovered: boolean;
}

interface Setting {
  readonly make: (seed: number) => Outcome;
  readonly gain: number;
  readonly subjects: number;
  readonly controlShare?: number;
}

/** One experiment, looked at after every 25 subjects. */
function experiment(seed: number, setting: Setting): Run {
  const { make, gain, subjects, controlShare = rule.controlShare } = setting;
  const [random, outcome] = [seededRandom(seed * 7919 + 1), make(seed)];
  let [treated, control] = [EMPTY_ARM, EMPTY_ARM];
  let verdict: TreatmentVerdict = 'running';
  let [naive, isCovered] = [false, true];
  for (let i = 1; i <= subjects; i++) {
    if (random.next() < controlShare) control = addOutcome(control, outcome());
    else treated = addOutcome(treated, outcome() + gain);
    if (i % 25 !== 0) continue;
    const judgement = judgeTreatment({ treated, control }, { ...rule, controlShare });
    const { effect, bounds } = judgement;
    if (effect === undefined || bounds === undefined) continue;
    naive ||= Math.abs(effect.difference) > 1.96 * Math.sqrt(effect.variance);
    isCovered &&= bounds.low <= gain && gain <= bounds.high;
    verdict = standingVerdict(verdict, judgement.verdict);
  }
  return { verdict, naive, isCovered };
}

function many(count: number, setting: Setting) {
  const runs = Array.from({ length: count }, (_, i) => experiment(i + 1, setting));
  const share = (holds: (run: Run) => boolean) => runs.filter(holds).length / count;
  return {
    works: share((run) => run.verdict === 'works'),
    harms: share((run) => run.verdict === 'harms'),
    worthless: share((run) => run.verdict === 'no-effect-worth'),
    naive: share((run) => run.naive),
    covered: share((run) => run.isCovered),
  };
}

const COUNT = 500;
const gaussian = (seed: number): Outcome => normal(seed, 6);

test.each([
  ['normal', gaussian, 0.2],
  ['skewed', spending, 0.2],
  ['skewed, with a small control group', spending, 0.05],
  ['rare', rareSpending, 0.1],
] as const)(
  'VAL-122 however often one looks, nothing is said of no effect more often than alpha: %s',
  (_, make, controlShare) => {
    const setting = { make, gain: 0, subjects: 3000, controlShare };
    const { works, harms, naive, covered } = many(COUNT, setting);
    expect(works + harms).toBeLessThanOrEqual(rule.alpha);
    expect(covered).toBeGreaterThanOrEqual(1 - rule.alpha);
    // What is made for one look is wrong far more often: the test could fail.
    expect(naive).toBeGreaterThan(2 * rule.alpha);
  },
);

test('VAL-122 the bounds hold a true effect at every look', () => {
  expect(many(COUNT, { make: spending, gain: 2, subjects: 2000 }).covered).toBeGreaterThanOrEqual(
    1 - rule.alpha,
  );
});

test('VAL-123 what works, harms, or is not worth having is found out', () => {
  expect(many(60, { make: spending, gain: 3, subjects: 4000 }).works).toBeGreaterThan(0.9);
  const harmful = many(60, { make: spending, gain: -3, subjects: 4000 });
  expect(harmful.works).toBe(0);
  expect(harmful.harms + harmful.worthless).toBeGreaterThan(0.95);
  const idle = many(30, { make: gaussian, gain: 0, subjects: 10_000 });
  expect(idle.worthless).toBeGreaterThan(0.9);
});

test('VAL-123 too few in one arm, and nothing is said', () => {
  const sure = (count: number, middle: number) =>
    armOf(Float64Array.from({ length: count }, (_, i) => middle + (i % 2)));
  const judge = (treated: number, control: number) =>
    judgeTreatment({ treated: sure(treated, 50), control: sure(control, 0) }, rule);
  expect(judge(396, 99)).toEqual({ verdict: 'running', effect: undefined, bounds: undefined });
  expect(judge(400, 100).verdict).toBe('works');
  expect(() =>
    judgeTreatment({ treated: EMPTY_ARM, control: EMPTY_ARM }, { ...rule, perArmMin: 5 }),
  ).toThrow();
});

test('VAL-123 bounds decide the verdict, and a sure loss is a harm before it is no worth', () => {
  const around = (middle: number) =>
    armOf(Float64Array.from({ length: 4000 }, (_, i) => middle + (i % 2 === 0 ? 0.5 : -0.5)));
  const verdict = (effect: number, worth: number) =>
    judgeTreatment(
      { treated: around(effect), control: around(0) },
      { ...rule, worth, controlShare: 0.5 },
    ).verdict;
  expect(verdict(3, 1)).toBe('works');
  expect(verdict(-3, 1)).toBe('harms');
  expect(verdict(0.3, 1)).toBe('no-effect-worth');
  expect(verdict(0.01, 0.02)).toBe('running');
});

test('VAL-121 a verdict is refused where subjects were lost from one arm', () => {
  const around = (count: number, middle: number) =>
    armOf(Float64Array.from({ length: count }, (_, i) => middle + (i % 2)));
  const arms = { treated: around(4000, 9), control: around(500, 0) };
  expect(judgeTreatment(arms, rule).verdict).toBe('lots-broken');
});

test('VAL-121 the lots are asked where subjects that were drawn turned out to be one', () => {
  const around = (count: number, middle: number) =>
    armOf(Float64Array.from({ length: count }, (_, i) => middle + (i % 2)));
  // Of 10,000 lots 8,000 were of pairs: both treated, both control, and one of each, who are in neither.
  const arms = { treated: around(1600 + 2560, 9), control: around(400 + 160, 0) };
  const lots = { treated: { count: 8000 }, control: { count: 2000 } };
  expect(judgeTreatment(arms, rule).verdict).toBe('lots-broken');
  expect(judgeTreatment(arms, rule, lots).verdict).toBe('works');
  const lost = { treated: { count: 8000 }, control: { count: 1600 } };
  expect(judgeTreatment(arms, rule, lost).verdict).toBe('lots-broken');
});

test('VAL-123 the first verdict stands', () => {
  expect(standingVerdict(undefined, 'running')).toBe('running');
  expect(standingVerdict('running', 'works')).toBe('works');
  expect(standingVerdict('works', 'harms')).toBe('works');
});

test('the bounds are those of the mixture that they come from', () => {
  // The effect on the bound is where the mixed likelihood ratio against zero is 1/alpha.
  const arms = {
    treated: armOf(Float64Array.from({ length: 400 }, (_, i) => (i % 5) + 0.3)),
    control: armOf(Float64Array.from({ length: 100 }, (_, i) => i % 5)),
  };
  const effect = findEffect(arms);
  const { bounds } = judgeTreatment(arms, rule);
  if (effect === undefined || bounds === undefined) throw new Error('enough were there');
  const [v, t] = [Math.max(effect.variance, effect.varianceAlike), rule.worth ** 2];
  const reach = (bounds.high - bounds.low) / 2;
  // ∫ N(δ; 0, τ²) exp(δd/v − δ²/2v) dδ by the trapezoidal rule over ten spreads to each side.
  let [ratio, step] = [0, rule.worth / 2000];
  for (let i = -20_000; i <= 20_000; i++) {
    const delta = i * step;
    ratio +=
      (step / Math.sqrt(2 * Math.PI * t)) *
      Math.exp((-delta * delta) / (2 * t) + (delta * reach) / v - (delta * delta) / (2 * v));
  }
  expect(ratio * rule.alpha).toBeCloseTo(1, 6);
});

test('VAL-123 with the subjects that are needed four in five treatments have their verdict', () => {
  const subjects = findSubjectsNeeded(36, rule) ?? 0;
  const asked = (gain: number) => {
    const runs = Array.from({ length: COUNT }, (_, i) => {
      const [random, outcome] = [seededRandom(i * 31 + 5), gaussian(i + 1)];
      let [treated, control] = [EMPTY_ARM, EMPTY_ARM];
      for (let k = 0; k < subjects; k++) {
        if (random.next() < rule.controlShare) control = addOutcome(control, outcome());
        else treated = addOutcome(treated, outcome() + gain);
      }
      return judgeTreatment({ treated, control }, rule).verdict;
    });
    return (verdict: TreatmentVerdict) => runs.filter((one) => one === verdict).length / COUNT;
  };
  // Four standard errors about four in five.
  expect(Math.abs(asked(rule.worth)('works') - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / COUNT));
  expect(Math.abs(asked(0)('no-effect-worth') - 0.8)).toBeLessThan(4 * Math.sqrt(0.16 / COUNT));
  expect(findSubjectsNeeded(1e-6, rule)).toBe(500);
  expect(findSubjectsNeeded(1e30, rule)).toBeUndefined();
  const half = findSubjectsNeeded(36, { ...rule, worth: 0.5 }) ?? 0;
  expect(half / subjects).toBeCloseTo(4, 2);
});

test('VAL-122 what is known from before does not make looking more dangerous', () => {
  let [said, missed] = [0, 0];
  for (let seed = 1; seed <= COUNT; seed++) {
    const [random, noise, before] = [seededRandom(seed), spending(seed), rareSpending(seed + 500)];
    let [treated, control] = [EMPTY_ARM, EMPTY_ARM];
    let verdict: TreatmentVerdict = 'running';
    let isCovered = true;
    for (let i = 1; i <= 1500; i++) {
      const known = before();
      const outcome = known + noise();
      if (random.next() < rule.controlShare) control = addOutcome(control, outcome, known);
      else treated = addOutcome(treated, outcome, known);
      if (i % 25 !== 0) continue;
      const judgement = judgeTreatment({ treated, control }, rule);
      verdict = standingVerdict(verdict, judgement.verdict);
      const { low, high } = judgement.bounds ?? { low: 0, high: 0 };
      isCovered &&= low <= 0 && 0 <= high;
    }
    if (verdict === 'works' || verdict === 'harms') said++;
    if (!isCovered) missed++;
  }
  expect(said / COUNT).toBeLessThanOrEqual(rule.alpha);
  expect(missed / COUNT).toBeLessThanOrEqual(rule.alpha);
});
