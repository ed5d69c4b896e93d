import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLog } from '../../src/platform/log.ts';
import {
  addTestCompany,
  signInCustomer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';
import {
  BASE,
  COMPANY,
  type FailuresWorld,
  openFailuresWorld,
  problemOf,
} from './failures-world.ts';

const NAME = 'Wenke Holmgard';
const EMAIL = 'wenke.holmgard@rider.example';
const ENGRAVING = 'Polaris 北斗';
const NOTE = 'Swells up from down feathers.';

let logged = '';
let world: FailuresWorld;
let near: TestServer;
let stranger: string;
/** Things of one customer, by what they are. */
let theirs: {
  readonly cookie: string;
  readonly order: string;
  readonly design: string;
  readonly guest: string;
  readonly fact: string;
  readonly operation: string;
};

beforeAll(async () => {
  const log = createLog('trace', { write: (line: string) => (logged += line) });
  world = await openFailuresWorld({ log });
  near = { ...world.server, call: world.ask };
  await addTestCompany(world.server, 'other');
  const { owner } = world;
  const guest = await world.expect(201, 'guests', {
    ...{ cookie: owner, body: { name: NAME, email: EMAIL } },
  });
  const facts = [{ predicate: 'allergy.substance', value: 'feathers', polarity: 'forbid' }];
  const note = { text: NOTE, facts, consents: ['health'] };
  await world.expect(201, `guests/${guest.id}/notes`, { cookie: owner, body: note });
  const cookie = await signInCustomer(near, COMPANY, EMAIL);
  const order = await world.order({ cookie, texts: { engraving: ENGRAVING } });
  const { design } = await world.prepare({ cookie });
  const memory = await world.expect(200, 'me/memory', { cookie });
  const board = await world.expect(200, 'sites/main/board', { cookie: owner });
  theirs = {
    ...{ cookie, order: order.id, design, guest: guest.id, fact: memory.facts[0].id },
    operation: board.cards[0].id,
  };
  stranger = await signInCustomer(near, COMPANY, 'stranger@example.com');
});
afterAll(() => world.server.close());

describe('what is another’s is not there', () => {
  test('an order: not to be read, changed, cancelled, returned or printed', async () => {
    const { order } = theirs;
    const shown = { total: { currency: 'EUR', minor: '1' }, ready: '2026-04-01T00:00:00.000Z' };
    const amend = { version: 1, decisions: [], texts: {}, shown };
    const calls: readonly (readonly [string, object | undefined])[] = [
      [`orders/${order}`, undefined],
      [`orders/${order}/invoice.pdf`, undefined],
      [`orders/${order}/amend`, amend],
      [`orders/${order}/cancel`, {}],
      [`orders/${order}/return`, {}],
    ];
    for (const [path, body] of calls) {
      const how = { cookie: stranger, ...(body === undefined ? {} : { body }) };
      const answer = await world.ask(path, how);
      const missing = await world.ask(path.replace(order, theirs.guest), how);
      expect([path, problemOf(answer)]).toEqual([path, 'order/not-found']);
      const { instance: _, ...said } = answer.body;
      const { instance: __, ...saidOfNone } = missing.body;
      expect(said).toEqual(saidOfNone);
    }
    const list = await world.expect(200, 'me/orders', { cookie: stranger });
    expect(list.items).toEqual([]);
    const kept = await world.expect(200, `orders/${order}`, { cookie: theirs.cookie });
    expect(kept.state).toBe('accepted');
  });

  test('a fact: not to be corrected or forgotten', async () => {
    const change = { value: 'nuts', change: 'was-wrong' };
    for (const [verb, body] of [
      ['correct', change],
      ['forget', {}],
    ] as const) {
      const path = `me/facts/${theirs.fact}/${verb}`;
      const answer = await world.ask(path, { cookie: stranger, body });
      expect(problemOf(answer)).toBe('memory/fact-not-found');
    }
    const memory = await world.expect(200, 'me/memory', { cookie: theirs.cookie });
    expect(memory.facts[0].id).toBe(theirs.fact);
  });

  test('a guest: a customer asks for themselves, whatever id they send', async () => {
    const need = { needs: ['allergy.substance'], touchpoint: 'x', purpose: 'service' };
    const body = { ...need, guest: theirs.guest };
    const answer = await world.ask('ask', { cookie: stranger, body });
    if (answer.status < 400) expect(JSON.stringify(answer.body)).not.toContain('feathers');
    else expect(answer.status).toBe(404);
    const prepared = await world.prepare();
    const forThem = { ...prepared, guest: theirs.guest };
    const placed = await world.ask('orders', { cookie: stranger, body: forThem });
    expect(placed.status).toBe(403);
  });

  test('at another company nothing of this one has an address', async () => {
    const owner = await signInStaff(near, 'other', 'owner');
    // Mails of one instant have no order: the link asked for now is to be the newest.
    world.server.clock.advance(1_000);
    const customer = await signInCustomer(near, 'other', EMAIL);
    const { order, design, guest, operation } = theirs;
    const calls = [
      [`orders/${order}`, 'order/not-found', undefined],
      [`orders/${order}/cancel`, 'order/not-found', {}],
      [`designs/${design}`, 'design/not-found', undefined],
      [`guests/${guest}`, 'guest/not-found', undefined],
      [`guests/${guest}/notes`, 'guest/not-found', { facts: [] }],
      [`operations/${operation}/start`, 'operation/not-found', {}],
      ['families/frame', 'family/not-found', undefined],
    ] as const;
    for (const [path, code, body] of calls) {
      const how = { cookie: owner, ...(body === undefined ? {} : { body }) };
      expect([path, problemOf(await world.ask(`/api/c/other/${path}`, how))]).toEqual([path, code]);
    }
    const mine = await world.expect(200, '/api/c/other/me/memory', { cookie: customer });
    expect(mine.facts).toEqual([]);
    const read = await world.ask(`/api/c/other/orders/${order}`, { cookie: customer });
    expect(problemOf(read)).toBe('order/not-found');
  });

  test('staff of another company are nobody here', async () => {
    const cookie = await signInStaff(near, 'other', 'owner');
    for (const path of ['orders', 'staff', 'sites/main/board', 'sites/main/stock', 'guests?q=a']) {
      expect([path, problemOf(await world.ask(path, { cookie }))]).toEqual([
        path,
        'session/required',
      ]);
    }
    const body = { yaml: 'keepsake: 1' };
    const publish = await world.ask('families/frame', { method: 'PUT', cookie, body });
    expect(problemOf(publish)).toBe('session/required');
  });
});

describe('another site', () => {
  test('cannot have a signed-in browser change anything, on any way in', async () => {
    const headers = { origin: 'https://evil.example', 'x-forwarded-for': '127.0.0.1' };
    const cookie = `${theirs.cookie}; ${world.owner}`;
    for (const path of [
      `${BASE}/orders/${theirs.order}/cancel`,
      `${BASE}/me/erase`,
      `${BASE}/sign-out`,
      '/auth/sign-out',
      '/auth/change-password',
    ]) {
      const answer = await world.ask(path, { cookie, headers, body: {} });
      expect([path, problemOf(answer)]).toEqual([path, 'session/forbidden']);
    }
    const kept = await world.expect(200, `orders/${theirs.order}`, { cookie: theirs.cookie });
    expect(kept.state).toBe('accepted');
  });
});

describe('cookies and headers', () => {
  test('no cookie can be read by a page or sent along by another site', async () => {
    const email = 'owner@framers.example';
    const staff = await world.ask('/auth/sign-in/email', {
      body: { email, password: 'a password for tests' },
    });
    const cookies = staff.headers.getSetCookie();
    expect(cookies.length).toBeGreaterThan(0);
    for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; SameSite=Lax/i);
  });

  test('every answer says what a browser must not do with it', async () => {
    const answers = [
      await world.ask('/api/companies'),
      await world.ask('/api/nothing'),
      await world.ask(`orders/${theirs.order}`, { cookie: theirs.cookie }),
      await world.ask('/docs'),
      await world.ask('/auth/get-session'),
    ];
    for (const { headers } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('same-origin');
      const policy = headers.get('content-security-policy') ?? '';
      for (const rule of ["script-src 'self'", "object-src 'none'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(rule);
      }
      expect(policy).not.toContain("script-src 'unsafe");
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
    expect(answers[2]?.headers.get('cache-control')).toBe('no-store');
  });
});

test('whatever happened, the log tells of nobody', async () => {
  const { owner } = world;
  // Slips with all of it in hand: in addresses, in bodies, and in the middle of a statement.
  await world.ask(`guests?q=${encodeURIComponent(NAME)}`, { cookie: owner });
  await world.ask(`guests?name=${encodeURIComponent(EMAIL)}`, { cookie: owner });
  await world.ask(`/nothing/${EMAIL}`, {});
  await world.ask('sign-in', { body: { email: EMAIL, [NAME]: 1 } });
  await world.ask('/auth/sign-in/email', { body: { email: EMAIL, password: ENGRAVING } });
  await world.ask(`/c/framers/sign-in?token=${'x'.repeat(43)}`);
  const mailbox = await world.expect(200, `/api/mailbox?to=${EMAIL}`);
  const { deps } = world.server;
  const row = { company: COMPANY, subject: EMAIL, wrapped: new Uint8Array(61) };
  const twice = [row, row].map((each) => ({ ...each, created_at: new Date(0) }));
  const error = await deps.database.kysely
    .insertInto('subject_keys')
    .values(twice)
    .execute()
    .catch((thrown: unknown) => thrown);
  deps.log.error({ error }, 'a request failed');
  deps.log.warn({ email: EMAIL, guest: { name: NAME } }, 'what a slip would log');

  expect(logged.split('\n').length).toBeGreaterThan(40);
  const secrets = [
    ...[NAME, 'Holmgard', EMAIL, 'wenke', ENGRAVING, 'Polaris', '北斗', NOTE, 'feathers'],
    ...['x'.repeat(43), ...theirs.cookie.split('=').slice(1), ...world.owner.split(/[=;]/)],
    ...JSON.stringify(mailbox).matchAll(/token=([\w-]{20,})/g),
  ]
    .map((each) => (typeof each === 'string' ? each : (each[1] ?? '')))
    .filter((each) => each.trim().length > 3);
  const names = ['keepsake-staff.session_token', 'keepsake-staff.session_data'];
  const found = secrets.filter(
    (secret) =>
      !names.includes(secret.trim()) && logged.toLowerCase().includes(secret.toLowerCase()),
  );
  expect(found).toEqual([]);
});
