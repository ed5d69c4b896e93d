/** The server of an embedded store is killed while it is being written to, and started again. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type ChildServer, makeChildServer } from '../support/child-server.ts';
import { openTestServer, signInCustomer, type TestServer } from '../support/test-server.ts';
import { BASE, COMPANY, faultsOfPlant, foundFramers, halfOrders } from './failures-world.ts';

const CLIENTS = 16;
const ROUNDS = 2;

let place: ChildServer;
const cookies: string[] = [];

/** An order that was asked for: with its id once it was acknowledged. */
interface Asked {
  readonly key: string;
  readonly cookie: string;
  readonly body: object;
  id?: string;
}

beforeAll(async () => {
  place = makeChildServer('killed');
  const database = await place.openStore();
  // A session outlives the process that opened it; the child's clock is the machine's.
  const server = await openTestServer({ database, now: new Date().toISOString() });
  await foundFramers(server, { wood: 40, benches: 4 });
  for (let i = 0; i < 4; i++) {
    cookies.push(await signInCustomer(server, COMPANY, `rider${i}@example.com`));
  }
  await server.close();
  await database.close();
});
afterAll(() => place.close());

async function send(url: string, path: string, asked: Omit<Asked, 'id'>): Promise<Response> {
  return await fetch(`${url}${BASE}/${path}`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', cookie: asked.cookie },
      'idempotency-key': asked.key,
    },
    body: JSON.stringify(asked.body),
  });
}

interface Said {
  readonly id: string;
  readonly version: number;
}

/** Any price and any date will do: nobody but the killed server refuses these. */
const SHOWN = { total: { currency: 'EUR', minor: '99999999' }, ready: '2199-01-01T00:00:00.000Z' };

/** Orders one after the other until the server is gone; every order asked for is noted. */
async function orderOn(url: string, client: number, asked: Asked[]): Promise<void> {
  const cookie = cookies[client % cookies.length] ?? '';
  const start = `${url}-${client}`.replace(/[^\w-]/g, '');
  const wish = { decisions: [{ attribute: 'width', value: 20 + client }], texts: {} };
  const saved = await send(url, 'families/frame/designs', { key: start, cookie, body: wish });
  const { id, version } = (await saved.json()) as Said;
  const body = { design: id, version, shown: SHOWN, delivery: 'pickup' };
  for (let count = 0; ; count++) {
    const one: Asked = { key: `${start}-${count}`, cookie, body };
    asked.push(one);
    const answer = await send(url, 'orders', one);
    const placed = (await answer.json()) as Said;
    if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(placed)}`);
    one.id = placed.id;
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof TypeError || (error instanceof Error && /terminated|socket/.test(error.message));

async function orderUntilKilled(url: string): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  const clients = Array.from({ length: CLIENTS }, (_, client) => orderOn(url, client, asked));
  const ends = Promise.allSettled(clients);
  await expect
    .poll(() => asked.filter(({ id }) => id !== undefined).length, { timeout: 30_000 })
    .toBeGreaterThan(8);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 400));
  await place.kill();
  for (const end of await ends) {
    if (end.status === 'rejected' && !isGone(end.reason)) throw end.reason;
  }
  return asked;
}

type Acknowledged = Asked & { readonly id: string };

const isAcknowledged = (asked: Asked): asked is Acknowledged => asked.id !== undefined;

/** Everything that was said to be done is there; nothing else is there by half. */
async function examine(server: TestServer, acknowledged: readonly Acknowledged[]) {
  for (const { id, cookie } of acknowledged) {
    const { status, body } = await server.call(`${BASE}/orders/${id}`, { cookie });
    expect([status, body.state, body.operations.length]).toEqual([200, 'accepted', 1]);
    expect(body.promise.history).toHaveLength(1);
    expect(body.operations[0].start < body.operations[0].end).toBe(true);
  }
  const { kysely } = server.deps.database;
  expect(await halfOrders(kysely)).toEqual([]);
  expect(await faultsOfPlant(server.deps)).toEqual([]);
  const rows = await kysely.selectFrom('orders').select('id').execute();
  return rows.map(({ id }) => id).toSorted();
}

/** Whoever got no answer asks again with the same key. */
async function askAgain(server: TestServer, open: readonly Asked[]): Promise<Acknowledged[]> {
  const again: Acknowledged[] = [];
  for (const one of open) {
    const { key, cookie, body } = one;
    const headers = { 'idempotency-key': key };
    const answer = await server.call(`${BASE}/orders`, { cookie, body, headers });
    expect(answer.status).toBe(201);
    again.push({ ...one, id: answer.body.id });
  }
  return again;
}

describe.skipIf(inject('postgresUrl') !== undefined)('killed while sixteen clients order', () => {
  test('what was acknowledged is there whole, what was not is there whole or not at all', async () => {
    const acknowledged: Acknowledged[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const asked = await orderUntilKilled(await place.start());
      acknowledged.push(...asked.filter(isAcknowledged));
      const open = asked.filter((one) => !isAcknowledged(one));
      expect(open.length).toBeGreaterThan(0);

      // To open the store is to take it over from the dead.
      const database = await place.openStore();
      const server = await openTestServer({ database, now: new Date().toISOString() });
      const stored = await examine(server, acknowledged);
      expect(stored.length).toBeGreaterThanOrEqual(acknowledged.length);
      expect(stored.length).toBeLessThanOrEqual(acknowledged.length + open.length);
      acknowledged.push(...(await askAgain(server, open)));
      const ids = acknowledged.map(({ id }) => id).toSorted();
      expect(await examine(server, acknowledged)).toEqual(ids);
      await server.close();
      await database.close();
    }
    expect(acknowledged.length).toBeGreaterThan(16);
  }, 120_000);
});
