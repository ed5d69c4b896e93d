import { DAY_MS, MINUTE_MS } from '@keepsake/kernel';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { addUpAccounts } from '../../src/modules/accounts/accounts.service.ts';
import {
  eraseAccounts,
  readAccounts,
  readAccountsAsOf,
} from '../../src/modules/accounts/accounts.store.ts';
import { countLeftOut } from '../../src/modules/accounts/index.ts';
import { eraseHistory } from '../../src/modules/history/index.ts';
import { createSubject, eraseSubject, linkSubjects } from '../../src/modules/memory/index.ts';
import { eraseOrders } from '../../src/modules/orders/index.ts';
import { createLog } from '../../src/platform/log.ts';
import {
  type AccountsWorld,
  COMPANY,
  dayAt,
  moveDay,
  openAccountsWorld,
  referenceAccounts,
  referenceLeftOut,
  UNDO,
} from './accounts-world.ts';

let world: AccountsWorld;
let subjects: string[];

async function open(count: number): Promise<void> {
  world = await openAccountsWorld();
  subjects = await world.database.transaction(async (tx) => {
    const made: string[] = [];
    for (let i = 0; i < count; i++) made.push(await createSubject(tx, world.deps, COMPANY));
    return made.sort();
  });
}

const subject = (at: number): string => subjects[at % subjects.length] ?? '';
const today = (): string => dayAt(world.clock.now());
const stored = () => readAccounts(world.kysely, COMPANY);
const addUp = (isFull = false) => addUpAccounts(world.deps, COMPANY, { isFull });

/** Adds up twice, days apart: nothing that was said before is news after it. */
async function settle(): Promise<void> {
  await addUp();
  world.clock.advance(2 * DAY_MS);
  await addUp();
}

async function link(a: string, b: string): Promise<string> {
  return await world.database.transaction((tx) =>
    linkSubjects(tx, world.deps, { company: COMPANY, actor: null, kind: 'same', a, b }),
  );
}

async function part(voids: string): Promise<void> {
  await world.database.transaction((tx) =>
    linkSubjects(tx, world.deps, { company: COMPANY, actor: null, kind: 'void', voids }),
  );
}

async function erase(who: string): Promise<void> {
  const deps = { ...world.deps, log: createLog('silent') };
  const erasers = [eraseAccounts, eraseOrders(deps), eraseHistory];
  await eraseSubject(deps, { company: COMPANY, subject: who, erasers });
  const rows = await world.kysely.selectFrom('subjects').select('id').execute();
  subjects = rows.map(({ id }) => id).sort();
}

/** What was added up of what is new is what all come to, and what the reference says. */
async function expectSound(): Promise<void> {
  const { until } = await addUp();
  const rows = await stored();
  const settledAt = world.clock.now() - UNDO;
  expect(rows).toEqual(await referenceAccounts(world, { until, settledAt }));
  expect((await addUp(true)).changed).toBe(0);
  expect(await stored()).toEqual(rows);
}

