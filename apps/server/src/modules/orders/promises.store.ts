import type { ColumnType } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Reason } from './orders.store.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly order_promises: OrderPromisesTable;
  }
}

interface OrderPromisesTable {
  readonly company: string;
  readonly order_id: string;
  readonly position: number;
  readonly said_at: Date;
  readonly ready_at: Date;
  readonly reasons: ColumnType<readonly Reason[], string, string>;
}

/** A date an order was given. */
export interface PromiseRow {
  readonly orderId: string;
  readonly at: Date;
  readonly ready: Date;
  readonly reasons: readonly Reason[];
}

/** Adds a date to an order's history. */
export async function insertPromise(
  tx: Tx,
  company: string,
  promise: PromiseRow & { readonly position: number },
): Promise<void> {
  await tx
    .insertInto('order_promises')
    .values({
      company,
      order_id: promise.orderId,
      position: promise.position,
      said_at: promise.at,
      ready_at: promise.ready,
      reasons: JSON.stringify(promise.reasons),
    })
    .execute();
}

/** Every date that some orders were given, oldest first. */
export async function listPromises(
  db: Db,
  company: string,
  orders: readonly string[],
): Promise<readonly PromiseRow[]> {
  if (orders.length === 0) return [];
  const rows = await db
    .selectFrom('order_promises')
    .selectAll()
    .where('company', '=', company)
    .where('order_id', 'in', [...orders])
    .orderBy('order_id')
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    orderId: row.order_id,
    at: row.said_at,
    ready: row.ready_at,
    reasons: row.reasons,
  }));
}
