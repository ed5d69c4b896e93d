import { DAY_MS, HOUR_MS, MINUTE_MS, type Result, seededRandom } from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyEvents,
  commitOrder,
  createPlantState,
  type PlantState,
  type QuoteRequest,
  quote,
} from './index.ts';
import {
  bruteForceAvailability,
  bruteForceFinish,
  type Chance,
  EPOCH,
  minutePlant,
  randomPlant,
  randomRequest,
  randomStay,
} from './testing/index.ts';

function granted<T>(result: Result<T, unknown>): T {
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.error));
  return result.value;
}

function loadedPlant(chance: Chance, orders: number): PlantState {
  const plant = randomPlant(chance, { workCentres: 3, unitsMax: 2, items: 2 });
  const state = granted(createPlantState({ version: 0, plant, orders: [] }));
  for (let index = 0; index < orders; index++) {
    const now = EPOCH + chance.below(48) * HOUR_MS;
    const size = { operationsMax: 3, partsMax: 1, shape: 'graph' } as const;
    const request =
      chance.below(4) === 0
        ? randomStay(chance, plant, now)
        : randomRequest(chance, plant, size, now);
    const decision = commitOrder(state, { order: `order-${index}`, request });
    if (decision.kind === 'ok') applyEvents(state, decision.value.events);
  }
  return state;
}

function claimsOf(state: PlantState) {
  return [...state.orders.values()].flatMap(({ operations }) =>
    operations.flatMap(({ claim }) => (claim === null ? [] : [claim])),
  );
}

test('PRD-9 PRD-10 a chain finishes as early as any choice of gaps and units allows', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 0, max: 6 }),
      (seed, load) => {
        const chance = seededRandom(seed);
        const state = loadedPlant(chance, load);
        const { plant } = state;
        const size = { operationsMax: 2, partsMax: 0, shape: 'chain' } as const;
        const now = EPOCH + chance.below(100) * HOUR_MS;
        const request = randomRequest(chance, plant, size, now);
        const found = granted(quote(state, request));
        const until = found.finish + DAY_MS;
        const best = bruteForceFinish(minutePlant(plant), claimsOf(state), request.operations, {
          from: now,
          until,
        });
        expect(found.finish).toBe(best);
        compared += request.operations.length;
      },
    ),
    { numRuns: 150 },
  );
  expect(compared).toBeGreaterThan(50);
});

test('PRD-10 claims of a quote are free, on open hours and after their predecessors', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const chance = seededRandom(seed);
      const state = loadedPlant(chance, 5);
      const size = { operationsMax: 6, partsMax: 2, shape: 'graph' } as const;
      const request = randomRequest(chance, state.plant, size, EPOCH + HOUR_MS);
      const found = granted(quote(state, request));
      const taken = claimsOf(state);
      for (const own of found.operations) {
        const after = request.operations.find(({ id }) => id === own.operation)?.after ?? [];
        const before = found.operations.filter(({ operation }) => after.includes(operation));
        expect(own.start).toBeGreaterThanOrEqual(
          Math.max(request.now, ...before.map(({ end }) => end)),
        );
        // What has no length takes no place.
        const others = [...taken, ...found.operations].filter(
          ({ workCentre, unit, start, end }) =>
            workCentre === own.workCentre &&
            unit === own.unit &&
            start < end &&
            own.start < own.end,
        );
        const clashes = others.filter((other) => own.start < other.end && other.start < own.end);
        expect(clashes).toEqual(own.start < own.end ? [own] : []);
      }
    }),
    { numRuns: 100 },
  );
});

test('PRD-13 the delays of a quote add up to the time from asking to finishing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.boolean(), (seed, isLater) => {
      const chance = seededRandom(seed);
      const state = loadedPlant(chance, 6);
      const size = { operationsMax: 5, partsMax: 2, shape: 'graph' } as const;
      const request = randomRequest(chance, state.plant, size, EPOCH);
      const earliest = isLater ? EPOCH + 30 * HOUR_MS : EPOCH;
      const { binding, finish } = granted(quote(state, { ...request, earliest }));
      const delays = binding.map(({ delayMs }) => delayMs);
      expect(delays.reduce((sum, delay) => sum + delay, 0)).toBe(finish - earliest);
      expect(delays).toEqual(delays.toSorted((a, b) => b - a));
      expect(delays.every((delay) => delay > 0)).toBe(true);
    }),
    { numRuns: 150 },
  );
});

test('PRD-11 a part is there at the first instant from which taking it starves nobody', () => {
  let fromSupply = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const chance = seededRandom(seed);
      const state = loadedPlant(chance, 6);
      const item = state.plant.items[0];
      if (item === undefined) throw new Error('the plant has items');
      const quantity = (1 + chance.below(16)) / 4;
      const request: QuoteRequest = {
        now: EPOCH,
        operations: [],
        parts: [{ item: item.id, quantity }],
      };
      const reserved = [...state.orders.values()].flatMap(({ reservations }) => reservations);
      const moves = [
        ...item.incoming,
        ...reserved
          .filter((one) => one.item === item.id)
          .map((one) => ({ at: one.at, quantity: one.toBuy - one.quantity })),
      ];
      const bought = EPOCH + item.leadTimeDays * DAY_MS;
      const instants = [EPOCH, ...moves.map(({ at }) => at)];
      const known = bruteForceAvailability(item.onHand, moves, quantity, instants) ?? bought;
      if (known < bought) fromSupply++;
      expect(granted(quote(state, request)).finish).toBe(Math.min(known, bought));
    }),
    { numRuns: 300 },
  );
  expect(fromSupply).toBeGreaterThan(20);
});

test('PRD-15 what is made ready for an arrival could not start a minute later', () => {
  let backward = 0;
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (seed) => {
      const chance = seededRandom(seed);
      const state = loadedPlant(chance, 5);
      const request = { ...randomStay(chance, state.plant, EPOCH), parts: [] };
      const found = quote(state, request);
      const { stay } = request;
      if (found.kind === 'refused' || stay === undefined) return;
      const { operations, finish, partsAt } = found.value;
      const sleep = operations.find(({ operation }) => operation === 'sleep');
      expect([sleep?.start, sleep?.end]).toEqual([stay.from, stay.to]);
      expect(finish).toBeLessThanOrEqual(stay.from);
      const clean = operations.find(({ operation }) => operation === 'clean');
      expect(clean?.start).toBeGreaterThanOrEqual(stay.to);
      const chain = request.operations
        .filter(({ id }) => id === 'air' || id === 'make-bed')
        .reverse();
      const ends = bruteForceFinish(
        minutePlant(state.plant),
        [...claimsOf(state), ...(sleep ? [sleep] : [])],
        chain,
        {
          from: partsAt + MINUTE_MS,
          until: stay.from,
        },
      );
      expect(ends).toBeUndefined();
      backward++;
    }),
    { numRuns: 60 },
  );
  expect(backward).toBeGreaterThan(20);
});
