import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkSubjects } from '../../src/modules/memory/index.ts';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import { sweepForText } from '../support/sweep.ts';
import {
  type Answer,
  addTestCompany,
  addTestStaff,
  type Call,
  signInCustomer,
  signInStaff,
  signInStaffAs,
  TEST_PASSWORD,
} from '../support/test-server.ts';
import { COMPANY, type DeskWorld, openDeskWorld } from './desk-world.ts';

const REASON = 'The parrot Archimedes ate the invoice';
const MINUTE_MS = 60_000;
let world: DeskWorld;
let owner: string;
beforeAll(async () => {
  world = await openDeskWorld();
  owner = await signInStaff(world.server, COMPANY, 'owner');
  await addTestCompany(world.server, 'other');
});
afterAll(() => world.server.close());

let guests = 0;
async function greet(email = `guest${++guests}@example.com`): Promise<string> {
  const greeted = await world.desk('/guests', { name: 'Ann Berry', email });
  return greeted.body.id;
}

const record = (guest: string, body: object, headers: Record<string, string> = {}) =>
  world.desk(`/guests/${guest}/contacts`, body, headers);
const list = async (guest: string): Promise<Answer['body'][]> =>
  (await world.desk(`/guests/${guest}/contacts`)).body.items;

function undo(guest: string, contact: string, how: Call = {}): Promise<Answer> {
  const path = `/api/c/${COMPANY}/guests/${guest}/contacts/${contact}`;
  return world.server.call(path, { method: 'DELETE', cookie: world.clerk, body: {}, ...how });
}

const kysely = () => world.server.deps.database.kysely;
async function rowsOf(guest: string) {
  return await kysely()
    .selectFrom('service_contacts')
    .selectAll()
    .where('company', '=', COMPANY)
    .where('subject', '=', guest)
    .execute();
}

const problemOf = ({ status, body }: Answer): unknown[] => [status, body.type];

describe('a contact', () => {
  test('is recorded with channel, fault and reason, sealed, and listed', async () => {
    const guest = await greet();
    const said = { channel: 'phone', ownFault: true, reason: ` ${REASON} ` };
    const { status, body } = await record(guest, said);
    const { server } = world;
    expect(status).toBe(201);
    expect(body).toEqual({
      ...{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), source: 'desk', day: '2026-03-02' },
      ...{ channel: 'phone', ownFault: true, reason: REASON, by: 'The clerk' },
      undoUntil: new Date(server.clock.now() + 10 * MINUTE_MS).toISOString(),
    });
    expect(await list(guest)).toEqual([body]);
    expect(await rowsOf(guest)).toMatchObject([
      {
        ...{ source: 'desk', day: '2026-03-02', channel: 'phone', own_fault: true },
        imported_at: new Date(server.clock.now()),
      },
    ]);
    expect(await sweepForText(kysely(), [server.home], ['Archimedes', body.id])).toEqual([]);
  });

  test('needs a channel alone; any name will do for it', async () => {
    const guest = await greet();
    const { status, body } = await record(guest, { channel: 'carrier-pigeon', reason: ' \n' });
    expect([status, body.ownFault, body.reason]).toEqual([201, false, null]);
    expect(await list(guest)).toEqual([body]);
  });

  test('is of the day that it is where the desk stands', async () => {
    const guest = await greet();
    const { clock } = world.server;
    clock.advance(17 * 60 * MINUTE_MS);
    const days: string[] = [];
    for (const site of ['keywest', undefined]) {
      const { body } = await record(guest, { channel: 'desk', ...(site ? { site } : {}) });
      days.push(body.day);
    }
    expect(days).toEqual(['2026-03-02', '2026-03-03']);
    const nowhere = await record(guest, { channel: 'desk', site: 'nowhere' });
    expect(problemOf(nowhere)).toEqual([404, 'site/not-found']);
  });

  test('sent again with its key is one, also where the process died before it answered', async () => {
    const [guest, another] = [await greet(), await greet()];
    const headers = { 'idempotency-key': 'a-key-of-a-contact' };
    const first = await record(guest, { channel: 'mail' }, headers);
    const again = await record(guest, { channel: 'mail' }, headers);
    expect([again.status, again.body]).toEqual([201, first.body]);
    await kysely().deleteFrom('idempotency_keys').execute();
    world.server.clock.advance(MINUTE_MS);
    const late = await record(guest, { channel: 'mail' }, headers);
    expect([late.status, late.body]).toEqual([201, first.body]);
    expect(await rowsOf(guest)).toHaveLength(1);
    const other = await record(guest, { channel: 'phone' }, headers);
    expect(problemOf(other)).toEqual([422, 'request/key-reused']);
    await kysely().deleteFrom('idempotency_keys').execute();
    expect((await record(another, { channel: 'mail' }, headers)).status).toBe(201);
    expect(await rowsOf(another)).toHaveLength(1);
    // Without a key each is one of its own.
    await record(guest, { channel: 'mail' });
    expect(await rowsOf(guest)).toHaveLength(2);
  });

  test.each([
    ['no channel', {}],
    ['a channel that is no name', { channel: 'By phone' }],
    ['a reason that is too long', { channel: 'mail', reason: 'x'.repeat(2_001) }],
    ['a reason with controls', { channel: 'mail', reason: 'a\u0000b' }],
    ['a fault that is no truth value', { channel: 'mail', ownFault: 1 }],
    ['a day of its own', { channel: 'mail', day: '2026-01-01' }],
  ])('%s is refused', async (_, body) => {
    const guest = await greet();
    expect(problemOf(await record(guest, body))).toEqual([400, 'request/invalid']);
    expect(await rowsOf(guest)).toEqual([]);
  });
});

