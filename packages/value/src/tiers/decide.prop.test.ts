import { finish } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideTier, decideTiers, findTopThreshold, startTierRun, type TierRun } from './decide.ts';
import { DEFAULT_TIER_POLICY } from './default-policy.data.ts';
import { standingOf, tierLoss } from './losses.ts';
import type { LossTable, Remedy } from './policy.ts';
import { bestCombination, combineRemedies, savingOf } from './remedies.ts';
import { type CustomerDraws, TIERS, type Tier } from './tier.ts';

const amount = fc.integer({ min: -400, max: 400 });

const remedy = fc.record({
  returns: fc.constantFrom(0, 0.25, 0.5, 1),
  contacts: fc.constantFrom(0, 0.3, 0.9),
  cost: fc.integer({ min: 0, max: 60 }),
});

const remedies = fc.array(remedy, { maxLength: 4 }).map((list) =>
  list.map(
    ({ returns, contacts, cost }, i): Remedy => ({
      id: `remedy-${i}`,
      words: { en: `Remedy ${i}` },
      cuts: { returns, contacts },
      cost,
    }),
  ),
);

/** Draws about one middle, narrow or wide, so that each gate is passed by some and not by others. */
const customer = fc
  .tuple(amount, fc.constantFrom(0, 5, 60, 300), amount, fc.integer({ min: 1, max: 24 }))
  .chain(([actual, spread, growth, count]) =>
    fc.record({
      customer: fc.constant('anna'),
      actual: draws(count, actual - spread, actual + spread),
      growth: draws(count, Math.trunc(growth / 4) - spread, Math.trunc(growth / 4) + spread),
      costs: fc.record({ returns: draws(count, 0, 150), contacts: draws(count, 0, 80) }),
      isNew: fc.constantFrom(false, false, false, true),
    }),
  );

function draws(count: number, min: number, max: number): fc.Arbitrary<Float64Array> {
  return fc
    .array(fc.integer({ min, max }), { minLength: count, maxLength: count })
    .map((list) => Float64Array.from(list));
}

/** A table in which no decision is free of loss under any truth. */
const DEAR: LossTable = JSON.parse(JSON.stringify(DEFAULT_TIER_POLICY.losses), (_, entry) =>
  typeof entry === 'object' && 'fixed' in entry
    ? { ...entry, fixed: entry.fixed + 3, ofValue: entry.ofValue + 0.01 }
    : entry,
);

function runOf(list: readonly Remedy[], topThreshold: number, losses?: LossTable): TierRun {
  const policy = {
    ...DEFAULT_TIER_POLICY,
    remedies: list,
    losses: losses ?? DEFAULT_TIER_POLICY.losses,
  };
  return { policy, combinations: combineRemedies(list), topThreshold };
}

/** Every subset of the catalogue by itself, with no table of combinations. */
function bestSaving(list: readonly Remedy[], costs: Readonly<Record<string, number>>): number {
  let best = 0;
  for (let mask = 0; mask < 2 ** list.length; mask++) {
    let [saving, left] = [0, { ...costs }];
    for (const [bit, one] of list.entries()) {
      if (((mask >> bit) & 1) === 0) continue;
      saving -= one.cost;
      for (const [kind, share] of Object.entries(one.cuts)) {
        saving += (left[kind] ?? 0) * share;
        left = { ...left, [kind]: (left[kind] ?? 0) * (1 - share) };
      }
    }
    best = Math.max(best, saving);
  }
  return best;
}

function truthsOf(one: CustomerDraws, list: readonly Remedy[]) {
  return [...one.actual].map((actual, i) => {
    const costs = {
      returns: one.costs['returns']?.[i] ?? 0,
      contacts: one.costs['contacts']?.[i] ?? 0,
    };
    return { actual, growth: one.growth[i] ?? 0, saving: bestSaving(list, costs) };
  });
}

const mean = (list: readonly number[]): number =>
  list.reduce((sum, value) => sum + value, 0) / list.length;

