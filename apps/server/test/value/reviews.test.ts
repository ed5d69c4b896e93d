import { DAY_MS } from '@keepsake/kernel';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listReviewed } from '../../src/modules/value/index.ts';
import { sweepForText } from '../support/sweep.ts';
import { COMPANY, OTHER, openValueWorld, type ValueWorld } from './value-world.ts';

const NOBODY = '0190c0de-0000-7000-8000-000000000000';
const BECAUSE = 'They bring their whole club along';

let world: ValueWorld;
beforeEach(async () => {
  world = await openValueWorld();
});
afterEach(() => world.server.close());

const kysely = () => world.server.deps.database.kysely;
const reviews = async (query = '', company?: string) =>
  (await world.as('marketing', `/value/reviews${query}`, undefined, company)).body;
const close = (review: string, body: object) =>
  world.as('marketing', `/value/reviews/${review}/close`, body);

/** All pages of a list, one after the other. */
async function everyPage(query: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  for (let cursor = ''; ; ) {
    const page = await reviews(`${query}${cursor}`);
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = `&cursor=${page.next}`;
  }
}

describe('reviews', () => {
  test('are listed with who costs most first, by name, and with what could be done', async () => {
    const person = await world.addPerson({ name: 'Ann Alone' });
    await world.addReview(person, { expectedValue: -70 });
    for (const expectedValue of [-20, -90.5, -20, -1]) {
      await world.addReview(await world.addPerson(), { expectedValue });
    }
    const all = await everyPage('?limit=2');
    expect(all.map(({ value }) => value)).toEqual([-90.5, -70, -20, -20, -1]);
    expect(new Set(all.map(({ review }) => review)).size).toBe(5);
    expect(all[1]).toMatchObject({
      ...{ guest: person, name: 'Ann Alone', why: 'below-zero', low: -60, high: -20 },
      ...{ probability: 0.97, lossOfParting: 3, closed: null },
      remedies: [{ ids: ['self-service'], saving: 15 }, { ids: ['fee'] }],
      together: { ids: ['self-service', 'fee'], saving: 18 },
    });
    expect((await reviews('?state=closed')).items).toEqual([]);
    expect((await reviews('', OTHER)).items).toEqual([]);
  });

  test('that are closed are listed with the newest first', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await world.addReview(await world.addPerson()));
    for (const id of ids) {
      expect((await close(id, { outcome: 'no-change', because: BECAUSE })).status).toBe(200);
      if (id !== ids[2]) world.server.clock.advance(DAY_MS);
    }
    const listed = (await everyPage('?state=closed&limit=2')).map(({ review }) => review);
    expect([listed[0], listed[3], listed[4]]).toEqual([ids[4], ids[1], ids[0]]);
    expect(listed.slice(1, 3).sort()).toEqual(ids.slice(2, 4).sort());
  });

  test.each(['clerk', 'maker', 'product-manager', 'privacy-officer'] as const)(
    'are not for a %s',
    async (role) => {
      const id = await world.addReview(await world.addPerson());
      expect((await world.as(role, '/value/reviews')).status).toBe(403);
      const body = { outcome: 'no-change', because: BECAUSE };
      expect((await world.as(role, `/value/reviews/${id}/close`, body)).status).toBe(403);
    },
  );
});

describe('a decision', () => {
  let person: string;
  let review: string;
  beforeEach(async () => {
    person = await world.addPerson({ name: 'Ann Alone' });
    review = await world.addReview(person);
  });

  test('is kept with who decided, why, and what was chosen; sealed', async () => {
    const decision = { outcome: 'remedies', remedies: ['fee'], because: BECAUSE };
    const { status, body } = await close(review, decision);
    expect(status).toBe(200);
    expect(body).toMatchObject({ review, guest: person, name: 'Ann Alone' });
    expect(body.closed).toMatchObject({ ...decision, by: 'The marketing' });
    expect((await reviews('?state=closed')).items).toEqual([body]);
    expect((await reviews()).items).toEqual([]);
    expect(await sweepForText(kysely(), [], [BECAUSE])).toEqual([]);
  });

  test.each([
    [{ outcome: 'remedies' }, 'review/unknown-remedy', 'remedies'],
    [{ outcome: 'remedies', remedies: ['magic'] }, 'review/unknown-remedy', 'remedies'],
    [{ outcome: 'no-change' }, 'review/no-reason', 'because'],
    [{ outcome: 'no-change', because: '  ' }, 'review/no-reason', 'because'],
    [{ outcome: 'part', because: 'x' }, 'review/remedies-untried', 'remedies'],
    [{ outcome: 'part', because: 'x', remedies: ['fee'] }, 'review/remedies-untried', 'remedies'],
  ])('is refused with what to do: %j', async (decision, code, path) => {
    const { status, body } = await close(review, decision);
    expect([status, body.type]).toEqual([422, 'valuation/outcome-refused']);
    expect(body.issues).toMatchObject([{ code, path }]);
    expect(body.issues[0].hint).not.toBe('');
    expect((await reviews()).items.length).toBe(1);
  });

  test('to part is for those whom no remedy makes worth it', async () => {
    const curable = await world.addReview(await world.addPerson(), { why: 'curable' });
    const decision = { outcome: 'part', because: 'x', remedies: ['self-service', 'fee'] };
    expect((await close(curable, decision)).body.issues).toMatchObject([
      { code: 'review/curable' },
    ]);
    expect((await close(review, decision)).body.closed).toMatchObject(decision);
  });

  test('is made once: of several managers at once one wins', async () => {
    const decision = { outcome: 'no-change', because: BECAUSE };
    const answers = await Promise.all([1, 2, 3].map(() => close(review, decision)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 409, 409]);
    const late = answers.find(({ status }) => status === 409);
    expect(late?.body.type).toBe('valuation/review-closed');
  });

  test('is of a review of the company', async () => {
    const decision = { outcome: 'no-change', because: BECAUSE };
    expect((await close(NOBODY, decision)).body.type).toBe('valuation/review-not-found');
    const path = `/value/reviews/${review}/close`;
    const other = await world.as('marketing', path, decision, OTHER);
    expect(other.body.type).toBe('valuation/review-not-found');
    expect((await close(review, { ...decision, because: 'x'.repeat(2_001) })).status).toBe(400);
    const remedies = Array.from({ length: 9 }, () => 'fee');
    expect((await close(review, { ...decision, remedies })).status).toBe(400);
  });
});

describe('who was reviewed', () => {
  test('is whoever was kept the last time, and has no review open since', async () => {
    const [kept, remedied, parted, gone, again] = (await Promise.all(
      Array.from({ length: 5 }, () => world.addPerson()),
    )) as [string, string, string, string, string];
    const decide = async (person: string, decision: object) => {
      const id = await world.addReview(person);
      expect((await close(id, decision)).status).toBe(200);
      world.server.clock.advance(DAY_MS);
    };
    await decide(kept, { outcome: 'no-change', because: BECAUSE });
    await decide(remedied, { outcome: 'remedies', remedies: ['fee'] });
    await decide(parted, { outcome: 'part', because: 'x', remedies: ['self-service', 'fee'] });
    await decide(again, { outcome: 'no-change', because: BECAUSE });
    await world.addReview(again);
    await world.addReview(gone);
    await sql`update value_reviews set outcome = 'superseded', closed_at = now()
      where person = ${gone}::uuid`.execute(kysely());
    expect(await listReviewed(kysely(), COMPANY)).toEqual([kept, remedied].sort());
    expect(await listReviewed(kysely(), OTHER)).toEqual([]);
  });
});
