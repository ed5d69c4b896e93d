import type { Instant } from '@keepsake/kernel';
import type { MakingRefusal } from './decision.ts';
import type { Order, Reservation } from './order.ts';
import { getShelf, type PlantState, type Shelf } from './plant-state.ts';
import { fromMillionths, toMillionths } from './quantity.ts';

/** An order whose parts left the stock. */
export function issueParts(order: Order, at: Instant): Order {
  return { ...order, issuedAt: at, reservations: [] };
}

/**
 * Why an order's parts cannot be taken from stock now: they are not there, or others, who were
 * promised them, would then lack them before more arrives. Undefined if they can.
 */
export function findPartsFault(state: PlantState, order: Order): MakingRefusal | undefined {
  for (const { item, quantity } of order.parts) {
    // An order that lost its place has no reservation: it then takes what nobody else needs.
    const reservation = order.reservations.find((reserved) => reserved.item === item) ?? {
      item,
      quantity,
      at: Number.POSITIVE_INFINITY,
      toBuy: 0,
    };
    const shelf = getShelf(state, item);
    const missing = toMillionths(quantity) - toMillionths(shelf.item.onHand);
    if (missing > 0) {
      return { kind: 'parts-missing', order: order.id, item, short: fromMillionths(missing) };
    }
    const lacking = -lowestAfterIssue(shelf, reservation);
    if (lacking > 0) {
      return { kind: 'parts-promised', order: order.id, item, short: fromMillionths(lacking) };
    }
  }
  return undefined;
}

/** The lowest the stock would ever be if a reservation were taken now instead of when planned. */
function lowestAfterIssue({ moves }: Shelf, { quantity, at, toBuy }: Reservation): number {
  const taken = toMillionths(quantity);
  const bought = toMillionths(toBuy);
  let sum = -taken;
  let lowest = Number.POSITIVE_INFINITY;
  for (const [index, instant] of moves.times.entries()) {
    sum += moves.amounts[index] ?? 0;
    // From its own instant on, the reservation and its purchase are gone from the books.
    const freed = instant >= at ? taken - bought : 0;
    lowest = Math.min(lowest, sum + freed);
  }
  return lowest;
}
