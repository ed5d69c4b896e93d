import type { Words } from '@keepsake/kernel';
import type { Item } from '@keepsake/production';
import type { ColumnType } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly stock_items: StockItemsTable;
    readonly stock_receipts: StockReceiptsTable;
  }
}

type Json<T> = ColumnType<T, string, string>;
type Numeric = ColumnType<string, string | number, string | number>;

interface StockItemsTable {
  readonly company: string;
  readonly site: string;
  readonly item: string;
  readonly name: Json<Words>;
  readonly unit: string;
  readonly bin: string | null;
  readonly on_hand: Numeric;
  readonly lead_time_days: number;
}

interface StockReceiptsTable {
  readonly company: string;
  readonly site: string;
  readonly item: string;
  readonly receipt: string;
  readonly due_at: Date;
  readonly quantity: Numeric;
}

/** A plant's address: every table of this module is keyed by it. */
export interface PlantKey {
  readonly company: string;
  readonly site: string;
}

/** How an item is called and where it lies. */
export interface StockLabel {
  readonly item: string;
  readonly name: Words;
  readonly unit: string;
  readonly bin: string | null;
}

/** A new item of a plant. */
export interface NewStock extends StockLabel {
  readonly onHand: number;
  readonly leadTimeDays: number;
}

export async function insertStock(
  tx: Tx,
  key: PlantKey,
  stock: readonly NewStock[],
): Promise<void> {
  if (stock.length === 0) return;
  await tx
    .insertInto('stock_items')
    .values(
      stock.map((each) => ({
        ...key,
        item: each.item,
        name: JSON.stringify(each.name),
        unit: each.unit,
        bin: each.bin,
        on_hand: each.onHand,
        lead_time_days: each.leadTimeDays,
      })),
    )
    .execute();
}

/** The items of a plant as its kernel needs them. */
export async function listItems(db: Db, key: PlantKey): Promise<readonly Item[]> {
  const rows = await db
    .selectFrom('stock_items')
    .select(['item', 'on_hand', 'lead_time_days'])
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .orderBy('item')
    .execute();
  const receipts = await db
    .selectFrom('stock_receipts')
    .selectAll()
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .orderBy('due_at')
    .orderBy('receipt')
    .execute();
  const byItem = new Map<string, Item['incoming'][number][]>();
  for (const row of receipts) {
    const list = byItem.get(row.item) ?? [];
    list.push({ id: row.receipt, at: row.due_at.getTime(), quantity: Number(row.quantity) });
    byItem.set(row.item, list);
  }
  return rows.map((row) => ({
    id: row.item,
    onHand: Number(row.on_hand),
    incoming: byItem.get(row.item) ?? [],
    leadTimeDays: row.lead_time_days,
  }));
}

/** How the items of a plant are called, and in which bin they lie. */
export async function listLabels(db: Db, key: PlantKey): Promise<readonly StockLabel[]> {
  return await db
    .selectFrom('stock_items')
    .select(['item', 'name', 'unit', 'bin'])
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .orderBy('item')
    .execute();
}

/** Writes items as they are now: what lies there and what is on its way. */
export async function saveItems(tx: Tx, key: PlantKey, items: readonly Item[]): Promise<void> {
  for (const item of items) {
    await tx
      .updateTable('stock_items')
      .set({ on_hand: item.onHand })
      .where('company', '=', key.company)
      .where('site', '=', key.site)
      .where('item', '=', item.id)
      .execute();
  }
  await tx
    .deleteFrom('stock_receipts')
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .where(
      'item',
      'in',
      items.map((item) => item.id),
    )
    .execute();
  const receipts = items.flatMap((item) =>
    item.incoming.map((receipt) => ({
      ...key,
      item: item.id,
      receipt: receipt.id,
      due_at: new Date(receipt.at),
      quantity: receipt.quantity,
    })),
  );
  if (receipts.length > 0) await tx.insertInto('stock_receipts').values(receipts).execute();
}
