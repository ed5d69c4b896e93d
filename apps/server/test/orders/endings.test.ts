import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  COMPANY,
  type FailuresWorld,
  faultsOfPlant,
  openFailuresWorld,
  problemOf,
} from '../failures/failures-world.ts';
import { sweepForText } from '../support/sweep.ts';
import {
  type Answer,
  addTestCompany,
  signInCustomer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';

const REASON = 'Smells of Limburger since the parrot came';
let world: FailuresWorld;
let near: TestServer;
beforeAll(async () => {
  world = await openFailuresWorld();
  near = { ...world.server, call: world.ask };
  await addTestCompany(world.server, 'other');
});
afterAll(() => world.server.close());

const kysely = () => world.server.deps.database.kysely;

/** Has an order made, step by step; answers its id. */
async function made(cookie = world.customer): Promise<string> {
  const { id } = await world.order({ cookie });
  await act(id, 'start');
  await act(id, 'done');
  return id;
}

async function act(order: string, verb: string, body: object = {}): Promise<void> {
  const { owner: cookie } = world;
  const { cards } = await world.expect(200, 'sites/main/board', { cookie });
  const card = cards.find((each: { order: string }) => each.order === order);
  await world.expect(200, `operations/${card.id}/${verb}`, { cookie, body });
}

const giveBack = (order: string, body: object, cookie = world.owner): Promise<Answer> =>
  world.ask(`orders/${order}/return`, { cookie, body });

const seenBy = (cookie: string, order: string): Promise<Answer['body']> =>
  world.expect(200, `orders/${order}`, { cookie });

async function rowOf(order: string) {
  return await kysely()
    .selectFrom('order_endings')
    .selectAll()
    .where('company', '=', COMPANY)
    .where('order_id', '=', order)
    .executeTakeFirst();
}

describe('a return', () => {
  test('by staff tells them when, who, why and whose doing; the customer is told the state', async () => {
    const order = await made();
    world.server.clock.advance(3_600_000);
    const { status, body } = await giveBack(order, { ownFault: true, reason: ` ${REASON}\n` });
    expect([status, body.state, body.canReturn]).toEqual([200, 'returned', false]);
    expect(body.ending).toEqual({
      ...{ kind: 'returned', ownFault: true, reason: REASON },
      at: new Date(world.server.clock.now()).toISOString(),
      ...{ by: 'staff', byName: 'The owner' },
    });
    expect((await seenBy(world.owner, order)).ending).toEqual(body.ending);
    const mine = await seenBy(world.customer, order);
    expect([mine.state, mine.ending]).toEqual(['returned', null]);
    expect(JSON.stringify(mine)).not.toContain('Limburger');
  });

  test('is taken as it was sent before there was more to say, by the customer as well', async () => {
    const order = await made();
    const { status, body } = await giveBack(order, {}, world.customer);
    expect([status, body.state, body.ending]).toEqual([200, 'returned', null]);
    expect((await seenBy(world.owner, order)).ending).toMatchObject({
      ...{ kind: 'returned', ownFault: false, reason: null },
      ...{ by: 'customer', byName: null },
    });
    const told = await made();
    await giveBack(told, { reason: REASON }, world.customer);
    expect((await seenBy(world.owner, told)).ending.reason).toBe(REASON);
  });

  test('asked for again is the same return', async () => {
    const order = await made();
    const first = await giveBack(order, { reason: REASON });
    world.server.clock.advance(60_000);
    const again = await giveBack(order, { ownFault: true, reason: 'something else' });
    expect([again.status, again.body]).toEqual([200, first.body]);
  });

  test('that cannot be written whole is not made at all', async () => {
    const order = await made();
    const row = { company: COMPANY, order_id: order, kind: 'returned', at: new Date(0) } as const;
    const rest = { own_fault: false, by: null, reason_sealed: null };
    await kysely()
      .insertInto('order_endings')
      .values({ ...row, ...rest })
      .execute();
    expect((await giveBack(order, {})).status).toBe(500);
    expect((await seenBy(world.owner, order)).state).toBe('made');
    await kysely().deleteFrom('order_endings').where('order_id', '=', order).execute();
    expect((await giveBack(order, {})).status).toBe(200);
    expect(await faultsOfPlant(world.server.deps)).toEqual([]);
  });

  test('an order that ended before endings were kept has none', async () => {
    const order = await made();
    await giveBack(order, { reason: REASON });
    await kysely().deleteFrom('order_endings').where('order_id', '=', order).execute();
    const seen = await seenBy(world.owner, order);
    expect([seen.state, seen.ending]).toEqual(['returned', null]);
  });
});

describe('who may say what', () => {
  test('whose doing it was is for staff to say', async () => {
    const order = await made();
    const answer = await giveBack(order, { ownFault: true }, world.customer);
    expect([answer.status, problemOf(answer)]).toEqual([403, 'session/forbidden']);
    expect((await seenBy(world.owner, order)).state).toBe('made');
    expect((await giveBack(order, { ownFault: false }, world.customer)).status).toBe(200);
  });

  test('neither makers, nor other customers, nor other companies return anything', async () => {
    const order = await made();
    const maker = await signInStaff(near, COMPANY, 'maker');
    expect((await giveBack(order, {}, maker)).status).toBe(403);
    const stranger = await signInCustomer(near, COMPANY, 'stranger@example.com');
    expect(problemOf(await giveBack(order, {}, stranger))).toBe('order/not-found');
    const elsewhere = await signInStaff(near, 'other', 'owner');
    expect((await giveBack(order, {}, elsewhere)).status).toBe(401);
    const there = await world.ask(`/api/c/other/orders/${order}/return`, {
      ...{ cookie: elsewhere, body: {} },
    });
    expect(problemOf(there)).toBe('order/not-found');
    expect(await rowOf(order)).toBeUndefined();
  });

  test.each([
    ['a reason that is too long', { reason: 'x'.repeat(2_001) }],
    ['a reason with controls', { reason: 'a\u0007b' }],
    ['a fault that is no truth value', { ownFault: 'yes' }],
    ['what is not in the contract', { kind: 'cancelled' }],
  ])('%s is refused', async (_, body) => {
    const order = await made();
    expect(problemOf(await giveBack(order, body))).toBe('request/invalid');
    expect(await rowOf(order)).toBeUndefined();
  });
});

test('a cancelled order tells staff when and by whom', async () => {
  const { id } = await world.order();
  await world.expect(200, `orders/${id}/cancel`, { cookie: world.customer, body: {} });
  expect((await seenBy(world.owner, id)).ending).toMatchObject({
    ...{ kind: 'cancelled', by: 'customer', ownFault: false, reason: null },
  });
  const refused = await giveBack(id, {});
  expect(problemOf(refused)).toBe('order/not-returnable');
});

test('why is sealed, is taken along, and goes with the person; the rest stays', async () => {
  const cookie = await signInCustomer(near, COMPANY, 'wanda@example.com');
  const order = await made(cookie);
  await giveBack(order, { ownFault: true, reason: REASON });
  expect(await sweepForText(kysely(), [world.server.home], ['Limburger'])).toEqual([]);
  const taken = await world.expect(200, 'me/export', { cookie });
  expect(taken['keepsake:orders'][0].ending).toEqual({
    ...{ kind: 'returned', ownFault: true, by: 'staff', reason: REASON },
    at: new Date(world.server.clock.now()).toISOString(),
  });
  const before = await rowOf(order);
  world.server.clock.advance(60_000);
  await world.expect(200, 'me/erase', { cookie, body: { confirm: 'erase everything' } });
  expect(await rowOf(order)).toEqual({ ...before, reason_sealed: null });
  expect((await seenBy(world.owner, order)).ending).toMatchObject({ ownFault: true, reason: null });
  expect(await changeOf(order)).toBe(world.server.clock.now());
});

test('of an order whose customer was erased, why is not kept', async () => {
  const cookie = await signInCustomer(near, COMPANY, 'gone@example.com');
  const order = await made(cookie);
  await world.expect(200, 'me/erase', { cookie, body: { confirm: 'erase everything' } });
  const { status, body } = await giveBack(order, { ownFault: true, reason: REASON });
  expect([status, body.ending.ownFault, body.ending.reason]).toEqual([200, true, null]);
  expect((await rowOf(order))?.reason_sealed).toBeNull();
});

async function changeOf(order: string): Promise<number> {
  const row = await kysely()
    .selectFrom('orders')
    .select('changed_at')
    .where('company', '=', COMPANY)
    .where('id', '=', order)
    .executeTakeFirstOrThrow();
  return row.changed_at.getTime();
}

describe('when anything of an order changed last', () => {
  /** Does something a minute later; answers whether it moved the change to that minute. */
  async function moves(order: string, doing: () => Promise<unknown>): Promise<boolean> {
    const before = await changeOf(order);
    world.server.clock.advance(60_000);
    await doing();
    const after = await changeOf(order);
    expect([before, world.server.clock.now()]).toContain(after);
    return after !== before;
  }

  test('is moved by every change of it, and by nothing else', async () => {
    const cookie = await signInCustomer(near, COMPANY, 'mover@example.com');
    const { id, version, total, promise } = await world.order({
      ...{ cookie, decisions: [{ attribute: 'glass', value: true }] },
    });
    expect(await changeOf(id)).toBe(world.server.clock.now());
    const shown = { total, ready: promise.ready };
    const amend = { version, decisions: [{ attribute: 'width', value: 20 }], texts: {}, shown };
    const changes: Readonly<Record<string, () => Promise<unknown>>> = {
      amended: () => world.expect(200, `orders/${id}/amend`, { cookie, body: amend }),
      blocked: () => act(id, 'block', { reason: 'No gas' }),
      unblocked: () => act(id, 'unblock'),
      started: () => act(id, 'start'),
      done: () => act(id, 'done'),
      returned: () => giveBack(id, {}),
    };
    for (const [what, doing] of Object.entries(changes)) {
      expect([what, await moves(id, doing)]).toEqual([what, true]);
    }
    expect(await moves(id, () => giveBack(id, {}))).toBe(false);
    expect(await moves(id, () => seenBy(cookie, id))).toBe(false);
    expect(await moves(id, () => world.order())).toBe(false);
    const erase = { cookie, body: { confirm: 'erase everything' } };
    expect(await moves(id, () => world.expect(200, 'me/erase', erase))).toBe(true);
  });

  test('is moved by a cancellation, and by what the makers are told anew', async () => {
    const cookie = await signInCustomer(near, COMPANY, 'wisher@example.com');
    const { id } = await world.order({ cookie });
    const { customer } = await world.expect(200, 'session', { cookie });
    const facts = [{ predicate: 'minibar.wish', value: 'pears' }];
    const note = { cookie: world.owner, body: { facts, consents: ['personalisation'] } };
    const told = () => world.expect(201, `guests/${customer.guest}/notes`, note);
    expect(await moves(id, told)).toBe(true);
    const cancel = () => world.expect(200, `orders/${id}/cancel`, { cookie, body: {} });
    expect(await moves(id, cancel)).toBe(true);
  });
});
