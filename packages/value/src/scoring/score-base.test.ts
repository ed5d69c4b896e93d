import { finish } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { columnsOf } from '../money/accounts.ts';
import { driversAt, driversOf, valueOfDrivers } from '../money/drivers.ts';
import { horizonOf } from '../money/horizon.ts';
import { potentialOf } from '../money/potential.ts';
import { ratesOf } from '../money/service.ts';
import { oneDrawEach, tierDraws } from '../money/tier-draws.ts';
import { prepareValueDraws } from '../money/value-draws.ts';
import { fitValueModel } from '../money/value-model.ts';
import { summariseValue } from '../money/value-summary.ts';
import { accountsAt, simulateBase } from '../testing/base.ts';
import { BASE_POLICY } from '../testing/base-policy.data.ts';
import { FLEETING_BASE } from '../testing/base-shape.data.ts';
import { decideTiers, startTierRun } from '../tiers/decide.ts';
import { reviewItem } from '../tiers/review.ts';
import { openValueModel, placeCustomers } from './open-model.ts';
import { lookalikeProfile } from './profile.ts';
import { saveValueModel } from './saved-model.ts';
import { prepareScoring, type ScoringTerms } from './score-base.ts';

const MONTH = 24;
const NOW = 1_700_000_000_000;
const base = simulateBase(FLEETING_BASE, { customers: 700, months: MONTH, seed: 4 });
const { table } = base;
const accounts = accountsAt(base, MONTH);
const columns = columnsOf(accounts);
const horizon = horizonOf(table, { length: 12, residual: 12, unitsPerYear: 12 });
const model = fit();
const terms: ScoringTerms = {
  columns,
  model,
  table,
  policy: BASE_POLICY,
  horizon,
  growth: { reach: 0.3, cost: 5 },
  newAge: 1,
  draws: 60,
  seed: 9,
};
const scoring = finish(prepareScoring(terms));
const scores = accounts.map((_, i) => scoring.score(i, NOW));
const drivers = driversOf(columns, model, { table, horizon });

function fit() {
  const options = { models: ['pareto-nbd'], parameterDraws: 4, seed: 3 } as const;
  const fitted = finish(fitValueModel(columns, table, options));
  if (fitted.kind !== 'fitted') throw new Error(fitted.of);
  return fitted;
}

