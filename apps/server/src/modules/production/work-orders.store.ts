import type {
  MoveReason,
  NeededPart,
  Order,
  OrderOperation,
  Reservation,
} from '@keepsake/production';
import { type ColumnType, sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { PlantKey } from './stock.store.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly work_orders: WorkOrdersTable;
    readonly work_operations: WorkOperationsTable;
    readonly reservations: ReservationsTable;
  }
}

type Json<T> = ColumnType<T, string, string>;
type Numeric = ColumnType<string, string | number, string | number>;

interface WorkOrdersTable {
  readonly company: string;
  readonly site: string;
  readonly order_id: string;
  readonly stage: Order['stage'];
  readonly promise_at: Date;
  readonly finish_at: Date | null;
  readonly moved: ColumnType<MoveReason | null, string | null, string | null>;
  readonly earliest_at: Date;
  readonly deadline_at: Date | null;
  readonly stay_from_at: Date | null;
  readonly stay_to_at: Date | null;
  readonly parts: Json<readonly NeededPart[]>;
  readonly issued_at: Date | null;
}

interface WorkOperationsTable {
  readonly company: string;
  readonly site: string;
  readonly order_id: string;
  readonly operation: string;
  readonly id: string;
  readonly position: number;
  readonly work_centre: string;
  readonly seconds: number | null;
  readonly after: Json<readonly string[]>;
  readonly stage: OrderOperation['stage'];
  readonly unit: number | null;
  readonly start_at: Date | null;
  readonly end_at: Date | null;
  readonly remaining_seconds: number;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly blocked_because: string | null;
}

interface ReservationsTable {
  readonly company: string;
  readonly site: string;
  readonly order_id: string;
  readonly item: string;
  readonly quantity: Numeric;
  readonly needed_at: Date;
  readonly to_buy: Numeric;
}

const at = (instant: number | null): Date | null => (instant === null ? null : new Date(instant));
const instantOf = (date: Date | null): number | null => (date === null ? null : date.getTime());

/** An operation as the kernel knows it. */
export function toOperation(row: Row<WorkOperationsTable>): OrderOperation {
  const { unit, start_at, end_at } = row;
  const isClaimed = unit !== null && start_at !== null && end_at !== null;
  return {
    id: row.operation,
    workCentre: row.work_centre,
    seconds: row.seconds ?? 'stay',
    after: row.after,
    stage: row.stage,
    claim: isClaimed
      ? { workCentre: row.work_centre, unit, start: start_at.getTime(), end: end_at.getTime() }
      : null,
    remainingSeconds: row.remaining_seconds,
    startedAt: instantOf(row.started_at),
    finishedAt: instantOf(row.finished_at),
    blockedBecause: row.blocked_because,
  };
}

type Row<T> = {
  readonly [K in keyof T]: T[K] extends ColumnType<infer S, unknown, unknown> ? S : T[K];
};

function toOrder(
  row: Row<WorkOrdersTable>,
  operations: readonly OrderOperation[],
  reservations: readonly Reservation[],
): Order {
  const { stay_from_at, stay_to_at } = row;
  const isStay = stay_from_at !== null && stay_to_at !== null;
  const places = new Map(row.parts.map(({ item }, index) => [item, index]));
  const placeOf = ({ item }: Reservation): number => places.get(item) ?? places.size;
  return {
    id: row.order_id,
    stage: row.stage,
    promise: row.promise_at.getTime(),
    finish: instantOf(row.finish_at),
    moved: row.moved,
    earliest: row.earliest_at.getTime(),
    deadline: instantOf(row.deadline_at),
    stay: isStay ? { from: stay_from_at.getTime(), to: stay_to_at.getTime() } : null,
    parts: row.parts,
    issuedAt: instantOf(row.issued_at),
    operations,
    // Rows have no order of their own: reservations follow the parts, as in the kernel.
    reservations: reservations.toSorted((a, b) => placeOf(a) - placeOf(b)),
  };
}

function gather<T extends { readonly order_id: string }, U>(
  rows: readonly T[],
  map: (row: T) => U,
): ReadonlyMap<string, readonly U[]> {
  const byOrder = new Map<string, U[]>();
  for (const row of rows) {
    const list = byOrder.get(row.order_id);
    if (list === undefined) byOrder.set(row.order_id, [map(row)]);
    else list.push(map(row));
  }
  return byOrder;
}

/** Every order that a plant's kernel still has to know, in the order of their ids. */
export async function listLiveOrders(db: Db, key: PlantKey): Promise<readonly Order[]> {
  const rows = await db
    .selectFrom('work_orders')
    .selectAll()
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .where('stage', 'not in', ['cancelled', 'returned'])
    .orderBy('order_id')
    .execute();
  const operations = await db
    .selectFrom('work_operations')
    .selectAll()
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .orderBy('order_id')
    .orderBy('position')
    .execute();
  const reservations = await db
    .selectFrom('reservations')
    .selectAll()
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .orderBy('order_id')
    .orderBy('item')
    .execute();
  const operationsOf = gather(operations, toOperation);
  const reservationsOf = gather(
    reservations,
    (row): Reservation => ({
      item: row.item,
      quantity: Number(row.quantity),
      at: row.needed_at.getTime(),
      toBuy: Number(row.to_buy),
    }),
  );
  return rows.map((row) =>
    toOrder(row, operationsOf.get(row.order_id) ?? [], reservationsOf.get(row.order_id) ?? []),
  );
}

