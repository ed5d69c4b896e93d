import { type Instant, ok, type Result, refused } from '@keepsake/kernel';
import { applyEvents } from './apply-events.ts';
import type { PlantDecision, StockRefusal } from './decision.ts';
import type { Cover, PlantEvent } from './events.ts';
import { isLive } from './order-stages.ts';
import type { Item, Receipt } from './plant.ts';
import { isStockQuantity } from './plant-fault.ts';
import { type PlantState, rollback, savepoint } from './plant-state.ts';
import { fromMillionths, toMillionths } from './quantity.ts';
import { refreshPromises } from './refresh-promises.ts';

/**
 * Announces a receipt. It covers purchases that orders wait for and that it is in time for, the
 * earliest needed first; the rest is free.
 */
export function expectStock(
  state: PlantState,
  { item, receipt }: { readonly item: string; readonly receipt: Receipt },
): Result<PlantDecision, StockRefusal> {
  const shelf = state.shelves.get(item);
  if (shelf === undefined) return refused({ kind: 'unknown-item', item });
  if (findReceipt(shelf.item, receipt.id) !== undefined) {
    return refused({ kind: 'duplicate-receipt', item, receipt: receipt.id });
  }
  if (!isMovable(receipt.quantity)) return refused({ kind: 'bad-quantity', item });
  if (!Number.isSafeInteger(receipt.at)) return refused({ kind: 'bad-instant', item });
  const covers = coversOf(state, item, receipt.quantity, receipt.at);
  return ok({ events: [{ kind: 'stock.expected', item, receipt, covers }] });
}

/**
 * Puts stock on the shelf, of an announced receipt (which shrinks by as much) or unannounced (which
 * covers purchases that orders wait for). Never delays a promise.
 */
export function receiveStock(
  state: PlantState,
  command: { readonly item: string; readonly quantity: number; readonly receipt?: string },
): Result<PlantDecision, StockRefusal> {
  const { item, quantity, receipt = null } = command;
  const shelf = state.shelves.get(item);
  if (shelf === undefined) return refused({ kind: 'unknown-item', item });
  const announced = receipt === null ? undefined : findReceipt(shelf.item, receipt);
  if (receipt !== null && announced === undefined) {
    return refused({ kind: 'unknown-receipt', item, receipt });
  }
  const sum = fromMillionths(toMillionths(shelf.item.onHand) + toMillionths(quantity));
  if (!isMovable(quantity) || !isStockQuantity(sum)) return refused({ kind: 'bad-quantity', item });
  const surplus = toMillionths(quantity) - toMillionths(announced?.quantity ?? 0);
  const covers = coversOf(state, item, fromMillionths(surplus), Number.NEGATIVE_INFINITY);
  return ok({ events: [{ kind: 'stock.received', item, quantity, receipt, covers }] });
}

/** Moves a receipt to another instant, with the new plans of all orders that it makes move. */
export function delayReceipt(
  state: PlantState,
  command: {
    readonly item: string;
    readonly receipt: string;
    readonly at: Instant;
    readonly now: Instant;
  },
): Result<PlantDecision, StockRefusal> {
  const { item, receipt, at, now } = command;
  const shelf = state.shelves.get(item);
  if (shelf === undefined) return refused({ kind: 'unknown-item', item });
  if (findReceipt(shelf.item, receipt) === undefined) {
    return refused({ kind: 'unknown-receipt', item, receipt });
  }
  if (!Number.isSafeInteger(at)) return refused({ kind: 'bad-instant', item });
  return ok({ events: withMoves(state, { kind: 'stock.delayed', item, receipt, at }, now) });
}

/** Corrects what is on hand after a count, with the new plans of all orders that it makes move. */
export function adjustStock(
  state: PlantState,
  command: { readonly item: string; readonly change: number; readonly now: Instant },
): Result<PlantDecision, StockRefusal> {
  const { item, change, now } = command;
  const shelf = state.shelves.get(item);
  if (shelf === undefined) return refused({ kind: 'unknown-item', item });
  const sum = fromMillionths(toMillionths(shelf.item.onHand) + toMillionths(change));
  const isGood = change !== 0 && isStockQuantity(Math.abs(change)) && isStockQuantity(sum);
  if (!isGood) return refused({ kind: 'bad-quantity', item });
  return ok({ events: withMoves(state, { kind: 'stock.adjusted', item, change }, now) });
}

function withMoves(state: PlantState, event: PlantEvent, now: Instant): readonly PlantEvent[] {
  const mark = savepoint(state);
  applyEvents(state, [event]);
  const { events } = refreshPromises(state, now);
  rollback(state, mark);
  return [event, ...events];
}

function findReceipt(item: Item, id: string): Receipt | undefined {
  return item.incoming.find((receipt) => receipt.id === id);
}

function isMovable(quantity: number): boolean {
  return quantity > 0 && isStockQuantity(quantity);
}

/** Which purchases a quantity that arrives at `at` takes the place of. */
function coversOf(
  state: PlantState,
  item: string,
  quantity: number,
  at: Instant,
): readonly Cover[] {
  let left = toMillionths(quantity);
  if (left <= 0) return [];
  const wanted = [...state.orders.values()]
    .filter(isLive)
    .flatMap(({ id, reservations }) =>
      reservations
        .filter((reservation) => reservation.item === item && reservation.toBuy > 0)
        .map((reservation) => ({ id, at: reservation.at, toBuy: reservation.toBuy })),
    )
    .filter((want) => want.at >= at)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const covers: Cover[] = [];
  for (const { id, toBuy } of wanted) {
    if (left <= 0) break;
    const covered = Math.min(left, toMillionths(toBuy));
    covers.push({ order: id, quantity: fromMillionths(covered) });
    left -= covered;
  }
  return covers;
}
