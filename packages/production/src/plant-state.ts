import { DAY_MS, type Instant, invariant, ok, type Result, refused } from '@keepsake/kernel';
import type { PlantSnapshot, Savepoint, SnapshotFault } from './decision.ts';
import type { Claim } from './demand.ts';
import { zoneOf } from './local-time.ts';
import type { Order } from './order.ts';
import { isLive } from './order-stages.ts';
import type { Item, Plant } from './plant.ts';
import { findPlantFault } from './plant-fault.ts';
import { fromMillionths, toMillionths } from './quantity.ts';
import {
  addEntry,
  emptyLedger,
  firstLasting,
  type Ledger,
  lowestSince,
  sumBefore,
} from './stock-ledger.ts';
import { claimSpan, emptyTimeline, freeSpan, type Timeline } from './timeline.ts';
import { layOut, type WorkingTime } from './working-time.ts';

/** A work centre as searches need it. */
export interface Centre {
  readonly id: string;
  readonly time: WorkingTime;
  readonly timelines: readonly Timeline[];
  /** How many operations run there now. */
  running: number;
}

/** An item as searches need it. */
export interface Shelf {
  item: Item;
  /** Receipts, purchases to make and reservations: all that moves the stock. */
  readonly moves: Ledger;
  /** Receipts and purchases to make only: what may turn out to be late. */
  readonly expected: Ledger;
}

/**
 * A plant in memory. Opaque: use it through the functions of this package only. It is mutable
 * inside; `orders` and the shelves' items are the truth, all else is an index over them. Queries
 * leave the truth as it is; `applyEvents` changes it; `rollback` restores it exactly.
 */
export interface PlantState {
  version: number;
  readonly plant: Plant;
  readonly orders: Map<string, Order>;
  readonly centres: ReadonlyMap<string, Centre>;
  readonly shelves: ReadonlyMap<string, Shelf>;
  readonly frames: Frame[];
}

/** Records as they were before a change, and the version then. */
export interface Frame {
  readonly version: number;
  readonly orders: readonly (readonly [string, Order | undefined])[];
  readonly items: readonly Item[];
}

/** Records to put in place; an order of undefined is taken out. */
export interface Change {
  readonly orders: ReadonlyMap<string, Order | undefined>;
  readonly items?: ReadonlyMap<string, Item>;
}

/**
 * Loads a plant. Linear in rows, but for keeping each unit's claims sorted. Refuses a description
 * that is at fault and claims that overlap.
 */
export function createPlantState(snapshot: PlantSnapshot): Result<PlantState, SnapshotFault> {
  const { plant } = snapshot;
  const fault = findPlantFault(plant);
  if (fault !== undefined) return refused(fault);
  const state: PlantState = {
    version: snapshot.version,
    plant,
    orders: new Map(),
    centres: layOutCentres(plant),
    shelves: new Map(plant.items.map((item) => [item.id, shelfOf(item)])),
    frames: [],
  };
  for (const order of snapshot.orders) {
    if (state.orders.has(order.id)) return refused({ kind: 'duplicate-order', order: order.id });
    const missing = findMissing(state, order);
    if (missing !== undefined) return refused(missing);
    const overlap = indexOrder(state, order);
    if (overlap !== undefined) {
      return refused({ kind: 'claim-overlap', order: order.id, operation: overlap });
    }
    state.orders.set(order.id, order);
  }
  return ok(state);
}

function layOutCentres(plant: Plant): ReadonlyMap<string, Centre> {
  const zone = zoneOf(plant.timeZone);
  const shared = new Map<string, WorkingTime>();
  return new Map(
    plant.workCentres.map(({ id, units, calendar }) => {
      const key = JSON.stringify(calendar);
      const time = shared.get(key) ?? layOut(calendar, zone);
      shared.set(key, time);
      const timelines = Array.from({ length: units }, emptyTimeline);
      return [id, { id, time, timelines, running: 0 }];
    }),
  );
}

function shelfOf(item: Item): Shelf {
  const shelf: Shelf = { item, moves: emptyLedger(), expected: emptyLedger() };
  countReceipts(shelf, item, 1);
  return shelf;
}

function countReceipts(shelf: Shelf, item: Item, sign: 1 | -1): void {
  addEntry(shelf.moves, Number.NEGATIVE_INFINITY, sign * toMillionths(item.onHand));
  for (const { at, quantity } of item.incoming) {
    addEntry(shelf.moves, at, sign * toMillionths(quantity));
    addEntry(shelf.expected, at, sign * toMillionths(quantity));
  }
}

function findMissing(state: PlantState, order: Order): SnapshotFault | undefined {
  for (const { workCentre, id, claim } of order.operations) {
    const centre = state.centres.get(workCentre);
    if (centre?.timelines[claim?.unit ?? 0] === undefined) {
      return { kind: 'unknown-work-centre', workCentre, operation: id };
    }
  }
  const needed = [...order.parts, ...order.reservations];
  const part = needed.find(({ item }) => !state.shelves.has(item));
  return part === undefined ? undefined : { kind: 'unknown-item', item: part.item };
}