describe('an account', () => {
  beforeEach(() => open(3));

  test('has the first day apart from repeats, and what is bought on one day is one purchase', async () => {
    const who = subject(0);
    const buy = { subject: who, category: 'robes' };
    await world.addHistory({ ...buy, number: '1', day: '2025-01-05', minor: 1000, lines: 2 });
    await world.addHistory({ ...buy, number: '2', day: '2025-01-05', minor: 500, category: null });
    await world.addHistory({ ...buy, number: '3', day: '2025-02-05', minor: 700 });
    await world.addHistory({
      ...buy,
      number: '4',
      day: '2025-02-05',
      minor: 300,
      category: 'soap',
    });
    await world.addHistory({ ...buy, number: '5', day: '2025-03-05', minor: 0 });
    await world.addOrder({
      ...{ id: crypto.randomUUID(), subject: who, at: Date.parse('2025-03-31T23:59:00Z') },
      ...{ totalMinor: 1190, taxMinor: 190 },
    });
    expect(await addUp()).toEqual({ until: '2026-03-01', changed: 1 });
    expect(await stored()).toEqual([
      {
        ...{ person: who, subjects: [who], firstDay: '2025-01-05', lastDay: '2025-03-31' },
        ...{ purchaseDays: 4, firstMinor: 1500n, spendCount: 2, spendMinor: 2000n },
        ...{ lines: 7, returns: 0, contacts: {} },
        categories: { robes: 3, soap: 1, robe: 1 },
      },
    ]);
    await expectSound();
  });

  test('is net of returns, but of those that the company brought about', async () => {
    const buy = { subject: subject(0), minor: 1000 };
    for (const [i, day] of ['2025-01-01', '2025-02-01', '2025-03-01', '2025-04-01'].entries()) {
      await world.addHistory({ ...buy, number: `${i}`, day });
    }
    const back = { subject: subject(0), day: '2025-04-09' };
    // Part of one in two goes, more than another was, one of the company's, one of no order.
    await world.addHistory({ ...back, number: 'a', order: '1', minor: 250 });
    await world.addHistory({ ...back, number: 'b', order: '1', minor: 250 });
    await world.addHistory({ ...back, number: 'c', order: '2', minor: 9999 });
    await world.addHistory({ ...back, number: 'd', order: '3', minor: 1000, ownFault: true });
    await world.addHistory({ ...back, number: 'e', order: '77', minor: 1000 });
    // Of the same number, and another source or another customer.
    await world.addHistory({ ...back, number: 'f', order: '0', minor: 1000, source: 'fair' });
    await world.addHistory({
      ...{ ...back, subject: subject(1), number: 'g', order: '0', minor: 1000 },
    });
    await addUp();
    expect(await stored()).toMatchObject([
      { purchaseDays: 4, firstMinor: 1000n, spendCount: 2, spendMinor: 1500n, returns: 2 },
    ]);
    await expectSound();
  });

  test('has orders of its own that came back as a return of everything', async () => {
    const [kept, back, ours, older, none] = Array.from({ length: 5 }, () => crypto.randomUUID());
    const at = Date.parse('2025-05-01T12:00:00Z');
    for (const [i, id] of [kept, back, ours, older, none].entries()) {
      await world.addOrder({
        id: id ?? '',
        subject: subject(0),
        at: at + i * DAY_MS,
        totalMinor: 100,
      });
    }
    await world.endOrder(back ?? '', 'returned', false);
    await world.endOrder(ours ?? '', 'returned', true);
    await world.endOrder(older ?? '', 'returned');
    await world.endOrder(none ?? '', 'cancelled', false);
    await addUp();
    expect(await stored()).toMatchObject([
      { purchaseDays: 4, firstMinor: 100n, spendCount: 1, spendMinor: 100n, returns: 2 },
    ]);
    await expectSound();
  });

  test('is of a person: a merge and its undoing move what was bought, and no row', async () => {
    const [a, b] = [subject(0), subject(1)];
    await world.addHistory({ subject: b, number: '1', day: '2025-01-01', minor: 100 });
    await world.addContact({ subject: a, id: '1', day: '2025-01-01', channel: 'phone' });
    await world.addHistory({ subject: a, number: 'r', order: '1', day: '2025-01-03', minor: 40 });
    await settle();
    expect(await stored()).toMatchObject([{ person: b, firstMinor: 100n, contacts: {} }]);
    const verdict = await link(a, b);
    expect((await addUp()).changed).toBe(2);
    await settle();
    expect(await stored()).toMatchObject([
      { person: a, subjects: [a, b], firstMinor: 60n, contacts: { phone: 1 } },
    ]);
    await part(verdict);
    expect((await addUp()).changed).toBe(2);
    expect(await stored()).toMatchObject([{ person: b, firstMinor: 100n, contacts: {} }]);
    await expectSound();
  });

  test('goes with the person; who was one with them then is added up anew', async () => {
    const [a, b, c] = [subject(0), subject(1), subject(2)];
    for (const [i, who] of [a, b, c].entries()) {
      await world.addHistory({ subject: who, number: `${i}`, day: '2025-01-01', minor: 100 + i });
    }
    const verdict = await link(a, b);
    await settle();
    expect((await stored()).map(({ person }) => person)).toEqual([a, c]);
    await part(verdict);
    await erase(a);
    expect((await stored()).map(({ person }) => person)).toEqual([c]);
    await addUp();
    expect((await stored()).map(({ person }) => person)).toEqual([b, c]);
    await expectSound();
  });

  test('is added up while others are erased, merged and told of', async () => {
    await open(24);
    const everybody = [...subjects];
    for (const [i, who] of everybody.entries()) {
      await world.addHistory({ subject: who, number: `${i}`, day: '2025-01-01', minor: i });
    }
    for (let round = 0; round < 4; round++) {
      const [a = '', b = '', c = '', d = ''] = everybody.slice(round * 5);
      const told = { subject: d, number: `more ${round}`, day: '2025-02-01', minor: 1 };
      await Promise.all([
        ...[addUp(true), erase(a), addUp(), erase(b), link(c, d), addUp(true)],
        ...[world.addHistory(told), addUp()],
      ]);
      world.clock.advance(1);
    }
    await expectSound();
  });

  test('counts no contact that can be undone still, nothing of tomorrow, and neither is lost', async () => {
    await world.addHistory({ subject: subject(0), number: '1', day: '2025-01-01', minor: 100 });
    await world.addHistory({
      subject: subject(0),
      number: '2',
      day: moveDay(today(), 1),
      minor: 7,
    });
    const contact = { subject: subject(0), day: today(), channel: 'phone' };
    await world.addContact({ ...contact, id: '1', source: 'desk' });
    await world.addContact({ ...contact, id: '2' });
    await addUp();
    expect(await stored()).toMatchObject([{ purchaseDays: 1, contacts: { phone: 1 } }]);
    world.clock.advance(UNDO);
    await addUp();
    expect(await stored()).toMatchObject([{ purchaseDays: 1, contacts: { phone: 2 } }]);
    world.clock.advance(DAY_MS / 2);
    await addUp();
    world.clock.advance(DAY_MS / 2);
    await addUp();
    expect(await stored()).toMatchObject([{ purchaseDays: 2, spendMinor: 7n }]);
  });

  test('takes in what was written before the last time and committed after it', async () => {
    world.clock.advance(DAY_MS - (world.clock.now() % DAY_MS) + 5 * MINUTE_MS);
    await addUp();
    const importedAt = world.clock.now() - 50 * MINUTE_MS;
    await world.addHistory({
      ...{ subject: subject(0), number: '1', day: '2025-01-01', minor: 100, importedAt },
    });
    expect((await addUp()).changed).toBe(1);
    expect((await addUp()).changed).toBe(0);
  });

  test('as of an earlier day knows of no return, and of no end, that came later', async () => {
    const [buy, id] = [{ subject: subject(0), minor: 100 }, crypto.randomUUID()];
    await world.addHistory({ ...buy, number: '1', day: '2026-02-01' });
    await world.addHistory({ ...buy, number: 'r', order: '1', day: '2026-02-27' });
    await world.addOrder({ id, subject: subject(0), at: Date.parse('2026-02-20'), totalMinor: 70 });
    await world.endOrder(id, 'returned', false);
    await world.addContact({ subject: subject(0), id: '1', day: '2026-02-27', channel: 'phone' });
    const asOf = async (day: string) => {
      const [row] = await readAccountsAsOf(world.kysely, COMPANY, day);
      return row && [row.purchaseDays, row.firstMinor, row.spendMinor, row.returns, row.contacts];
    };
    expect(await asOf('2026-01-31')).toBeUndefined();
    expect(await asOf('2026-02-19')).toEqual([1, 100n, 0n, 0, {}]);
    expect(await asOf('2026-02-26')).toEqual([2, 100n, 70n, 0, {}]);
    expect(await asOf('2026-02-28')).toEqual([2, 0n, 70n, 1, { phone: 1 }]);
    expect(await asOf('2026-03-01')).toEqual([2, 0n, 0n, 2, { phone: 1 }]);
    expect(await stored()).toEqual([]);
  });

  test('is of one company and one currency', async () => {
    const buy = { subject: subject(0), day: '2025-01-01', minor: 100 };
    await world.addHistory({ ...buy, number: '1' });
    await world.addHistory({ ...buy, number: '2', currency: 'USD' });
    await world.addHistory({ ...buy, number: '3', order: '1', currency: 'USD' });
    expect(await addUpAccounts(world.deps, 'other')).toMatchObject({ changed: 0 });
    await addUp();
    expect(await stored()).toMatchObject([{ purchaseDays: 1, firstMinor: 100n, returns: 0 }]);
  });
});

