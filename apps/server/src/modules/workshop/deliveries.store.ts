import type { Db, Tx } from '../../platform/database/schema.ts';
import type { PlantKey } from '../production/index.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly stock_deliveries: StockDeliveriesTable;
  }
}

interface StockDeliveriesTable {
  readonly company: string;
  readonly site: string;
  readonly id: string;
  readonly item: string;
  readonly quantity: number;
  readonly received_at: Date;
  readonly received_by: string | null;
  readonly key_hash: string | null;
}

/** Stock that came in. */
export interface Delivery {
  readonly id: string;
  readonly item: string;
  readonly quantity: number;
  readonly at: Date;
  readonly by: string;
  readonly keyHash: string | null;
}

/** Writes a delivery; the same key twice is refused by `stock_deliveries_idempotency_key_once`. */
export async function insertDelivery(tx: Tx, key: PlantKey, delivery: Delivery): Promise<void> {
  await tx
    .insertInto('stock_deliveries')
    .values({
      company: key.company,
      site: key.site,
      id: delivery.id,
      item: delivery.item,
      quantity: delivery.quantity,
      received_at: delivery.at,
      received_by: delivery.by,
      key_hash: delivery.keyHash,
    })
    .execute();
}

/** Whether an idempotency key has brought stock in already. */
export async function isDeliveryKnown(db: Db, company: string, keyHash: string): Promise<boolean> {
  const row = await db
    .selectFrom('stock_deliveries')
    .select('id')
    .where('company', '=', company)
    .where('key_hash', '=', keyHash)
    .executeTakeFirst();
  return row !== undefined;
}
