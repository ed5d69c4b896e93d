/** What a customer's treatments do to a price, and to where a design begins. */
import { DAY_MS } from '@keepsake/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { putDocument } from '../../src/modules/terms/index.ts';
import {
  COMPANY,
  type FailuresWorld,
  openFailuresWorld,
  problemOf,
} from '../failures/failures-world.ts';
import {
  type Answer,
  signInCustomer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';

let world: FailuresWorld;
let near: TestServer;
let manager: string;
beforeAll(async () => {
  world = await openFailuresWorld();
  near = { ...world.server, call: world.ask };
  manager = await signInStaff(world.server, COMPANY, 'marketing');
});
afterAll(() => world.server.close());

const kysely = () => world.server.deps.database.kysely;

const treatment = (id: string, more: object) => ({
  ...{ id, words: { en: `The ${id}`, de: `Das ${id}` }, priority: 1, excludes: [] },
  ...{ from: '2026-01-01', until: '2027-01-01', controlShare: 0.25, worth: 5 },
  ...more,
});
const offer = (id: string, discount: object, more: object = {}) =>
  treatment(id, { kind: 'offer', tiers: ['grow'], discount, ...more });
const start = (id: string, of: object) =>
  treatment(id, { kind: 'starting-point', tiers: ['grow'], start: of });
const LOYAL = {
  ...{ id: 'loyalty-member', words: { en: 'Is a member' } },
  because: 'Terms of the programme',
};
const fence = (id: string, discount: object) =>
  treatment(id, { kind: 'price-fence', grounds: [LOYAL.id], discount });

let plans = 0;
async function plan(...treatments: object[]): Promise<void> {
  plans += 1;
  const { deps, clock } = world.server;
  clock.advance(1_000);
  const document = { version: `plan-${plans}`, grounds: [LOYAL], treatments };
  const stated = { company: COMPANY, kind: 'treatments', document, by: null } as const;
  const put = await deps.database.transaction((tx) => putDocument(tx, deps, stated));
  expect(put).toMatchObject({ kind: 'made' });
}

let customers = 0;
/** A new customer who was drawn into treatments; answers their cookie and subject. */
async function customerWith(
  treatments: readonly string[],
  arm: 'treated' | 'control' = 'treated',
): Promise<{ readonly cookie: string; readonly subject: string }> {
  customers += 1;
  const cookie = await signInCustomer(near, COMPANY, `offered-${customers}@example.com`);
  const design = await world.expect(201, 'families/frame/designs', {
    ...{ cookie, body: { decisions: [], texts: {} } },
  });
  const { subject } = await kysely()
    .selectFrom('designs')
    .select('subject')
    .where('id', '=', design.id)
    .executeTakeFirstOrThrow();
  const at = new Date(world.server.clock.now());
  for (const id of treatments) {
    await kysely()
      .insertInto('treatment_assignments')
      .values({
        ...{ company: COMPANY, treatment: id, person: subject, arm, before: 0, outcome: null },
        ...{ assigned_at: at, counts_at: new Date(at.getTime() + 91 * DAY_MS) },
      })
      .execute();
  }
  return { cookie, subject };
}

const quote = (cookie: string | undefined, more: object = {}): Promise<Answer['body']> =>
  world.expect(200, 'families/frame/quote', {
    ...(cookie === undefined ? {} : { cookie }),
    body: { decisions: [], texts: {}, delivery: 'pickup', ...more },
  });

/** Saves a design and asks what it costs its customer; answers what orders it so. */
async function prepare(cookie: string) {
  const body = { decisions: [], texts: {} };
  const design = await world.expect(201, 'families/frame/designs', { cookie, body });
  const { total, promise } = await quote(cookie);
  const shown = { total, ready: promise.ready };
  return { design: design.id, version: design.version, shown, delivery: 'pickup' };
}

const order = async (cookie: string): Promise<Answer['body']> =>
  await world.expect(201, 'orders', { cookie, body: await prepare(cookie) });

const minors = ({ lines }: { lines: { code: string; amount: { minor: string } }[] }) =>
  lines.map(({ code, amount }) => [code, amount.minor]);

/** As the frame is sold to everybody. */
const LISTED = '10000';

describe('an offer', () => {
  beforeEach(() => plan(offer('a-tenth', { basisPoints: 1_000 })));

  test('is let off the goods alone, with its words, for who has it', async () => {
    const { cookie } = await customerWith(['a-tenth']);
    const theirs = await quote(cookie, { decisions: [{ attribute: 'colour', value: 'blue' }] });
    expect(minors(theirs).at(-1)).toEqual(['treatment:a-tenth', '-1050']);
    expect(theirs.lines.at(-1).label).toEqual({ en: 'The a-tenth', de: 'Das a-tenth' });
    expect(theirs.total.minor).toBe('9450');
    expect(theirs.tax.amount.minor).toBe(String(Math.round((9450 * 19) / 119)));
    const sent = await quote(cookie, { delivery: 'post', country: 'DE' });
    expect(sent.total.minor).toBe('9500');
    expect((await quote(undefined)).total.minor).toBe(LISTED);
  });

  test('is nothing for who goes without by lot, objects, or has what no longer runs', async () => {
    const without = await customerWith(['a-tenth'], 'control');
    expect((await quote(without.cookie)).total.minor).toBe(LISTED);
    const objecting = await customerWith(['a-tenth']);
    const now = new Date(world.server.clock.now());
    await kysely()
      .insertInto('value_tiers')
      .values({
        ...{ company: COMPANY, person: objecting.subject, tier: 'grow', since: now, last_run: now },
        ...{ expires: new Date(now.getTime() + 91 * DAY_MS), candidate: null },
        ...{ contested_at: now, contest_sealed: Buffer.from('sealed') },
      })
      .execute();
    expect((await quote(objecting.cookie)).total.minor).toBe(LISTED);
    const late = await customerWith(['a-tenth']);
    await plan(offer('a-tenth', { basisPoints: 1_000 }, { until: '2026-02-01' }));
    expect((await quote(late.cookie)).total.minor).toBe(LISTED);
  });

  test('is taken with the order, and is there again when that is cancelled', async () => {
    const { cookie } = await customerWith(['a-tenth']);
    const first = await order(cookie);
    expect([first.total.minor, minors(first).at(-1)?.[0]]).toEqual(['9000', 'treatment:a-tenth']);
    const later = await prepare(cookie);
    expect(later.shown.total.minor).toBe(LISTED);
    const old = { ...later, shown: { ...later.shown, total: first.total } };
    const moved = await world.ask('orders', { cookie, body: old });
    expect([problemOf(moved), moved.body.total.minor]).toEqual(['price/moved', LISTED]);
    await world.expect(200, `orders/${first.id}/cancel`, { cookie, method: 'POST', body: {} });
    expect((await quote(cookie)).total.minor).toBe('9000');
    expect((await order(cookie)).total.minor).toBe('9000');
  });

  test('of eight orders at once one has it, the others are told the price without it', async () => {
    const { cookie } = await customerWith(['a-tenth']);
    const wishes: Awaited<ReturnType<typeof prepare>>[] = [];
    for (let count = 0; count < 8; count += 1) wishes.push(await prepare(cookie));
    const answers = await Promise.all(
      wishes.map((body) => world.ask('orders', { cookie, body: { ...body } })),
    );
    const codes = answers.map((answer) => (answer.status < 300 ? '201' : problemOf(answer)));
    expect(codes.toSorted()).toEqual(['201', ...Array(7).fill('price/moved')]);
  });

  test('stays with an order that is amended', async () => {
    const { cookie } = await customerWith(['a-tenth']);
    const { id, version } = await order(cookie);
    const blue = { decisions: [{ attribute: 'colour', value: 'blue' }], texts: {} };
    expect((await quote(cookie, blue)).total.minor).toBe('10500');
    const amended = await quote(cookie, { ...blue, order: id });
    expect(amended.total.minor).toBe('9450');
    const shown = { total: amended.total, ready: amended.promise.ready };
    const body = { ...blue, version, shown };
    const now = await world.expect(200, `orders/${id}/amend`, { cookie, body });
    expect(now.total.minor).toBe('9450');
    const stranger = await customerWith([]);
    const prying = await world.ask('families/frame/quote', {
      cookie: stranger.cookie,
      body: { ...blue, delivery: 'pickup', order: id },
    });
    expect(problemOf(prying)).toBe('order/not-found');
  });

  test('that is larger goes before, and none adds to another', async () => {
    await plan(
      offer('a-tenth', { basisPoints: 1_000, uses: 2 }),
      offer('a-third', { basisPoints: 3_333 }, { priority: 0 }),
      offer('rooms', { basisPoints: 9_000, families: ['room'] }),
    );
    const { cookie } = await customerWith(['a-tenth', 'a-third', 'rooms']);
    const totals: string[] = [];
    for (let count = 0; count < 4; count += 1) totals.push((await order(cookie)).total.minor);
    expect(totals).toEqual(['6667', '9000', '9000', LISTED]);
  });
});

test('a price fence lets off every order while it stands', async () => {
  await plan(fence('members', { basisPoints: 500 }));
  const { cookie } = await customerWith(['members']);
  const totals = [(await order(cookie)).total.minor, (await order(cookie)).total.minor];
  expect(totals).toEqual(['9500', '9500']);
});

describe('a starting point', () => {
  const prefill = (cookie: string, occasion = 'self') =>
    world.expect(200, 'families/frame/prefill', { cookie, body: { occasion } });

  test('fills what is open with what goes together, for oneself alone', async () => {
    const choices = { colour: 'blue', width: 55, glass: false };
    await plan(start('blue-start', { family: 'frame', choices }));
    const { cookie } = await customerWith(['blue-start']);
    const begun = await prefill(cookie);
    // Wide frames need glass: what does not go with the others is left out.
    expect(begun.decisions).toEqual([
      { attribute: 'colour', value: 'blue' },
      { attribute: 'width', value: 55 },
    ]);
    expect(begun.start).toEqual({
      ...{ treatment: 'blue-start', words: { en: 'The blue-start', de: 'Das blue-start' } },
      attributes: ['colour', 'width'],
    });
    const gift = await prefill(cookie, 'gift');
    expect([gift.decisions, gift.start]).toEqual([[], null]);
    const plain = await prefill((await customerWith([])).cookie);
    expect([plain.decisions, plain.start]).toEqual([[], null]);
  });
});

test('a plan that acts on what is not there is refused, each fault with its place', async () => {
  const put = (...treatments: object[]) =>
    world.ask('treatments', {
      ...{ method: 'PUT', cookie: manager },
      body: { document: { version: 'put', grounds: [LOYAL], treatments } },
    });
  const refused = await put(
    offer('nowhere', { basisPoints: 1_000, families: ['frame', 'mirror'] }),
    start('purple', { family: 'frame', choices: { colour: 'purple', depth: 1 } }),
    start('mirrored', { family: 'mirror', choices: { colour: 'red' } }),
  );
  expect(problemOf(refused)).toBe('valuation/terms-refused');
  expect(refused.body.issues.map(({ path }: { path: string }) => path)).toEqual([
    'treatments[0].discount.families',
    'treatments[1].start.choices.colour',
    'treatments[2].start.family',
  ]);
  const choices = { colour: 'blue' };
  const taken = await put(
    start('blue', { family: 'frame', choices }),
    fence('members', { basisPoints: 500 }),
    treatment('in-words', { kind: 'offer', tiers: ['grow'] }),
  );
  expect(taken.status).toBe(200);
  const { treatments } = await world.expect(200, 'treatments', { cookie: manager });
  expect(treatments.map(({ act }: { act: unknown }) => act)).toEqual([
    { kind: 'start', family: 'frame', choices },
    { kind: 'discount', basisPoints: 500, uses: null, families: [] },
    null,
  ]);
});
