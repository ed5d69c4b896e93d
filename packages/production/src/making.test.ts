import { DAY_MS, HOUR_MS, MINUTE_MS, type Result } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import {
  adjustStock,
  alwaysOpen,
  amendOrder,
  applyEvents,
  blockOperation,
  cancelOrder,
  checkPlant,
  closeOrder,
  commitOrder,
  completeOperation,
  createPlantState,
  delayReceipt,
  expectStock,
  findItem,
  findOrder,
  firmOrder,
  HORIZON_DAYS,
  type NeededOperation,
  type Order,
  operationMoves,
  orderState,
  type Plant,
  type PlantDecision,
  type PlantState,
  type QuoteRequest,
  quote,
  receiveStock,
  refreshPromises,
  releaseOrder,
  returnOrder,
  startOperation,
  touchedBy,
  unblockOperation,
  workOrderMoves,
} from './index.ts';

const NOW = Date.UTC(2024, 5, 3, 8);

function plantOf(part: Partial<Plant> = {}): Plant {
  return {
    id: 'plant',
    timeZone: 'UTC',
    workCentres: [
      { id: 'bench', units: 1, calendar: alwaysOpen },
      { id: 'crew', units: 2, calendar: alwaysOpen },
      { id: 'room', units: 2, calendar: alwaysOpen },
      { id: 'shut', units: 1, calendar: { shifts: [], closed: [] } },
    ],
    items: [{ id: 'hub', onHand: 1, incoming: [], leadTimeDays: 5 }],
    ...part,
  };
}

function granted<T>(result: Result<T, unknown>): T {
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.error));
  return result.value;
}

function stateOf(plant: Plant = plantOf()): PlantState {
  return granted(createPlantState({ version: 0, plant, orders: [] }));
}

function apply<T extends PlantDecision>(state: PlantState, result: Result<T, unknown>): T {
  const decision = granted(result);
  applyEvents(state, decision.events);
  expect(checkPlant(state)).toEqual([]);
  return decision;
}

function operation(
  id: string,
  hours: number,
  more: Partial<NeededOperation> = {},
): NeededOperation {
  return { id, workCentre: 'bench', seconds: hours * 3_600, after: [], ...more };
}

const weld = operation('weld', 2);
const paint = operation('paint', 1, { workCentre: 'crew', after: ['weld'] });
const frame: QuoteRequest = {
  now: NOW,
  operations: [weld, paint],
  parts: [{ item: 'hub', quantity: 1 }],
};
const noParts: QuoteRequest = { ...frame, parts: [] };

function commit(state: PlantState, order: string, request: QuoteRequest = frame): Order {
  return apply(state, commitOrder(state, { order, request })).order;
}

function release(state: PlantState, order: string): void {
  apply(state, releaseOrder(state, { order, at: NOW }));
}

const on = (order: string, id: string, at: number) => ({ order, operation: id, at });

