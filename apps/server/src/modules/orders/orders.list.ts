import type { OrderSummary } from '@keepsake/contract';
import type { z } from 'zod';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { findFamily } from '../families/index.ts';
import { dateAt } from './dates.rules.ts';
import { clearEndingReasons } from './endings.store.ts';
import {
  anonymiseOrders,
  listOrderRows,
  OPEN_STATES,
  type OrderFilter,
  type OrderRow,
} from './orders.store.ts';
import { listPromises } from './promises.store.ts';

type WireSummary = z.infer<typeof OrderSummary>;

/** A page of orders, and where the next one begins. */
export interface OrderPage {
  readonly items: WireSummary[];
  readonly next: string | null;
}

const PAGE_SIZE = 25;

/** Orders in short, newest first. `cursor` is the `next` of the page before. */
export async function listOrders(
  db: Db,
  filter: Omit<OrderFilter, 'limit' | 'before'> & {
    readonly limit?: number | undefined;
    readonly cursor?: string | undefined;
  },
): Promise<OrderPage> {
  const { cursor, ...rest } = filter;
  const limit = filter.limit ?? PAGE_SIZE;
  const before = cursor === undefined ? undefined : parseCursor(cursor);
  const rows = await listOrderRows(db, { ...rest, before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorOf(last) : null;
  return { items: await summarise(db, filter.company, shown), next };
}

function cursorOf(row: OrderRow): string {
  return Buffer.from(`${row.placedAt.getTime()} ${row.id}`).toString('base64url');
}

function parseCursor(cursor: string): { readonly placedAt: Date; readonly id: string } | undefined {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const isWhole = /^\d{1,15}$/.test(at) && /^[0-9a-f-]{36}$/.test(id);
  return isWhole ? { placedAt: new Date(Number(at)), id } : undefined;
}

async function summarise(
  db: Db,
  company: string,
  rows: readonly OrderRow[],
): Promise<WireSummary[]> {
  const ids = rows.map((row) => row.id);
  const ready = new Map<string, Date>();
  for (const promise of await listPromises(db, company, ids)) {
    ready.set(promise.orderId, promise.ready);
  }
  const summaries: WireSummary[] = [];
  for (const row of rows) {
    const published = await findFamily(db, row);
    summaries.push({
      id: row.id,
      number: row.number,
      state: row.state,
      placedAt: row.placedAt.toISOString(),
      family: row.family,
      familyName: published?.family.name ?? { en: row.family },
      total: { currency: row.currency, minor: row.totalMinor.toString() },
      ready: (ready.get(row.id) ?? row.placedAt).toISOString(),
      stay: row.stay,
    });
  }
  return summaries;
}

const OPEN_MAX = 500;

/**
 * The numbers of the orders that still wait to be made or begun for a subject. A stay whose
 * departure has passed is over, whatever its tasks say.
 */
export function openOrdersOf(deps: Pick<Deps, 'clock'>) {
  return async (db: Db, company: string, subject: string): Promise<readonly string[]> => {
    const rows = await listOrderRows(db, { company, subjects: [subject], limit: OPEN_MAX });
    const today = dateAt('UTC', deps.clock.now());
    return rows.flatMap((row) => {
      if (row.stay !== null && row.stay.depart < today) return [];
      return OPEN_STATES.has(row.state) ? [row.number] : [];
    });
  };
}

/** Takes the person out of their orders, and out of why they ended; answers how many there were. */
export function eraseOrders(deps: Pick<Deps, 'clock'>) {
  return async (tx: Tx, company: string, subject: string): Promise<number> => {
    const now = new Date(deps.clock.now());
    const orders = await anonymiseOrders(tx, { company, subject }, now);
    await clearEndingReasons(tx, company, orders);
    return orders.length;
  };
}