function orderRow(key: PlantKey, order: Order) {
  return {
    ...key,
    order_id: order.id,
    stage: order.stage,
    promise_at: new Date(order.promise),
    finish_at: at(order.finish),
    moved: order.moved === null ? null : JSON.stringify(order.moved),
    earliest_at: new Date(order.earliest),
    deadline_at: at(order.deadline),
    stay_from_at: at(order.stay?.from ?? null),
    stay_to_at: at(order.stay?.to ?? null),
    parts: JSON.stringify(order.parts),
    issued_at: at(order.issuedAt),
  };
}

function operationRows(key: PlantKey, order: Order, idOf: (operation: string) => string) {
  return order.operations.map((operation, position) => ({
    ...key,
    order_id: order.id,
    operation: operation.id,
    id: idOf(operation.id),
    position,
    work_centre: operation.workCentre,
    seconds: operation.seconds === 'stay' ? null : operation.seconds,
    after: JSON.stringify(operation.after),
    stage: operation.stage,
    unit: operation.claim?.unit ?? null,
    start_at: at(operation.claim?.start ?? null),
    end_at: at(operation.claim?.end ?? null),
    remaining_seconds: operation.remainingSeconds,
    started_at: at(operation.startedAt),
    finished_at: at(operation.finishedAt),
    blocked_because: operation.blockedBecause,
  }));
}

/** Rows of one statement: PostgreSQL takes 65,535 values, and no row has more than 20. */
const ROWS_MAX = 2_000;

function chunksOf<T>(rows: readonly T[]): readonly (readonly T[])[] {
  const count = Math.ceil(rows.length / ROWS_MAX);
  return Array.from({ length: count }, (_, index) =>
    rows.slice(index * ROWS_MAX, (index + 1) * ROWS_MAX),
  );
}

/**
 * Writes orders as they are now. Their operations and reservations are taken out first, all of
 * them, so that two operations may change places; an operation keeps its id.
 */
export async function saveOrders(
  tx: Tx,
  key: PlantKey,
  orders: readonly Order[],
  newOperationId: () => string,
): Promise<void> {
  const known = await takeOut(
    tx,
    key,
    orders.map((order) => order.id),
  );
  for (const chunk of chunksOf(orders)) await upsertOrders(tx, key, chunk);
  const operations = orders.flatMap((order) =>
    operationRows(key, order, (id) => known.get(`${order.id} ${id}`) ?? newOperationId()),
  );
  for (const chunk of chunksOf(operations)) {
    await tx
      .insertInto('work_operations')
      .values([...chunk])
      .execute();
  }
  const reservations = orders.flatMap((order) => reservationRows(key, order));
  for (const chunk of chunksOf(reservations)) {
    await tx
      .insertInto('reservations')
      .values([...chunk])
      .execute();
  }
}

/** Deletes the operations and reservations of orders; answers the ids that operations had. */
async function takeOut(
  tx: Tx,
  key: PlantKey,
  orders: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const known = new Map<string, string>();
  for (const ids of chunksOf(orders)) {
    const before = await tx
      .deleteFrom('work_operations')
      .where('company', '=', key.company)
      .where('site', '=', key.site)
      .where('order_id', 'in', ids)
      .returning(['order_id', 'operation', 'id'])
      .execute();
    for (const row of before) known.set(`${row.order_id} ${row.operation}`, row.id);
    await tx
      .deleteFrom('reservations')
      .where('company', '=', key.company)
      .where('site', '=', key.site)
      .where('order_id', 'in', ids)
      .execute();
  }
  return known;
}

async function upsertOrders(tx: Tx, key: PlantKey, orders: readonly Order[]): Promise<void> {
  await tx
    .insertInto('work_orders')
    .values(orders.map((order) => orderRow(key, order)))
    .onConflict((conflict) =>
      conflict.columns(['company', 'site', 'order_id']).doUpdateSet((row) => ({
        stage: row.ref('excluded.stage'),
        promise_at: row.ref('excluded.promise_at'),
        finish_at: row.ref('excluded.finish_at'),
        moved: sql<string | null>`excluded.moved`,
        earliest_at: row.ref('excluded.earliest_at'),
        deadline_at: row.ref('excluded.deadline_at'),
        stay_from_at: row.ref('excluded.stay_from_at'),
        stay_to_at: row.ref('excluded.stay_to_at'),
        parts: sql<string>`excluded.parts`,
        issued_at: row.ref('excluded.issued_at'),
      })),
    )
    .execute();
}

function reservationRows(key: PlantKey, order: Order) {
  return order.reservations.map((each) => ({
    ...key,
    order_id: order.id,
    item: each.item,
    quantity: each.quantity,
    needed_at: new Date(each.at),
    to_buy: each.toBuy,
  }));
}
