import { DAY_MS, HOUR_MS, MINUTE_MS } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import {
  adjustStock,
  blockOperation,
  completeOperation,
  delayReceipt,
  expectStock,
  findItem,
  findOrder,
  type QuoteRequest,
  receiveStock,
  refreshPromises,
  startOperation,
  touchedBy,
} from './index.ts';
import {
  carryOut,
  commit,
  NOW,
  noParts,
  on,
  operation,
  plantOf,
  release,
  stateOf,
} from './testing/index.ts';

describe('refreshing', () => {
  test('PRD-32 work that overruns pushes what follows, no further than needed', () => {
    const state = stateOf();
    const a = commit(state, 'a', noParts);
    const b = commit(state, 'b', noParts);
    commit(state, 'c', { ...noParts, earliest: NOW + DAY_MS });
    release(state, 'a');
    carryOut(state, startOperation(state, on('a', 'weld', NOW)));
    const now = NOW + 150 * MINUTE_MS;
    const { events } = carryOut(state, { kind: 'ok', value: refreshPromises(state, now) });
    expect(events).toMatchObject([
      {
        kind: 'order.replanned',
        finishBefore: a.finish,
        reason: { kind: 'operation-overran', operation: 'weld' },
        order: { id: 'a', finish: now + HOUR_MS, promise: a.finish },
      },
      {
        kind: 'order.replanned',
        finishBefore: b.finish,
        reason: { kind: 'operation-not-started' },
        order: {
          id: 'b',
          finish: now + 3 * HOUR_MS,
          moved: { kind: 'operation-not-started', operation: 'weld' },
        },
      },
    ]);
  });

  test('PRD-32 a blocked operation leaves the sequence and holds nobody up', () => {
    const state = stateOf();
    commit(state, 'a', noParts);
    const b = commit(state, 'b', noParts);
    release(state, 'a');
    carryOut(state, blockOperation(state, { ...on('a', 'weld', NOW), reason: 'no drawing' }));
    const now = NOW + HOUR_MS;
    const { events } = carryOut(state, { kind: 'ok', value: refreshPromises(state, now) });
    expect(events).toMatchObject([
      {
        order: { id: 'a', finish: NOW + 7 * HOUR_MS },
        reason: { kind: 'operation-blocked', operation: 'weld', reason: 'no drawing' },
      },
    ]);
    expect(findOrder(state, 'b')).toBe(b);
  });

  test('PRD-32 an order without any place left says so and is placed when there is one', () => {
    const state = stateOf();
    const sleep = operation('sleep', 0, { workCentre: 'room', seconds: 'stay' });
    const first = { from: NOW, to: NOW + DAY_MS };
    const visit: QuoteRequest = { now: NOW, operations: [sleep], parts: [], stay: first };
    for (const order of ['a', 'b']) {
      commit(state, order, visit);
      release(state, order);
      carryOut(state, startOperation(state, on(order, 'sleep', NOW)));
    }
    commit(state, 'c', { ...visit, stay: { from: first.to, to: first.to + DAY_MS } });
    commit(state, 'd', { ...visit, stay: { from: first.to, to: first.to + DAY_MS } });
    const now = first.to + HOUR_MS;
    carryOut(state, { kind: 'ok', value: refreshPromises(state, now) });
    for (const order of ['c', 'd']) {
      expect(findOrder(state, order)).toMatchObject({
        finish: null,
        moved: { kind: 'no-capacity', workCentre: 'room' },
      });
    }
    carryOut(state, completeOperation(state, on('a', 'sleep', now)));
    carryOut(state, { kind: 'ok', value: refreshPromises(state, now) });
    // The room is free an hour after the arrival it was promised for.
    expect([findOrder(state, 'c')?.finish, findOrder(state, 'd')?.finish]).toEqual([now, null]);
    expect(findOrder(state, 'c')?.operations[0]?.claim).toMatchObject({ unit: 0, start: first.to });
  });
});

