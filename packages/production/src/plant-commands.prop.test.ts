import {
  canonicalText,
  HOUR_MS,
  type Instant,
  type Json,
  MINUTE_MS,
  type Result,
  seededRandom,
} from '@keepsake/kernel';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  adjustStock,
  amendOrder,
  applyEvents,
  blockOperation,
  cancelOrder,
  checkPlant,
  closeOrder,
  commitOrder,
  completeOperation,
  createPlantState,
  delayReceipt,
  expectStock,
  type Order,
  type PlantDecision,
  type PlantState,
  plantSnapshot,
  quote,
  receiveStock,
  refreshPromises,
  releaseOrder,
  rollback,
  savepoint,
  settle,
  startOperation,
  unblockOperation,
} from './index.ts';
import {
  type Chance,
  EPOCH,
  later,
  randomPlant,
  randomRequest,
  randomStay,
} from './testing/index.ts';

const KINDS = [
  'commit',
  'commit',
  'commit',
  'stay',
  'hold',
  'amend',
  'cancel',
  'release',
  'release',
  'start',
  'start',
  'start',
  'complete',
  'complete',
  'complete',
  'block',
  'unblock',
  'expect',
  'receive',
  'delay',
  'adjust',
  'refresh',
  'close',
] as const;
type Kind = (typeof KINDS)[number];

/** Commands that may move orders other than their own, and say so. */
const MOVES_OTHERS: ReadonlySet<Kind> = new Set(['refresh', 'delay', 'adjust']);

interface World {
  readonly state: PlantState;
  readonly chance: Chance;
  now: Instant;
  serial: number;
}

function worldOf(seed: number): World {
  const chance = seededRandom(seed);
  const plant = randomPlant(chance, { workCentres: 3, unitsMax: 2, items: 3 });
  const created = createPlantState({ version: 0, plant, orders: [] });
  if (created.kind === 'refused') throw new Error(created.error.kind);
  return { state: created.value, chance, now: EPOCH, serial: 0 };
}

function pick<T>(chance: Chance, list: readonly T[]): T | undefined {
  return list[chance.below(list.length)];
}

function anyOrder({ state, chance }: World, stages?: readonly string[]): Order | undefined {
  const orders = [...state.orders.values()].filter(({ stage }) => stages?.includes(stage) ?? true);
  return pick(chance, orders);
}

function onOperation(
  world: World,
  stages: readonly string[],
): { order: string; operation: string; at: Instant } {
  const all = [...world.state.orders.values()].flatMap((order) =>
    order.operations
      .filter(({ stage }) => stages.includes(stage))
      .map(({ id }) => ({ order: order.id, operation: id, at: world.now })),
  );
  return pick(world.chance, all) ?? { order: 'nobody', operation: 'nothing', at: world.now };
}

function decide(world: World, kind: Kind): Result<PlantDecision, unknown> {
  const { state, chance, now } = world;
  const { plant } = state;
  const size = { operationsMax: 4, partsMax: 2, shape: 'graph' } as const;
  const at = now;
  const item = pick(chance, plant.items)?.id ?? '';
  switch (kind) {
    case 'commit':
    case 'hold': {
      const request = randomRequest(chance, plant, size, now);
      return commitOrder(state, {
        order: `order-${world.serial++}`,
        request,
        hold: kind === 'hold',
      });
    }
    case 'stay':
      return commitOrder(state, {
        order: `order-${world.serial++}`,
        request: randomStay(chance, plant, now),
      });
    case 'amend': {
      const request = randomRequest(chance, plant, size, now);
      const order = anyOrder(world, ['planned', 'firm'])?.id ?? 'nobody';
      return amendOrder(state, { order, request, at });
    }
    case 'cancel':
      return cancelOrder(state, { order: anyOrder(world)?.id ?? 'nobody', at });
    case 'release':
      return releaseOrder(state, { order: anyOrder(world, ['firm'])?.id ?? 'nobody', at });
    case 'close':
      return closeOrder(state, {
        order: anyOrder(world, ['complete', 'cancelled'])?.id ?? 'nobody',
        at,
      });
    case 'start':
      return startOperation(state, onOperation(world, ['ready']));
    case 'complete':
      return completeOperation(state, onOperation(world, ['running']));
    case 'block':
      return blockOperation(state, {
        ...onOperation(world, ['ready', 'running', 'waiting']),
        reason: 'broken',
      });
    case 'unblock':
      return unblockOperation(state, onOperation(world, ['blocked']));
    case 'expect': {
      const receipt = {
        id: `new-${world.serial++}`,
        at: now + chance.below(100) * HOUR_MS,
        quantity: 2,
      };
      return expectStock(state, { item, receipt });
    }
    case 'receive': {
      const receipt = pick(chance, state.shelves.get(item)?.item.incoming ?? [])?.id;
      const quantity = 1 + chance.below(4) / 2;
      return receiveStock(state, { item, quantity, ...(receipt === undefined ? {} : { receipt }) });
    }
    case 'delay': {
      const receipt = pick(chance, state.shelves.get(item)?.item.incoming ?? [])?.id ?? 'none';
      return delayReceipt(state, { item, receipt, at: now + chance.below(200) * HOUR_MS, now });
    }
    case 'adjust':
      return adjustStock(state, { item, change: chance.below(7) / 2 - 2, now });
    case 'refresh':
      return { kind: 'ok', value: refreshPromises(state, now) };
  }
}

