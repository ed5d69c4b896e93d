import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { addingUp, type Counted, contactsOf, ownOf, purchasesOf } from './purchases.store.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_accounts: ValueAccountsTable;
    readonly value_sums: ValueSumsTable;
  }
}

/** What was counted of one customer. Days are `YYYY-MM-DD`. */
export interface ValueAccountsTable {
  readonly company: string;
  /** The smallest subject of the person. */
  readonly person: string;
  readonly subjects: readonly string[];
  readonly first_day: string;
  readonly last_day: string;
  readonly purchase_days: number;
  readonly first_minor: bigint;
  readonly spend_count: number;
  readonly spend_minor: bigint;
  readonly lines: number;
  readonly returns: number;
  readonly contacts: Readonly<Record<string, number>>;
  readonly categories: Readonly<Record<string, number>>;
  /** When it last changed. */
  readonly added_up_at: Date;
}

interface ValueSumsTable {
  readonly company: string;
  readonly added_up_at: Date;
}

/** What was counted of one customer, as it is read. */
export interface AccountRow {
  /** The smallest subject of the person. */
  readonly person: string;
  /** All subjects of the person, sorted. */
  readonly subjects: readonly string[];
  /** `YYYY-MM-DD`, of the first purchase and of the last. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Days with a purchase, the first one counted. */
  readonly purchaseDays: number;
  /** What was kept of the first purchase. */
  readonly firstMinor: bigint;
  /** Purchases after the first of which something was kept, and what. */
  readonly spendCount: number;
  readonly spendMinor: bigint;
  /** Lines of all purchases. */
  readonly lines: number;
  /** Purchases of which something was returned, not by the company's fault. */
  readonly returns: number;
  /** Contacts with service by channel, the company's fault left out. */
  readonly contacts: Readonly<Record<string, number>>;
  /** Days with a purchase by category; what has no category is in none. */
  readonly categories: Readonly<Record<string, number>>;
}

/** The largest number of minor units that is kept: what is more is taken for that. */
const MINOR_MAX = '9223372036854775807';

/** `fresh`: the accounts of `own`. */
function freshOf(counted: Counted): RawBuilder<unknown> {
  return sql`
    ${purchasesOf(counted)},
    ${contactsOf(counted)},
    days as (
      select person, day, sum(kept_minor) as kept_minor, sum(lines) as lines,
        bool_or(is_returned) as is_returned, min(day) over (partition by person) as first_day
      from purchases group by person, day
    ),
    bought as (
      select person, min(day) as first_day, max(day) as last_day,
        count(*)::integer as purchase_days,
        least(sum(kept_minor) filter (where day = first_day), ${MINOR_MAX}::bigint)::bigint
          as first_minor,
        (count(*) filter (where day > first_day and kept_minor > 0))::integer as spend_count,
        least(coalesce(sum(kept_minor) filter (where day > first_day), 0), ${MINOR_MAX}::bigint)::bigint
          as spend_minor,
        sum(lines)::integer as lines,
        (count(*) filter (where is_returned))::integer as returns
      from days group by person
    ),
    by_category as (
      select person, jsonb_object_agg(category, days) as categories
      from (
        select person, category, count(distinct day) as days
        from purchases where category is not null
        group by person, category
      ) as each
      group by person
    ),
    by_channel as (
      select person, jsonb_object_agg(channel, contacts) as contacts
      from (
        select person, channel, count(*) as contacts from asked group by person, channel
      ) as each
      group by person
    ),
    whole as (
      select person, array_agg(subject order by subject) as subjects from own group by person
    ),
    fresh as (
      select bought.*, whole.subjects, coalesce(by_channel.contacts, '{}') as contacts,
        coalesce(by_category.categories, '{}') as categories
      from bought
      join whole on whole.person = bought.person
      left join by_category on by_category.person = bought.person
      left join by_channel on by_channel.person = bought.person
    )`;
}

/** As `uuid[]`. */
function idsOf(ids: readonly string[]): RawBuilder<unknown> {
  return sql`${`{${ids.join(',')}}`}::uuid[]`;
}

/** Until when accounts are added up; undefined before the first time. */
export async function findAddedUp(db: Db, company: string): Promise<Date | undefined> {
  const row = await db
    .selectFrom('value_sums')
    .select('added_up_at')
    .where('company', '=', company)
    .executeTakeFirst();
  return row?.added_up_at;
}

/** Says until when accounts are added up. */
export async function upsertAddedUp(db: Db, company: string, now: Date): Promise<void> {
  await db
    .insertInto('value_sums')
    .values({ company, added_up_at: now })
    .onConflict((conflict) => conflict.column('company').doUpdateSet({ added_up_at: now }))
    .execute();
}

