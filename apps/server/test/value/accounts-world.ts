/** Customers with purchases, returns and contacts, and a slow reference that adds them up. */
import { DAY_MS, MINUTE_MS } from '@keepsake/kernel';
import type { AccountRow } from '../../src/modules/accounts/accounts.store.ts';
import { COMPANY, openWorld, type World } from '../memory/memory-world.ts';

export { COMPANY };

/** The day of an instant in UTC. */
export const dayAt = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** A purchase or a return of an earlier system, as a test states it. */
export interface Said {
  readonly subject: string;
  readonly number: string;
  readonly day: string;
  readonly minor: number;
  readonly order?: string;
  readonly source?: string;
  readonly lines?: number;
  readonly category?: string | null;
  readonly ownFault?: boolean;
  readonly currency?: string;
  readonly importedAt?: number;
}

/** An order of this system, as a test states it. */
export interface Ordered {
  readonly id: string;
  readonly subject: string | null;
  readonly at: number;
  readonly totalMinor: number;
  readonly taxMinor?: number;
  readonly family?: string;
  readonly currency?: string;
}

/** A contact, as a test states it. */
export interface Asked {
  readonly subject: string;
  readonly id: string;
  readonly day: string;
  readonly channel: string;
  readonly source?: string;
  readonly ownFault?: boolean;
  readonly importedAt?: number;
}

const nothing = new Uint8Array(1);