test('VAL-90 the tier is, of those whose gate is passed, the one of least expected loss', () => {
  const seen = new Set<Tier>();
  fc.assert(
    fc.property(customer, remedies, (one, list) => {
      const run = runOf(list, 200);
      const decision = decideTier(one, run);
      const { losses, gates } = run.policy;
      const truths = truthsOf(one, list).map((truth) =>
        // Where the customer is not below zero as things are, no remedy is taken into account.
        truth.actual + Math.max(0, truth.growth) < 0 ? truth : { ...truth, saving: 0 },
      );
      const expected = (tier: Tier) =>
        mean(truths.map((truth) => tierLoss(losses, tier, truth, 200)));
      const share = (holds: (truth: (typeof truths)[number]) => boolean) =>
        mean(truths.map((truth) => (holds(truth) ? 1 : 0)));
      const passed: Record<Tier, boolean> = {
        keep: share(({ actual }) => actual >= 200) >= gates.keep,
        grow:
          mean(truths.map(({ growth }) => growth)) > 0 &&
          share(({ growth }) => growth > 0) >= gates.grow,
        maintain: true,
        'below-zero': share((truth) => standingOf(truth, 200) === 'below-zero') >= gates.belowZero,
        undecided: true,
      };
      for (const tier of TIERS) expect(decision.losses[tier]).toBeCloseTo(expected(tier), 9);
      if (decision.why !== 'least-loss') return;
      seen.add(decision.tier);
      const least = Math.min(...TIERS.filter((tier) => passed[tier]).map(expected));
      expect(passed[decision.tier]).toBe(true);
      expect(expected(decision.tier)).toBeCloseTo(least, 9);
    }),
    { numRuns: 600, seed: 7 },
  );
  expect([...seen].sort()).toEqual([...TIERS].sort());
});

test('VAL-91 whoever is new, or passes no gate and may be worth nothing as well as the top, is undecided', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(customer, remedies, (one, list) => {
      const run = runOf(list, 200);
      const { gates } = run.policy;
      const { tier, why, interval, probabilities, expected, isCurable } = decideTier(one, run);
      const isWide = interval.low <= 0 && interval.high >= 200;
      const hasPassed =
        probabilities.top >= gates.keep ||
        (expected.growth > 0 && probabilities.growable >= gates.grow) ||
        probabilities['below-zero'] >= gates.belowZero;
      expect(why).toBe(one.isNew ? 'new' : isWide && !hasPassed ? 'wide' : 'least-loss');
      if (why !== 'least-loss') expect(tier).toBe('undecided');
      if (one.isNew) expect(isCurable).toBe(false);
      seen.add(why);
    }),
    { numRuns: 600, seed: 7 },
  );
  expect(seen.size).toBe(3);
});

test('VAL-91 who passes the gate of the top is kept, though there is a chance that he has left', () => {
  const one = {
    customer: 'anna',
    actual: Float64Array.from({ length: 100 }, (_, i) => (i < 15 ? 0 : 500)),
    growth: new Float64Array(100).fill(-5),
    costs: {},
    isNew: false,
  };
  expect(decideTier(one, runOf([], 200)).tier).toBe('keep');
});

test('VAL-92 another remedy or more growth never puts anybody below zero', () => {
  let lifted = 0;
  fc.assert(
    fc.property(customer, remedies, remedy, (one, list, more) => {
      const before = decideTier(one, runOf(list, 200));
      const added = {
        id: 'more',
        words: { en: 'More' },
        cuts: { returns: more.returns, contacts: more.contacts },
        cost: more.cost,
      };
      const after = decideTier(one, runOf([...list, added], 200));
      expect(after.probabilities['below-zero']).toBeLessThanOrEqual(
        before.probabilities['below-zero'],
      );
      if (before.tier === 'below-zero' && after.tier !== 'below-zero') lifted++;
      const grown = decideTier(
        { ...one, growth: one.growth.map((g) => g + 100) },
        runOf(list, 200),
      );
      expect(grown.probabilities['below-zero']).toBeLessThanOrEqual(
        before.probabilities['below-zero'],
      );
      expect(before.probabilities['below-zero']).toBeCloseTo(
        mean(
          truthsOf(one, list).map((t) => (t.actual + Math.max(0, t.growth) + t.saving < 0 ? 1 : 0)),
        ),
        12,
      );
    }),
    { numRuns: 600, seed: 7 },
  );
  expect(lifted).toBeGreaterThan(0);
});

