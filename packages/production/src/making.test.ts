import { DAY_MS, HOUR_MS, MINUTE_MS } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import {
  amendOrder,
  blockOperation,
  cancelOrder,
  closeOrder,
  commitOrder,
  completeOperation,
  findItem,
  findOrder,
  firmOrder,
  operationMoves,
  orderState,
  quote,
  refreshPromises,
  releaseOrder,
  returnOrder,
  startOperation,
  touchedBy,
  unblockOperation,
  workOrderMoves,
} from './index.ts';
import {
  carryOut,
  commit,
  frame,
  granted,
  NOW,
  noParts,
  on,
  operation,
  paint,
  plantOf,
  release,
  stateOf,
  weld,
} from './testing/index.ts';

describe('promises', () => {
  test('PRD-17 a date the customer saw is kept, or refused with the new one', () => {
    const state = stateOf();
    const { finish } = granted(quote(state, noParts));
    commit(state, 'first', noParts);
    const refusal = commitOrder(state, { order: 'second', request: noParts, promisedBy: finish });
    expect(refusal).toMatchObject({
      error: {
        kind: 'promise-moved',
        promisedBy: finish,
        finish: finish + 2 * HOUR_MS,
        binding: [{ kind: 'work-centre-busy' }, {}, {}],
      },
    });
    const kept = carryOut(
      state,
      commitOrder(state, { order: 'second', request: noParts, promisedBy: finish + DAY_MS }),
    );
    expect(kept.order).toMatchObject({ promise: finish + DAY_MS, finish: finish + 2 * HOUR_MS });
    expect(commitOrder(state, { order: 'second', request: noParts })).toEqual({
      kind: 'refused',
      error: { kind: 'duplicate-order', order: 'second' },
    });
  });

  test('PRD-18 an amendment reuses what the order holds, and keeps it when refused', () => {
    const state = stateOf();
    const before = commit(state, 'a');
    const longer = { ...frame, operations: [operation('weld', 3), paint] };
    const refusal = amendOrder(state, {
      order: 'a',
      request: { ...longer, deadline: NOW + HOUR_MS },
      at: NOW,
    });
    expect(refusal).toMatchObject({ error: { kind: 'deadline-missed' } });
    expect(findOrder(state, 'a')).toBe(before);
    const { order } = carryOut(state, amendOrder(state, { order: 'a', request: longer, at: NOW }));
    expect(order).toMatchObject({ finish: NOW + 4 * HOUR_MS, reservations: [{ toBuy: 0 }] });
    release(state, 'a');
    expect(amendOrder(state, { order: 'a', request: frame, at: NOW })).toEqual({
      kind: 'refused',
      error: { kind: 'order-started', order: 'a', stage: 'released' },
    });
    expect(amendOrder(state, { order: 'x', request: frame, at: NOW })).toMatchObject({
      error: { kind: 'unknown-order' },
    });
  });

  test('PRD-19 a cancelled order frees its claims and its parts', () => {
    const state = stateOf();
    const before = granted(quote(state, frame));
    commit(state, 'a');
    const { order } = carryOut(state, cancelOrder(state, { order: 'a', at: NOW }));
    expect(orderState(order)).toBe('cancelled');
    expect(granted(quote(state, frame))).toEqual({ ...before, version: 2 });
  });
});

