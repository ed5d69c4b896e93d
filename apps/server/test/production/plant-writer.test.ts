import { canonicalText, DAY_MS, HOUR_MS, type Json, ok, refused } from '@keepsake/kernel';
import {
  amendOrder,
  cancelOrder,
  checkPlant,
  findOrder,
  plantSnapshot,
  type QuoteRequest,
  releaseOrder,
  startOperation,
} from '@keepsake/production';
import { beforeEach, describe, expect, test } from 'vitest';
import { createPlants, listOperations } from '../../src/modules/production/index.ts';
import {
  ask,
  frameRequest,
  KEY,
  NOW,
  openPlantWorld,
  type PlantWorld,
  reload,
} from './plant-world.ts';

let world: PlantWorld;
beforeEach(async () => {
  world = await openPlantWorld();
});

/** What is stored, what a fresh process loads and what this one holds are one and the same. */
async function expectStoredAsHeld(): Promise<void> {
  const held = await ask(world.plants, (state) => ({
    snapshot: plantSnapshot(state),
    violations: checkPlant(state),
  }));
  expect(held.violations).toEqual([]);
  const stored = await reload(world);
  expect(stored.version).toBe(held.snapshot.version);
  expect(canonicalText(stored as unknown as Json)).toBe(
    canonicalText(held.snapshot as unknown as Json),
  );
}

const LATER = NOW + 10 * DAY_MS;

describe('the last frame', () => {
  beforeEach(async () => {
    world = await openPlantWorld({ frames: 1, benches: 4 });
  });

  test('of two who order it at once, one has it now and the other waits for the next', async () => {
    const answers = await Promise.all([world.order(world.newId()), world.order(world.newId())]);
    const finishes = answers.map((answer) =>
      answer.kind === 'ok' ? answer.value.quote.finish : 0,
    );
    const [early = 0, late = 0] = finishes.toSorted((a, b) => a - b);
    expect(early).toBe(NOW + 2 * HOUR_MS);
    expect(late).toBe(NOW + 20 * DAY_MS + 2 * HOUR_MS);
    await expectStoredAsHeld();
  });

  test('the one who was shown its date and came second is refused with the new one', async () => {
    const shown = { promisedBy: NOW + 2 * HOUR_MS };
    const answers = await Promise.all([
      world.order(world.newId(), shown),
      world.order(world.newId(), shown),
    ]);
    expect(answers.map((answer) => answer.kind).toSorted()).toEqual(['ok', 'refused']);
    const second = answers.find((answer) => answer.kind === 'refused');
    expect(second).toMatchObject({
      error: { kind: 'promise-moved', finish: NOW + 20 * DAY_MS + 2 * HOUR_MS },
    });
    expect((await reload(world)).orders).toHaveLength(1);
  });
});

test('32 orders at once never oversell, and every row agrees with the kernel', async () => {
  world = await openPlantWorld({ frames: 20, benches: 2 });
  const promisedBy = LATER;
  const ids = Array.from({ length: 32 }, () => world.newId());
  const answers = await Promise.all(ids.map((id) => world.order(id, { promisedBy })));
  expect(answers.filter((answer) => answer.kind === 'ok')).toHaveLength(20);
  await expectStoredAsHeld();
  const rows = await world.database.kysely.selectFrom('reservations').selectAll().execute();
  const frames = rows.filter((row) => row.item === 'frame');
  expect(frames.map((row) => [Number(row.quantity), Number(row.to_buy)])).toEqual(
    Array.from({ length: 20 }, () => [1, 0]),
  );
});

