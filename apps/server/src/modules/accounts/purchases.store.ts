/** What customers bought, returned and asked about, as parts of statements that add it up. */
import { DESK_SOURCE } from '@keepsake/contract';
import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

/** What is counted. */
export interface Counted {
  readonly company: string;
  /** The last day, `YYYY-MM-DD`. */
  readonly until: string;
  /** Contacts that were recorded at the desk later are not counted yet: they can still be undone. */
  readonly settledAt?: Date;
}

/**
 * Runs a statement that adds up, in the caller's transaction or one of its own. It is long and soon
 * done: compiling it, as PostgreSQL does with what it takes for much work, takes ten times as long.
 */
export async function addingUp<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const uncompiled = async (tx: Tx): Promise<T> => {
    await sql`set local jit = off`.execute(tx);
    return await work(tx);
  };
  if (db.isTransaction) return await uncompiled(db as Tx);
  return await db.transaction().execute(uncompiled);
}

/**
 * `own`: the subjects of these persons. An id that is not the smallest of a person, such as one that
 * was merged since, is nobody.
 */
export function ownOf(company: string, persons: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    own as (
      select member.subject, member.person
      from ${persons} as one
      join members as member on member.company = ${company} and member.person = one.person
      union all
      select one.person, one.person
      from ${persons} as one
      where not exists (
        select from members as member
        where member.company = ${company} and member.subject = one.person)
    )`;
}

/**
 * `purchases`: what `own` bought, each order by itself, net of taxes and of what was returned of it.
 * A return goes against the order that it names, of the same person and source, and takes at most what
 * that was; one that names no order of theirs is counted in nothing, as is what the company brought
 * about, what was cancelled, and what is in another currency than the company's. Rows are found by
 * the index of their subject, whatever the planner knows of `own`: cost grows with what these bought.
 */
export function purchasesOf({ company, until }: Counted): RawBuilder<unknown> {
  const currency = sql`(select currency from companies where company = ${company})`;
  const cameBack = sql`(owned.state = 'returned'
    and not coalesce(ending.own_fault, false)
    and coalesce((ending.at at time zone 'UTC')::date <= ${until}::date, true))`;
  return sql`
    history as materialized (
      select own.person, row.kind, row.source, row.number_key, row.order_key, row.day,
        row.amount_minor, row.lines, row.category
      from own
      cross join lateral (
        select * from purchase_history
        where company = ${company} and subject = own.subject and day <= ${until}::date
        offset 0
      ) as row
      where row.currency = ${currency} and not (row.kind = 'return' and row.own_fault)
    ),
    back as (
      select person, source, order_key, sum(amount_minor) as amount_minor
      from history where kind = 'return'
      group by person, source, order_key
    ),
    purchases as (
      select history.person, history.day, history.lines, history.category,
        greatest(history.amount_minor - coalesce(back.amount_minor, 0), 0) as kept_minor,
        back.person is not null as is_returned
      from history
      left join back on back.person = history.person and back.source = history.source
        and back.order_key = history.number_key
      where history.kind = 'purchase'
      union all
      select own.person, (owned.placed_at at time zone 'UTC')::date, 1, owned.family,
        case when ${cameBack} then 0
          else greatest(owned.total_minor - (owned.tax ->> 'minor')::bigint, 0) end,
        ${cameBack}
      from own
      cross join lateral (
        select * from orders
        where company = ${company} and subject = own.subject::text
        offset 0
      ) as owned
      left join order_endings as ending
        on ending.company = ${company} and ending.order_id = owned.id
      where owned.state <> 'cancelled' and owned.currency = ${currency}
        and owned.placed_at < (${until}::date + 1)::timestamp at time zone 'UTC'
    )`;
}

/** `asked`: the contacts of `own` with service, those left out that the company brought about. */
export function contactsOf({ company, until, settledAt }: Counted): RawBuilder<unknown> {
  const settled =
    settledAt === undefined
      ? sql``
      : sql`and (contact.source <> ${DESK_SOURCE} or contact.imported_at <= ${settledAt})`;
  return sql`
    asked as (
      select own.person, contact.day, contact.channel
      from own
      cross join lateral (
        select * from service_contacts
        where company = ${company} and subject = own.subject and day <= ${until}::date
        offset 0
      ) as contact
      where not contact.own_fault ${settled}
    )`;
}