describe('stock', () => {
  test('PRD-33 a receipt covers the purchases it is in time for, the earliest first', () => {
    const state = stateOf();
    const parts = [{ item: 'hub', quantity: 2 }];
    commit(state, 'a', { now: NOW, operations: [], parts });
    commit(state, 'b', { now: NOW, operations: [], parts, earliest: NOW + 9 * DAY_MS });
    const toBuy = (): unknown =>
      ['a', 'b'].map((id) => findOrder(state, id)?.reservations[0]?.toBuy);
    expect(toBuy()).toEqual([1, 2]);
    const receipt = { id: 'r1', at: NOW + 4 * DAY_MS, quantity: 1.5 };
    const { events } = carryOut(state, expectStock(state, { item: 'hub', receipt }));
    expect(touchedBy(events)).toEqual({ orders: ['a', 'b'], items: ['hub'] });
    expect(toBuy()).toEqual([0, 1.5]);
    const late = { id: 'r2', at: NOW + 10 * DAY_MS, quantity: 9 };
    carryOut(state, expectStock(state, { item: 'hub', receipt: late }));
    expect(toBuy()).toEqual([0, 1.5]);
    carryOut(state, receiveStock(state, { item: 'hub', quantity: 2, receipt: 'r1' }));
    expect(toBuy()).toEqual([0, 1]);
    expect(findItem(state, 'hub')).toMatchObject({ onHand: 3, incoming: [late] });
  });

  test('PRD-34 late stock comes with the new plan of whom it makes late', () => {
    const incoming = [{ id: 'r', at: NOW + DAY_MS, quantity: 1 }];
    const state = stateOf(
      plantOf({ items: [{ id: 'hub', onHand: 0, incoming, leadTimeDays: 5 }] }),
    );
    const { promise } = commit(state, 'a');
    expect(promise).toBe(NOW + DAY_MS + 3 * HOUR_MS);
    const at = NOW + 2 * DAY_MS;
    const { events } = carryOut(
      state,
      delayReceipt(state, { item: 'hub', receipt: 'r', at, now: NOW }),
    );
    expect(events).toMatchObject([
      { kind: 'stock.delayed' },
      {
        kind: 'order.replanned',
        reason: { kind: 'waits-for-part', item: 'hub', availableAt: at },
        order: { promise, finish: at + 3 * HOUR_MS },
      },
    ]);
  });

  test('PRD-34 a count that finds less moves whoever was promised the latest date', () => {
    const state = stateOf(
      plantOf({ items: [{ id: 'hub', onHand: 2, incoming: [], leadTimeDays: 5 }] }),
    );
    const a = commit(state, 'a');
    commit(state, 'b');
    carryOut(state, adjustStock(state, { item: 'hub', change: -1, now: NOW }));
    expect(findOrder(state, 'a')).toBe(a);
    expect(findOrder(state, 'b')).toMatchObject({
      finish: NOW + 5 * DAY_MS + 3 * HOUR_MS,
      reservations: [{ toBuy: 1 }],
    });
  });

  test('PRD-33 PRD-34 movements that cannot be are refused', () => {
    const state = stateOf();
    const receipt = { id: 'r', at: NOW, quantity: 1 };
    carryOut(state, expectStock(state, { item: 'hub', receipt }));
    const kinds = [
      expectStock(state, { item: 'x', receipt }),
      expectStock(state, { item: 'hub', receipt }),
      expectStock(state, { item: 'hub', receipt: { ...receipt, id: 's', quantity: 0 } }),
      expectStock(state, { item: 'hub', receipt: { ...receipt, id: 's', at: 0.5 } }),
      receiveStock(state, { item: 'hub', quantity: 1, receipt: 'x' }),
      receiveStock(state, { item: 'hub', quantity: -1 }),
      delayReceipt(state, { item: 'hub', receipt: 'x', at: NOW, now: NOW }),
      adjustStock(state, { item: 'hub', change: -2, now: NOW }),
      adjustStock(state, { item: 'hub', change: Number.NaN, now: NOW }),
    ].map((result) => (result.kind === 'refused' ? result.error.kind : 'ok'));
    expect(kinds).toEqual([
      'unknown-item',
      'duplicate-receipt',
      'bad-quantity',
      'bad-instant',
      'unknown-receipt',
      'bad-quantity',
      'unknown-receipt',
      'bad-quantity',
      'bad-quantity',
    ]);
  });
});