describe('quotes', () => {
  test('PRD-10 fills a gap before what was promised later', () => {
    const state = stateOf();
    const parts = [{ item: 'hub', quantity: 2 }];
    const late = commit(state, 'late', { now: NOW, operations: [weld], parts });
    expect(late.finish).toBe(NOW + 5 * DAY_MS + 2 * HOUR_MS);
    expect(granted(quote(state, noParts)).finish).toBe(NOW + 3 * HOUR_MS);
  });

  test('PRD-13 says what binds: a busy work centre, then a part that must be bought', () => {
    const state = stateOf();
    commit(state, 'first');
    expect(granted(quote(state, noParts)).binding).toEqual([
      {
        kind: 'work-centre-busy',
        workCentre: 'bench',
        operation: 'weld',
        until: NOW + 2 * HOUR_MS,
        delayMs: 2 * HOUR_MS,
      },
      { kind: 'work', workCentre: 'bench', operation: 'weld', delayMs: 2 * HOUR_MS },
      { kind: 'work', workCentre: 'crew', operation: 'paint', delayMs: HOUR_MS },
    ]);
    const { binding, parts } = granted(quote(state, frame));
    const availableAt = NOW + 5 * DAY_MS;
    expect(binding[0]).toEqual({
      kind: 'waits-for-part',
      item: 'hub',
      quantity: 1,
      availableAt,
      because: 'lead-time',
      delayMs: 5 * DAY_MS,
    });
    expect(parts).toEqual([{ item: 'hub', quantity: 1, availableAt, toBuy: 1 }]);
  });

  test('PRD-12 overdue supply counts for nothing until it is there', () => {
    const incoming = [{ id: 'r', at: NOW + HOUR_MS, quantity: 5 }];
    const state = stateOf(
      plantOf({ items: [{ id: 'hub', onHand: 0, incoming, leadTimeDays: 5 }] }),
    );
    const request = { now: NOW, operations: [], parts: [{ item: 'hub', quantity: 1 }] };
    expect(granted(quote(state, request)).finish).toBe(NOW + HOUR_MS);
    const now = NOW + 2 * HOUR_MS;
    expect(granted(quote(state, { ...request, now })).finish).toBe(now + 5 * DAY_MS);
    apply(state, receiveStock(state, { item: 'hub', quantity: 5, receipt: 'r' }));
    expect(granted(quote(state, { ...request, now })).finish).toBe(now);
    expect(findItem(state, 'hub')).toMatchObject({ onHand: 5, incoming: [] });
  });

  test.each<[string, Partial<QuoteRequest>, object]>([
    [
      'an unknown item',
      { parts: [{ item: 'x', quantity: 1 }] },
      { kind: 'unknown-item', item: 'x' },
    ],
    [
      'an unknown work centre',
      { operations: [operation('weld', 1, { workCentre: 'x' })] },
      { kind: 'unknown-work-centre', workCentre: 'x', operation: 'weld' },
    ],
    [
      'no opening within the horizon',
      { operations: [operation('weld', 1, { workCentre: 'shut' })] },
      { kind: 'no-capacity', workCentre: 'shut', operation: 'weld', horizonDays: HORIZON_DAYS },
    ],
    [
      'work longer than the horizon',
      { operations: [operation('weld', 24 * 401)] },
      { kind: 'no-capacity' },
    ],
    [
      'a deadline too soon',
      { deadline: NOW + HOUR_MS },
      { kind: 'deadline-missed', deadline: NOW + HOUR_MS, finish: NOW + 3 * HOUR_MS },
    ],
    [
      'a cycle',
      { operations: [operation('a', 1, { after: ['a'] })] },
      { kind: 'malformed-request', fault: 'cycle', id: 'a' },
    ],
    ['a duplicate', { operations: [weld, weld] }, { fault: 'duplicate-operation', id: 'weld' }],
    [
      'an unknown predecessor',
      { operations: [paint] },
      { fault: 'unknown-predecessor', id: 'paint' },
    ],
    [
      'half a second',
      { operations: [operation('a', 1 / 7_200)] },
      { fault: 'bad-seconds', id: 'a' },
    ],
    [
      'nothing of a part',
      { parts: [{ item: 'hub', quantity: 0 }] },
      { fault: 'bad-quantity', id: 'hub' },
    ],
    [
      'seven decimals',
      { parts: [{ item: 'hub', quantity: 0.1234567 }] },
      { fault: 'bad-quantity' },
    ],
    ['half a millisecond', { earliest: NOW + 0.5 }, { fault: 'bad-instant', id: 'earliest' }],
    [
      'a deadline in a thousand years',
      { deadline: NOW + 365_000 * DAY_MS },
      { fault: 'bad-instant', id: 'deadline' },
    ],
    [
      'a stay operation without a stay',
      { operations: [operation('a', 0, { seconds: 'stay' })] },
      { fault: 'stay-missing', id: 'a' },
    ],
    [
      'an arrival after the departure',
      { stay: { from: NOW + 2, to: NOW + 1 } },
      { fault: 'bad-stay', id: 'stay' },
    ],
    [
      'an arrival in the past',
      { stay: { from: NOW - 1, to: NOW + 1 } },
      { fault: 'bad-stay', id: 'stay' },
    ],
  ])('PRD-14 refuses %s', (_, part, error) => {
    expect(quote(stateOf(), { ...noParts, ...part })).toMatchObject({ kind: 'refused', error });
  });
});

