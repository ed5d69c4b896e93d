import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';
import { addSums, NO_SUMS } from './accounts.rules.ts';
import { listSubjectsAfter } from './accounts.store.ts';
import { addingUp, contactsOf, ownOf, purchasesOf } from './purchases.store.ts';

/** What came in some time, and what it took. */
export interface PeriodSums {
  /** Orders, those returned with them. */
  readonly orders: number;
  readonly lines: number;
  /** Orders of which something was returned, not by the company's fault. */
  readonly returns: number;
  /** By category what was kept, net of taxes, and of how many orders; `''` of what has none. */
  readonly categories: Readonly<
    Record<string, { readonly keptMinor: number; readonly orders: number }>
  >;
  /** Contacts with service by channel, the company's fault left out. */
  readonly contacts: Readonly<Record<string, number>>;
}

/** Days from the first, `YYYY-MM-DD`, up to the last, which is not in it. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** What came in a calendar month. */
export interface MonthSums {
  /** `YYYY-MM` */
  readonly month: string;
  readonly sums: PeriodSums;
}

/** A person and some days. */
export interface PersonWindow extends Days {
  /** Any subject of the person. */
  readonly person: string;
  /** Subjects that alone are summed, whoever they are one with; absent or null: the whole person. */
  readonly subjects?: readonly string[] | null;
}

/** A day after all days. */
const END = '9999-12-31';
/** Windows, or subjects, that are summed in one statement. */
const BATCH_MAX = 5_000;

/** From rows of orders and contacts under a key: the sums of each key. */
function sumsOf({
  orders,
  contacts,
}: {
  readonly orders: RawBuilder<unknown>;
  readonly contacts: RawBuilder<unknown>;
}): RawBuilder<unknown> {
  return sql`
    ordered as (${orders}),
    contacted as (${contacts}),
    of_orders as (
      select key, sum(orders)::integer as orders, sum(lines)::integer as lines,
        sum(returns)::integer as returns,
        jsonb_object_agg(category, jsonb_build_object('keptMinor', kept_minor, 'orders', orders))
          as categories
      from (
        select key, coalesce(category, '') as category, count(*) as orders, sum(lines) as lines,
          count(*) filter (where is_returned) as returns, sum(kept_minor) as kept_minor
        from ordered group by key, coalesce(category, '')
      ) as each
      group by key
    ),
    of_contacts as (
      select key, jsonb_object_agg(channel, contacts) as contacts
      from (
        select key, channel, count(*) as contacts from contacted group by key, channel
      ) as each
      group by key
    )
    select key, coalesce(orders, 0) as orders, coalesce(lines, 0) as lines,
      coalesce(returns, 0) as returns, coalesce(categories, '{}') as categories,
      coalesce(contacts, '{}') as contacts
    from of_orders full join of_contacts using (key)
    order by key`;
}

/**
 * What each calendar month between two days brought: orders by the day on which they were placed, net
 * of what has come back of them by now. Months without anything are not there, nor is what customers
 * brought who were erased. Reads the whole history, batch by batch.
 */
export async function sumMonths(
  db: Db,
  company: string,
  days: Days,
): Promise<readonly MonthSums[]> {
  const months = new Map<string, PeriodSums>();
  for (let after: string | undefined; ; ) {
    const ids = await listSubjectsAfter(db, company, { after, limit: BATCH_MAX });
    for (const { key, ...sums } of await sumMonthsOf(db, company, { ids, days })) {
      months.set(key, addSums(months.get(key) ?? NO_SUMS, sums));
    }
    if (ids.length < BATCH_MAX) break;
    after = ids.at(-1);
  }
  const sorted = [...months].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([month, sums]) => ({ month, sums }));
}

async function sumMonthsOf(
  db: Db,
  company: string,
  { ids, days: { from, to } }: { readonly ids: readonly string[]; readonly days: Days },
): Promise<readonly (PeriodSums & { readonly key: string })[]> {
  const counted = { company, until: END };
  const month = sql`to_char(day, 'YYYY-MM') as key`;
  const within = sql`day >= ${from}::date and day < ${to}::date`;
  const statement = sql<PeriodSums & { key: string }>`
    with
    wanted as (select unnest(${arrayOf(ids)}::uuid[]) as person),
    ${ownOf(company, sql`wanted`)},
    ${purchasesOf(counted)},
    ${contactsOf(counted)},
    ${sumsOf({
      orders: sql`
        select ${month}, lines, category, kept_minor, is_returned from purchases where ${within}`,
      contacts: sql`select ${month}, channel from asked where ${within}`,
    })}`;
  return (await addingUp(db, (tx) => statement.execute(tx))).rows;
}

/**
 * What was kept, net of taxes and of what has come back by now, of what each person bought between two
 * days; who bought nothing is not there. Reads the whole history once, batch by batch.
 */
