import type { PromiseReason } from '@keepsake/contract';
import type { Words } from '@keepsake/kernel';
import { type ColumnType, sql } from 'kysely';
import type { z } from 'zod';
import type { Db, Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly orders: OrdersTable;
    readonly order_counters: OrderCountersTable;
  }
}

type Json<T> = ColumnType<T, string, string>;

/** A line of an order's price; amounts are minor units as decimal text. */
export interface StoredLine {
  readonly code: string;
  readonly label: Words;
  readonly minor: string;
}

export interface StoredDelivery {
  readonly id: string;
  readonly name: Words;
  readonly feeMinor: string;
  readonly days: number;
}

export interface StoredTax {
  readonly label: string;
  readonly basisPoints: number;
  readonly minor: string;
  readonly included: boolean;
}

/** What a treatment let off: a part of the price of the goods. */
export interface StoredDiscount {
  readonly treatment: string;
  readonly words: Words;
  readonly basisPoints: number;
  /** Orders of one customer that it is given on; null without a limit. */
  readonly uses: number | null;
}

export type OrderState = 'accepted' | 'in-making' | 'blocked' | 'made' | 'cancelled' | 'returned';

/** What is still to be made. */
export const OPEN_STATES: ReadonlySet<OrderState> = new Set(['accepted', 'in-making', 'blocked']);

export type Reason = z.infer<typeof PromiseReason>;

interface OrdersTable {
  readonly company: string;
  readonly id: string;
  readonly number: string;
  readonly site: string;
  readonly subject: string | null;
  readonly family: string;
  readonly model_hash: string;
  readonly configuration_hash: string | null;
  readonly state: OrderState;
  readonly version: number;
  readonly occasion: 'self' | 'gift';
  readonly stay_arrive: string | null;
  readonly stay_depart: string | null;
  readonly currency: string;
  readonly lines: Json<readonly StoredLine[]>;
  readonly delivery: Json<StoredDelivery>;
  readonly tax: Json<StoredTax>;
  readonly discount: ColumnType<StoredDiscount | null, string | null, string | null>;
  readonly total_minor: bigint;
  readonly content_sealed: Uint8Array | null;
  readonly key_hash: string | null;
  readonly placed_at: Date;
  readonly changed_at: Date;
}

interface OrderCountersTable {
  readonly company: string;
  readonly last_number: number;
}

/** An order as it is stored. */
export interface OrderRow {
  readonly company: string;
  readonly id: string;
  readonly number: string;
  readonly site: string;
  readonly subject: string | null;
  readonly family: string;
  readonly modelHash: string;
  readonly configurationHash: string | null;
  readonly state: OrderState;
  readonly version: number;
  readonly occasion: 'self' | 'gift';
  readonly stay: { readonly arrive: string; readonly depart: string } | null;
  readonly currency: string;
  readonly lines: readonly StoredLine[];
  readonly delivery: StoredDelivery;
  readonly tax: StoredTax;
  readonly discount: StoredDiscount | null;
  readonly totalMinor: bigint;
  readonly contentSealed: Uint8Array | null;
  readonly placedAt: Date;
}

type Selected = {
  readonly [K in keyof OrdersTable]: OrdersTable[K] extends ColumnType<
    infer S,
    infer _Insert,
    infer _Update
  >
    ? S
    : OrdersTable[K];
};

function toRow(row: Selected): OrderRow {
  const { stay_arrive, stay_depart } = row;
  const hasStay = stay_arrive !== null && stay_depart !== null;
  return {
    company: row.company,
    id: row.id,
    number: row.number,
    site: row.site,
    subject: row.subject,
    family: row.family,
    modelHash: row.model_hash,
    configurationHash: row.configuration_hash,
    state: row.state,
    version: row.version,
    occasion: row.occasion,
    stay: hasStay ? { arrive: stay_arrive, depart: stay_depart } : null,
    currency: row.currency,
    lines: row.lines,
    delivery: row.delivery,
    tax: row.tax,
    discount: row.discount,
    totalMinor: row.total_minor,
    contentSealed: row.content_sealed,
    placedAt: row.placed_at,
  };
}

function toColumns(row: OrderRow) {
  return {
    family: row.family,
    model_hash: row.modelHash,
    configuration_hash: row.configurationHash,
    lines: JSON.stringify(row.lines),
    delivery: JSON.stringify(row.delivery),
    tax: JSON.stringify(row.tax),
    discount: row.discount && JSON.stringify(row.discount),
    total_minor: row.totalMinor,
    content_sealed: row.contentSealed,
  };
}

/** The next order number of a company; concurrent orders wait for each other here. */
export async function nextOrderNumber(tx: Tx, company: string): Promise<number> {
  const row = await tx
    .insertInto('order_counters')
    .values({ company, last_number: 1 })
    .onConflict((conflict) =>
      conflict
        .column('company')
        .doUpdateSet({ last_number: sql<number>`order_counters.last_number + 1` }),
    )
    .returning('last_number')
    .executeTakeFirstOrThrow();
  return row.last_number;
}

