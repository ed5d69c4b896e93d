import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, type seededRandom } from '@keepsake/kernel';
import type { NeededOperation, NeededPart, QuoteRequest } from '../demand.ts';
import { alwaysOpen, type Calendar, type Item, type Plant } from '../plant.ts';

/** A seeded source of chance, from the kernel's `seededRandom`. */
export type Chance = ReturnType<typeof seededRandom>;

/** Monday 2024-03-25, 00:00 UTC: six days before European clocks are put forward. */
export const EPOCH: Instant = Date.UTC(2024, 2, 25);

/** How large a random plant is. */
export interface PlantSize {
  readonly workCentres: number;
  readonly unitsMax: number;
  readonly items: number;
}

const WEEKDAYS = [1, 2, 3, 4, 5] as const;

/** Day shifts with a break, some Saturdays, and one closed day. */
const DAY_SHIFTS: Calendar = {
  shifts: WEEKDAYS.flatMap((weekday) => [
    { weekday, from: '08:00', to: '12:00' },
    { weekday, from: '12:30', to: '17:00' },
  ]),
  closed: ['2024-04-01'],
};

/** Nights that run over midnight and over the change of clocks. */
const NIGHT_SHIFTS: Calendar = {
  shifts: [5, 6, 7].map((weekday) => ({ weekday, from: '22:00', to: '06:00' })),
  closed: [],
};

/** A plant in Berlin with random capacities and stock. The first work centre never closes. */
export function randomPlant(chance: Chance, size: PlantSize): Plant {
  return {
    id: 'plant',
    timeZone: 'Europe/Berlin',
    workCentres: Array.from({ length: size.workCentres }, (_, index) => ({
      id: `centre-${index}`,
      units: 1 + chance.below(size.unitsMax),
      calendar: [alwaysOpen, DAY_SHIFTS, DAY_SHIFTS, NIGHT_SHIFTS][index % 4] ?? alwaysOpen,
    })),
    items: Array.from({ length: size.items }, (_, index) => randomItem(chance, index)),
  };
}

function randomItem(chance: Chance, index: number): Item {
  const incoming = Array.from({ length: chance.below(3) }, (_, number) => ({
    id: `receipt-${index}-${number}`,
    at: EPOCH + chance.below(10 * 24) * HOUR_MS,
    quantity: 1 + chance.below(20) / 4,
  }));
  return { id: `item-${index}`, onHand: chance.below(12), incoming, leadTimeDays: chance.below(8) };
}

/** What to ask for. */
export interface RequestSize {
  readonly operationsMax: number;
  readonly partsMax: number;
  /** A chain, or else any graph without cycles. */
  readonly shape: 'chain' | 'graph';
}

/** A request that a plant can answer: goods, without a deadline. */
export function randomRequest(
  chance: Chance,
  plant: Plant,
  { operationsMax, partsMax, shape }: RequestSize,
  now: Instant,
): QuoteRequest {
  const count = chance.below(operationsMax + 1);
  const operations = Array.from({ length: count }, (_, index): NeededOperation => {
    const sooner = Array.from({ length: index }, (_none, number) => `op-${number}`);
    const after = shape === 'chain' ? sooner.slice(-1) : sooner.filter(() => chance.below(3) === 0);
    const workCentre = plant.workCentres[chance.below(plant.workCentres.length)]?.id ?? '';
    const minutes = chance.below(12) === 0 ? 0 : 5 * (1 + chance.below(60));
    return { id: `op-${index}`, workCentre, seconds: minutes * 60, after };
  });
  return { now, operations, parts: randomParts(chance, plant, partsMax) };
}

function randomParts(chance: Chance, plant: Plant, partsMax: number): readonly NeededPart[] {
  if (plant.items.length === 0) return [];
  return Array.from({ length: chance.below(partsMax + 1) }, () => ({
    item: plant.items[chance.below(plant.items.length)]?.id ?? '',
    quantity: (1 + chance.below(12)) / 4,
  }));
}

/** A stay in a unit of the first work centre, with preparation before and cleaning after it. */
export function randomStay(chance: Chance, plant: Plant, now: Instant): QuoteRequest {
  const from = now + DAY_MS + chance.below(12 * 24) * HOUR_MS;
  const to = from + (1 + chance.below(6 * 24)) * HOUR_MS;
  const crew = plant.workCentres[chance.below(plant.workCentres.length)]?.id ?? '';
  const room = plant.workCentres[0]?.id ?? '';
  const operations: readonly NeededOperation[] = [
    { id: 'sleep', workCentre: room, seconds: 'stay', after: ['make-bed'] },
    { id: 'make-bed', workCentre: crew, seconds: 1_800, after: ['air'] },
    { id: 'air', workCentre: crew, seconds: 60 * chance.below(30), after: [] },
    { id: 'clean', workCentre: crew, seconds: 2_700, after: ['sleep'] },
  ];
  const parts = chance.below(2) === 0 ? [] : randomParts(chance, plant, 1);
  return { now, operations, parts, stay: { from, to } };
}

/** A grid-aligned moment some minutes after another one. */
export function later(chance: Chance, now: Instant, minutesMax: number): Instant {
  return now + chance.below(minutesMax + 1) * MINUTE_MS;
}