describe('a command that fails', () => {
  test('fails alone, without a trace, while those beside it succeed', async () => {
    const ids = Array.from({ length: 5 }, () => world.newId());
    const request: QuoteRequest = { ...frameRequest(NOW), parts: [] };
    const outcomes = await Promise.allSettled(
      ids.map((id, index) =>
        world.order(id, {
          request,
          save: async () => {
            if (index === 2) throw new Error('its save went wrong');
          },
        }),
      ),
    );
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    const stored = await reload(world);
    expect(stored.orders.map((order) => order.id).toSorted()).toEqual(
      ids.filter((_, index) => index !== 2).toSorted(),
    );
    await expectStoredAsHeld();
  });

  test('that is refused changes nothing, not even the version', async () => {
    await world.order(world.newId());
    const before = canonicalText((await reload(world)) as unknown as Json);
    const result = await world.plants.run(KEY, { decide: () => refused('no') });
    expect(result).toEqual({ kind: 'refused', error: 'no' });
    expect(canonicalText((await reload(world)) as unknown as Json)).toBe(before);
    await expectStoredAsHeld();
  });

  test('because an observer fails leaves memory as the store is', async () => {
    let isBroken = true;
    world.plants.onEvents(async () => {
      if (isBroken) throw new Error('the observer went wrong');
    });
    await expect(world.order(world.newId())).rejects.toThrow('the observer went wrong');
    await expectStoredAsHeld();
    isBroken = false;
    expect((await world.order(world.newId())).kind).toBe('ok');
    await expectStoredAsHeld();
  });

  test('when its transaction is cut off before the end, was never there', async () => {
    const { database } = world;
    let isCut = false;
    const plants = createPlants({
      ...world,
      database: {
        ...database,
        transaction: (work, options) =>
          database.transaction(async (tx) => {
            const answer = await work(tx);
            if (isCut) throw new Error('cut off');
            return answer;
          }, options),
      },
    });
    await world.order(world.newId(), { plants });
    isCut = true;
    await expect(world.order(world.newId(), { plants })).rejects.toThrow('cut off');
    isCut = false;
    world = { ...world, plants };
    await expectStoredAsHeld();
    expect((await reload(world)).orders).toHaveLength(1);
    expect((await world.order(world.newId(), { plants })).kind).toBe('ok');
    await expectStoredAsHeld();
  });

  test('after it was committed unheard is seen by the next', async () => {
    const { database } = world;
    let isDeaf = false;
    const plants = createPlants({
      ...world,
      database: {
        ...database,
        transaction: async (work, options) => {
          const answer = await database.transaction(work, options);
          if (isDeaf && options?.isReadOnly !== true) throw new Error('the answer was lost');
          return answer;
        },
      },
    });
    world = { ...world, plants };
    await world.order(world.newId(), { plants });
    isDeaf = true;
    await expect(world.order(world.newId(), { plants })).rejects.toThrow('the answer was lost');
    isDeaf = false;
    await expectStoredAsHeld();
    const third = await world.order(world.newId(), { plants });
    expect(third).toMatchObject({ kind: 'ok', value: { quote: { finish: NOW + 4 * HOUR_MS } } });
    expect((await reload(world)).orders).toHaveLength(3);
    await expectStoredAsHeld();
  });
});

describe('plans that move', () => {
  test('operations keep their ids', async () => {
    const [first, second] = [world.newId(), world.newId()];
    await world.order(first);
    await world.order(second);
    const before = await listOperations(world.database.kysely, KEY, { orders: [first, second] });
    world.clock.advance(3 * DAY_MS);
    await world.plants.run(KEY, { decide: () => ok({ events: [] }) });
    const after = await listOperations(world.database.kysely, KEY, { orders: [first, second] });
    const idsOf = (rows: typeof before): Map<string, string> =>
      new Map(rows.map((row) => [`${row.orderId} ${row.id}`, row.wireId]));
    expect(idsOf(after)).toEqual(idsOf(before));
    expect(idsOf(after).size).toBe(4);
    const starts = (rows: typeof before): number[] => rows.map((row) => row.claim?.start ?? 0);
    expect(Math.max(...starts(before))).toBeLessThan(NOW + 3 * DAY_MS);
    expect(Math.min(...starts(after))).toBeGreaterThanOrEqual(NOW + 3 * DAY_MS);
    await expectStoredAsHeld();
  });

  test('an amendment that finds no place in time leaves the old promise standing', async () => {
    const id = world.newId();
    const placed = await world.order(id);
    const finish = placed.kind === 'ok' ? placed.value.quote.finish : 0;
    await world.order(world.newId());
    const before = canonicalText((await reload(world)) as unknown as Json);
    const amended = await world.plants.run(KEY, {
      decide: (state) =>
        amendOrder(state, {
          ...{ order: id, at: NOW, promisedBy: finish },
          request: frameRequest(NOW, 5),
        }),
    });
    expect(amended).toMatchObject({ kind: 'refused', error: { kind: 'promise-moved' } });
    expect(canonicalText((await reload(world)) as unknown as Json)).toBe(before);
    await expectStoredAsHeld();
  });

  test('an amendment whose save fails leaves the old promise standing', async () => {
    const id = world.newId();
    await world.order(id);
    const before = canonicalText((await reload(world)) as unknown as Json);
    const amending = world.plants.run(KEY, {
      decide: (state) => amendOrder(state, { order: id, at: NOW, request: frameRequest(NOW, 5) }),
      save: async () => {
        throw new Error('its save went wrong');
      },
    });
    await expect(amending).rejects.toThrow('its save went wrong');
    expect(canonicalText((await reload(world)) as unknown as Json)).toBe(before);
    await expectStoredAsHeld();
  });

  test('parts that were issued, running work and a cancelled order are stored as they are', async () => {
    const [running, cancelled] = [world.newId(), world.newId()];
    await world.order(running);
    await world.order(cancelled);
    await world.plants.run(KEY, {
      decide: (state) => releaseOrder(state, { order: running, at: NOW }),
    });
    await world.plants.run(KEY, {
      decide: (state) => startOperation(state, { order: running, operation: 'weld', at: NOW }),
    });
    await world.plants.run(KEY, {
      decide: (state) => cancelOrder(state, { order: cancelled, at: NOW }),
    });
    await expectStoredAsHeld();
    const stored = await reload(world);
    expect(stored.orders.map(({ id, stage }) => [id, stage])).toEqual([[running, 'running']]);
    expect(stored.plant.items).toMatchObject([
      { id: 'frame', onHand: 2 },
      { id: 'tube', onHand: 998 },
    ]);
    expect(await ask(world.plants, (state) => findOrder(state, cancelled))).toBeUndefined();
  });
});
