import type { BoardCard } from '@keepsake/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signInStaff } from '../support/test-server.ts';
import { COMPANY, cardOf, openWorkshop, type WorkshopWorld } from './workshop-world.ts';

let world: WorkshopWorld;
beforeEach(async () => {
  world = await openWorkshop();
});
afterEach(() => world.server.close());

async function weldOf(order: { readonly id: string }): Promise<BoardCard> {
  return cardOf(await world.board(), order.id, 'weld');
}

async function stateOf(order: { readonly id: string }): Promise<string> {
  const path = `/api/c/${COMPANY}/orders/${order.id}`;
  return (await world.server.call(path, { cookie: world.customer })).body.state;
}

async function onHand(item: string): Promise<number> {
  const stock = await world.make('stock');
  return stock.body.items.find((row: { item: string }) => row.item === item).onHand;
}

describe('making', () => {
  test('from the first start to the last step the order follows, and its parts leave the bins', async () => {
    const order = await world.order('frame');
    expect(await stateOf(order)).toBe('accepted');
    expect(await world.act(await weldOf(order), 'start')).toMatchObject({
      state: 'running',
      parts: [{ item: 'tube' }, { item: 'lug' }],
    });
    expect([await onHand('tube'), await onHand('lug')]).toEqual([2, 95]);
    expect(await stateOf(order)).toBe('in-making');
    expect(await world.act(await weldOf(order), 'done')).toMatchObject({ state: 'done' });
    const pack = cardOf(await world.board(), order.id, 'pack');
    expect(pack.state).toBe('ready');
    await world.act(pack, 'start');
    await world.act(pack, 'done');
    expect(await stateOf(order)).toBe('made');
    expect(await world.board()).toEqual([]);
    expect((await world.make('board')).body.doneToday).toBe(2);
  });

  test('after the first start the customer can no longer cancel', async () => {
    const order = await world.order('frame');
    await world.act(await weldOf(order), 'start');
    const path = `/api/c/${COMPANY}/orders/${order.id}/cancel`;
    const answer = await world.server.call(path, { cookie: world.customer, body: {} });
    expect([answer.status, answer.body.type]).toEqual([409, 'order/released']);
  });

  test('what waits, runs or is done cannot be begun', async () => {
    const order = await world.order('frame');
    const cards = await world.board();
    const pack = cardOf(cards, order.id, 'pack');
    expect(await world.act(pack, 'start', {}, 409)).toMatchObject({
      type: 'operation/not-ready',
      state: 'waiting',
    });
    // The refusal has left the order as it was: not on the floor, open to change.
    expect(cardOf(await world.board(), order.id, 'weld').state).toBe('ready');
    const read = await world.server.call(`/api/c/${COMPANY}/orders/${order.id}`, {
      cookie: world.customer,
    });
    expect(read.body.canCancel).toBe(true);
    const weld = cardOf(cards, order.id, 'weld');
    expect((await world.act(weld, 'done', {}, 409)).type).toBe('operation/not-ready');
    await world.act(weld, 'start');
    expect((await world.act(weld, 'start', {}, 409)).state).toBe('running');
    await world.act(weld, 'done');
    expect((await world.act(weld, 'start', {}, 409)).state).toBe('done');
    expect((await world.act(weld, 'unblock', {}, 409)).state).toBe('done');
  });

  test('as many operations run as the work centre has units', async () => {
    const first = await world.order('frame');
    const second = await world.order('frame');
    await world.act(await weldOf(first), 'start');
    expect(await world.act(await weldOf(second), 'start', {}, 409)).toMatchObject({
      type: 'operation/not-ready',
      state: 'ready',
      reason: 'work-centre-full',
    });
  });

  test('without its parts nothing is begun, and the item is named', async () => {
    await world.order('frame');
    await world.order('frame');
    const third = await world.order('frame');
    expect(await world.act(await weldOf(third), 'start', {}, 409)).toMatchObject({
      type: 'stock/insufficient',
      item: 'tube',
    });
    expect(await onHand('tube')).toBe(4);
  });

  test('a start that is repeated with its key is answered alike and done once', async () => {
    const order = await world.order('frame');
    const { id } = await weldOf(order);
    const path = `/api/c/${COMPANY}/operations/${id}/start`;
    const key = { 'idempotency-key': 'start-of-the-frame' };
    const [one, two] = [await world.make(path, {}, key), await world.make(path, {}, key)];
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(two.body).toEqual(one.body);
    expect(await onHand('tube')).toBe(2);
  });

  test('only makers do it, and only what exists', async () => {
    const order = await world.order('frame');
    const { id } = await weldOf(order);
    const clerk = await signInStaff(world.server, COMPANY, 'clerk');
    const path = (operation: string) => `/api/c/${COMPANY}/operations/${operation}/start`;
    const refused = await world.server.call(path(id), { cookie: clerk, body: {} });
    expect([refused.status, refused.body.type]).toEqual([403, 'session/forbidden']);
    const unknown = await world.make(path('00000000-0000-4000-8000-000000000000'), {});
    expect([unknown.status, unknown.body.type]).toEqual([404, 'operation/not-found']);
  });
});

describe('blocking', () => {
  test('says why and until when, and can be lifted', async () => {
    const order = await world.order('frame');
    const weld = await weldOf(order);
    await world.act(weld, 'start');
    const until = '2026-03-05T23:30:00.000Z';
    const blocked = await world.act(weld, 'block', { reason: 'The torch is broken', until });
    // The date is the site's own: in Berlin it is past midnight.
    expect(blocked).toMatchObject({
      state: 'blocked',
      blockedReason: 'The torch is broken (→ 2026-03-06)',
    });
    expect(await stateOf(order)).toBe('blocked');
    expect((await world.act(weld, 'start', {}, 409)).state).toBe('blocked');
    const ready = await world.act(weld, 'unblock');
    expect(ready).toMatchObject({ state: 'ready', blockedReason: null });
    expect(await world.act(weld, 'start')).toMatchObject({ state: 'running' });
  });

  test('what is only promised yet can be blocked: making has begun then', async () => {
    const order = await world.order('frame');
    const blocked = await world.act(await weldOf(order), 'block', { reason: 'No gas' });
    expect(blocked).toMatchObject({ state: 'blocked', blockedReason: 'No gas' });
    expect(await stateOf(order)).toBe('blocked');
  });
});

describe('what became of what was remembered', () => {
  async function packed(rejected?: readonly object[]): Promise<void> {
    await world.remember('ginger beer');
    const order = await world.order('frame');
    const weld = await weldOf(order);
    await world.act(weld, 'start');
    await world.act(weld, 'done');
    const pack = cardOf(await world.board(), order.id, 'pack');
    await world.act(pack, 'start');
    await world.act(pack, 'done', rejected === undefined ? {} : { rejected });
  }

  async function outcomes(): Promise<unknown[]> {
    const { kysely } = world.server.deps.database;
    const rows = await kysely.selectFrom('applications').select(['operation', 'outcome']).execute();
    return rows.map((row) => [row.operation, row.outcome]);
  }

  test('is kept unless the maker says otherwise', async () => {
    await packed();
    expect(await outcomes()).toEqual([['pack', 'kept']]);
  });

  test('is rejected with the reason that the maker gives', async () => {
    await packed([{ index: 0, reason: 'None left' }]);
    expect(await outcomes()).toEqual([['pack', 'rejected']]);
  });
});
