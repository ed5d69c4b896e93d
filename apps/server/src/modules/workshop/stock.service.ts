/** What lies in the bins of a site, and what comes in. */
import { createHash } from 'node:crypto';
import type { StockRow as StockRowSchema } from '@keepsake/contract';
import { instantToText, newId } from '@keepsake/kernel';
import {
  findItem,
  type Item,
  type PlantState,
  plantSnapshot,
  receiveStock,
  type StockRefusal,
} from '@keepsake/production';
import type { z } from 'zod';
import { isRefusedBy } from '../../platform/database/failure.ts';
import { listLabels, type PlantKey, type StockLabel } from '../production/index.ts';
import { findPlace, type SiteMissing } from './board.service.ts';
import { type Delivery, insertDelivery, isDeliveryKnown } from './deliveries.store.ts';
import type { WorkshopDeps } from './floor.service.ts';

/** An item with what is on hand, set aside and on its way. */
export type StockRow = z.infer<typeof StockRowSchema>;

/** Every item of a site, by its code. */
export async function readStock(
  deps: WorkshopDeps,
  key: PlantKey,
): Promise<{ readonly kind: 'stock'; readonly items: readonly StockRow[] } | SiteMissing> {
  const db = deps.database.kysely;
  const place = await findPlace(db, key);
  if (place.kind !== 'place') return place;
  const labels = new Map((await listLabels(db, key)).map((label) => [label.item, label]));
  const items = await deps.plants.read(key, (state) => stockRows(state, labels));
  return items === undefined ? { kind: 'site-not-found' } : { kind: 'stock', items };
}

interface SetAside {
  /** All that orders will take. */
  readonly reserved: number;
  /** That of it which is in no known supply yet. */
  readonly toBuy: number;
}

const MILLION = 1_000_000;

/** Quantities have six decimals at most; sums of them drift below that. */
function rounded(quantity: number): number {
  return Math.round(quantity * MILLION) / MILLION;
}

function stockRows(
  state: PlantState,
  labels: ReadonlyMap<string, StockLabel>,
): readonly StockRow[] {
  const { plant, orders } = plantSnapshot(state);
  const aside = new Map<string, SetAside>();
  for (const { item, quantity, toBuy } of orders.flatMap((order) => order.reservations)) {
    const before = aside.get(item) ?? { reserved: 0, toBuy: 0 };
    aside.set(item, { reserved: before.reserved + quantity, toBuy: before.toBuy + toBuy });
  }
  return plant.items.map((item) => stockRow(item, aside.get(item.id), labels.get(item.id)));
}

function stockRow(
  item: Item,
  { reserved, toBuy }: SetAside = { reserved: 0, toBuy: 0 },
  label: StockLabel | undefined,
): StockRow {
  return {
    item: item.id,
    name: label?.name ?? { en: item.id },
    bin: label?.bin ?? null,
    onHand: item.onHand,
    reserved: rounded(reserved),
    available: Math.max(0, rounded(item.onHand - (reserved - toBuy))),
    incoming: item.incoming.map(({ at, quantity }) => ({ at: instantToText(at), quantity })),
    leadTimeDays: item.leadTimeDays,
  };
}

/** Parts that a member of staff takes in. */
export interface ReceiveParts extends PlantKey {
  readonly item: string;
  readonly quantity: number;
  /** Id of the member of staff. */
  readonly maker: string;
  readonly idempotencyKey: string | null;
}

export type ReceiveOutcome =
  | { readonly kind: 'received'; readonly row: StockRow }
  | SiteMissing
  | { readonly kind: 'unknown-item' | 'bad-quantity' };

const KEY_ONCE = 'stock_deliveries_idempotency_key_once';

/** Puts parts into their bin, of the delivery announced earliest where there is one. */
export async function receiveParts(
  deps: WorkshopDeps,
  input: ReceiveParts,
): Promise<ReceiveOutcome> {
  const db = deps.database.kysely;
  const place = await findPlace(db, input);
  if (place.kind !== 'place') return place;
  const { company, site, item, quantity, maker } = input;
  const key = { company, site };
  const keyHash = keyHashOf(input);
  const delivery: Delivery = {
    id: newId(deps.clock.now(), deps.random),
    ...{ item, quantity, by: maker, keyHash },
    at: new Date(deps.clock.now()),
  };
  const isKnown = keyHash !== null && (await isDeliveryKnown(db, company, keyHash));
  const refusal = isKnown ? undefined : await takeIn(deps, key, delivery);
  if (refusal !== undefined) return refusal;
  const stock = await readStock(deps, key);
  if (stock.kind !== 'stock') return stock;
  const row = stock.items.find((each) => each.item === item);
  return row === undefined ? { kind: 'unknown-item' } : { kind: 'received', row };
}

/** The same caller with the same key brings stock in once. */
function keyHashOf({ maker, idempotencyKey }: ReceiveParts): string | null {
  if (idempotencyKey === null) return null;
  return createHash('sha256').update(`${maker}\0${idempotencyKey}`).digest('hex');
}

async function takeIn(
  deps: WorkshopDeps,
  key: PlantKey,
  delivery: Delivery,
): Promise<Exclude<ReceiveOutcome, { readonly kind: 'received' }> | undefined> {
  const { item, quantity } = delivery;
  try {
    const result = await deps.plants.run(key, {
      decide: (state) => {
        const [announced] = findItem(state, item)?.incoming ?? [];
        const receipt = announced === undefined ? {} : { receipt: announced.id };
        return receiveStock(state, { item, quantity, ...receipt });
      },
      save: (tx) => insertDelivery(tx, key, delivery),
    });
    if (result === undefined) return { kind: 'site-not-found' };
    return result.kind === 'ok' ? undefined : refusalOf(result.error);
  } catch (error) {
    // The same request, sent twice at once: the other one has brought it in.
    if (isRefusedBy(error, KEY_ONCE)) return undefined;
    throw error;
  }
}

function refusalOf({ kind }: StockRefusal): { readonly kind: 'unknown-item' | 'bad-quantity' } {
  return { kind: kind === 'bad-quantity' ? 'bad-quantity' : 'unknown-item' };
}
