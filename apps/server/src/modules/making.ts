/** Ties orders to their plants, and tells the other modules what they may ask of both. */
import { MINUTE_MS, ok } from '@keepsake/kernel';
import type { Deps } from '../platform/deps.ts';
import { findCompany } from './companies/index.ts';
import type { DeskCollaborators } from './desk/index.ts';
import type { Exporter, MemoryCollaborators } from './memory/index.ts';
import {
  dateAt,
  listArrivals,
  listOrders,
  listTasksOfSubjects,
  type OrderDeps,
  openOrdersOf,
  orderObserver,
  reinstructMany,
  reinstructOrders,
  viewOrdersOf,
} from './orders/index.ts';
import { createPlants, listPlants, type Plants } from './production/index.ts';

/** Orders and plants as one. */
export interface Making {
  readonly orderDeps: OrderDeps;
  readonly desk: Omit<DeskCollaborators, 'readCare'>;
  readonly openOrders: MemoryCollaborators['openOrders'];
  /** Tells the makers when what is remembered of a customer has changed. */
  readonly changed: MemoryCollaborators['changed'];
  readonly changedMany: MemoryCollaborators['changedMany'];
  readonly exportOrders: Exporter['read'];
  /** Looks at every promise again; called every `REFRESH_EVERY_MS`. */
  readonly refresh: () => Promise<void>;
}

/** How often plans are held against the clock: work that should have begun makes later work late. */
export const REFRESH_EVERY_MS: number = MINUTE_MS;

/** Makes the plants of this process, with the orders that follow what happens in them. */
export function createMaking(deps: Deps): Making {
  const plants = createPlants(deps);
  const orderDeps: OrderDeps = { ...deps, plants };
  plants.onEvents(orderObserver(orderDeps));
  return {
    orderDeps,
    desk: deskOf(orderDeps),
    changed: (company, subject) => reinstructOrders(orderDeps, { company, subject }),
    changedMany: (company, subjects) => reinstructMany(orderDeps, company, subjects),
    openOrders: openOrdersOf(deps),
    exportOrders: (db, company, subject) => viewOrdersOf(db, deps, company, subject),
    refresh: () => refreshAll(deps, plants),
  };
}

function deskOf(deps: OrderDeps): Making['desk'] {
  return {
    listOrdersOfSubject: async (db, company, subject) =>
      (await listOrders(db, { company, subjects: [subject] })).items,
    listTasksOfSubject: (db, company, subject) =>
      listTasksOfSubjects(db, deps, { company, subjects: [subject] }),
    listArrivals: async (db, company, stay) => {
      const record = await findCompany(db, company);
      const site = record?.sites.find((each) => each.id === stay.site);
      const from = stay.from ?? dateAt(site?.timeZone ?? 'UTC', deps.clock.now());
      return await listArrivals(db, deps, { company, site: stay.site, from, days: stay.days });
    },
    changed: (company, subject) => reinstructOrders(deps, { company, subject }),
  };
}

async function refreshAll(deps: Deps, plants: Plants): Promise<void> {
  for (const key of await listPlants(deps.database.kysely)) {
    await plants.run(key, { decide: () => ok({ events: [] }) });
  }
}
