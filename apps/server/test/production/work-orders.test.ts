import { HOUR_MS, invariant, newId } from '@keepsake/kernel';
import {
  applyEvents,
  commitOrder,
  createPlantState,
  findOrder,
  plantSnapshot,
} from '@keepsake/production';
import { expect, test } from 'vitest';
import {
  findOperation,
  listOperations,
  listWorkOrders,
} from '../../src/modules/production/index.ts';
import { saveOrders } from '../../src/modules/production/work-orders.store.ts';
import { ask, frameRequest, KEY, NOW, openPlantWorld, reload } from './plant-world.ts';

test('more orders than one statement can hold are stored at once', async () => {
  const world = await openPlantWorld({ frames: 10_000, benches: 50 });
  const created = createPlantState(await ask(world.plants, plantSnapshot));
  invariant(created.kind === 'ok', 'a plant that was loaded can be loaded');
  const state = created.value;
  const step = (id: number) => ({ id: `step-${id}`, workCentre: 'bench', seconds: 60, after: [] });
  const operations = Array.from({ length: 10 }, (_, index) => step(index));
  const ids = Array.from({ length: 420 }, () => world.newId());
  for (const order of ids) {
    const taken = commitOrder(state, { order, request: { ...frameRequest(NOW), operations } });
    invariant(taken.kind === 'ok', `there is room for all: ${JSON.stringify(taken)}`);
    applyEvents(state, taken.value.events);
  }
  const orders = ids.flatMap((id) => findOrder(state, id) ?? []);
  const save = (): Promise<void> =>
    world.database.transaction((tx) => saveOrders(tx, KEY, orders, () => newId(NOW, world.random)));
  await save();
  const idsOf = async () =>
    new Map(
      (await listOperations(world.database.kysely, KEY, { orders: ids })).map((row) => [
        `${row.orderId} ${row.id}`,
        row.wireId,
      ]),
    );
  const first = await idsOf();
  expect(first.size).toBe(4_200);
  await save();
  expect(await idsOf()).toEqual(first);
  expect((await reload(world)).orders).toEqual(plantSnapshot(state).orders);
});

test('an operation is found by its id in its own company only', async () => {
  const world = await openPlantWorld();
  const id = world.newId();
  await world.order(id);
  const { kysely } = world.database;
  const [weld] = await listOperations(kysely, KEY, { orders: [id] });
  const wireId = weld?.wireId ?? '';
  expect(await findOperation(kysely, KEY.company, wireId)).toEqual({
    ...KEY,
    orderId: id,
    operation: 'weld',
  });
  expect(await findOperation(kysely, 'others', wireId)).toBeUndefined();
  const works = await listWorkOrders(kysely, KEY, [id]);
  expect(works.get(id)).toEqual({
    orderId: id,
    stage: 'firm',
    promise: NOW + 2 * HOUR_MS,
    parts: frameRequest(NOW).parts,
  });
  expect((await listWorkOrders(kysely, { ...KEY, company: 'others' }, [id])).size).toBe(0);
});
