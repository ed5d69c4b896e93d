import { DAY_MS, HOUR_MS } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import {
  completeOperation,
  findItem,
  findOrder,
  HORIZON_DAYS,
  type Order,
  orderState,
  type QuoteRequest,
  quote,
  receiveStock,
  refreshPromises,
  startOperation,
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
    carryOut(state, receiveStock(state, { item: 'hub', quantity: 5, receipt: 'r' }));
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

  test('PRD-15 an arrival just late enough to be ready for is accepted', () => {
    const request = { ...visit, stay: { from: NOW + HOUR_MS, to: stay.to } };
    expect(granted(quote(stateOf(), request)).binding).toEqual([
      { kind: 'arrival', at: NOW + HOUR_MS, delayMs: 0 },
    ]);
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
    carryOut(state, startOperation(state, on('a', 'prepare', at)));
    expect(orderState(granted({ kind: 'ok', value: findOrder(state, 'a') as Order }))).toBe(
      'in-making',
    );
    const done = carryOut(state, completeOperation(state, on('a', 'prepare', stay.from)));
    expect(orderState(done.order)).toBe('ready');
    carryOut(state, startOperation(state, on('a', 'sleep', stay.from)));
    const now = stay.to + HOUR_MS;
    carryOut(state, { kind: 'ok', value: refreshPromises(state, now) });
    expect(findOrder(state, 'c')?.operations[1]?.claim).toMatchObject({ unit: 1, start: stay.to });
    expect(findOrder(state, 'a')?.operations[1]?.claim).toMatchObject({ unit: 0, end: now });
  });
});
