import { DAY_MS } from '@keepsake/kernel';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sweepForText } from '../support/sweep.ts';
import { COMPANY, OTHER, openValueWorld, type ValueWorld } from './value-world.ts';

const EMAIL = 'ann@example.com';
const WORDS = 'I only sent back what came broken';
const BECAUSE = 'Two of the returns were ours';

let world: ValueWorld;
let person: string;
beforeEach(async () => {
  world = await openValueWorld();
  person = await world.addPerson({ name: 'Ann Alone', email: EMAIL });
});
afterEach(() => world.server.close());

const kysely = () => world.server.deps.database.kysely;
const contests = async (company?: string) =>
  (await world.as('marketing', '/value/contests', undefined, company)).body.items;
const setTier = (tier: string, because = BECAUSE, guest = person) =>
  world.as('marketing', `/value/customers/${guest}/tier`, { tier, because });
const customer = async (guest = person) =>
  (await world.as('marketing', `/value/customers/${guest}`)).body;
const mails = async (to: string) =>
  (await world.server.call(`/api/mailbox?to=${encodeURIComponent(to)}`)).body.items.filter(
    (mail: { text: string }) => !mail.text.includes('token='),
  );

describe('a customer', () => {
  test('sees the tier, what was counted, and why; and nothing where nothing is reckoned', async () => {
    const me = await world.signIn(EMAIL);
    expect((await me('/me/value')).body).toEqual({ differentiation: null });
    expect((await me('/me/value/contest', { words: WORDS })).body.type).toBe(
      'valuation/not-reckoned',
    );
    await world.run([{ person, tier: 'below-zero', value: -321.5 }]);
    const { status, body } = await me('/me/value');
    expect(status).toBe(200);
    expect(body.differentiation).toMatchObject({
      ...{ tier: 'below-zero', given: 'below-zero', currency: 'EUR', treatments: [] },
      ...{ contest: null, answer: null, counts: { purchases: 5, returns: 1 } },
    });
    expect(body.differentiation.reasons.length).toBe(7);
    expect(JSON.stringify(body)).not.toContain('321');
  });

  test('objects, and the tier has no effect while that stands; a second time changes nothing', async () => {
    await world.run([{ person, tier: 'keep' }]);
    const me = await world.signIn(EMAIL);
    const first = await me('/me/value/contest', { words: WORDS });
    expect(first).toMatchObject({ status: 200, body: { words: WORDS } });
    world.server.clock.advance(DAY_MS);
    const second = await me('/me/value/contest', { words: 'And another thing' });
    expect(second.body).toEqual(first.body);
    const mine = (await me('/me/value')).body.differentiation;
    expect([mine.tier, mine.given, mine.contest]).toEqual(['undecided', 'keep', first.body]);
    expect(await contests()).toEqual([
      { guest: person, name: 'Ann Alone', tier: 'keep', ...first.body },
    ]);
    expect(await contests(OTHER)).toEqual([]);
    expect((await customer()).contest).toEqual(first.body);
    const kept = (await world.as('marketing', '/value/customers?tier=keep')).body.items;
    expect(kept).toEqual([]);
    // Kept sealed alone.
    expect(await sweepForText(kysely(), [], [WORDS])).toEqual([]);
  });

  test('objects in so many words, and as themselves alone', async () => {
    await world.run([{ person }]);
    const me = await world.signIn(EMAIL);
    expect((await me('/me/value/contest', { words: '' })).status).toBe(400);
    expect((await me('/me/value/contest', { words: 'x'.repeat(2_001) })).status).toBe(400);
    expect((await me('/me/value/contest', { words: 'x'.repeat(2_000) })).status).toBe(200);
    const path = `/api/c/${COMPANY}/me/value`;
    expect((await world.server.call(path)).status).toBe(401);
    expect((await world.as('marketing', '/me/value')).status).toBe(401);
    expect((await me('/value/contests')).status).toBe(401);
  });

  test('of two who object for one person at once one is heard', async () => {
    await world.run([{ person }]);
    const me = await world.signIn(EMAIL);
    const answers = await Promise.all(
      ['one', 'two', 'three'].map((words) => me('/me/value/contest', { words })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body.words)).size).toBe(1);
  });
});

