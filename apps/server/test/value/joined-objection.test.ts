import { DAY_MS } from '@keepsake/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { linkSubjects } from '../../src/modules/memory/index.ts';
import { findTerms, putDocument } from '../../src/modules/terms/index.ts';
import { drawLots, listTreatmentsOf } from '../../src/modules/treatments/index.ts';
import { decideTierByHand, objectToTier } from '../../src/modules/value/contest.service.ts';
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
    expect(await heldBy([WHOLE, OBJECTOR])).toEqual([]);
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
    expect((await heldBy([WHOLE])).length).toBe(1);
    await run();
    expect((await tierOf(WHOLE))?.last_run).not.toEqual(before?.last_run);
    // The row of who is no person any more is gone with its objection.
    expect(await tierOf(OBJECTOR)).toBeUndefined();
    expect((await heldBy([WHOLE])).length).toBe(1);
    expect((await heldBy([OBJECTOR])).length).toBe(1);
    expect(await listed(WHOLE)).toMatchObject({ isContested: false });
  });
});

/** Takes back that they are one. */
async function part(): Promise<void> {
  const verdict = await kysely().selectFrom('link_events').select('id').executeTakeFirstOrThrow();
  const undoing = { company: COMPANY, kind: 'void', voids: verdict.id, actor: null } as const;
  await world.server.deps.database.transaction((tx) =>
    linkSubjects(tx, world.server.deps, undoing),
  );
}

async function object(guest: string, words: string) {
  const answer = await objectToTier(world.server.deps, {
    company: COMPANY,
    guest,
    words,
    locale: 'en',
  });
  expect(answer).toMatchObject({ kind: 'found', found: { words } });
}

async function exported(person: string): Promise<object | undefined> {
  return (await exportValue(world.server.deps)(kysely(), COMPANY, person))[0];
}

describe('an objection of who turns out to be somebody else after all', () => {
  const WORDS = 'I only sent back what came broken';
  const BECAUSE = 'Two of the returns were ours';
  beforeEach(async () => {
    const { database, keys } = world.server.deps;
    await database.transaction(async (tx) => {
      for (const one of [WHOLE, OBJECTOR]) await keys.createSubjectKey(tx, COMPANY, one);
    });
    await run();
    await world.join(WHOLE, OBJECTOR);
  });

  test.each([
    { of: 'the one that the last run still knew alone', isKnown: false },
    { of: 'the one that a run has known as a part of the other', isKnown: true },
  ])('stays with who made it, and lets go of the other: $of', async ({ isKnown }) => {
    if (isKnown) await run();
    await object(OBJECTOR, WORDS);
    expect(await heldBy([WHOLE])).toEqual([]);
    expect(await listed(WHOLE)).toMatchObject({ tier: 'undecided', isContested: true });
    expect(await exported(OBJECTOR)).toMatchObject({ contest: { words: WORDS } });
    expect(await exported(WHOLE)).toMatchObject({ tier: 'undecided', contest: null });
    await part();
    expect(await heldBy([WHOLE])).toHaveLength(1);
    expect(await heldBy([OBJECTOR])).toEqual([]);
    expect(await listed(WHOLE)).toMatchObject({ isContested: false });
    const contested = await tierOf(OBJECTOR);
    await run();
    expect(await tierOf(OBJECTOR)).toEqual(contested);
    expect(await listed(OBJECTOR)).toMatchObject({ tier: 'undecided', isContested: true });
    expect(await listed(WHOLE)).toMatchObject({ isContested: false });
    expect(await heldBy([OBJECTOR])).toEqual([]);
    const { items } = (await world.as('marketing', '/value/contests')).body;
    expect(items).toMatchObject([{ guest: OBJECTOR, words: WORDS }]);
  });

  test('stays with the smaller record where that made it', async () => {
    await run();
    await object(WHOLE, WORDS);
    await part();
    await run();
    expect(await heldBy([WHOLE])).toEqual([]);
    expect(await heldBy([OBJECTOR])).toHaveLength(1);
    expect(await listed(OBJECTOR)).toMatchObject({ isContested: false });
  });

  test('is heard beside that of the other, and each keeps its own', async () => {
    await run();
    await object(OBJECTOR, WORDS);
    await object(WHOLE, 'So do I');
    await object(OBJECTOR, WORDS);
    await part();
    await run();
    for (const one of [WHOLE, OBJECTOR]) {
      expect(await heldBy([one])).toEqual([]);
      expect(await listed(one)).toMatchObject({ isContested: true });
    }
  });

  test('has its words and its answer with who made it, also once it is settled', async () => {
    await run();
    await object(OBJECTOR, WORDS);
    const decided = { company: COMPANY, guest: WHOLE, tier: 'keep' as const, because: BECAUSE };
    await decideTierByHand(world.server.deps, { ...decided, by: 'somebody' });
    const answer = { because: BECAUSE };
    const settled = { contest: null, answer, settledObjection: WORDS };
    expect(await exported(OBJECTOR)).toMatchObject(settled);
    await run();
    expect(await exported(OBJECTOR)).toMatchObject(settled);
    expect(await exported(OBJECTOR)).not.toHaveProperty('tier');
    expect(await exported(WHOLE)).toMatchObject({ answer, settledObjection: null, given: 'keep' });
    await part();
    await run();
    expect(await exported(OBJECTOR)).toMatchObject({ ...settled, setByPerson: true });
    expect(await heldBy([OBJECTOR])).toHaveLength(1);
  });
});
