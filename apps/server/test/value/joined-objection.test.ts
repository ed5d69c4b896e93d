import { DAY_MS } from '@keepsake/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findTerms, putDocument } from '../../src/modules/terms/index.ts';
import { drawLots, listTreatmentsOf } from '../../src/modules/treatments/index.ts';
import { exportValue } from '../../src/modules/value/index.ts';
import { valueBase } from '../../src/modules/value/value-job.ts';
import { createValuer, queueWish } from '../../src/modules/value/valuer.ts';
import { addBase, personAt } from './base-world.ts';
import { COMPANY, openValueWorld, type ValueWorld } from './value-world.ts';

const PLAN = {
  ...{ version: 'plan-1', grounds: [] },
  treatments: [
    {
      ...{ id: 'hello', words: { en: 'Hello' }, kind: 'service-level', priority: 1, excludes: [] },
      ...{ tiers: ['keep', 'grow', 'maintain', 'undecided'], controlShare: 0.25, worth: 5 },
      ...{ from: '2026-01-01', until: '2030-01-01' },
    },
  ],
};
/** The smaller of the two is whom the person is called by; the other objects. */
const [WHOLE, OBJECTOR] = [personAt(3), personAt(4)];

let world: ValueWorld;
beforeEach(async () => {
  world = await openValueWorld();
  const { deps, clock } = world.server;
  await addBase(deps.database, { company: COMPANY, customers: 80, until: clock.now() });
  const stated = { company: COMPANY, kind: 'treatments', document: PLAN, by: null } as const;
  const put = await deps.database.transaction((tx) => putDocument(tx, deps, stated));
  expect(put).toMatchObject({ kind: 'made' });
});
afterEach(() => world.server.close());

const kysely = () => world.server.deps.database.kysely;

async function run(): Promise<void> {
  const { deps, clock } = world.server;
  clock.advance(DAY_MS);
  const thread = {
    end: () => {},
    run: async function* (job: Parameters<typeof valueBase>[0]) {
      yield* valueBase(job);
    },
  };
  const valuer = createValuer(deps, [(tx, ended) => drawLots(tx, deps, ended)], thread);
  await queueWish(kysely(), deps, { company: COMPANY, months: 0, wantsFit: true, by: null });
  await valuer.wake();
  await valuer.stop();
}

async function contest(person: string, at: Date | null): Promise<void> {
  await kysely()
    .updateTable('value_tiers')
    .set({ contested_at: at, contest_sealed: at === null ? null : Buffer.from('sealed') })
    .where('person', '=', person)
    .execute();
}

async function tierOf(person: string) {
  return await kysely()
    .selectFrom('value_tiers')
    .selectAll()
    .where('person', '=', person)
    .executeTakeFirst();
}

async function listed(person: string) {
  for (let cursor = ''; ; ) {
    const page = (await world.as('marketing', `/value/customers?limit=100${cursor}`)).body;
    const found = page.items.find(({ guest }: { guest: string }) => guest === person);
    if (found !== undefined || page.next === null) return found;
    cursor = `&cursor=${page.next}`;
  }
}

async function heldBy(persons: readonly string[]) {
  const now = world.server.clock.now();
  const { plan } = await findTerms(kysely(), COMPANY, '2026-06-01');
  return await listTreatmentsOf(kysely(), COMPANY, { plan, persons, now });
}

describe('an objection of who is found to be somebody else as well', () => {
  test('stands for the whole person: no run moves the tier, and nothing is done differently', async () => {
    await run();
    const before = await tierOf(WHOLE);
    expect(await heldBy([WHOLE])).toHaveLength(1);
    await contest(OBJECTOR, new Date(world.server.clock.now()));
    await world.join(WHOLE, OBJECTOR);
    // Even before the next run.
    expect(await listed(WHOLE)).toMatchObject({ tier: 'undecided', isContested: true });
    const exported = await exportValue(world.server.deps)(kysely(), COMPANY, WHOLE);
    expect(exported).toMatchObject([{ tier: 'undecided', given: before?.tier, contest: null }]);
    await run();
    expect(await tierOf(WHOLE)).toEqual(before);
    expect(await heldBy([WHOLE, OBJECTOR])).toEqual([]);
    expect(await listed(WHOLE)).toMatchObject({ tier: 'undecided', isContested: true });
    // Who is drawn anew is not drawn by a tier that is contested.
    await kysely().deleteFrom('treatment_assignments').where('person', '=', WHOLE).execute();
    await run();
    const drawn = await kysely()
      .selectFrom('treatment_assignments')
      .select('person')
      .where('person', 'in', [WHOLE, OBJECTOR])
      .execute();
    expect(drawn).toEqual([{ person: OBJECTOR }]);
  });

  test('ends for the whole person, and brings back what they had', async () => {
    await run();
    await contest(OBJECTOR, new Date(world.server.clock.now()));
    await world.join(WHOLE, OBJECTOR);
    await run();
    expect(await heldBy([WHOLE, OBJECTOR])).toEqual([]);
    const before = await tierOf(WHOLE);
    await contest(OBJECTOR, null);
    await run();
    expect((await tierOf(WHOLE))?.last_run).not.toEqual(before?.last_run);
    // The row of who is no person any more is gone with its objection.
    expect(await tierOf(OBJECTOR)).toBeUndefined();
    expect((await heldBy([WHOLE])).length).toBe(1);
    expect((await heldBy([OBJECTOR])).length).toBe(1);
    expect(await listed(WHOLE)).toMatchObject({ isContested: false });
  });
});
