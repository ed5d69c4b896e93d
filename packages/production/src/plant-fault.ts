import { isTimeZone } from './local-time.ts';
import type { Item, Plant, PlantFault, WorkCentre } from './plant.ts';
import { roundQuantity } from './quantity.ts';
import { dayOf, minutesOf } from './working-time.ts';

/** The most units of a work centre. */
const UNITS_MAX = 1_000;

/** The longest lead time of an item, in days. */
const LEAD_TIME_DAYS_MAX = 3_650;

/** The first thing wrong with a plant's description, or undefined. Linear in its size. */
export function findPlantFault(plant: Plant): PlantFault | undefined {
  if (!isTimeZone(plant.timeZone)) {
    return { kind: 'unknown-time-zone', timeZone: plant.timeZone };
  }
  const duplicate = findDuplicate(plant.workCentres) ?? findDuplicate(plant.items);
  if (duplicate !== undefined) return { kind: 'duplicate-id', id: duplicate };
  for (const centre of plant.workCentres) {
    const fault = findCentreFault(centre);
    if (fault !== undefined) return fault;
  }
  for (const item of plant.items) {
    const fault = findItemFault(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function findDuplicate(list: readonly { readonly id: string }[]): string | undefined {
  const ids = new Set<string>();
  return list.find(({ id }) => ids.size === ids.add(id).size)?.id;
}

function findCentreFault({ id, units, calendar }: WorkCentre): PlantFault | undefined {
  if (!(Number.isInteger(units) && units >= 1 && units <= UNITS_MAX)) {
    return { kind: 'bad-units', id };
  }
  const index = calendar.shifts.findIndex(
    ({ weekday, from, to }) =>
      !(Number.isInteger(weekday) && weekday >= 1 && weekday <= 7) ||
      minutesOf(from) === undefined ||
      from === '24:00' ||
      minutesOf(to) === undefined,
  );
  if (index >= 0) return { kind: 'bad-shift', id, index };
  const date = calendar.closed.find((closed) => dayOf(closed) === undefined);
  return date === undefined ? undefined : { kind: 'bad-closed-date', id, date };
}

function findItemFault({ id, onHand, incoming, leadTimeDays }: Item): PlantFault | undefined {
  if (!(leadTimeDays >= 0 && leadTimeDays <= LEAD_TIME_DAYS_MAX)) {
    return { kind: 'bad-lead-time', id };
  }
  const receipts = new Set(incoming.map((receipt) => receipt.id));
  const isGood =
    isStockQuantity(onHand) &&
    receipts.size === incoming.length &&
    incoming.every(({ at, quantity }) => Number.isSafeInteger(at) && isStockQuantity(quantity));
  return isGood ? undefined : { kind: 'bad-quantity', id };
}

/** Whether a quantity can lie in stock: not negative, at most six decimals. */
export function isStockQuantity(quantity: number): boolean {
  return quantity >= 0 && roundQuantity(quantity) === quantity;
}
