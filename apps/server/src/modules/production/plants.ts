import type { Result } from '@keepsake/kernel';
import type { PlantState } from '@keepsake/production';
import type { Deps } from '../../platform/deps.ts';
import { type CompanyRecord, findCompany } from '../companies/index.ts';
import {
  type Command,
  createPlantWriter,
  type Decided,
  type Observe,
  type PlantWriter,
} from './plant-writer.ts';
import type { PlantKey } from './stock.store.ts';

/** All plants of this process: each has one writer. */
export interface Plants {
  /** Runs a command in its turn; undefined where there is no such plant. */
  run<D extends Decided, R>(
    key: PlantKey,
    command: Command<D, R>,
  ): Promise<Result<D, R> | undefined>;
  /** Answers a question from the state in memory; undefined where there is no such plant. */
  read<T>(key: PlantKey, question: (state: PlantState) => T): Promise<T | undefined>;
  /** Tells `observe` of everything that happens from now on, inside each transaction. */
  onEvents(observe: Observe): void;
}

/** Makes the plants of a process. Those who observe them say so before the first command. */
export function createPlants(deps: Pick<Deps, 'database' | 'clock' | 'random'>): Plants {
  const writers = new Map<string, Promise<PlantWriter | undefined>>();
  const observers: Observe[] = [];
  const observe: Observe = async (...what) => {
    for (const each of observers) await each(...what);
  };

  const open = async (key: PlantKey): Promise<PlantWriter | undefined> => {
    const company = await findCompany(deps.database.kysely, key.company);
    const site = company && siteOf(company, key.site);
    if (site === undefined) return undefined;
    const { timeZone, plant } = site;
    const workCentres = plant.workCentres.map(({ id, units, calendar }) => ({
      id,
      units,
      calendar,
    }));
    return createPlantWriter({ deps, key, frame: { timeZone, workCentres }, observe });
  };

  const writerOf = async (key: PlantKey): Promise<PlantWriter | undefined> => {
    const id = `${key.company}/${key.site}`;
    const opening = writers.get(id) ?? open(key);
    writers.set(id, opening);
    try {
      const writer = await opening;
      if (writer === undefined) writers.delete(id);
      return writer;
    } catch (error) {
      writers.delete(id);
      throw error;
    }
  };

  return {
    run: async (key, command) => (await writerOf(key))?.run(command),
    read: async (key, question) => (await writerOf(key))?.read(question),
    onEvents: (each) => {
      observers.push(each);
    },
  };
}

function siteOf(company: CompanyRecord, id: string): CompanyRecord['sites'][number] | undefined {
  return company.sites.find((site) => site.id === id);
}
