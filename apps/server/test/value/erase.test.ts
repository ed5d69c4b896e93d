import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ValueEvent, valueBase } from '../../src/modules/value/value-job.ts';
import { createValuer, queueWish } from '../../src/modules/value/valuer.ts';
import { sweepForText } from '../support/sweep.ts';
import { addBase, personAt } from './base-world.ts';
import { COMPANY, openValueWorld, type ValueWorld } from './value-world.ts';

const EMAIL = 'wilhelmina.quackenbush@example.com';
const WORDS = 'My parrot sent those back';
const BECAUSE = 'Parrots may send things back';

let world: ValueWorld;
beforeEach(async () => {
  world = await openValueWorld();
});
afterEach(() => world.server.close());

const kysely = () => world.server.deps.database.kysely;
const TABLES = [
  ...(['value_accounts', 'value_scores', 'value_tiers', 'value_months'] as const),
  ...(['value_reviews', 'treatment_assignments'] as const),
];
const rowsOf = async (): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const rows = await kysely().selectFrom(table).select('person').execute();
    counts[table] = rows.length;
  }
  return counts;
};

/** A customer of two subjects with all that is kept of one; answers the person and both subjects. */
async function valued(): Promise<{
  readonly person: string;
  readonly subjects: readonly string[];
}> {
  const one = await world.addPerson({ name: 'Wilhelmina', email: EMAIL });
  const two = await world.addPerson({ name: 'Billie' });
  const person = await world.join(one, two);
  const subjects = [one, two].sort();
  await world.addMonths('2026-02', [[person, 'keep', 55.5]], 9);
  await world.run([{ person, subjects, tier: 'below-zero', value: -12 }]);
  const review = await world.addReview(person);
  const closing = { outcome: 'no-change', because: BECAUSE };
  await world.as('marketing', `/value/reviews/${review}/close`, closing);
  await world.addReview(person);
  const now = new Date(world.server.clock.now());
  await kysely()
    .insertInto('treatment_assignments')
    .values({
      ...{ company: COMPANY, treatment: 'hello', person, arm: 'treated', assigned_at: now },
      ...{ counts_at: now, before: 0, outcome: null },
    })
    .execute();
  const me = await world.signIn(EMAIL);
  await me('/me/value/contest', { words: WORDS });
  return { person, subjects };
}

describe('erasing', () => {
  test('takes everything of every subject along, and leaves the totals', async () => {
    const { subjects } = await valued();
    const bystander = await world.addPerson();
    await world.run([{ person: bystander }]);
    // The last run no longer knows the first one: older scores go as well.
    const me = await world.signIn(EMAIL);
    expect((await me('/me/erase', { confirm: 'erase everything' })).status).toBe(200);
    expect(await sweepForText(kysely(), [], [...subjects, WORDS, BECAUSE])).toEqual([]);
    expect(await rowsOf()).toEqual({
      ...{ value_accounts: 1, value_scores: 1, value_tiers: 1, value_months: 0 },
      ...{ value_reviews: 0, treatment_assignments: 0 },
    });
    const { months } = (await world.as('marketing', '/value')).body;
    expect(months).toMatchObject([{ month: '2026-02', customers: 1, equity: 55.5, profit: 9 }]);
  });

  test('of one who was parted since takes what was worked out of both, and no more', async () => {
    const { person, subjects } = await valued();
    const verdicts = await kysely().selectFrom('link_events').select('id').execute();
    const undo = `/verdicts/${verdicts[0]?.id}/undo`;
    expect((await world.as('clerk', undo, {})).status).toBe(200);
    const other = subjects.find((subject) => subject !== person) ?? '';
    const body = { confirm: 'erase everything' };
    const erased = await world.as('privacy-officer', `/guests/${other}/erase`, body);
    expect(erased.status).toBe(200);
    expect(await sweepForText(kysely(), [], [other])).toEqual([]);
    expect(await rowsOf()).toMatchObject({
      ...{ value_accounts: 0, value_scores: 0, value_tiers: 1, value_months: 1 },
    });
    const asked = await world.as('marketing', `/value/customers/${person}`);
    expect(asked.body.type).toBe('valuation/not-reckoned');
  });

  test('of nobody who is valued deletes nothing', async () => {
    const { person } = await valued();
    const before = await rowsOf();
    const stranger = await world.addPerson();
    const body = { confirm: 'erase everything' };
    await world.as('privacy-officer', `/guests/${stranger}/erase`, body);
    expect(await rowsOf()).toEqual(before);
    expect((await world.as('marketing', `/value/customers/${person}`)).status).toBe(200);
  });
});