function textOf(state: PlantState): string {
  return canonicalText(plantSnapshot(state) as unknown as Json);
}

const histories = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 60, size: 'max' }),
});

test('PRD-21 PRD-22 PRD-23 PRD-24 PRD-25 PRD-26 hold after every command', () => {
  const applied = new Map<Kind, number>();
  fc.assert(
    fc.property(histories, ({ seed, kinds }) => {
      const world = worldOf(seed);
      for (const kind of kinds) {
        world.now = later(world.chance, world.now, 150);
        const decision = decide(world, kind);
        if (decision.kind === 'refused') continue;
        applied.set(kind, (applied.get(kind) ?? 0) + 1);
        applyEvents(world.state, decision.value.events);
        expect(checkPlant(world.state), `after ${kind}`).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
  // A property that never got anywhere proves nothing.
  for (const kind of KINDS) expect(applied.get(kind), kind).toBeGreaterThan(0);
});

/** An order without what a receipt may change: which of its purchases are still to make. */
function unmoved(order: Order): unknown {
  return { ...order, reservations: order.reservations.map(({ toBuy: _, ...rest }) => rest) };
}

function expectOthersUnmoved(
  kind: Kind,
  before: ReadonlyMap<string, Order>,
  after: ReadonlyMap<string, Order>,
  own: readonly string[],
): void {
  for (const [id, order] of before) {
    const now = after.get(id);
    if (now === undefined) continue;
    if (!own.includes(id)) expect(unmoved(now)).toEqual(unmoved(order));
    if (kind !== 'amend') expect(now.promise).toBe(order.promise);
  }
}

test('PRD-27 only refreshes and stock corrections move other orders', () => {
  fc.assert(
    fc.property(histories, ({ seed, kinds }) => {
      const world = worldOf(seed);
      for (const kind of kinds) {
        world.now = later(world.chance, world.now, 150);
        const before = new Map(world.state.orders);
        const decision = decide(world, kind);
        if (decision.kind === 'refused') continue;
        applyEvents(world.state, decision.value.events);
        const own = decision.value.events.flatMap((event) =>
          'order' in event ? [event.order.id] : [],
        );
        if (!MOVES_OTHERS.has(kind)) expect(new Set(own).size).toBeLessThan(2);
        expectOthersUnmoved(kind, before, world.state.orders, own);
      }
    }),
    { numRuns: 60 },
  );
});

test('PRD-20 a rolled back batch leaves the snapshot as it was, to the bit', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 0, max: 59 }), ({ seed, kinds }, cut) => {
      const world = worldOf(seed);
      const run = (part: readonly Kind[]): void => {
        for (const kind of part) {
          world.now = later(world.chance, world.now, 150);
          const decision = decide(world, kind);
          if (decision.kind === 'ok') applyEvents(world.state, decision.value.events);
        }
      };
      run(kinds.slice(0, cut));
      settle(world.state);
      const before = textOf(world.state);
      const mark = savepoint(world.state);
      run(kinds.slice(cut));
      rollback(world.state, mark);
      expect(textOf(world.state)).toBe(before);
      expect(checkPlant(world.state)).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('PRD-16 PRD-20 decisions change nothing, and a reloaded plant answers the same', () => {
  fc.assert(
    fc.property(histories, ({ seed, kinds }) => {
      const world = worldOf(seed);
      for (const kind of kinds) {
        world.now = later(world.chance, world.now, 150);
        const before = textOf(world.state);
        const decision = decide(world, kind);
        expect(textOf(world.state)).toBe(before);
        if (decision.kind === 'ok') applyEvents(world.state, decision.value.events);
      }
      const snapshot = JSON.parse(textOf(world.state));
      const reloaded = createPlantState(snapshot);
      if (reloaded.kind === 'refused') throw new Error(reloaded.error.kind);
      const size = { operationsMax: 4, partsMax: 2, shape: 'graph' } as const;
      const request = randomRequest(world.chance, world.state.plant, size, world.now);
      expect(quote(reloaded.value, request)).toEqual(quote(world.state, request));
      expect(textOf(reloaded.value)).toBe(canonicalText(snapshot));
    }),
    { numRuns: 30 },
  );
});

test('PRD-32 a refresh leaves nothing more to refresh', () => {
  let moves = 0;
  fc.assert(
    fc.property(histories, ({ seed, kinds }) => {
      const world = worldOf(seed);
      for (const kind of kinds) {
        world.now = later(world.chance, world.now, 150) + MINUTE_MS;
        const decision = decide(world, kind);
        if (decision.kind === 'ok') applyEvents(world.state, decision.value.events);
      }
      const { events } = refreshPromises(world.state, world.now);
      moves += events.length;
      applyEvents(world.state, events);
      expect(refreshPromises(world.state, world.now).events).toEqual([]);
    }),
    { numRuns: 80 },
  );
  expect(moves).toBeGreaterThan(50);
});