export async function sumKept(
  db: Db,
  company: string,
  { from, to }: Days,
): Promise<ReadonlyMap<string, number>> {
  const kept = new Map<string, number>();
  for (let after: string | undefined; ; ) {
    const ids = await listSubjectsAfter(db, company, { after, limit: BATCH_MAX });
    const statement = sql<{ person: string; minor: number }>`
      with
      wanted as (select unnest(${arrayOf(ids)}::uuid[]) as person),
      ${ownOf(company, sql`wanted`)},
      ${purchasesOf({ company, until: END })}
      select person, sum(kept_minor)::double precision as minor from purchases
      where day >= ${from}::date and day < ${to}::date group by person`;
    const { rows } = await addingUp(db, (tx) => statement.execute(tx));
    for (const { person, minor } of rows) kept.set(person, minor);
    if (ids.length < BATCH_MAX) return kept;
    after = ids.at(-1);
  }
}

/**
 * What persons brought within their windows, in the order of these. Who was merged since has what the
 * whole person brought, but where a window says whose. By index: cost grows with what these did.
 */
export async function sumWindows(
  db: Db,
  company: string,
  windows: readonly PersonWindow[],
): Promise<readonly PeriodSums[]> {
  const all: PeriodSums[] = [];
  for (let from = 0; from < windows.length; from += BATCH_MAX) {
    const batch = windows.slice(from, from + BATCH_MAX);
    const found = await sumBatch(db, company, batch);
    for (const at of batch.keys()) all.push(found.get(at) ?? NO_SUMS);
  }
  return all;
}

type Keyed = PersonWindow & { readonly key: number };

async function sumBatch(
  db: Db,
  company: string,
  windows: readonly PersonWindow[],
): Promise<ReadonlyMap<number, PeriodSums>> {
  const [whole, parts]: [Keyed[], Keyed[]] = [[], []];
  for (const [key, window] of windows.entries()) {
    (window.subjects ? parts : whole).push({ ...window, key });
  }
  const rows = [
    ...(whole.length === 0 ? [] : await sumOver(db, company, wholeOf(company, whole))),
    ...(parts.length === 0 ? [] : await sumOver(db, company, partsOf(parts))),
  ];
  return new Map(rows.map(({ key, ...sums }) => [key, sums]));
}

/** `windows`, each with a key and whose it is, and `own`: the subjects of these. */
function wholeOf(company: string, windows: readonly Keyed[]): RawBuilder<unknown> {
  return sql`
    windows as materialized (
      select key, coalesce(member.person, listed.subject) as person, from_day, to_day
      from ${listedOf(windows)}
      left join members as member
        on member.company = ${company} and member.subject = listed.subject
    ),
    wanted as (select distinct person from windows),
    ${ownOf(company, sql`wanted`)}`;
}

/** As `wholeOf`, of windows that say whose they are: each is by itself. */
function partsOf(windows: readonly Keyed[]): RawBuilder<unknown> {
  const own = windows.flatMap(({ key, subjects }) =>
    (subjects ?? []).map((subject) => ({ key, subject })),
  );
  return sql`
    windows as materialized (
      select key, key as person, from_day, to_day from ${listedOf(windows)}
    ),
    own as (
      select * from unnest(${arrayOf(own.map(({ subject }) => subject))}::uuid[],
        ${arrayOf(own.map(({ key }) => String(key)))}::integer[]) as own(subject, person)
    )`;
}

function listedOf(windows: readonly Keyed[]): RawBuilder<unknown> {
  return sql`
    unnest(${arrayOf(windows.map(({ key }) => String(key)))}::integer[],
      ${arrayOf(windows.map(({ person }) => person))}::uuid[],
      ${arrayOf(windows.map(({ from }) => from))}::date[],
      ${arrayOf(windows.map(({ to }) => to))}::date[])
    as listed(key, subject, from_day, to_day)`;
}

async function sumOver(
  db: Db,
  company: string,
  windows: RawBuilder<unknown>,
): Promise<readonly (PeriodSums & { readonly key: number })[]> {
  const counted = { company, until: END };
  const within = sql`day >= from_day and day < to_day`;
  const statement = sql<PeriodSums & { key: number }>`
    with
    ${windows},
    ${purchasesOf(counted)},
    ${contactsOf(counted)},
    ${sumsOf({
      orders: sql`
        select key, lines, category, kept_minor, is_returned
        from windows join purchases on purchases.person = windows.person and ${within}`,
      contacts: sql`
        select key, channel from windows join asked on asked.person = windows.person and ${within}`,
    })}`;
  return (await addingUp(db, (tx) => statement.execute(tx))).rows;
}

/** Of texts that need no quotes. */
function arrayOf(values: readonly string[]): string {
  return `{${values.join(',')}}`;
}