describe('the floor', () => {
  test('PRD-28 PRD-29 an order goes from accepted to made, step by step', () => {
    const state = stateOf();
    const held = carryOut(state, commitOrder(state, { order: 'a', request: frame, hold: true }));
    expect(held.order.stage).toBe('planned');
    expect(releaseOrder(state, { order: 'a', at: NOW })).toEqual({
      kind: 'refused',
      error: { kind: 'illegal-order-move', order: 'a', from: 'planned', to: 'released' },
    });
    const stages = [
      carryOut(state, firmOrder(state, { order: 'a', at: NOW })),
      carryOut(state, releaseOrder(state, { order: 'a', at: NOW })),
      carryOut(state, startOperation(state, on('a', 'weld', NOW))),
      carryOut(state, completeOperation(state, on('a', 'weld', NOW + 2 * HOUR_MS))),
      carryOut(state, startOperation(state, on('a', 'paint', NOW + 2 * HOUR_MS))),
      carryOut(state, completeOperation(state, on('a', 'paint', NOW + 3 * HOUR_MS))),
      carryOut(state, returnOrder(state, { order: 'a', at: NOW + DAY_MS })),
    ].map(({ order }) => [order.stage, orderState(order)]);
    expect(stages).toEqual([
      ['firm', 'accepted'],
      ['released', 'accepted'],
      ['running', 'in-making'],
      ['running', 'in-making'],
      ['running', 'in-making'],
      ['complete', 'made'],
      ['returned', 'returned'],
    ]);
    carryOut(state, closeOrder(state, { order: 'a', at: NOW + DAY_MS }));
    expect(findOrder(state, 'a')).toBeUndefined();
  });

  test('PRD-28 what may follow what is data', () => {
    expect(workOrderMoves.planned).toEqual(['firm', 'cancelled']);
    expect(workOrderMoves.cancelled).toEqual(['closed']);
    expect(operationMoves.done).toEqual([]);
  });

  test('PRD-28 illegal moves are refused and named', () => {
    const state = stateOf();
    commit(state, 'a');
    expect(startOperation(state, on('a', 'weld', NOW))).toMatchObject({
      error: { kind: 'illegal-order-move', from: 'firm', to: 'running' },
    });
    release(state, 'a');
    expect(startOperation(state, on('a', 'paint', NOW))).toEqual({
      kind: 'refused',
      error: {
        kind: 'illegal-operation-move',
        order: 'a',
        operation: 'paint',
        from: 'waiting',
        to: 'running',
      },
    });
    expect(completeOperation(state, on('a', 'weld', NOW))).toMatchObject({
      error: { from: 'ready', to: 'done' },
    });
    expect(unblockOperation(state, on('a', 'paint', NOW)).kind).toBe('refused');
    expect(unblockOperation(state, on('a', 'weld', NOW)).kind).toBe('refused');
    expect(startOperation(state, on('a', 'x', NOW))).toMatchObject({
      error: { kind: 'unknown-operation', operation: 'x' },
    });
    expect(startOperation(state, on('x', 'weld', NOW))).toEqual({
      kind: 'refused',
      error: { kind: 'unknown-order', order: 'x' },
    });
    expect(closeOrder(state, { order: 'a', at: NOW }).kind).toBe('refused');
  });

  test('PRD-28 no more operations run than the work centre has units', () => {
    const state = stateOf();
    for (const order of ['a', 'b']) {
      commit(state, order, noParts);
      release(state, order);
    }
    carryOut(state, startOperation(state, on('a', 'weld', NOW)));
    expect(startOperation(state, on('b', 'weld', NOW))).toEqual({
      kind: 'refused',
      error: { kind: 'work-centre-full', workCentre: 'bench', units: 1 },
    });
  });

  test('PRD-30 the first start takes the parts, if they are there', () => {
    const state = stateOf();
    commit(state, 'a');
    commit(state, 'b');
    release(state, 'a');
    release(state, 'b');
    const started = carryOut(state, startOperation(state, on('a', 'weld', NOW)));
    expect(started.events.map(({ kind }) => kind)).toEqual(['parts.issued', 'operation.started']);
    expect(touchedBy(started.events)).toEqual({ orders: ['a'], items: ['hub'] });
    expect(findItem(state, 'hub')?.onHand).toBe(0);
    carryOut(state, completeOperation(state, on('a', 'weld', NOW + HOUR_MS)));
    expect(startOperation(state, on('b', 'weld', NOW + HOUR_MS))).toEqual({
      kind: 'refused',
      error: { kind: 'parts-missing', order: 'b', item: 'hub', short: 1 },
    });
  });

  test('PRD-30 parts promised to another order are not taken early', () => {
    const incoming = [{ id: 'r', at: NOW + 2 * DAY_MS, quantity: 1 }];
    const state = stateOf(
      plantOf({ items: [{ id: 'hub', onHand: 1, incoming, leadTimeDays: 90 }] }),
    );
    commit(state, 'a', {
      ...frame,
      operations: [paint].map((one) => ({ ...one, after: [] })),
      earliest: NOW + DAY_MS,
    });
    commit(state, 'b', { ...frame, operations: [weld], earliest: NOW + 3 * DAY_MS });
    release(state, 'b');
    expect(startOperation(state, on('b', 'weld', NOW))).toEqual({
      kind: 'refused',
      error: { kind: 'parts-promised', order: 'b', item: 'hub', short: 1 },
    });
  });

  test('PRD-30 what must still be bought for one order is not taken from another', () => {
    const items = [{ id: 'hub', onHand: 2, incoming: [], leadTimeDays: 5 }];
    const state = stateOf(plantOf({ items }));
    const parts = [{ item: 'hub', quantity: 2 }];
    commit(state, 'a', { ...frame, parts, earliest: NOW + 9 * DAY_MS });
    const b = commit(state, 'b');
    expect(b.reservations).toMatchObject([{ toBuy: 1, at: NOW + 5 * DAY_MS }]);
    release(state, 'b');
    expect(startOperation(state, on('b', 'weld', NOW))).toMatchObject({
      error: { kind: 'parts-promised', item: 'hub', short: 1 },
    });
  });

  test('PRD-30 an order of parts alone is made when it is released', () => {
    const state = stateOf();
    commit(state, 'a', {
      now: NOW,
      operations: [],
      parts: [
        { item: 'hub', quantity: 0.5 },
        { item: 'hub', quantity: 0.5 },
      ],
    });
    const { order } = carryOut(state, releaseOrder(state, { order: 'a', at: NOW }));
    expect([orderState(order), findItem(state, 'hub')?.onHand]).toEqual(['made', 0]);
  });

  test('PRD-31 blocked work goes on later with what is left of it', () => {
    const state = stateOf();
    commit(state, 'a');
    release(state, 'a');
    carryOut(state, startOperation(state, on('a', 'weld', NOW)));
    const at = NOW + 90 * MINUTE_MS;
    const blocked = carryOut(
      state,
      blockOperation(state, { ...on('a', 'weld', at), reason: 'no gas' }),
    );
    expect(blocked.order).toMatchObject({
      stage: 'blocked',
      operations: [{ remainingSeconds: 1_800, blockedBecause: 'no gas' }, {}],
    });
    expect(orderState(blocked.order)).toBe('blocked');
    const open = carryOut(state, unblockOperation(state, on('a', 'weld', at)));
    expect(open.order).toMatchObject({
      stage: 'released',
      operations: [{ stage: 'ready', blockedBecause: null }, {}],
    });
    carryOut(state, startOperation(state, on('a', 'weld', at + HOUR_MS)));
    carryOut(state, { kind: 'ok', value: refreshPromises(state, at + HOUR_MS) });
    expect(findOrder(state, 'a')?.operations[0]?.claim?.end).toBe(at + 90 * MINUTE_MS);
  });
});
