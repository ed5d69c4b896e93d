import { seededRandom } from '@keepsake/kernel';
import type { CostTable } from '@keepsake/value';
import { beforeEach, expect, test } from 'vitest';
import { columnsOfAccounts, NO_SUMS, profitOf } from '../../src/modules/accounts/accounts.rules.ts';
import type { AccountRow } from '../../src/modules/accounts/accounts.store.ts';
import {
  type Days,
  type PeriodSums,
  sumKept,
  sumMonths,
  sumWindows,
} from '../../src/modules/accounts/sums.store.ts';
import { createSubject, linkSubjects } from '../../src/modules/memory/index.ts';
import {
  type AccountsWorld,
  type Bought,
  COMPANY,
  countBy,
  moveDay,
  openAccountsWorld,
  referenceRows,
} from './accounts-world.ts';

let world: AccountsWorld;
let subjects: string[];
beforeEach(async () => {
  world = await openAccountsWorld();
  subjects = await madeSubjects();
});

async function madeSubjects(): Promise<string[]> {
  return await world.database.transaction(async (tx) => {
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push(await createSubject(tx, world.deps, COMPANY));
    return made.sort();
  });
}

const FIRST = '2025-01-20';

/** A hundred things that happened within three months to five subjects, two of them one person. */
async function fill(seed: number): Promise<void> {
  const chance = seededRandom(seed);
  const pick = <T>(all: readonly T[]): T => all[chance.below(all.length)] as T;
  const day = (): string => moveDay(FIRST, chance.below(90));
  for (let i = 0; i < 100; i++) {
    const said = {
      ...{ subject: pick(subjects), day: day(), minor: chance.below(9) * 100, number: `${i}` },
      ...{ ownFault: chance.below(4) === 0, category: pick(['robes', 'soap', null]) },
      ...{ lines: 1 + chance.below(3), currency: chance.below(20) === 0 ? 'USD' : 'EUR' },
    };
    if (i % 5 < 2) await world.addHistory(said);
    else if (i % 5 === 2) await world.addHistory({ ...said, order: `${chance.below(100)}` });
    else if (i % 5 === 3)
      await world.addContact({ ...said, id: `${i}`, channel: pick(['a', 'b']) });
    else await addOrder(said, chance.below(5));
  }
  const [a = '', b = ''] = subjects;
  await world.database.transaction((tx) =>
    linkSubjects(tx, world.deps, { company: COMPANY, actor: null, kind: 'same', a, b }),
  );
}

async function addOrder(
  said: { readonly subject: string; readonly day: string; readonly minor: number },
  dice: number,
): Promise<void> {
  const id = crypto.randomUUID();
  const at = Date.parse(`${said.day}T22:00:00Z`);
  const taxMinor = Math.floor(said.minor / 10);
  await world.addOrder({ id, subject: said.subject, at, totalMinor: said.minor, taxMinor });
  if (dice < 2) await world.endOrder(id, dice === 0 ? 'cancelled' : 'returned', false);
}

/** Sums as they have to be. */
function sumsIn(
  bought: readonly Bought[],
  asked: readonly { readonly channel: string }[],
): PeriodSums {
  const names = [...new Set(bought.map(({ category }) => category ?? ''))];
  const categories = names.map((name) => {
    const own = bought.filter(({ category }) => (category ?? '') === name);
    return [name, { keptMinor: own.reduce((sum, { kept }) => sum + kept, 0), orders: own.length }];
  });
  return {
    orders: bought.length,
    lines: bought.reduce((sum, { lines }) => sum + lines, 0),
    returns: bought.filter(({ isReturned }) => isReturned).length,
    categories: Object.fromEntries(categories),
    contacts: countBy(asked.map(({ channel }) => channel)),
  };
}

test.each([1, 2, 3])(
  'months and windows are what the rows of these days come to (%i)',
  async (seed) => {
    await fill(seed);
    const { bought, asked, personOf } = await referenceRows(world);
    const within = ({ day }: { readonly day: string }, { from, to }: Days): boolean =>
      day >= from && day < to;
    const days = { from: '2025-01-25', to: '2025-04-10' };
    const months = ['2025-01', '2025-02', '2025-03', '2025-04'].map((month) => ({
      month,
      sums: sumsIn(
        bought.filter((one) => within(one, days) && one.day.startsWith(month)),
        asked.filter((one) => within(one, days) && one.day.startsWith(month)),
      ),
    }));
    expect(await sumMonths(world.kysely, COMPANY, days)).toEqual(months);
    const windows = subjects.flatMap((person) =>
      [0, 7, 30, 30].map((length, i) => {
        const from = moveDay(FIRST, i * 20);
        return { person, from, to: moveDay(from, length) };
      }),
    );
    expect(await sumWindows(world.kysely, COMPANY, windows)).toEqual(
      windows.map((window) => {
        const isIn = (one: { readonly person: string; readonly day: string }): boolean =>
          one.person === personOf(window.person) && within(one, window);
        return sumsIn(bought.filter(isIn), asked.filter(isIn));
      }),
    );
  },
);

