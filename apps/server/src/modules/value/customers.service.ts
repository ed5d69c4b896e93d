/** Customers in a list, by what they are worth. */
import { type ValuedCustomer, ValueReason } from '@keepsake/contract';
import { instantToText } from '@keepsake/kernel';
import type { Tier } from '@keepsake/value';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { namesOf } from '../memory/index.ts';
import { type CustomerSort, type ListedCustomer, listCustomers } from './customers.store.ts';
import { cursorOf, PAGE_SIZE, pageOf, parseCursor } from './pages.rules.ts';

/** What is asked of the list; a cursor of another order begins anew. */
export interface CustomersQuery {
  readonly company: string;
  readonly tier?: Tier | undefined;
  readonly sort?: CustomerSort | undefined;
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}

/** A page of the customers of the last run. Names are opened for the page alone. */
export async function pageCustomers(
  db: Db,
  deps: Pick<Deps, 'clock' | 'keys'>,
  query: CustomersQuery,
): Promise<{ readonly items: ValuedCustomer[]; readonly next: string | null }> {
  const { company, tier, sort = 'value', limit = PAGE_SIZE } = query;
  const rows = await listCustomers(db, {
    ...{ company, sort, tier, now: new Date(deps.clock.now()), limit: limit + 1 },
    after: parseCursor(sort, query.cursor),
  });
  const { shown, next } = pageOf(rows, limit, (last) =>
    cursorOf(sort, { key: keyOf(last, sort), id: last.person }),
  );
  const persons = shown.map(({ person }) => person);
  const names = await namesOf(db, deps, company, persons);
  return { items: shown.map((row) => viewOf(row, names.get(row.person) ?? null)), next };
}

function keyOf(row: ListedCustomer, sort: CustomerSort): number {
  return sort === 'growth' ? row.growth : sort === 'atStake' ? row.atStake : row.value;
}

function viewOf(row: ListedCustomer, name: string | null): ValuedCustomer {
  const { person, since, driver, amount, customer, cohort, ...rest } = row;
  return {
    ...rest,
    ...{ guest: person, name, since: instantToText(since.getTime()) },
    mainReason: ValueReason.safeParse({ driver, amount, customer, cohort }).data ?? null,
  };
}