describe('the list', () => {
  test('has the twenty latest of the whole person, those of earlier systems among them', async () => {
    const { server } = world;
    const [guest, twin] = [await greet(), await greet()];
    const { token } = loadOperatorToken(server.home);
    const email = `guest${guests}@example.com`;
    const lines = Array.from({ length: 25 }, (_, at) => ({
      ...{ id: `k${at}`, email, channel: 'mail', reason: `No. ${at}` },
      day: `2025-05-${String(at + 1).padStart(2, '0')}`,
    }));
    const sent = await server.call(`/api/c/${COMPANY}/history/contacts?source=shop`, {
      body: lines.map((line) => JSON.stringify(line)).join('\n'),
      headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
    });
    expect(sent.body.accepted).toBe(25);
    expect(await list(guest)).toEqual([]);
    await record(guest, { channel: 'chat' });
    await server.deps.database.transaction((tx) =>
      linkSubjects(tx, server.deps, {
        ...{ company: COMPANY, actor: null, kind: 'same', a: guest, b: twin },
      }),
    );
    for (const asked of [guest, twin]) {
      const items = await list(asked);
      expect(items).toHaveLength(20);
      expect(items[0]).toMatchObject({ source: 'desk', channel: 'chat' });
      expect(items[1]).toEqual({
        ...{ id: 'k24', source: 'shop', day: '2025-05-25', channel: 'mail', ownFault: false },
        ...{ reason: 'No. 24', by: null, undoUntil: null },
      });
      expect(items.at(-1)?.id).toBe('k6');
    }
  });

  test('no earlier system is called as the desk is', async () => {
    const { server } = world;
    const { token } = loadOperatorToken(server.home);
    const answer = await server.call(`/api/c/${COMPANY}/history/contacts?source=desk`, {
      ...{ body: '{}' },
      headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${token}` },
    });
    expect(problemOf(answer)).toEqual([400, 'request/invalid']);
  });
});

describe('undoing', () => {
  test('goes for ten minutes, for whoever recorded it and for an owner', async () => {
    const guest = await greet();
    const first = (await record(guest, { channel: 'mail' })).body;
    const second = (await record(guest, { channel: 'chat' })).body;
    world.server.clock.advance(10 * MINUTE_MS - 1);
    const mine = await undo(guest, first.id);
    expect([mine.status, mine.body.items]).toEqual([200, [second]]);
    expect((await undo(guest, second.id, { cookie: owner })).body).toEqual({ items: [] });
    expect(problemOf(await undo(guest, first.id))).toEqual([404, 'contact/not-found']);
    expect(await rowsOf(guest)).toEqual([]);
  });

  test('is over then, and says so', async () => {
    const guest = await greet();
    const { body } = await record(guest, { channel: 'mail' });
    world.server.clock.advance(10 * MINUTE_MS);
    expect((await list(guest))[0]?.undoUntil).toBeNull();
    for (const cookie of [world.clerk, owner]) {
      const late = await undo(guest, body.id, { cookie });
      expect(problemOf(late)).toEqual([409, 'contact/undo-ended']);
    }
    expect(await rowsOf(guest)).toHaveLength(1);
  });

  test('is not for a colleague, nor at another guest, nor at another company', async () => {
    const { server } = world;
    const [guest, another] = [await greet(), await greet()];
    const { body } = await record(guest, { channel: 'mail' });
    const email = await addTestStaff(server, COMPANY, ['clerk', 'maker']);
    const colleague = await signInStaffAs(server, email, TEST_PASSWORD);
    expect(problemOf(await undo(guest, body.id, { cookie: colleague }))).toEqual([
      ...[403, 'session/forbidden'],
    ]);
    const path = `/api/c/${COMPANY}/guests/${guest}/contacts`;
    const seen = await server.call(path, { cookie: colleague });
    expect(seen.body.items).toEqual([{ ...body, undoUntil: null }]);
    expect(problemOf(await undo(another, body.id))).toEqual([404, 'contact/not-found']);
    expect(problemOf(await undo(body.id, body.id))).toEqual([404, 'guest/not-found']);
    const elsewhere = await signInStaff(server, 'other', 'owner');
    const there = `/api/c/other/guests/${guest}/contacts/${body.id}`;
    const missed = await server.call(there, { method: 'DELETE', cookie: elsewhere, body: {} });
    expect(problemOf(missed)).toEqual([404, 'guest/not-found']);
    expect(await rowsOf(guest)).toHaveLength(1);
  });

  test('sent again with its key is answered again', async () => {
    const guest = await greet();
    const { body } = await record(guest, { channel: 'mail' });
    const how = { headers: { 'idempotency-key': 'a-key-of-an-undo' } };
    const first = await undo(guest, body.id, how);
    const again = await undo(guest, body.id, how);
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
  });
});

describe('who may', () => {
  test.each([
    ['maker', 403],
    ['privacy-officer', 403],
    ['product-manager', 403],
    ['owner', 200],
  ] as const)('a %s is answered %i', async (role, status) => {
    const cookie = role === 'owner' ? owner : await signInStaff(world.server, COMPANY, role);
    const path = `/api/c/${COMPANY}/guests/${await greet()}/contacts`;
    expect((await world.server.call(path, { cookie })).status).toBe(status);
    const recorded = await world.server.call(path, { cookie, body: { channel: 'mail' } });
    expect(recorded.status).toBe(status === 200 ? 201 : status);
  });

  test('a customer and somebody of another company may not, and guests there are not here', async () => {
    const { server } = world;
    const guest = await greet();
    const path = `/api/c/${COMPANY}/guests/${guest}/contacts`;
    const customer = await signInCustomer(server, COMPANY, 'customer@example.com');
    // Signed in before the clock moved on: sessions of staff last.
    const elsewhere = await signInStaff(server, 'other', 'clerk');
    for (const cookie of [customer, elsewhere]) {
      expect((await server.call(path, { cookie })).status).toBe(401);
      const recorded = await server.call(path, { cookie, body: { channel: 'mail' } });
      expect(recorded.status).toBe(401);
    }
    const there = `/api/c/other/guests/${guest}/contacts`;
    expect((await server.call(there, { cookie: elsewhere })).status).toBe(404);
    const sent = await server.call(there, { cookie: elsewhere, body: { channel: 'mail' } });
    expect(problemOf(sent)).toEqual([404, 'guest/not-found']);
    expect(await rowsOf(guest)).toEqual([]);
  });
});

test('a contact is taken along, and goes with the person', async () => {
  const email = 'wanda@example.com';
  const guest = await greet(email);
  const { body } = await record(guest, { channel: 'phone', ownFault: true, reason: REASON });
  const me = await world.signIn(email);
  const taken = (await me('/me/export')).body['keepsake:serviceContacts'];
  expect(taken).toEqual([
    {
      ...{ id: body.id, reason: REASON, day: body.day },
      ...{ channel: 'phone', ownFault: true, source: 'desk' },
    },
  ]);
  expect((await me('/me/erase', { confirm: 'erase everything' })).status).toBe(200);
  expect(await rowsOf(guest)).toEqual([]);
  for (const answer of [await record(guest, { channel: 'mail' }), await undo(guest, body.id)]) {
    expect(problemOf(answer)).toEqual([404, 'guest/not-found']);
  }
  const listed = await world.desk(`/guests/${guest}/contacts`);
  expect(problemOf(listed)).toEqual([404, 'guest/not-found']);
});