describe('scoring a base', () => {
  const drawing = { columns, model, table, horizon, count: 60, seed: 9, kind: 'expected' } as const;
  const one = oneDrawEach(drawing);
  const profile = lookalikeProfile(columns, model.spend);
  const potentialPurchases = finish(potentialOf(profile, one.purchases));
  const run = startTierRun(BASE_POLICY, one.actual);

  test('VAL-203 scores are what decisions, summaries, drivers and reviews say one by one', () => {
    const tierTerms = { ...drawing, potentialPurchases, growth: terms.growth, newAge: 1 };
    const draws = [...tierDraws(tierTerms)];
    const decisions = finish(decideTiers(draws, draws.length, run));
    const draw = prepareValueDraws(drawing);
    expect(scoring.size).toBe(accounts.length);
    expect(scoring.run).toEqual(run);
    expect(scoring.topThreshold).toBe(run.topThreshold);
    expect(scoring.rates).toEqual(ratesOf(table, model.service));
    scores.forEach((score, i) => {
      const [own, decision] = [draws[i], decisions[i]];
      if (own === undefined || decision === undefined) throw new Error('one of each');
      expect(score.customer).toBe(accounts[i]?.customer);
      expect(score.decision).toEqual(decision);
      expect(score.value).toEqual(summariseValue(draw(i)));
      expect(score.drivers).toEqual(driversAt(drivers, i));
      expect(score.review).toEqual(reviewItem(own, decision, run, NOW));
      expect(score.growth).toBe(decision.expected.growth);
      expect(score.potentialPurchases).toBe(potentialPurchases[i]);
    });
    expect(scores.some(({ review }) => review !== undefined)).toBe(true);
    expect(new Set(scores.map(({ decision }) => decision.tier)).size).toBeGreaterThan(2);
  });

  test('VAL-203 a score is the same in any order and as often as it is asked for', () => {
    const again = finish(prepareScoring(terms));
    for (const i of [600, 3, 600, 41]) expect(again.score(i, NOW)).toEqual(scores[i]);
  });

  test('VAL-203 the potential is the value at that many purchases, where more would be bought', () => {
    const draw = prepareValueDraws(drawing);
    scores.forEach(({ potential, value }, i) => {
      const { actual, purchases } = draw(i);
      let total = 0;
      actual.forEach((worth, d) => {
        const bought = purchases[d] ?? 0;
        const more = Math.max(bought, potentialPurchases[i] ?? 0);
        total += worth > 0 && bought > 0 ? (worth * more) / bought : worth;
      });
      expect(potential).toBeCloseTo(total / actual.length, 6);
      expect(potential).toBeGreaterThanOrEqual(value.mean);
    });
  });

  test('VAL-203 a model that was saved and placed scores what the fit scores', () => {
    const opened = openValueModel(JSON.parse(JSON.stringify(saveValueModel(model))));
    if (opened.kind === 'refused') throw new Error(opened.error.path);
    const placed = placeCustomers(opened.value, columns, table);
    const again = finish(prepareScoring({ ...terms, model: placed }));
    expect(again.cohort).toEqual(scoring.cohort);
    for (let i = 0; i < 100; i++) expect(again.score(i, NOW)).toEqual(scores[i]);
  });

  test('VAL-203 preparing pauses and tells how far it has come', () => {
    const work = prepareScoring(terms);
    const told: number[] = [];
    for (let step = work.next(); step.done !== true; step = work.next()) {
      expect(step.value.of).toBe(3 * accounts.length);
      told.push(step.value.done);
    }
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.length).toBeGreaterThan(6);
    expect(told.at(-1)).toBeGreaterThan(2 * accounts.length);
  });

  test('VAL-203 a base of nobody is scored as well', () => {
    const nobody = columnsOf([]);
    const placed = placeCustomers(model, nobody, table);
    const empty = finish(prepareScoring({ ...terms, columns: nobody, model: placed }));
    expect(empty.size).toBe(0);
    expect(empty.topThreshold).toBe(Number.POSITIVE_INFINITY);
    expect(valueOfDrivers(empty.cohort, empty.rates)).toBeCloseTo(0, 12);
  });
});

describe('the mean customer', () => {
  test('VAL-204 has the mean value of all', () => {
    const { cohort, rates } = scoring;
    let total = 0;
    scores.forEach((score) => {
      total += valueOfDrivers(score.drivers, rates);
    });
    const mean = total / scores.length;
    expect(valueOfDrivers(cohort, rates) / mean).toBeCloseTo(1, 10);
    expect(cohort.alive).toBeGreaterThan(0);
    expect(cohort.alive).toBeLessThanOrEqual(1);
    expect(cohort.lines).toBeGreaterThanOrEqual(1);
    expect(cohort.returnRate).toBeLessThanOrEqual(1);
  });
});

describe('the profile of lookalikes', () => {
  test('VAL-205 knows spend, lines and what is bought, and nothing of how often', () => {
    const [worth, lines, ...shares] = lookalikeProfile(columns, model.spend);
    expect(shares.length).toBeLessThanOrEqual(3);
    expect(shares.length).toBe(Math.min(3, columns.categories.size - 1));
    for (const column of [worth, lines, ...shares]) {
      expect(column?.every(Number.isFinite)).toBe(true);
    }
    // Who buys twice as much in half the time, of the same kind, has the same lines and shares.
    const busy = {
      ...columns,
      age: columns.age.map((age) => age / 2),
      recency: columns.recency.map((recency) => recency / 2),
    };
    expect(lookalikeProfile(busy, model.spend)).toEqual([worth, lines, ...shares]);
  });

  test('VAL-205 who has been seen but once is in the middle, but for what was bought', () => {
    const alone = columnsOf([
      {
        customer: 'x',
        frequency: 0,
        recency: 0,
        age: 3,
        spendCount: 0,
        meanSpend: 0,
        lines: 2,
        returns: 1,
        contacts: { phone: 3 },
        categories: {},
      },
    ]);
    const { p, q, v } = model.spend.model.parameters;
    const [worth, lines, ...shares] = lookalikeProfile(alone, model.spend);
    expect(worth?.[0]).toBeCloseTo(Math.log((p * v) / (q - 1)), 12);
    expect(lines?.[0]).toBeCloseTo(Math.log(2), 12);
    expect(shares).toEqual([]);
  });
});