describe('a person', () => {
  test('answers: the tier is set, the objection ends, and the customer is written to', async () => {
    await world.run([{ person, tier: 'below-zero', candidate: 'maintain' }]);
    const me = await world.signIn(EMAIL);
    await me('/me/value/contest', { words: WORDS });
    const answered = await setTier('maintain');
    expect(answered.status).toBe(200);
    expect(answered.body).toMatchObject({
      ...{ tier: 'maintain', given: 'maintain', candidate: null, contest: null },
      answer: { because: BECAUSE },
    });
    expect(await contests()).toEqual([]);
    const [row] = await kysely().selectFrom('value_tiers').selectAll().execute();
    expect(row?.set_by).not.toBeNull();
    const [mail] = await mails(EMAIL);
    expect(mail.text).toContain(BECAUSE);
    expect(mail.text).toContain('changed it');
    expect(mail.text).toContain(`/c/${COMPANY}/memory`);
    const mine = (await me('/me/value')).body.differentiation;
    expect(mine).toMatchObject({ tier: 'maintain', contest: null, answer: { because: BECAUSE } });
    expect(await sweepForText(kysely(), [], [WORDS, BECAUSE])).toEqual([]);
  });

  test('may leave the tier as it was, and writes in the language of the customer', async () => {
    await world.run([{ person, tier: 'maintain' }]);
    const me = await world.signIn(EMAIL);
    await me('/me/value/contest', { words: WORDS }, { 'accept-language': 'de-DE,de;q=0.9' });
    const { since } = await customer();
    world.server.clock.advance(DAY_MS);
    expect((await setTier('maintain')).body.since).toBe(since);
    const [mail] = await mails(EMAIL);
    expect(mail.subject).toContain('Widerspruch');
    expect(mail.text).toContain('so gelassen');
    // They may object again.
    expect((await me('/me/value/contest', { words: 'Still no' })).body.words).toBe('Still no');
  });

  test('writes to nobody who did not object, or has no address', async () => {
    const silent = await world.addPerson({ name: 'Sam Silent' });
    await world.run([{ person }, { person: silent }]);
    expect((await setTier('keep')).status).toBe(200);
    expect((await setTier('keep', BECAUSE, silent)).status).toBe(200);
    expect(await mails(EMAIL)).toEqual([]);
    const { rows } = await sql`select 1 from mails where kind = 'value-answered'`.execute(kysely());
    expect(rows).toEqual([]);
  });

  test('says why, knows the customer, and is of the company', async () => {
    await world.run([{ person }]);
    const other = await world.addPerson();
    expect((await setTier('keep', '')).status).toBe(400);
    expect((await setTier('best')).status).toBe(400);
    expect((await setTier('keep', BECAUSE, other)).body.type).toBe('valuation/not-reckoned');
    const path = `/value/customers/${person}/tier`;
    const body = { tier: 'keep', because: BECAUSE };
    expect((await world.as('marketing', path, body, OTHER)).body.type).toBe('guest/not-found');
    expect((await world.as('clerk', path, body)).status).toBe(403);
    expect((await world.as('owner', path, body)).status).toBe(200);
  });

  test('settles what was objected to before two customers were known for one', async () => {
    const second = await world.addPerson({ email: 'ann@work.example' });
    await world.run([
      { person, tier: 'keep' },
      { person: second, tier: 'maintain' },
    ]);
    const me = await world.signIn('ann@work.example');
    await me('/me/value/contest', { words: WORDS });
    const whole = await world.join(person, second);
    expect((await customer()).contest).toMatchObject({ words: WORDS });
    expect((await customer()).tier).toBe('undecided');
    expect((await setTier('grow')).body).toMatchObject({
      guest: whole,
      tier: 'grow',
      contest: null,
    });
    expect(await contests()).toEqual([]);
  });
});