/** An empty company, and what puts rows into it. */
export async function openAccountsWorld() {
  const world = await openWorld();
  const { kysely } = world.database;
  const now = (): Date => new Date(world.clock.now());
  const addHistory = async (said: Said): Promise<void> => {
    await kysely
      .insertInto('purchase_history')
      .values({
        ...{ company: COMPANY, source: said.source ?? 'shop', number_key: said.number },
        ...{ kind: said.order === undefined ? 'purchase' : 'return', subject: said.subject },
        ...{ day: said.day, amount_minor: BigInt(said.minor), currency: said.currency ?? 'EUR' },
        ...{ lines: said.lines ?? 1, category: said.category ?? null },
        ...{ own_fault: said.ownFault ?? false, order_key: said.order ?? null },
        ...{ content_key: '', content_sealed: nothing },
        imported_at: said.importedAt === undefined ? now() : new Date(said.importedAt),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };
  const addContact = async (asked: Asked): Promise<void> => {
    await kysely
      .insertInto('service_contacts')
      .values({
        ...{ company: COMPANY, source: asked.source ?? 'shop', id_key: asked.id },
        ...{ subject: asked.subject, day: asked.day, channel: asked.channel },
        ...{ own_fault: asked.ownFault ?? false, content_key: '', content_sealed: nothing },
        imported_at: asked.importedAt === undefined ? now() : new Date(asked.importedAt),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };
  const addOrder = async (ordered: Ordered): Promise<void> => {
    const tax = { label: 'VAT', basisPoints: 0, included: true, minor: `${ordered.taxMinor ?? 0}` };
    await kysely
      .insertInto('orders')
      .values({
        ...{ company: COMPANY, id: ordered.id, number: ordered.id, site: 'monterey' },
        ...{ subject: ordered.subject, family: ordered.family ?? 'robe', model_hash: '' },
        ...{ configuration_hash: null, state: 'accepted', version: 1, occasion: 'self' },
        ...{ stay_arrive: null, stay_depart: null, currency: ordered.currency ?? 'EUR' },
        ...{ lines: '[]', delivery: '{}', tax: JSON.stringify(tax) },
        ...{ total_minor: BigInt(ordered.totalMinor), content_sealed: null, key_hash: null },
        ...{ placed_at: new Date(ordered.at), changed_at: now() },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };
  /** `ownFault`: undefined of an order that ended before this was kept. */
  const endOrder = async (
    id: string,
    state: 'cancelled' | 'returned',
    ownFault?: boolean,
  ): Promise<void> => {
    await kysely
      .updateTable('orders')
      .set({ state, changed_at: now() })
      .where('company', '=', COMPANY)
      .where('id', '=', id)
      .execute();
    if (ownFault === undefined) return;
    await kysely
      .insertInto('order_endings')
      .values({
        ...{ company: COMPANY, order_id: id, kind: state, at: now(), own_fault: ownFault },
        ...{ by: null, reason_sealed: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  };
  return { ...world, kysely, addHistory, addContact, addOrder, endOrder };
}

export type AccountsWorld = Awaited<ReturnType<typeof openAccountsWorld>>;

/** One order as the reference knows it. */
export interface Bought {
  readonly person: string;
  readonly day: string;
  readonly kept: number;
  readonly lines: number;
  readonly isReturned: boolean;
  readonly category: string | null;
}

/** What the reference counts. */
export interface Counting {
  readonly until: string;
  /** Contacts of the desk that were recorded after it are not counted. */
  readonly settledAt?: number;
}

/** Every table that matters, read whole. */
async function readAll({ kysely }: Pick<World['database'], 'kysely'>) {
  return {
    history: await kysely.selectFrom('purchase_history').selectAll().execute(),
    contacts: await kysely.selectFrom('service_contacts').selectAll().execute(),
    orders: await kysely.selectFrom('orders').selectAll().execute(),
    endings: await kysely.selectFrom('order_endings').selectAll().execute(),
    members: await kysely.selectFrom('members').selectAll().execute(),
  };
}

type All = Awaited<ReturnType<typeof readAll>>;
type PersonOf = (subject: string) => string;

/** What everybody bought, order by order, in the most tedious way. */
function purchasesIn(all: All, personOf: PersonOf, until: string): Bought[] {
  const rows = all.history.filter(
    (row) =>
      row.currency === 'EUR' && row.day <= until && !(row.kind === 'return' && row.own_fault),
  );
  const history = rows
    .filter((row) => row.kind === 'purchase')
    .map((row) => {
      const person = personOf(row.subject);
      const back = rows.filter(
        (one) =>
          one.order_key === row.number_key &&
          one.source === row.source &&
          personOf(one.subject) === person,
      );
      const kept = back.reduce(
        (left, one) => left - Number(one.amount_minor),
        Number(row.amount_minor),
      );
      const { day, lines, category } = row;
      const isReturned = back.length > 0;
      return { person, day, kept: Math.max(0, kept), lines, isReturned, category };
    });
  return [...history, ...ordersIn(all, personOf, until)];
}

function ordersIn(all: All, personOf: PersonOf, until: string): Bought[] {
  return all.orders.flatMap((row) => {
    const day = dayAt(row.placed_at.getTime());
    const isCounted = row.state !== 'cancelled' && row.currency === 'EUR' && day <= until;
    if (row.subject === null || !isCounted) return [];
    const ending = all.endings.find((one) => one.order_id === row.id);
    const isKnown = ending === undefined || dayAt(ending.at.getTime()) <= until;
    const isReturned = row.state === 'returned' && isKnown && ending?.own_fault !== true;
    const kept = isReturned ? 0 : Number(row.total_minor) - Number(row.tax.minor);
    const person = personOf(row.subject);
    return [{ person, day, kept, isReturned, lines: 1, category: row.family }];
  });
}

/** What the reference leaves out for its currency alone. */
export async function referenceLeftOut(world: Pick<World, 'database'>, until: string) {
  const all = await readAll(world.database);
  const personOf: PersonOf = (subject) =>
    all.members.find((one) => one.subject === subject)?.person ?? subject;
  const rows = [
    ...all.history.filter((row) => row.kind === 'purchase' && row.day <= until),
    ...all.orders.filter(
      (row) => row.state !== 'cancelled' && dayAt(row.placed_at.getTime()) <= until,
    ),
  ].flatMap(({ subject, currency }) =>
    subject === null || currency === 'EUR' ? [] : [{ person: personOf(subject), currency }],
  );
  return {
    purchases: rows.length,
    customers: new Set(rows.map(({ person }) => person)).size,
    currencies: [...new Set(rows.map(({ currency }) => currency))].sort(),
  };
}

/** How often each name is there. */
export const countBy = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

/** Every order and contact there is, with its person. */
export async function referenceRows(world: Pick<World, 'database'>) {
  const all = await readAll(world.database);
  const personOf: PersonOf = (subject) =>
    all.members.find((one) => one.subject === subject)?.person ?? subject;
  return {
    personOf,
    bought: purchasesIn(all, personOf, '9999-12-31'),
    asked: all.contacts.flatMap(({ subject, day, channel, own_fault }) =>
      own_fault ? [] : [{ person: personOf(subject), day, channel }],
    ),
  };
}

/** The accounts as they have to be, by person. */
export async function referenceAccounts(
  world: Pick<World, 'database'>,
  { until, settledAt = Number.POSITIVE_INFINITY }: Counting,
): Promise<readonly AccountRow[]> {
  const all = await readAll(world.database);
  const personOf: PersonOf = (subject) =>
    all.members.find((one) => one.subject === subject)?.person ?? subject;
  const purchases = purchasesIn(all, personOf, until);
  const persons = [...new Set(purchases.map(({ person }) => person))].sort();
  return persons.map((person) => {
    const own = purchases.filter((one) => one.person === person);
    const contacts = all.contacts.filter(
      (one) =>
        personOf(one.subject) === person &&
        !one.own_fault &&
        one.day <= until &&
        (one.source !== 'desk' || one.imported_at.getTime() <= settledAt),
    );
    const subjects = all.members
      .filter((one) => one.person === person)
      .map(({ subject }) => subject);
    return {
      person,
      subjects: subjects.length === 0 ? [person] : subjects.sort(),
      ...sumsIn(own),
      contacts: countBy(contacts.map(({ channel }) => channel)),
    };
  });
}

function sumsIn(own: readonly Bought[]): Omit<AccountRow, 'person' | 'subjects' | 'contacts'> {
  const days = [...new Set(own.map(({ day }) => day))].sort();
  const [firstDay = '', ...repeats] = days;
  const keptOn = (day: string): number =>
    own.filter((one) => one.day === day).reduce((sum, { kept }) => sum + kept, 0);
  const byDay = days.flatMap((day) => [
    ...new Set(own.filter((one) => one.day === day).map(({ category }) => category)),
  ]);
  return {
    firstDay,
    lastDay: days.at(-1) ?? '',
    purchaseDays: days.length,
    firstMinor: BigInt(keptOn(firstDay)),
    spendCount: repeats.filter((day) => keptOn(day) > 0).length,
    spendMinor: BigInt(repeats.reduce((sum, day) => sum + keptOn(day), 0)),
    lines: own.reduce((sum, { lines }) => sum + lines, 0),
    returns: days.filter((day) => own.some((one) => one.day === day && one.isReturned)).length,
    categories: countBy(byDay.filter((name) => name !== null)),
  };
}

/** For how long what the desk records can be undone. */
export const UNDO: number = 10 * MINUTE_MS;
/** A day later or earlier. */
export const moveDay = (day: string, days: number): string =>
  dayAt(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS);
