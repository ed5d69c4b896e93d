import type { Db, Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly order_endings: OrderEndingsTable;
  }
}

/** How an order came to nothing, or came back. */
export type EndingKind = 'cancelled' | 'returned';

interface OrderEndingsTable {
  readonly company: string;
  readonly order_id: string;
  readonly kind: EndingKind;
  readonly at: Date;
  readonly own_fault: boolean;
  readonly by: string | null;
  readonly reason_sealed: Uint8Array | null;
}

/** The end of an order as it is stored. */
export interface EndingRow {
  readonly kind: EndingKind;
  readonly at: Date;
  readonly ownFault: boolean;
  /** Account of the member of staff; null of the customer. */
  readonly by: string | null;
  readonly reasonSealed: Uint8Array | null;
}

/** Which order. */
export interface OrderKey {
  readonly company: string;
  readonly id: string;
}

/** Writes the end of an order, which has only one. */
export async function insertEnding(tx: Tx, order: OrderKey, row: EndingRow): Promise<void> {
  await tx
    .insertInto('order_endings')
    .values({
      company: order.company,
      order_id: order.id,
      kind: row.kind,
      at: row.at,
      own_fault: row.ownFault,
      by: row.by,
      reason_sealed: row.reasonSealed,
    })
    .execute();
}

/** How an order ended. */
export async function findEnding(db: Db, order: OrderKey): Promise<EndingRow | undefined> {
  const row = await db
    .selectFrom('order_endings')
    .selectAll()
    .where('company', '=', order.company)
    .where('order_id', '=', order.id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { kind, at, by } = row;
  return { kind, at, by, ownFault: row.own_fault, reasonSealed: row.reason_sealed };
}

/** Whose an order is now; nobody takes them out of it until the transaction ends. */
export async function lockOrderSubject(tx: Tx, order: OrderKey): Promise<string | null> {
  const row = await tx
    .selectFrom('orders')
    .select('subject')
    .where('company', '=', order.company)
    .where('id', '=', order.id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row?.subject ?? null;
}

/** Takes away why these orders ended. */
export async function clearEndingReasons(
  tx: Tx,
  company: string,
  orders: readonly string[],
): Promise<void> {
  if (orders.length === 0) return;
  await tx
    .updateTable('order_endings')
    .set({ reason_sealed: null })
    .where('company', '=', company)
    .where('order_id', 'in', [...orders])
    .where('reason_sealed', 'is not', null)
    .execute();
}
