import type { Instant } from '@keepsake/kernel';
import type { Order } from './order.ts';
import type { PlantState, Shelf } from './plant-state.ts';
import { lowestSince, sumBefore } from './stock-ledger.ts';

/**
 * An order whose reservation of an item has nothing behind it once overdue supply is left out, or
 * undefined. Whoever waits for an overdue purchase comes first, then whoever was promised the
 * latest date: those who can best afford it.
 */
export function findShortOrder(
  state: PlantState,
  now: Instant,
): { readonly order: string; readonly item: string } | undefined {
  for (const [item, shelf] of state.shelves) {
    const since = firstShortage(shelf, now);
    if (since === undefined) continue;
    const reserving = [...state.orders.values()].filter(({ reservations }) =>
      reservations.some((reservation) => reservation.item === item && reservation.at <= since),
    );
    const order = reserving.reduce<Order | undefined>(
      (found, other) =>
        found === undefined || goesBefore(other, found, item, now) ? other : found,
      undefined,
    );
    if (order !== undefined) return { order: order.id, item };
  }
  return undefined;
}

/** The first instant, `now` or later, at which supply that is not overdue falls short. */
function firstShortage({ moves, expected }: Shelf, now: Instant): Instant | undefined {
  const overdue = sumBefore(expected, now);
  if (lowestSince(moves, now) >= overdue) return undefined;
  let sum = 0;
  for (const [index, at] of moves.times.entries()) {
    sum += moves.amounts[index] ?? 0;
    const next = moves.times[index + 1] ?? Number.POSITIVE_INFINITY;
    if (next > now && sum < overdue) return Math.max(at, now);
  }
  return now;
}

function goesBefore(one: Order, other: Order, item: string, now: Instant): boolean {
  const isOverdue = (order: Order): boolean =>
    order.reservations.some(
      (reserved) => reserved.item === item && reserved.toBuy > 0 && reserved.at < now,
    );
  if (isOverdue(one) !== isOverdue(other)) return isOverdue(one);
  return one.promise > other.promise || (one.promise === other.promise && one.id > other.id);
}
