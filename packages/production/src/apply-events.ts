import { invariant } from '@keepsake/kernel';
import type { Cover, PlantEvent } from './events.ts';
import type { Order } from './order.ts';
import type { Item } from './plant.ts';
import { getShelf, type PlantState, swap } from './plant-state.ts';
import { fromMillionths, toMillionths } from './quantity.ts';

/**
 * Makes events part of the state, all or nothing: one step that `rollback` can undo. They must have
 * been decided against this very state (or one with the same snapshot). Cost: the records touched,
 * each moved in its sorted index.
 */
export function applyEvents(state: PlantState, events: readonly PlantEvent[]): void {
  const changed: Changed = { state, orders: new Map(), items: new Map() };
  for (const event of events) applyOne(changed, event);
  swap(state, changed);
  state.version += events.length;
}

/** The ids of the orders and items that events changed, each once: the rows to store again. */
export function touchedBy(events: readonly PlantEvent[]): {
  readonly orders: readonly string[];
  readonly items: readonly string[];
} {
  const orders = new Set<string>();
  const items = new Set<string>();
  for (const event of events) {
    for (const id of ordersOf(event)) orders.add(id);
    for (const id of itemsOf(event)) items.add(id);
  }
  return { orders: [...orders], items: [...items] };
}

function ordersOf(event: PlantEvent): readonly string[] {
  if (event.kind === 'order.closed') return [event.id];
  if ('order' in event) return [event.order.id];
  return 'covers' in event ? event.covers.map(({ order }) => order) : [];
}

function itemsOf(event: PlantEvent): readonly string[] {
  if (event.kind === 'parts.issued') return event.order.parts.map(({ item }) => item);
  return 'item' in event ? [event.item] : [];
}

interface Changed {
  readonly state: PlantState;
  readonly orders: Map<string, Order | undefined>;
  readonly items: Map<string, Item>;
}

function applyOne(changed: Changed, event: PlantEvent): void {
  switch (event.kind) {
    case 'order.closed':
      changed.orders.set(event.id, undefined);
      return;
    case 'parts.issued':
      changed.orders.set(event.order.id, event.order);
      for (const { item, quantity } of event.order.parts) changeOnHand(changed, item, -quantity);
      return;
    case 'stock.expected': {
      const { item, receipt, covers } = event;
      const { incoming } = itemOf(changed, item);
      putItem(changed, item, { incoming: [...incoming, receipt] });
      for (const cover of covers) applyCover(changed, item, cover);
      return;
    }
    case 'stock.delayed': {
      const { incoming } = itemOf(changed, event.item);
      putItem(changed, event.item, {
        incoming: incoming.map((receipt) =>
          receipt.id === event.receipt ? { ...receipt, at: event.at } : receipt,
        ),
      });
      return;
    }
    case 'stock.received':
      receive(changed, event);
      return;
    case 'stock.adjusted':
      changeOnHand(changed, event.item, event.change);
      return;
    default:
      changed.orders.set(event.order.id, event.order);
  }
}

function receive(
  changed: Changed,
  event: Extract<PlantEvent, { readonly kind: 'stock.received' }>,
): void {
  const { item, quantity, receipt, covers } = event;
  changeOnHand(changed, item, quantity);
  const incoming = itemOf(changed, item).incoming.flatMap((announced) => {
    if (announced.id !== receipt) return [announced];
    const left = toMillionths(announced.quantity) - toMillionths(quantity);
    return left > 0 ? [{ ...announced, quantity: fromMillionths(left) }] : [];
  });
  putItem(changed, item, { incoming });
  for (const cover of covers) applyCover(changed, item, cover);
}

function applyCover(changed: Changed, item: string, cover: Cover): void {
  const { state, orders } = changed;
  const order = orders.has(cover.order) ? orders.get(cover.order) : state.orders.get(cover.order);
  invariant(order !== undefined, 'a receipt covers an order that is there');
  const reservations = order.reservations.map((reservation) => {
    if (reservation.item !== item) return reservation;
    const left = toMillionths(reservation.toBuy) - toMillionths(cover.quantity);
    return { ...reservation, toBuy: fromMillionths(left) };
  });
  orders.set(order.id, { ...order, reservations });
}

function changeOnHand(changed: Changed, id: string, change: number): void {
  const onHand = toMillionths(itemOf(changed, id).onHand) + toMillionths(change);
  putItem(changed, id, { onHand: fromMillionths(onHand) });
}

function itemOf({ state, items }: Changed, id: string): Item {
  return items.get(id) ?? getShelf(state, id).item;
}

function putItem(changed: Changed, id: string, change: Partial<Item>): void {
  changed.items.set(id, { ...itemOf(changed, id), ...change });
}