test('VAL-92 several remedies save no cost twice', () => {
  fc.assert(
    fc.property(
      remedies,
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: 300 }),
      (list, returns, contacts) => {
        const combinations = combineRemedies(list);
        const costs = Float64Array.from(combinations.kinds, (kind) =>
          kind === 'returns' ? returns : contacts,
        );
        const best = bestCombination(combinations, costs);
        expect(best.saving).toBeCloseTo(bestSaving(list, { returns, contacts }), 9);
        expect(best.saving).toBeLessThanOrEqual(returns + contacts);
        expect(savingOf(combinations, best.index, costs)).toBeCloseTo(best.saving, 12);
      },
    ),
  );
});

test('VAL-93 at stake is what knowing the truth would save, and nothing where all draws agree', () => {
  fc.assert(
    fc.property(customer, remedies, fc.boolean(), (one, list, isDear) => {
      const run = runOf(list, 200, isDear ? DEAR : undefined);
      const decision = decideTier(one, run);
      const least = truthsOf(one, list).map((truth) =>
        Math.min(
          ...TIERS.map((tier) =>
            tierLoss(
              run.policy.losses,
              tier,
              truth.actual + Math.max(0, truth.growth) < 0 ? truth : { ...truth, saving: 0 },
              200,
            ),
          ),
        ),
      );
      expect(decision.atStake).toBeCloseTo(decision.losses[decision.tier] - mean(least), 9);
      expect(decision.atStake).toBeGreaterThanOrEqual(0);
      const sure = {
        ...one,
        actual: one.actual.map(() => one.actual[0] ?? 0),
        growth: one.growth.map(() => -1),
        costs: {},
        isNew: false,
      };
      const certain = decideTier(sure, run);
      if (certain.why === 'least-loss' && !isDear) expect(certain.atStake).toBeCloseTo(0, 9);
    }),
  );
});

test('VAL-94 the top begins where so many customers, or customers with so much value, begin', () => {
  fc.assert(
    fc.property(fc.array(amount, { minLength: 1, maxLength: 60 }), (list) => {
      const values = Float64Array.from(list);
      const byCount = findTopThreshold(values, { of: 'customers', share: 0.2 });
      const places = Math.max(1, Math.round(0.2 * list.length));
      const positive = list.filter((value) => value > 0);
      if (positive.length === 0) {
        expect(byCount).toBe(Number.POSITIVE_INFINITY);
        return;
      }
      expect(list.filter((value) => value > byCount).length).toBeLessThan(places);
      const byValue = findTopThreshold(values, { of: 'value', share: 0.5 });
      const total = positive.reduce((sum, value) => sum + value, 0);
      const held = (from: number) =>
        positive.filter((value) => value >= from).reduce((sum, value) => sum + value, 0);
      expect(held(byValue)).toBeGreaterThanOrEqual(total / 2);
      expect(held(byValue + 1)).toBeLessThan(total / 2);
    }),
  );
});

test('deciding many in slices is deciding each', () => {
  const many = Array.from({ length: 150 }, (_, i) => ({
    customer: `c${i}`,
    actual: Float64Array.of(i, i + 1, i + 2),
    growth: Float64Array.of(-1, 1, i - 70),
    costs: {},
    isNew: false,
  }));
  const run = startTierRun(
    DEFAULT_TIER_POLICY,
    Float64Array.from(many, ({ actual }) => actual[0] ?? 0),
  );
  expect(finish(decideTiers(many, many.length, run))).toEqual(
    many.map((one) => decideTier(one, run)),
  );
});
