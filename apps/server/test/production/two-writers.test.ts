import { DAY_MS, HOUR_MS } from '@keepsake/kernel';
import { checkPlant, plantSnapshot } from '@keepsake/production';
import { afterEach, expect, inject, test } from 'vitest';
import { createPlants } from '../../src/modules/production/index.ts';
import { type Database, openDatabase } from '../../src/platform/database/database.ts';
import { cloneTemplate, openTestDatabase } from '../support/test-database.ts';
import { ask, NOW, openPlantWorld, reload } from './plant-world.ts';

const opened: Database[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

/** Two processes: on a server each with connections of its own, embedded on one engine. */
async function openTwice(): Promise<readonly [Database, Database]> {
  if (inject('postgresUrl') === undefined) {
    const database = await openTestDatabase();
    return [database, database];
  }
  const url = await cloneTemplate();
  const open = async (): Promise<Database> => {
    const database = await openDatabase({ source: { kind: 'postgres', url, connectionsMax: 3 } });
    opened.push(database);
    return database;
  };
  return [await open(), await open()];
}

test('two processes that write to one plant fence each other: nothing is lost or sold twice', async () => {
  const [one, two] = await openTwice();
  const world = await openPlantWorld({ frames: 24, benches: 2, database: one });
  const other = createPlants({ ...world, database: two });
  const promisedBy = NOW + 10 * DAY_MS;
  const ids = Array.from({ length: 32 }, () => world.newId());
  const answers = await Promise.all(
    ids.map((id, index) =>
      world.order(id, { promisedBy, plants: index % 2 === 0 ? world.plants : other }),
    ),
  );
  const taken = ids.filter((_, index) => answers[index]?.kind === 'ok');
  expect(taken).toHaveLength(24);
  const stored = await reload(world);
  expect(stored.orders.map((order) => order.id).toSorted()).toEqual(taken.toSorted());
  for (const plants of [world.plants, other]) {
    expect(await ask(plants, checkPlant)).toEqual([]);
    expect(await ask(plants, plantSnapshot)).toEqual(stored);
  }
});

test('what one process has taken the other one sees, in questions and in commands', async () => {
  const [one, two] = await openTwice();
  const world = await openPlantWorld({ frames: 5, database: one });
  const other = createPlants({ ...world, database: two });
  expect(await ask(other, (state) => plantSnapshot(state).orders)).toEqual([]);
  await world.order(world.newId());
  expect(await ask(other, (state) => plantSnapshot(state).orders.length)).toBe(1);
  await world.order(world.newId());
  const third = await world.order(world.newId(), { plants: other });
  expect(third).toMatchObject({ kind: 'ok', value: { quote: { finish: NOW + 4 * HOUR_MS } } });
});

test('processes that take turns for long never starve each other', async () => {
  const [one, two] = await openTwice();
  const world = await openPlantWorld({ frames: 80, benches: 8, database: one });
  const other = createPlants({ ...world, database: two });
  const chain = async (plants: typeof other): Promise<void> => {
    for (let count = 0; count < 20; count++) {
      const answer = await world.order(world.newId(), { plants });
      expect(answer.kind).toBe('ok');
    }
  };
  await Promise.all([chain(world.plants), chain(world.plants), chain(other)]);
  const stored = await reload(world);
  expect(stored.orders).toHaveLength(60);
});
