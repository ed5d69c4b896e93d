/** A frame builder with one bench and a few frames, on the backend of the running project. */
import { type Instant, newId, type Random, type Result, seededRandom } from '@keepsake/kernel';
import {
  type Acceptance,
  alwaysOpen,
  type CommitRefusal,
  commitOrder,
  type PlantState,
  plantSnapshot,
  type QuoteRequest,
} from '@keepsake/production';
import { insertCompany } from '../../src/modules/companies/index.ts';
import {
  createPlants,
  installPlant,
  type PlantKey,
  type Plants,
} from '../../src/modules/production/index.ts';
import { type SettableClock, settableClock } from '../../src/platform/clock.ts';
import type { Database } from '../../src/platform/database/database.ts';
import { openTestDatabase } from '../support/test-database.ts';
import { testCompany } from '../support/test-server.ts';

export const KEY: PlantKey = { company: 'framers', site: 'main' };
export const NOW: Instant = Date.UTC(2026, 2, 2, 9);
const HOUR_SECONDS = 3_600;

export interface PlantWorld {
  readonly database: Database;
  readonly clock: SettableClock;
  readonly random: Random;
  readonly plants: Plants;
  /** Takes an order for one frame that is welded and painted; the date is the caller's wish. */
  order(id: string, more?: Partial<Order>): Promise<Result<Acceptance, CommitRefusal>>;
  newId(): string;
}

interface Order {
  readonly plants: Plants;
  readonly promisedBy: Instant;
  readonly request: QuoteRequest;
  readonly save: () => Promise<void>;
}

export interface PlantWorldOptions {
  readonly frames?: number;
  readonly benches?: number;
  readonly database?: Database;
}

/** Founds the company in a database, empty unless it is given. */
export async function openPlantWorld(options: PlantWorldOptions = {}): Promise<PlantWorld> {
  const { frames = 3, benches = 1 } = options;
  const database = options.database ?? (await openTestDatabase());
  const clock = settableClock(NOW);
  const random = seededRandom(11);
  const centre = (id: string, units: number) => ({
    ...{ id, units, name: { en: id }, calendar: alwaysOpen },
  });
  const [site] = testCompany(KEY.company).sites;
  if (site === undefined) throw new Error('a company for tests has a site');
  const plant = { workCentres: [centre('bench', benches), centre('paint', 2)], stock: [] };
  const company = testCompany(KEY.company, { sites: [{ ...site, plant }] });
  const label = { name: { en: 'Part' }, unit: 'piece', bin: null };
  await database.transaction(async (tx) => {
    await insertCompany(tx, company, { position: 0, createdAt: new Date(NOW) });
    await installPlant(tx, KEY, [
      { item: 'tube', ...label, onHand: 1_000, leadTimeDays: 5 },
      { item: 'frame', ...label, onHand: frames, leadTimeDays: 20 },
    ]);
  });
  const plants = createPlants({ database, clock, random });
  return {
    ...{ database, clock, random, plants },
    order: async (id, more = {}) => {
      const { promisedBy, save, request = frameRequest(clock.now()) } = more;
      const result = await (more.plants ?? plants).run(KEY, {
        decide: (state) =>
          commitOrder(state, {
            ...{ order: id, request },
            ...(promisedBy === undefined ? {} : { promisedBy }),
          }),
        ...(save === undefined ? {} : { save }),
      });
      if (result === undefined) throw new Error('there is no such plant');
      return result;
    },
    newId: () => newId(clock.now(), random),
  };
}

/** One frame and two tubes; an hour at the bench, then one in the paint shop. */
export function frameRequest(now: Instant, benchHours = 1): QuoteRequest {
  return {
    now,
    parts: [
      { item: 'tube', quantity: 2 },
      { item: 'frame', quantity: 1 },
    ],
    operations: [
      { id: 'weld', workCentre: 'bench', seconds: benchHours * HOUR_SECONDS, after: [] },
      { id: 'paint', workCentre: 'paint', seconds: HOUR_SECONDS, after: ['weld'] },
    ],
  };
}

/** Answers a question of a plant that exists. */
export async function ask<T>(plants: Plants, question: (state: PlantState) => T): Promise<T> {
  const answer = await plants.read(KEY, (state) => ({ value: question(state) }));
  if (answer === undefined) throw new Error('there is no such plant');
  return answer.value;
}

/** The plant as a process knows it that has just been started. */
export async function reload(world: PlantWorld): Promise<ReturnType<typeof plantSnapshot>> {
  return await ask(createPlants(world), plantSnapshot);
}