describe('erasing during a run', () => {
  test.each(['scored', 'ended'] as const)(
    'leaves nothing when the run ends, whoever goes when customers are %s',
    async (when) => {
      const { database } = world.server.deps;
      const until = world.server.clock.now();
      await addBase(database, { company: COMPANY, customers: 200, until });
      const [gone, stays] = [personAt(3), personAt(4)];
      let erased = 0;
      const erase = async (event: ValueEvent): Promise<void> => {
        if (event.kind !== when || erased > 0) return;
        const body = { confirm: 'erase everything' };
        erased = (await world.as('privacy-officer', `/guests/${gone}/erase`, body)).status;
      };
      const thread = {
        end: () => {},
        run: async function* (job: Parameters<typeof valueBase>[0]) {
          for (const event of valueBase(job)) {
            await erase(event);
            yield event;
          }
        },
      };
      const valuer = createValuer(world.server.deps, [], thread);
      const wish = { company: COMPANY, months: 0, wantsFit: true, by: null };
      await queueWish(kysely(), world.server.deps, wish);
      await valuer.wake();
      await valuer.stop();
      expect(erased).toBe(200);
      expect((await world.as('marketing', '/value')).body).toMatchObject({ run: null });
      expect(await sweepForText(kysely(), [], [gone])).toEqual([]);
      expect((await world.as('marketing', `/value/customers/${stays}`)).status).toBe(200);
      expect((await world.as('marketing', `/value/customers/${gone}`)).status).toBe(404);
    },
  );
});

interface Said {
  readonly contest: { readonly words: string } | null;
  readonly settledObjection: string | null;
}

describe('taking along', () => {
  test('has what is reckoned of oneself, opened', async () => {
    await valued();
    const me = await world.signIn(EMAIL);
    const { body } = await me('/me/export');
    const values = body['keepsake:customerValue'];
    const [value] = values;
    expect(value).toMatchObject({
      ...{ tier: 'undecided', given: 'below-zero', setByPerson: false, currency: 'EUR' },
      ...{ value: -12, low: -22, high: -2, until: '2026-03-01', answer: null },
      counts: { purchases: 5, returns: 1, contacts: { phone: 2 } },
      months: [{ month: '2026-02', tier: 'keep', value: 55.5 }],
    });
    expect(value.reasons.length).toBe(7);
    // With whichever of the two has the address.
    expect(values.map((one: Said) => one.contest)).toContainEqual(
      expect.objectContaining({ words: WORDS }),
    );
    expect(body['keepsake:treatments']).toMatchObject([
      {
        treatment: 'hello',
        arm: 'treated',
        isSuspended: true,
        givesWay: false,
        before: 0,
        outcome: null,
      },
    ]);
    expect(value.reviews.map((one: { closed: unknown }) => one.closed)).toMatchObject([
      { outcome: 'no-change', because: BECAUSE },
      null,
    ]);
  });

  test('has the words of an objection also once it is settled', async () => {
    const { person } = await valued();
    const set = { tier: 'maintain', because: BECAUSE };
    const answered = await world.as('marketing', `/value/customers/${person}/tier`, set);
    expect(answered.status).toBe(200);
    const me = await world.signIn(EMAIL);
    const values = (await me('/me/export')).body['keepsake:customerValue'];
    expect(values[0]).toMatchObject({
      ...{ tier: 'maintain', setByPerson: true, contest: null },
      answer: { because: BECAUSE },
    });
    expect(values.map((one: Said) => one.settledObjection)).toContain(WORDS);
  });

  test('is empty of whom nothing is reckoned', async () => {
    await world.addPerson({ email: EMAIL });
    const me = await world.signIn(EMAIL);
    expect((await me('/me/export')).body['keepsake:customerValue']).toEqual([]);
  });

  test('has the tier and the months where the last run does not know the customer', async () => {
    const person = await world.addPerson({ email: EMAIL });
    await world.addMonths('2026-02', [[person, 'keep', 55.5]]);
    await world.run([{ person, tier: 'keep' }]);
    await sql`delete from value_scores`.execute(kysely());
    const me = await world.signIn(EMAIL);
    const [value] = (await me('/me/export')).body['keepsake:customerValue'];
    expect(value).toMatchObject({ tier: 'keep', months: [{ tier: 'keep' }] });
    expect(value.value).toBeUndefined();
  });
});
