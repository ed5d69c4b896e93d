import { finish } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import { type CustomerAccount, columnsOf } from '../money/accounts.ts';
import { horizonOf } from '../money/horizon.ts';
import { tierDraws } from '../money/tier-draws.ts';
import { fitValueModel } from '../money/value-model.ts';
import { accountsAt, simulateBase } from '../testing/base.ts';
import { BASE_POLICY } from '../testing/base-policy.data.ts';
import { FLEETING_BASE } from '../testing/base-shape.data.ts';
import { decideTier } from '../tiers/decide.ts';
import type { Tier } from '../tiers/tier.ts';
import { type AccountChange, changeAccount, possibleChanges, TRIES_MAX } from './account-change.ts';
import {
  type AccountCounterfactual,
  type AccountQuestion,
  findAccountCounterfactuals,
} from './account-counterfactuals.ts';
import { placeCustomers } from './open-model.ts';
import { prepareScoring, type ScoringTerms } from './score-base.ts';

const MONTH = 24;
const base = simulateBase(FLEETING_BASE, { customers: 600, months: MONTH, seed: 14 });
const { table } = base;
const accounts = accountsAt(base, MONTH);
const columns = columnsOf(accounts);
const horizon = horizonOf(table, { length: 12, unitsPerYear: 12 });
const model = fit();
const terms: ScoringTerms = {
  columns,
  model,
  table,
  policy: BASE_POLICY,
  horizon,
  growth: { reach: 0.3, cost: 5 },
  newAge: 1,
  draws: 40,
  seed: 9,
};
const scoring = finish(prepareScoring(terms));
const scores = accounts.map((_, i) => scoring.score(i, 0));

function fit() {
  const options = { models: ['pareto-nbd'], parameterDraws: 3, seed: 3 } as const;
  const fitted = finish(fitValueModel(columns, table, options));
  if (fitted.kind !== 'fitted') throw new Error(fitted.of);
  return fitted;
}

function questionOf(i: number): AccountQuestion {
  const account = accounts[i];
  const score = scores[i];
  if (account === undefined || score === undefined) throw new Error('a customer of the base');
  const { potentialPurchases } = score;
  return { ...terms, account, potentialPurchases, topThreshold: scoring.topThreshold };
}

/** The tier of an account by itself, by the long way. */
function tierOf(question: AccountQuestion, account: CustomerAccount) {
  const own = columnsOf([account]);
  const [draws] = tierDraws({
    columns: own,
    model: placeCustomers(model, own, table),
    table,
    horizon,
    count: question.draws,
    seed: question.seed,
    kind: 'expected',
    potentialPurchases: Float64Array.of(question.potentialPurchases),
    growth: question.growth,
    newAge: question.newAge,
  });
  if (draws === undefined) throw new Error('one account has draws');
  return decideTier(draws, scoring.run);
}

const WISH: Readonly<Record<Tier, number>> = {
  'below-zero': 0,
  undecided: 1,
  maintain: 2,
  grow: 3,
  keep: 4,
};

const answers = new Map<number, readonly AccountCounterfactual[]>();
function answersOf(i: number): readonly AccountCounterfactual[] {
  const known = answers.get(i) ?? finish(findAccountCounterfactuals(questionOf(i)));
  answers.set(i, known);
  return known;
}

/** Customers of each tier, a few. */
const asked = (['below-zero', 'undecided', 'maintain', 'grow', 'keep'] as const).flatMap((tier) =>
  scores.flatMap(({ decision }, i) => (decision.tier === tier ? [i] : [])).slice(0, 12),
);