export async function insertOrder(
  tx: Tx,
  row: OrderRow & { readonly keyHash: string | null },
): Promise<void> {
  await tx
    .insertInto('orders')
    .values({
      company: row.company,
      id: row.id,
      number: row.number,
      site: row.site,
      subject: row.subject,
      state: row.state,
      version: row.version,
      occasion: row.occasion,
      stay_arrive: row.stay?.arrive ?? null,
      stay_depart: row.stay?.depart ?? null,
      currency: row.currency,
      key_hash: row.keyHash,
      placed_at: row.placedAt,
      changed_at: row.placedAt,
      ...toColumns(row),
    })
    .execute();
}

/** Writes the next version of an order; false when somebody else wrote one in between. */
export async function updateOrder(tx: Tx, row: OrderRow, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('orders')
    .set({ ...toColumns(row), version: row.version + 1, changed_at: now })
    .where('company', '=', row.company)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Writes the sealed content of an order that nobody has changed in between. */
export async function updateOrderContent(
  tx: Tx,
  row: Pick<OrderRow, 'company' | 'id' | 'version'>,
  content: { readonly sealed: Uint8Array; readonly now: Date },
): Promise<void> {
  await tx
    .updateTable('orders')
    .set({ content_sealed: content.sealed, changed_at: content.now })
    .where('company', '=', row.company)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .execute();
}

export async function updateOrderState(
  tx: Tx,
  key: { readonly company: string; readonly id: string },
  { state, now }: { readonly state: OrderState; readonly now: Date },
): Promise<void> {
  await tx
    .updateTable('orders')
    .set({ state, changed_at: now })
    .where('company', '=', key.company)
    .where('id', '=', key.id)
    .where('state', '<>', state)
    .execute();
}

export async function findOrderRow(
  db: Db,
  company: string,
  id: string,
): Promise<OrderRow | undefined> {
  const row = await db
    .selectFrom('orders')
    .selectAll()
    .where('company', '=', company)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toRow(row);
}

/** The order that an idempotency key has made already. */
export async function findOrderIdByKey(
  db: Db,
  company: string,
  keyHash: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('orders')
    .select('id')
    .where('company', '=', company)
    .where('key_hash', '=', keyHash)
    .executeTakeFirst();
  return row?.id;
}

/** Which orders to list. `before` is the place where the page before ended. */
export interface OrderFilter {
  readonly company: string;
  readonly subjects?: readonly string[];
  readonly state?: OrderState | undefined;
  readonly before?: { readonly placedAt: Date; readonly id: string } | undefined;
  readonly limit: number;
}

/** Orders, newest first. */
export async function listOrderRows(db: Db, filter: OrderFilter): Promise<readonly OrderRow[]> {
  const { subjects, state, before } = filter;
  if (subjects !== undefined && subjects.length === 0) return [];
  let query = db.selectFrom('orders').selectAll().where('company', '=', filter.company);
  if (subjects !== undefined) query = query.where('subject', 'in', [...subjects]);
  if (state !== undefined) query = query.where('state', '=', state);
  if (before !== undefined) {
    query = query.where((row) =>
      row.or([
        row('placed_at', '<', before.placedAt),
        row.and([row('placed_at', '=', before.placedAt), row('id', '<', before.id)]),
      ]),
    );
  }
  const rows = await query
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute();
  return rows.map(toRow);
}

/** Which of these subjects have orders that are still to be made. */
export async function listWithOpenOrders(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<readonly string[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<{ subject: string }>`
    select distinct subject from orders
    where company = ${company}
      and subject in (
        select value from json_array_elements_text(${JSON.stringify(subjects)}::json))
      and state in (${sql.join([...OPEN_STATES])})
    order by subject`.execute(db);
  return rows.map((row) => row.subject);
}

/** Stays that begin at a site within some dates, or are running when they begin. */
export async function listStayRows(
  db: Db,
  at: { readonly company: string; readonly site: string },
  dates: { readonly from: string; readonly until: string },
): Promise<readonly OrderRow[]> {
  const rows = await db
    .selectFrom('orders')
    .selectAll()
    .where('company', '=', at.company)
    .where('site', '=', at.site)
    .where('state', 'not in', ['cancelled', 'returned'])
    .where('stay_arrive', '>=', dates.from)
    .where('stay_arrive', '<', dates.until)
    .orderBy('stay_arrive')
    .orderBy('number')
    .execute();
  return rows.map(toRow);
}

/** Takes the person out of their orders: amounts and dates stay. Answers which they were. */
export async function anonymiseOrders(
  tx: Tx,
  whose: { readonly company: string; readonly subject: string },
  now: Date,
): Promise<readonly string[]> {
  const gone = { subject: null, content_sealed: null, configuration_hash: null, key_hash: null };
  const rows = await tx
    .updateTable('orders')
    .set({ ...gone, changed_at: now })
    .where('company', '=', whose.company)
    .where('subject', '=', whose.subject)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}