describe('stays', () => {
  const sleep = operation('sleep', 0, { workCentre: 'room', seconds: 'stay', after: ['prepare'] });
  const prepare = operation('prepare', 1, { workCentre: 'crew' });
  const clean = operation('clean', 1, { workCentre: 'crew', after: ['sleep'] });
  const stay = { from: NOW + DAY_MS, to: NOW + 3 * DAY_MS };
  const visit: QuoteRequest = { now: NOW, operations: [prepare, sleep, clean], parts: [], stay };

  test('PRD-15 prepares just before the arrival and cleans after the departure', () => {
    const found = granted(quote(stateOf(), visit));
    expect(found.operations).toEqual([
      {
        operation: 'prepare',
        workCentre: 'crew',
        unit: 0,
        start: stay.from - HOUR_MS,
        end: stay.from,
      },
      { operation: 'sleep', workCentre: 'room', unit: 0, start: stay.from, end: stay.to },
      { operation: 'clean', workCentre: 'crew', unit: 0, start: stay.to, end: stay.to + HOUR_MS },
    ]);
    expect(found.finish).toBe(stay.from);
    expect(found.binding[0]).toMatchObject({ kind: 'arrival', at: stay.from });
  });

  test('PRD-15 refuses a stay when all units are taken, and takes the next right after', () => {
    const state = stateOf();
    expect(commit(state, 'a', visit).promise).toBe(stay.from);
    commit(state, 'b', visit);
    const overlapping = { ...visit, stay: { from: stay.to - 1, to: stay.to + DAY_MS } };
    expect(quote(state, overlapping)).toEqual({
      kind: 'refused',
      error: { kind: 'stay-taken', workCentre: 'room', operation: 'sleep', stay: overlapping.stay },
    });
    expect(quote(state, { ...visit, stay: { from: stay.to, to: stay.to + DAY_MS } }).kind).toBe(
      'ok',
    );
  });

  test('PRD-15 refuses an arrival for which nothing can be ready, with when it could be', () => {
    const soon = { ...visit, stay: { from: NOW + HOUR_MS / 2, to: stay.to } };
    expect(quote(stateOf(), soon)).toMatchObject({
      error: { kind: 'deadline-missed', deadline: NOW + HOUR_MS / 2, finish: NOW + HOUR_MS },
    });
    const parts = [{ item: 'hub', quantity: 2 }];
    expect(quote(stateOf(), { ...visit, parts })).toMatchObject({
      error: { kind: 'deadline-missed', finish: NOW + 5 * DAY_MS + HOUR_MS },
    });
  });

  test('PRD-29 PRD-32 a stay is ready before the arrival; who stays longer moves the next guest', () => {
    const state = stateOf();
    commit(state, 'a', visit);
    const next = { ...visit, stay: { from: stay.to, to: stay.to + DAY_MS } };
    commit(state, 'c', next);
    release(state, 'a');
    const at = stay.from - HOUR_MS;
    apply(state, startOperation(state, on('a', 'prepare', at)));
    expect(orderState(granted({ kind: 'ok', value: findOrder(state, 'a') as Order }))).toBe(
      'in-making',
    );
    const done = apply(state, completeOperation(state, on('a', 'prepare', stay.from)));
    expect(orderState(done.order)).toBe('ready');
    apply(state, startOperation(state, on('a', 'sleep', stay.from)));
    const now = stay.to + HOUR_MS;
    apply(state, { kind: 'ok', value: refreshPromises(state, now) });
    expect(findOrder(state, 'c')?.operations[1]?.claim).toMatchObject({ unit: 1, start: stay.to });
    expect(findOrder(state, 'a')?.operations[1]?.claim).toMatchObject({ unit: 0, end: now });
  });
});

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
    const kept = apply(
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
    const { order } = apply(state, amendOrder(state, { order: 'a', request: longer, at: NOW }));
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
    const { order } = apply(state, cancelOrder(state, { order: 'a', at: NOW }));
    expect(orderState(order)).toBe('cancelled');
    expect(granted(quote(state, frame))).toEqual({ ...before, version: 2 });
  });
});