/** Something that happens; numbers say to whom, with what and when. */
const event = fc.record({
  what: fc.constantFrom(
    ...(['buy', 'buy', 'buy', 'return', 'return', 'contact', 'contact', 'undo', 'order'] as const),
    ...([
      'order',
      'end',
      'merge',
      'merge',
      'part',
      'part',
      'erase',
      'wait',
      'addUp',
      'settle',
    ] as const),
  ),
  who: fc.nat(6),
  other: fc.nat(6),
  number: fc.nat(7),
  day: fc.nat(5),
  minor: fc.constantFrom(0, 1, 50, 100, 250),
  dice: fc.nat(99),
});
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** What has happened of which later events make use. */
interface Told {
  readonly verdicts: string[];
  readonly orders: string[];
  count: number;
}

const SOURCES = ['shop', 'fair'];
const CATEGORIES = ['robes', 'soap', null];
const CHANNELS = ['phone', 'mail'];
const WAITS = [MINUTE_MS, 9 * MINUTE_MS, 40 * MINUTE_MS, 5 * 60 * MINUTE_MS, DAY_MS];

const at = <T>(all: readonly T[], index: number): T | undefined => all[index % all.length];

/** A row of an earlier system; nobody says what is dated later than a day ahead of that day. */
function saidBy({ who, day, minor, dice }: Event) {
  const importedAt = world.clock.now() - (dice % 4 === 0 ? (dice % 60) * MINUTE_MS : 0);
  return {
    ...{ subject: subject(who), day: moveDay(dayAt(importedAt), 1 - day), minor, importedAt },
    ...{ source: at(SOURCES, dice) ?? '', ownFault: dice % 5 === 0 },
    currency: dice === 99 ? 'USD' : 'EUR',
  };
}

