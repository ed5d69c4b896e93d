import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, type Call, signInCustomer } from '../support/test-server.ts';
import {
  COMPANY,
  countRows,
  type FailuresWorld,
  faultsOfPlant,
  openFailuresWorld,
  problemOf,
} from './failures-world.ts';

let world: FailuresWorld;
beforeAll(async () => {
  world = await openFailuresWorld();
});
afterAll(() => world.server.close());

let keys = 0;
const newKey = (): string => `a-key-of-a-test-${++keys}`;

const keyed = (key: string, how: Call): Call => ({ ...how, headers: { 'idempotency-key': key } });

/** As if the process had died after the commit and before it kept its reply. */
async function forgetReplies(): Promise<void> {
  await world.server.deps.database.kysely.deleteFrom('idempotency_keys').execute();
}

/** Sends the same eight times at once, until each has its answer. */
async function sendMany(path: string, how: Call): Promise<readonly Answer[]> {
  const send = async (): Promise<Answer> => {
    for (;;) {
      const answer = await world.ask(path, how);
      if (answer.body.type !== 'request/in-progress') return answer;
      expect([answer.status, problemOf(answer)]).toEqual([409, 'request/in-progress']);
    }
  };
  return await Promise.all(Array.from({ length: 8 }, send));
}

/** What is to happen once, and how it is seen from outside. */
interface Write {
  readonly path: string;
  readonly how: Call;
  /** The same request with something else in it. */
  readonly other: Call;
  readonly effect: () => Promise<unknown>;
}

async function countOrders(): Promise<unknown> {
  return await countRows(world.server, 'orders', 'work_orders');
}

async function orderOf(id: string): Promise<unknown> {
  const order = await world.expect(200, `orders/${id}`, { cookie: world.customer });
  return [order.state, order.version, order.promise.history.length, order.decisions];
}

async function placing(): Promise<Write> {
  const { customer: cookie } = world;
  const body = await world.prepare();
  const other = { cookie, body: await world.prepare() };
  return { path: 'orders', how: { cookie, body }, other, effect: countOrders };
}

async function cancelling(): Promise<Write> {
  const { customer: cookie } = world;
  const [{ id }, second] = [await world.order(), await world.order()];
  const how = { cookie, body: {} };
  // What a key was used for is the address as well.
  const other = { ...how, path: `orders/${second.id}/cancel` };
  return { path: `orders/${id}/cancel`, how, other, effect: () => orderOf(id) };
}

async function amending(): Promise<Write> {
  const { customer: cookie } = world;
  const { id, version, total, promise } = await world.order({
    decisions: [{ attribute: 'glass', value: true }],
  });
  const shown = { total, ready: promise.ready };
  const to = (width: number) => {
    const decisions = [{ attribute: 'width', value: width }];
    return { cookie, body: { version, decisions, texts: {}, shown } };
  };
  return { path: `orders/${id}/amend`, how: to(20), other: to(21), effect: () => orderOf(id) };
}

async function receiving(): Promise<Write> {
  const { owner: cookie } = world;
  const effect = async () => {
    const { items } = await world.expect(200, 'sites/main/stock', { cookie });
    return [await countRows(world.server, 'stock_deliveries'), items];
  };
  const of = (quantity: number) => ({ cookie, body: { quantity } });
  return { path: 'sites/main/stock/wood/receive', how: of(3), other: of(4), effect };
}

async function noting(): Promise<Write> {
  const { owner: cookie } = world;
  const { id } = await world.expect(201, 'guests', { cookie, body: { name: 'A guest' } });
  const effect = async () => {
    const card = await world.expect(200, `guests/${id}`, { cookie });
    return [card.notes.length, card.facts.length, card.consents];
  };
  const facts = [{ predicate: 'minibar.wish', value: 'pears' }];
  const of = (text: string) => ({
    ...{ cookie, body: { text, facts, consents: ['personalisation'] } },
  });
  return { path: `guests/${id}/notes`, how: of('Likes pears.'), other: of('No.'), effect };
}