describe('the floor', () => {
  test('PRD-28 PRD-29 an order goes from accepted to made, step by step', () => {
    const state = stateOf();
    const held = apply(state, commitOrder(state, { order: 'a', request: frame, hold: true }));
    expect(held.order.stage).toBe('planned');
    expect(releaseOrder(state, { order: 'a', at: NOW })).toEqual({
      kind: 'refused',
      error: { kind: 'illegal-order-move', order: 'a', from: 'planned', to: 'released' },
    });
    const stages = [
      apply(state, firmOrder(state, { order: 'a', at: NOW })),
      apply(state, releaseOrder(state, { order: 'a', at: NOW })),
      apply(state, startOperation(state, on('a', 'weld', NOW))),
      apply(state, completeOperation(state, on('a', 'weld', NOW + 2 * HOUR_MS))),
      apply(state, startOperation(state, on('a', 'paint', NOW + 2 * HOUR_MS))),
      apply(state, completeOperation(state, on('a', 'paint', NOW + 3 * HOUR_MS))),
      apply(state, returnOrder(state, { order: 'a', at: NOW + DAY_MS })),
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
    apply(state, closeOrder(state, { order: 'a', at: NOW + DAY_MS }));
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
    apply(state, startOperation(state, on('a', 'weld', NOW)));
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
    const started = apply(state, startOperation(state, on('a', 'weld', NOW)));
    expect(started.events.map(({ kind }) => kind)).toEqual(['parts.issued', 'operation.started']);
    expect(touchedBy(started.events)).toEqual({ orders: ['a'], items: ['hub'] });
    expect(findItem(state, 'hub')?.onHand).toBe(0);
    apply(state, completeOperation(state, on('a', 'weld', NOW + HOUR_MS)));
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
    const { order } = apply(state, releaseOrder(state, { order: 'a', at: NOW }));
    expect([orderState(order), findItem(state, 'hub')?.onHand]).toEqual(['made', 0]);
  });

  test('PRD-31 blocked work goes on later with what is left of it', () => {
    const state = stateOf();
    commit(state, 'a');
    release(state, 'a');
    apply(state, startOperation(state, on('a', 'weld', NOW)));
    const at = NOW + 90 * MINUTE_MS;
    const blocked = apply(
      state,
      blockOperation(state, { ...on('a', 'weld', at), reason: 'no gas' }),
    );
    expect(blocked.order).toMatchObject({
      stage: 'blocked',
      operations: [{ remainingSeconds: 1_800, blockedBecause: 'no gas' }, {}],
    });
    expect(orderState(blocked.order)).toBe('blocked');
    const open = apply(state, unblockOperation(state, on('a', 'weld', at)));
    expect(open.order).toMatchObject({
      stage: 'released',
      operations: [{ stage: 'ready', blockedBecause: null }, {}],
    });
    apply(state, startOperation(state, on('a', 'weld', at + HOUR_MS)));
    apply(state, { kind: 'ok', value: refreshPromises(state, at + HOUR_MS) });
    expect(findOrder(state, 'a')?.operations[0]?.claim?.end).toBe(at + 90 * MINUTE_MS);
  });
});

describe('refreshing', () => {
  test('PRD-32 work that overruns pushes what follows, no further than needed', () => {
    const state = stateOf();
    const a = commit(state, 'a', noParts);
    const b = commit(state, 'b', noParts);
    commit(state, 'c', { ...noParts, earliest: NOW + DAY_MS });
    release(state, 'a');
    apply(state, startOperation(state, on('a', 'weld', NOW)));
    const now = NOW + 150 * MINUTE_MS;
    const { events } = apply(state, { kind: 'ok', value: refreshPromises(state, now) });
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
    apply(state, blockOperation(state, { ...on('a', 'weld', NOW), reason: 'no drawing' }));
    const now = NOW + HOUR_MS;
    const { events } = apply(state, { kind: 'ok', value: refreshPromises(state, now) });
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
      apply(state, startOperation(state, on(order, 'sleep', NOW)));
    }
    commit(state, 'c', { ...visit, stay: { from: first.to, to: first.to + DAY_MS } });
    commit(state, 'd', { ...visit, stay: { from: first.to, to: first.to + DAY_MS } });
    const now = first.to + HOUR_MS;
    apply(state, { kind: 'ok', value: refreshPromises(state, now) });
    for (const order of ['c', 'd']) {
      expect(findOrder(state, order)).toMatchObject({
        finish: null,
        moved: { kind: 'no-capacity', workCentre: 'room' },
      });
    }
    apply(state, completeOperation(state, on('a', 'sleep', now)));
    apply(state, { kind: 'ok', value: refreshPromises(state, now) });
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
    const { events } = apply(state, expectStock(state, { item: 'hub', receipt }));
    expect(touchedBy(events)).toEqual({ orders: ['a', 'b'], items: ['hub'] });
    expect(toBuy()).toEqual([0, 1.5]);
    const late = { id: 'r2', at: NOW + 10 * DAY_MS, quantity: 9 };
    apply(state, expectStock(state, { item: 'hub', receipt: late }));
    expect(toBuy()).toEqual([0, 1.5]);
    apply(state, receiveStock(state, { item: 'hub', quantity: 2, receipt: 'r1' }));
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
    const { events } = apply(
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
    apply(state, adjustStock(state, { item: 'hub', change: -1, now: NOW }));
    expect(findOrder(state, 'a')).toBe(a);
    expect(findOrder(state, 'b')).toMatchObject({
      finish: NOW + 5 * DAY_MS + 3 * HOUR_MS,
      reservations: [{ toBuy: 1 }],
    });
  });

  test('PRD-33 PRD-34 movements that cannot be are refused', () => {
    const state = stateOf();
    const receipt = { id: 'r', at: NOW, quantity: 1 };
    apply(state, expectStock(state, { item: 'hub', receipt }));
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

describe('loading', () => {
  const bench = { id: 'bench', units: 1, calendar: alwaysOpen };
  const shift = { weekday: 1, from: '08:00', to: '16:00' };
  const hub = { id: 'hub', onHand: 1, incoming: [], leadTimeDays: 1 };

  test.each<[Partial<Plant>, object]>([
    [{ timeZone: 'Mars/Olympus' }, { kind: 'unknown-time-zone', timeZone: 'Mars/Olympus' }],
    [{ workCentres: [bench, bench] }, { kind: 'duplicate-id', id: 'bench' }],
    [{ workCentres: [{ ...bench, units: 0 }] }, { kind: 'bad-units', id: 'bench' }],
    [
      {
        workCentres: [
          { ...bench, calendar: { shifts: [shift, { ...shift, to: '25:00' }], closed: [] } },
        ],
      },
      { kind: 'bad-shift', id: 'bench', index: 1 },
    ],
    [
      { workCentres: [{ ...bench, calendar: { shifts: [{ ...shift, weekday: 0 }], closed: [] } }] },
      { kind: 'bad-shift', id: 'bench', index: 0 },
    ],
    [
      { workCentres: [{ ...bench, calendar: { shifts: [], closed: ['2023-02-29'] } }] },
      { kind: 'bad-closed-date', id: 'bench', date: '2023-02-29' },
    ],
    [{ items: [{ ...hub, onHand: -1 }] }, { kind: 'bad-quantity', id: 'hub' }],
    [{ items: [{ ...hub, leadTimeDays: Number.NaN }] }, { kind: 'bad-lead-time', id: 'hub' }],
  ])('PRD-35 refuses a plant with %j', (part, error) => {
    expect(createPlantState({ version: 0, plant: plantOf(part), orders: [] })).toEqual({
      kind: 'refused',
      error,
    });
  });

  test('PRD-35 refuses orders whose claims overlap or point nowhere', () => {
    const state = stateOf();
    const order = commit(state, 'a', noParts);
    const load = (orders: readonly Order[], plant = plantOf()) =>
      createPlantState({ version: 1, plant, orders });
    expect(load([order, order])).toMatchObject({ error: { kind: 'duplicate-order', order: 'a' } });
    expect(load([order, { ...order, id: 'b' }])).toEqual({
      kind: 'refused',
      error: { kind: 'claim-overlap', order: 'b', operation: 'weld' },
    });
    expect(load([order], plantOf({ workCentres: [bench] }))).toMatchObject({
      error: { kind: 'unknown-work-centre', workCentre: 'crew' },
    });
    const parts = [{ item: 'x', quantity: 1 }];
    expect(load([{ ...order, parts }])).toMatchObject({
      error: { kind: 'unknown-item', item: 'x' },
    });
  });
});