type Happening = (one: Event, told: Told) => Promise<unknown>;

const HAPPENINGS: Readonly<Record<Event['what'], Happening>> = {
  buy: async (one) => {
    const [category, lines] = [at(CATEGORIES, one.dice) ?? null, 1 + (one.dice % 3)];
    await world.addHistory({ ...saidBy(one), number: `${one.number}`, category, lines });
  },
  return: async (one, { count }) => {
    await world.addHistory({ ...saidBy(one), number: `r${count}`, order: `${one.number}` });
  },
  contact: async (one, { count }) => {
    const source = at(['desk', 'shop'], one.dice) ?? '';
    const channel = at(CHANNELS, one.number) ?? '';
    await world.addContact({ ...saidBy(one), source, channel, id: `${count}` });
  },
  undo: () =>
    world.kysely
      .deleteFrom('service_contacts')
      .where('source', '=', 'desk')
      .where('imported_at', '>', new Date(world.clock.now() - UNDO))
      .execute(),
  order,
  end: async ({ dice, number }, { orders }) => {
    const id = at(orders, dice);
    const ending = dice % 3 === 0 ? 'cancelled' : 'returned';
    if (id !== undefined) await world.endOrder(id, ending, at([true, false, undefined], number));
  },
  merge: async ({ who, other }, { verdicts }) => {
    const [a, b] = [subject(who), subject(other)];
    if (a !== b) verdicts.push(await link(a, b));
  },
  part: async ({ dice }, { verdicts }) => {
    const verdict = at(verdicts, dice);
    if (verdict !== undefined) await part(verdict);
  },
  erase: async ({ dice, who }) => {
    if (dice < 40 && subjects.length > 3) await erase(subject(who));
  },
  wait: async ({ dice }) => world.clock.advance(at(WAITS, dice) ?? 0),
  addUp: () => expectSame(),
  settle,
};

async function order({ who, day, minor, dice }: Event, told: Told): Promise<void> {
  const id = crypto.randomUUID();
  told.orders.push(id);
  await world.addOrder({
    ...{ id, subject: subject(who), at: world.clock.now() - day * DAY_MS, totalMinor: minor },
    ...{ taxMinor: Math.floor(minor / 7), family: at(['robes', 'soap'], dice) ?? '' },
    currency: dice === 99 ? 'USD' : 'EUR',
  });
}

/** As `expectSound`, without adding up everybody: the next time begins where this one ended. */
async function expectSame(): Promise<void> {
  const { until } = await addUp();
  const settledAt = world.clock.now() - UNDO;
  expect(await stored()).toEqual(await referenceAccounts(world, { until, settledAt }));
  world.clock.advance(1);
}

test('what is new, what all come to and the reference are the same, whatever happens', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 45 }), async (events) => {
      await open(7);
      const told: Told = { verdicts: [], orders: [], count: 0 };
      for (const one of events) {
        told.count += 1;
        await HAPPENINGS[one.what](one, told);
      }
      await expectSound();
      for (const back of [0, 1, 3]) {
        const until = moveDay(today(), -back);
        expect(await readAccountsAsOf(world.kysely, COMPANY, until)).toEqual(
          await referenceAccounts(world, { until }),
        );
        expect(await countLeftOut(world.kysely, COMPANY, until)).toEqual(
          await referenceLeftOut(world, until),
        );
      }
    }),
    { numRuns: 15, seed: 1 },
  );
});