async function contacting(): Promise<Write> {
  const { owner: cookie } = world;
  const { id } = await world.expect(201, 'guests', { cookie, body: { name: 'A guest' } });
  const path = `guests/${id}/contacts`;
  const effect = async () => (await world.expect(200, path, { cookie })).items;
  const of = (channel: string) => ({ cookie, body: { channel, reason: 'Late.' } });
  return { path, how: of('phone'), other: of('mail'), effect };
}

async function returning(): Promise<Write> {
  const { customer, owner: cookie } = world;
  const { id } = await world.order();
  const { cards } = await world.expect(200, 'sites/main/board', { cookie });
  const card = cards.find((each: { order: string }) => each.order === id);
  for (const verb of ['start', 'done']) {
    await world.expect(200, `operations/${card.id}/${verb}`, { cookie, body: {} });
  }
  const of = (reason: string) => ({ cookie, body: { ownFault: true, reason } });
  const effect = async () => [
    (await world.expect(200, `orders/${id}`, { cookie })).ending,
    (await world.expect(200, `orders/${id}`, { cookie: customer })).state,
  ];
  return { path: `orders/${id}/return`, how: of('Scratched'), other: of('Bent'), effect };
}

const WRITES = {
  ...{ placing, cancelling, amending, receiving, noting, contacting, returning },
} as const;

describe.each(Object.entries(WRITES))('%s with a key', (_, prepare) => {
  test('happens once, however often and however fast it is repeated', async () => {
    const { path, how, effect } = await prepare();
    const before = await effect();
    const key = newKey();
    const answers = await sendMany(path, keyed(key, how));
    const [first] = answers;
    expect(first?.status).toBeLessThan(300);
    for (const answer of answers) {
      expect([answer.status, answer.body]).toEqual([first?.status, first?.body]);
    }
    const replayed = answers.filter((each) => each.headers.get('idempotent-replay') === 'true');
    expect(replayed).toHaveLength(7);
    const after = await effect();
    expect(after).not.toEqual(before);
    const again = await world.ask(path, keyed(key, how));
    expect([again.status, again.body]).toEqual([first?.status, first?.body]);
    expect(await effect()).toEqual(after);
  });

  test('is refused with another body, and nothing happens', async () => {
    const { path, how, other, effect } = await prepare();
    const key = newKey();
    await world.ask(path, keyed(key, how));
    const after = await effect();
    const target = 'path' in other ? String(other.path) : path;
    expect(problemOf(await world.ask(target, keyed(key, other)))).toBe('request/key-reused');
    expect(await effect()).toEqual(after);
  });

  test('happens once where the process died before it kept its reply', async () => {
    const { path, how, effect } = await prepare();
    const key = newKey();
    const first = await world.ask(path, keyed(key, how));
    expect(first.status).toBeLessThan(300);
    const after = await effect();
    await forgetReplies();
    const again = await world.ask(path, keyed(key, how));
    if (prepare === amending) {
      // The version that was changed is gone: whoever asks again sees what has become of it.
      expect([problemOf(again), again.body.version]).toEqual(['design/stale', first.body.version]);
    } else {
      expect([again.status, again.body.id]).toEqual([first.status, first.body.id]);
    }
    expect(await effect()).toEqual(after);
  });
});

test('the same key of somebody else is another key', async () => {
  const near = { ...world.server, call: world.ask };
  const cookie = await signInCustomer(near, COMPANY, 'another@example.com');
  const key = newKey();
  const [mine, theirs] = [await world.prepare(), await world.prepare({ cookie })];
  const first = await world.ask('orders', keyed(key, { cookie: world.customer, body: mine }));
  const second = await world.ask('orders', keyed(key, { cookie, body: theirs }));
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body.id).not.toBe(first.body.id);
});

test('a cancelled order is cancelled: to ask again changes nothing', async () => {
  const { customer: cookie } = world;
  const { id } = await world.order();
  const path = `orders/${id}/cancel`;
  const first = await world.expect(200, path, { cookie, body: {} });
  expect(await world.expect(200, path, { cookie, body: {} })).toEqual(first);
});

test('after all of it the plant is sound', async () => {
  expect(await faultsOfPlant(world.server.deps)).toEqual([]);
});