/** Everything there is to know about a plant, as JSON; orders by id, items as configured. */
export function plantSnapshot(state: PlantState): PlantSnapshot {
  const items = state.plant.items.map(({ id }) => getShelf(state, id).item);
  const orders = [...state.orders.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { version: state.version, plant: { ...state.plant, items }, orders };
}

/** An order that is not closed, or undefined. */
export function findOrder(state: PlantState, id: string): Order | undefined {
  return state.orders.get(id);
}

/** An item as it is now, or undefined. */
export function findItem(state: PlantState, id: string): Item | undefined {
  return state.shelves.get(id)?.item;
}

/** Marks the present, so that `rollback` can return to it until `settle`. O(1). */
export function savepoint(state: PlantState): Savepoint {
  return { version: state.version, depth: state.frames.length };
}

/** Undoes everything applied since a savepoint: the snapshot is then the same to the bit. */
export function rollback(state: PlantState, to: Savepoint): void {
  invariant(to.depth <= state.frames.length, 'a savepoint is used once and before settling');
  while (state.frames.length > to.depth) undo(state);
  invariant(state.version === to.version, 'a savepoint belongs to its own state');
}

/** Forgets how to undo: what was applied so far is stored for good. */
export function settle(state: PlantState): void {
  state.frames.length = 0;
}

/** Puts records in place together, so that claims may change hands; `undo` takes it back. */
export function swap(state: PlantState, { orders, items }: Change): void {
  const before = [...orders.keys()].map((id) => [id, state.orders.get(id)] as const);
  const itemsBefore = [...(items?.keys() ?? [])].map((id) => getShelf(state, id).item);
  state.frames.push({ version: state.version, orders: before, items: itemsBefore });
  replace(state, orders, items?.values() ?? []);
}

/** Takes back the last `swap`. */
export function undo(state: PlantState): void {
  const frame = state.frames.pop();
  invariant(frame !== undefined, 'there is something to undo');
  replace(state, new Map(frame.orders), frame.items);
  state.version = frame.version;
}

function replace(
  state: PlantState,
  orders: ReadonlyMap<string, Order | undefined>,
  items: Iterable<Item>,
): void {
  const changed = [...orders].filter(([id, order]) => state.orders.get(id) !== order);
  for (const [id] of changed) unindexOrder(state, id);
  for (const item of items) {
    const shelf = getShelf(state, item.id);
    countReceipts(shelf, shelf.item, -1);
    shelf.item = item;
    countReceipts(shelf, item, 1);
  }
  for (const [id, order] of changed) {
    if (order === undefined) continue;
    const overlap = indexOrder(state, order);
    invariant(overlap === undefined, `operation ${overlap} of order ${id} claims what is taken`);
    state.orders.set(id, order);
  }
}

/** Indexes an order's claims and reservations; the id of an operation whose claim is taken. */
function indexOrder(state: PlantState, order: Order): string | undefined {
  for (const { id, workCentre, stage, claim } of order.operations) {
    const centre = getCentre(state, workCentre);
    if (stage === 'running' && isLive(order)) centre.running += 1;
    if (claim !== null && !claimSpan(timelineOf(centre, claim), centre.time, claim)) return id;
  }
  countReservations(state, order, 1);
  return undefined;
}

function unindexOrder(state: PlantState, id: string): void {
  const order = state.orders.get(id);
  if (order === undefined) return;
  for (const { workCentre, stage, claim } of order.operations) {
    const centre = getCentre(state, workCentre);
    if (stage === 'running' && isLive(order)) centre.running -= 1;
    if (claim === null) continue;
    const freed = freeSpan(timelineOf(centre, claim), centre.time, claim);
    invariant(freed, 'a claim in an order is in the index');
  }
  countReservations(state, order, -1);
  state.orders.delete(id);
}

function countReservations(state: PlantState, order: Order, sign: 1 | -1): void {
  for (const { item, quantity, at, toBuy } of order.reservations) {
    const shelf = getShelf(state, item);
    addEntry(shelf.moves, at, sign * (toMillionths(toBuy) - toMillionths(quantity)));
    addEntry(shelf.expected, at, sign * toMillionths(toBuy));
  }
}

/** A work centre that is known to exist. */
export function getCentre(state: PlantState, id: string): Centre {
  const centre = state.centres.get(id);
  invariant(centre !== undefined, `work centre ${id} was checked before`);
  return centre;
}

/** An item that is known to exist. */
export function getShelf(state: PlantState, id: string): Shelf {
  const shelf = state.shelves.get(id);
  invariant(shelf !== undefined, `item ${id} was checked before`);
  return shelf;
}

function timelineOf(centre: Centre, claim: Claim): Timeline {
  const timeline = centre.timelines[claim.unit];
  invariant(timeline !== undefined, `${centre.id} has a unit ${claim.unit}`);
  return timeline;
}

/** What is free of an item for good from an instant on, overdue supply left out. */
export function freeStock(shelf: Shelf, from: Instant, now: Instant): number {
  const free = lowestSince(shelf.moves, from) - sumBefore(shelf.expected, now);
  return fromMillionths(Math.max(0, free));
}

/** When an item is there for good, and what of it must be bought. */
export interface Availability {
  readonly at: Instant;
  readonly because: 'incoming' | 'lead-time';
}

/**
 * The first instant from which a quantity is free for good: from known supply that is not overdue,
 * or by buying now, whichever is sooner. O(log n) once the ledger has its suffix minimum.
 */
export function availabilityOf(
  shelf: Shelf,
  {
    quantity,
    earliest,
    now,
  }: { readonly quantity: number; readonly earliest: Instant; readonly now: Instant },
): Availability {
  const floor = toMillionths(quantity) + sumBefore(shelf.expected, now);
  const known = firstLasting(shelf.moves, earliest, floor);
  const bought = Math.max(earliest, now + Math.ceil(shelf.item.leadTimeDays * DAY_MS));
  if (known !== undefined && known <= bought) return { at: known, because: 'incoming' };
  return { at: bought, because: 'lead-time' };
}