test('no windows are no sums, and nobody brought nothing', async () => {
  expect(await sumWindows(world.kysely, COMPANY, [])).toEqual([]);
  const nobody = { person: crypto.randomUUID(), from: '2025-01-01', to: '2026-01-01' };
  expect(await sumWindows(world.kysely, COMPANY, [nobody])).toEqual([sumsIn([], [])]);
  expect(await sumMonths(world.kysely, COMPANY, nobody)).toEqual([]);
});

const TABLE: CostTable = {
  ...{ version: 'a', validFrom: '2025-01-01', currency: 'EUR', minorPerUnit: 100 },
  ...{ marginBasisPoints: 4000, marginBasisPointsByCategory: { robes: 5500 }, perOrderMinor: 400 },
  ...{ perLineMinor: 50, perReturnMinor: 900, perContactMinor: { phone: 600 } },
  ...{ paymentBasisPoints: 150, discountBasisPointsPerYear: 1000 },
};

test('profit is the margin of what was kept, less what serving took', () => {
  const sums: PeriodSums = {
    ...{ orders: 5, lines: 8, returns: 1, contacts: { phone: 2, pigeon: 9 } },
    categories: {
      robes: { keptMinor: 20_000, orders: 2 },
      soap: { keptMinor: 5_000, orders: 1 },
      '': { keptMinor: 10_000, orders: 2 },
    },
  };
  const margin = 200 * 0.55 + 150 * 0.4;
  const costs = 5 * 4 + 8 * 0.5 + 9 + 2 * 6 + 350 * 0.015;
  expect(profitOf(sums, TABLE)).toBeCloseTo(margin - costs, 9);
});

test('accounts become columns in weeks and units of the currency', () => {
  const row: AccountRow = {
    ...{ person: 'a', subjects: ['a'], firstDay: '2025-01-01', lastDay: '2025-03-05' },
    ...{ purchaseDays: 4, firstMinor: 999n, spendCount: 2, spendMinor: 5001n },
    ...{ lines: 9, returns: 1, contacts: { phone: 2 }, categories: { robes: 3 } },
  };
  const once = { ...row, person: 'b', lastDay: '2025-01-01', purchaseDays: 1, spendCount: 0 };
  const terms = { until: '2026-01-01', table: TABLE };
  const columns = columnsOfAccounts([row, { ...once, spendMinor: 0n }], terms);
  const values = (column: Float64Array | undefined): readonly number[] => [...(column ?? [])];
  expect(columns.customer).toEqual(['a', 'b']);
  expect(values(columns.frequency)).toEqual([3, 0]);
  expect(values(columns.recency)).toEqual([9, 0]);
  expect(values(columns.age)).toEqual([365 / 7, 365 / 7]);
  expect(values(columns.spendCount)).toEqual([2, 0]);
  expect(values(columns.meanSpend)).toEqual([25.005, 0]);
  expect([values(columns.lines), values(columns.returns)]).toEqual([
    [9, 9],
    [1, 1],
  ]);
  expect(values(columns.contacts.get('phone'))).toEqual([2, 2]);
  expect(values(columns.categories.get('robes'))).toEqual([3, 3]);
  const early = columnsOfAccounts([row], { ...terms, until: '2025-02-01' });
  expect(values(early.age)).toEqual([9]);
});

test('what each person kept in some days is what their windows of these days say', async () => {
  for (const seed of [1, 2, 3]) {
    await fill(seed);
    const days = { from: moveDay(FIRST, 20), to: moveDay(FIRST, 60) };
    const windows = subjects.map((person) => ({ person, ...days }));
    const sums = await sumWindows(world.kysely, COMPANY, windows);
    const kept = await sumKept(world.kysely, COMPANY, days);
    const [whole = '', joined = '', ...others] = subjects;
    for (const person of [whole, ...others]) {
      const { categories } = sums[subjects.indexOf(person)] ?? NO_SUMS;
      const minor = Object.values(categories).reduce((sum, one) => sum + one.keptMinor, 0);
      expect(kept.get(person) ?? 0).toBe(minor);
    }
    expect(kept.has(joined)).toBe(false);
    expect(kept.size).toBeGreaterThan(2);
    world = await openAccountsWorld();
    subjects = await madeSubjects();
  }
});
