/** Adds up a base: all of it, where nothing is new, and where a little is. */
import { DAY_MS } from '@keepsake/kernel';
import { sql } from 'kysely';
import { addUpAccounts } from '../../apps/server/src/modules/accounts/index.ts';
import { personAt } from '../../apps/server/test/value/base-world.ts';
import { COMPANY, type Used, usedBetween, type World } from './world.ts';

/** Purchases that come between two times. */
export const CHANGES = 1_000;

/** What it took to add up, and how many accounts were others afterwards. */
export interface AddedUp {
  readonly what: 'all' | 'nothing new' | 'changes';
  readonly changed: number;
  readonly used: Used;
}

/** Adds up three times; `persons` are there. */
export async function measureAddingUp(world: World, persons: number): Promise<readonly AddedUp[]> {
  const { database, clock, used } = world;
  await sql`truncate value_accounts`.execute(database.kysely);
  const measure = async (what: AddedUp['what'], isFull: boolean): Promise<AddedUp> => {
    const before = used();
    const { changed } = await addUpAccounts({ database, clock }, COMPANY, { isFull });
    return { what, changed, used: usedBetween(before, used()) };
  };
  const all = await measure('all', true);
  clock.advance(DAY_MS);
  const nothing = await measure('nothing new', false);
  clock.advance(DAY_MS);
  await addChanges(world, persons);
  return [all, nothing, await measure('changes', false)];
}

/** One purchase each of persons from all over the base. */
async function addChanges({ database, clock }: World, persons: number): Promise<void> {
  const now = new Date(clock.now());
  const changed = Array.from({ length: CHANGES }, (_, i) =>
    personAt(Math.floor((i * persons) / CHANGES), COMPANY),
  );
  await sql`
    insert into purchase_history (company, source, number_key, kind, subject, day, amount_minor,
      currency, lines, category, own_fault, order_key, content_key, content_sealed, imported_at)
    select ${COMPANY}, 'till', ${`${persons}-`} || place, 'purchase', subject::uuid,
      ${now.toISOString().slice(0, 10)}::date, 5000, 'EUR', 1, 'basics', false, null, '', '', ${now}
    from json_array_elements_text(${JSON.stringify(changed)}::json)
      with ordinality as one(subject, place)`.execute(database.kysely);
}