/** Subjects after one, in order. */
export async function listSubjectsAfter(
  db: Db,
  company: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly string[]> {
  let query = db.selectFrom('subjects').select('id').where('company', '=', company);
  if (after !== undefined) query = query.where('id', '>', after);
  const rows = await query.orderBy('id').limit(limit).execute();
  return rows.map(({ id }) => id);
}

/**
 * Persons with news, sorted: of whom something was taken over or has changed since, or whose subjects
 * are not those any more of whom the account is. Reads the accounts of the company once.
 */
export async function listWithNews(
  db: Db,
  company: string,
  since: Date,
): Promise<readonly string[]> {
  const { rows } = await sql<{ person: string }>`
    select subject as person from purchase_history
    where company = ${company} and imported_at >= ${since}
    union
    select subject from service_contacts
    where company = ${company} and imported_at >= ${since}
    union
    select subject::uuid from orders
    where company = ${company} and changed_at >= ${since} and subject is not null
    union
    select account.person
    from value_accounts as account
    left join members as own on own.company = ${company} and own.subject = account.person
    left join (
      select person, array_agg(subject order by subject) as subjects
      from members where company = ${company} group by person
    ) as now on now.person = account.person
    where account.company = ${company} and (own.person <> account.person
      or account.subjects <> coalesce(now.subjects, array[account.person]))
    order by person`.execute(db);
  return rows.map(({ person }) => person);
}

/** Whoever these are now, and the subjects of their accounts: the persons that are not among them. */
export async function listRelated(
  tx: Tx,
  company: string,
  persons: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await sql<{ person: string }>`
    with wanted as (select unnest(${idsOf(persons)}) as person),
    subject as (
      select person as id from wanted
      union
      select unnest(account.subjects)
      from wanted
      join value_accounts as account
        on account.company = ${company} and account.person = wanted.person
    )
    select distinct coalesce(member.person, subject.id) as person
    from subject
    left join members as member on member.company = ${company} and member.subject = subject.id
    except select person from wanted`.execute(tx);
  return rows.map(({ person }) => person);
}

/**
 * Adds these persons up anew, in one statement; who is no person any more, or has bought nothing, has
 * no account. Answers how many accounts became others. Pass with somebody all of `listRelated`, seen at
 * the same moment: else somebody who was parted from them may be left without. Breaks
 * `value_accounts_subject_exists` where somebody is erased meanwhile.
 */
export async function upsertAccounts(
  tx: Tx,
  counted: Counted,
  { persons, now }: { readonly persons: readonly string[]; readonly now: Date },
): Promise<number> {
  const { company } = counted;
  const statement = sql<{ changed: number }>`
    with wanted as (select unnest(${idsOf(persons)}) as person),
    ${ownOf(company, sql`wanted`)},
    ${freshOf(counted)},
    written as (
      insert into value_accounts (company, person, subjects, first_day, last_day, purchase_days,
        first_minor, spend_count, spend_minor, lines, returns, contacts, categories, added_up_at)
      select ${company}, person, subjects, first_day, last_day, purchase_days,
        first_minor, spend_count, spend_minor, lines, returns, contacts, categories,
        ${now}::timestamptz
      from fresh order by person
      on conflict (company, person) do update set
        subjects = excluded.subjects, first_day = excluded.first_day,
        last_day = excluded.last_day, purchase_days = excluded.purchase_days,
        first_minor = excluded.first_minor, spend_count = excluded.spend_count,
        spend_minor = excluded.spend_minor, lines = excluded.lines, returns = excluded.returns,
        contacts = excluded.contacts, categories = excluded.categories,
        added_up_at = excluded.added_up_at
      where (value_accounts.subjects, value_accounts.first_day, value_accounts.last_day,
          value_accounts.purchase_days, value_accounts.first_minor, value_accounts.spend_count,
          value_accounts.spend_minor, value_accounts.lines, value_accounts.returns,
          value_accounts.contacts, value_accounts.categories)
        is distinct from (excluded.subjects, excluded.first_day, excluded.last_day,
          excluded.purchase_days, excluded.first_minor, excluded.spend_count,
          excluded.spend_minor, excluded.lines, excluded.returns,
          excluded.contacts, excluded.categories)
      returning 1
    ),
    gone as (
      delete from value_accounts using wanted
      where value_accounts.company = ${company} and value_accounts.person = wanted.person
        and not exists (select from fresh where fresh.person = wanted.person)
      returning 1
    )
    select ((select count(*) from written) + (select count(*) from gone))::integer as changed`;
  const { rows } = await addingUp(tx, (one) => statement.execute(one));
  return rows[0]?.changed ?? 0;
}

/** Accounts are read so many at a time. */
const READ_MAX = 5_000;

/** All accounts by person, in batches. */
export async function* streamAccounts(
  db: Db,
  company: string,
): AsyncGenerator<readonly AccountRow[], void> {
  for (let after: string | undefined; ; ) {
    let query = db.selectFrom('value_accounts').selectAll().where('company', '=', company);
    if (after !== undefined) query = query.where('person', '>', after);
    const rows = await query.orderBy('person').limit(READ_MAX).execute();
    if (rows.length > 0) yield rows.map(toRow);
    if (rows.length < READ_MAX) return;
    after = rows.at(-1)?.person;
  }
}

/** All accounts by person. About 1 kB each: `streamAccounts` holds a batch alone. */
export async function readAccounts(db: Db, company: string): Promise<readonly AccountRow[]> {
  return await collect(streamAccounts(db, company));
}

/** The accounts of some persons; who has none is not there. */
export async function findAccounts(
  db: Db,
  company: string,
  persons: readonly string[],
): Promise<readonly AccountRow[]> {
  if (persons.length === 0) return [];
  const rows = await db
    .selectFrom('value_accounts')
    .selectAll()
    .where('company', '=', company)
    .where('person', '=', sql<string>`any(${idsOf(persons)})`)
    .orderBy('person')
    .execute();
  return rows.map(toRow);
}

/**
 * The accounts as they were to be added up at the end of a day, in batches by person: what came later
 * is not in them, returns and the end of orders included. Who is one person with whom is that of today,
 * and what was cancelled since is left out. Keeps nothing.
 */
export async function* streamAccountsAsOf(
  db: Db,
  company: string,
  day: string,
): AsyncGenerator<readonly AccountRow[], void> {
  for (let after: string | undefined; ; ) {
    const ids = await listSubjectsAfter(db, company, { after, limit: READ_MAX });
    if (ids.length > 0) {
      const rows = await addUpAsOf(db, { company, until: day }, ids);
      if (rows.length > 0) yield rows;
    }
    if (ids.length < READ_MAX) return;
    after = ids.at(-1);
  }
}

async function addUpAsOf(
  db: Db,
  counted: Counted,
  ids: readonly string[],
): Promise<readonly AccountRow[]> {
  const statement = sql<Omit<ValueAccountsTable, 'company' | 'added_up_at'>>`
    with wanted as (select unnest(${idsOf(ids)}) as person),
    ${ownOf(counted.company, sql`wanted`)},
    ${freshOf(counted)}
    select * from fresh order by person`;
  const { rows } = await addingUp(db, (tx) => statement.execute(tx));
  return rows.map(toRow);
}

/** As `streamAccountsAsOf`, all at once. */
export async function readAccountsAsOf(
  db: Db,
  company: string,
  day: string,
): Promise<readonly AccountRow[]> {
  return await collect(streamAccountsAsOf(db, company, day));
}

async function collect(
  batches: AsyncGenerator<readonly AccountRow[], void>,
): Promise<readonly AccountRow[]> {
  const all: AccountRow[] = [];
  for await (const batch of batches) for (const row of batch) all.push(row);
  return all;
}

function toRow(row: Omit<ValueAccountsTable, 'company' | 'added_up_at'>): AccountRow {
  return {
    ...{ person: row.person, subjects: row.subjects, firstDay: row.first_day },
    ...{ lastDay: row.last_day, purchaseDays: row.purchase_days, firstMinor: row.first_minor },
    ...{ spendCount: row.spend_count, spendMinor: row.spend_minor, lines: row.lines },
    ...{ returns: row.returns, contacts: row.contacts, categories: row.categories },
  };
}

/**
 * Deletes what was added up of a subject; answers how many rows. Where it was added up together with
 * somebody else who stays, because they were one person then, all are added up anew the next time.
 */
export async function eraseAccounts(tx: Tx, company: string, subject: string): Promise<number> {
  const { rows } = await sql<{ others: boolean }>`
    with erased as (
      select coalesce(min(person::text)::uuid, ${subject}::uuid) as person
      from members where company = ${company} and subject = ${subject}::uuid
    ),
    gone as (
      delete from value_accounts
      where company = ${company} and (
        person in (${subject}::uuid, (select person from erased))
        or (cardinality(subjects) > 1 and subjects @> array[${subject}::uuid]))
      returning subjects
    )
    select exists (
      select from unnest(gone.subjects) as one(subject)
      left join members as member
        on member.company = ${company} and member.subject = one.subject
      where coalesce(member.person, one.subject) <> (select person from erased)
    ) as others
    from gone`.execute(tx);
  if (rows.some(({ others }) => others)) {
    await tx.deleteFrom('value_sums').where('company', '=', company).execute();
  }
  return rows.length;
}