describe('what would have to be otherwise of an account', () => {
  test('VAL-206 what is told scores, by itself and whole, to the tier and the value told', () => {
    let told = 0;
    for (const i of asked) {
      const question = questionOf(i);
      for (const { change, to, holdsAt, before, after } of answersOf(i)) {
        const decided = tierOf(question, changeAccount(question.account, change, to));
        expect(after).toEqual({ tier: decided.tier, value: decided.expected.actual });
        expect(WISH[after.tier]).toBeGreaterThan(WISH[before.tier]);
        const held = tierOf(question, changeAccount(question.account, change, holdsAt));
        expect(WISH[held.tier]).toBeLessThanOrEqual(WISH[before.tier]);
        told++;
      }
    }
    expect(told).toBeGreaterThan(20);
  });

  test('VAL-206 before any change there is what the run decided', () => {
    for (const i of asked) {
      const decision = scores[i]?.decision;
      for (const { before } of answersOf(i)) {
        expect(before).toEqual({ tier: decision?.tier, value: decision?.expected.actual });
      }
    }
  });

  test('VAL-206 no smaller change does it, and none is missed: against every one by itself', () => {
    for (const i of asked.filter((_, place) => place % 4 === 0)) {
      const question = questionOf(i);
      const { account } = question;
      const before = WISH[tierOf(question, account).tier];
      const firstOf = (change: AccountChange, figures: readonly number[]): number | undefined =>
        figures.find(
          (to) => WISH[tierOf(question, changeAccount(account, change, to)).tier] > before,
        );
      const down = (from: number): readonly number[] =>
        Array.from({ length: from }, (_, k) => from - 1 - k);
      const expected: (readonly [AccountChange, number])[] = [];
      const expectFirst = (change: AccountChange, figures: readonly number[]): void => {
        const to = firstOf(change, figures);
        if (to !== undefined) expected.push([change, to]);
      };
      expectFirst({ kind: 'returns' }, down(account.returns));
      for (const [channel, count] of Object.entries(account.contacts)) {
        expectFirst({ kind: 'contacts', channel }, down(count));
        if (channel === 'mail') continue;
        expectFirst({ kind: 'channel', channel, instead: 'mail' }, down(count));
      }
      const purchases = account.frequency + 1;
      const more = Array.from({ length: 12 }, (_, k) => purchases + 1 + k);
      if (account.age > 0) expectFirst({ kind: 'purchases' }, more);
      const found = answersOf(i)
        .filter(({ change }) => change.kind !== 'spend')
        .map(({ change, to }) => [change, to] as const);
      const inOrder = (list: readonly (readonly [AccountChange, number])[]) =>
        list.map((one) => JSON.stringify(one)).sort();
      expect(inOrder(found)).toEqual(inOrder(expected));
    }
  });

  test('VAL-206 the same question has the same answer, and the best tier no wish', () => {
    const some = asked.filter((i) => answersOf(i).length > 0).slice(0, 3);
    for (const i of some) {
      expect(finish(findAccountCounterfactuals(questionOf(i)))).toEqual(answersOf(i));
    }
    const kept = asked.filter((i) => scores[i]?.decision.tier === 'keep');
    expect(kept.length).toBeGreaterThan(0);
    for (const i of kept) expect(answersOf(i)).toEqual([]);
  });
});

describe('what can be otherwise', () => {
  const account: CustomerAccount = {
    customer: 'x',
    frequency: 4,
    recency: 10,
    age: 12,
    spendCount: 3,
    meanSpend: 47.3,
    lines: 12,
    returns: 2,
    contacts: { phone: 3_000, mail: 2, fax: 9 },
    categories: { a: 5 },
  };

  test('VAL-206 of each thing at most so many figures are tried, however large the count', () => {
    const changes = possibleChanges(account, model.service, table);
    expect(changes.map(({ change }) => change)).toContainEqual({
      kind: 'channel',
      channel: 'phone',
      instead: 'mail',
    });
    for (const { moves, from } of changes) {
      if (moves.kind !== 'steps') throw new Error('counts have grids');
      expect((moves.most - moves.least) / moves.step).toBeLessThanOrEqual(TRIES_MAX);
      expect(from === moves.least || from === moves.most).toBe(true);
    }
    // What has no price costs nothing, and what is not there cannot be less.
    const bare = {
      ...account,
      returns: 0,
      contacts: { fax: 9 },
      spendCount: 0,
      meanSpend: 0,
      age: 0,
    };
    expect(possibleChanges(bare, model.service, table)).toEqual([]);
  });

  test('VAL-206 one thing changes, and what goes with it', () => {
    const { contacts } = changeAccount(
      account,
      { kind: 'channel', channel: 'phone', instead: 'mail' },
      2_990,
    );
    expect(contacts).toEqual({ phone: 2_990, mail: 12, fax: 9 });
    expect(changeAccount(account, { kind: 'purchases' }, 7)).toEqual({
      ...account,
      frequency: 6,
      recency: 12,
      spendCount: 5,
      lines: 17,
    });
    expect(changeAccount(account, { kind: 'returns' }, 1)).toEqual({ ...account, returns: 1 });
  });

  test('VAL-206 values of a purchase are round', () => {
    const spend = possibleChanges(account, model.service, table).find(
      ({ change }) => change.kind === 'spend',
    );
    expect(spend?.moves).toMatchObject({ least: 47.3, step: 5 });
  });
});
