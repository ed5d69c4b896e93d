import type { BoardCard } from '@keepsake/contract';
import { DAY_MS, HOUR_MS, newId, parseInstant, seededRandom } from '@keepsake/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { signInStaff, TEST_NOW } from '../support/test-server.ts';
import { COMPANY, cardOf, openWorkshop, SITE, type WorkshopWorld } from './workshop-world.ts';

const random = seededRandom(7);
let world: WorkshopWorld;
beforeEach(async () => {
  world = await openWorkshop();
});
afterEach(() => world.server.close());

const shape = (cards: readonly BoardCard[]): string[] =>
  cards.map((card) => `${card.orderNumber} ${card.operation} ${card.state}`);

describe('the board', () => {
  test('shows what can be begun first, then what waits, each by its planned start', async () => {
    const first = await world.order('frame', { texts: { engraving: 'Ada' } });
    const second = await world.order('frame');
    expect(shape(await world.board())).toEqual([
      `${first.number} weld ready`,
      `${second.number} weld ready`,
      `${first.number} engrave waiting`,
      `${first.number} pack waiting`,
      `${second.number} pack waiting`,
    ]);
    const weld = cardOf(await world.board(), first.id, 'weld');
    await world.act(weld, 'start');
    await world.act(weld, 'done');
    const engrave = cardOf(await world.board(), first.id, 'engrave');
    await world.act(engrave, 'start');
    expect(shape(await world.board()).slice(0, 2)).toEqual([
      `${first.number} engrave running`,
      `${second.number} weld ready`,
    ]);
  });

  test('is of one work centre where asked, and counts what is open in each', async () => {
    await world.order('frame', { texts: { engraving: 'Ada' } });
    await world.order('frame');
    const bench = await world.make('board?workCentre=bench');
    expect(bench.body.cards.map((card: BoardCard) => card.workCentre)).toEqual([
      'bench',
      'bench',
      'bench',
    ]);
    expect(bench.body.workCentres).toEqual([
      { id: 'bench', name: { en: 'The bench' }, open: 3 },
      { id: 'packing', name: { en: 'The packing' }, open: 2 },
      { id: 'rooms', name: { en: 'The rooms' }, open: 0 },
      { id: 'house', name: { en: 'The house' }, open: 0 },
    ]);
  });

  test('says when, until when and what for', async () => {
    const order = await world.order('frame');
    const now = parseInstant(TEST_NOW) ?? 0;
    const weld = cardOf(await world.board(), order.id, 'weld');
    expect(weld).toMatchObject({
      orderNumber: order.number,
      familyName: { en: 'Frame', de: 'Rahmen' },
      name: { en: 'Weld', de: 'Schweißen' },
      minutes: 60,
      start: TEST_NOW,
      end: new Date(now + HOUR_MS).toISOString(),
      due: order.promise.ready,
      blockedReason: null,
      instruction: null,
    });
    expect(weld.picture).toContain('<svg');
    expect(cardOf(await world.board(), order.id, 'pack').picture).toBe('');
  });

  test('ends at a hundred cards, and counts on', async () => {
    const { database } = world.server.deps;
    const order = await world.order('frame');
    const rows = await database.kysely.selectFrom('work_operations').selectAll().execute();
    const weld = rows.find((row) => row.operation === 'weld');
    if (weld === undefined) throw new Error('a frame is welded');
    const more = Array.from({ length: 120 }, (_, index) => ({
      ...{ ...weld, after: '[]', operation: `weld-${index}`, id: newId(index, random) },
      start_at: new Date(index),
    }));
    await database.kysely.insertInto('work_operations').values(more).execute();
    const board = await world.make('board');
    expect(board.body.cards).toHaveLength(100);
    expect(board.body.workCentres[0]).toMatchObject({ id: 'bench', open: 121 });
    expect(board.body.cards[0].order).toBe(order.id);
  });

  test('counts what was done on this day of the site', async () => {
    const order = await world.order('frame');
    const weld = cardOf(await world.board(), order.id, 'weld');
    await world.act(weld, 'start');
    // In Berlin it is already the next day.
    world.server.clock.set(parseInstant('2026-03-02T23:30:00.000Z') ?? 0);
    await world.act(weld, 'done');
    const doneToday = async (): Promise<number> => (await world.make('board')).body.doneToday;
    expect(await doneToday()).toBe(1);
    world.server.clock.set(parseInstant('2026-03-03T22:59:00.000Z') ?? 0);
    expect(await doneToday()).toBe(1);
    world.server.clock.set(parseInstant('2026-03-03T23:01:00.000Z') ?? 0);
    expect(await doneToday()).toBe(0);
  });

  test('has the tasks of a stay, never the room that is kept', async () => {
    const stay = { arrive: '2026-03-05', depart: '2026-03-07' };
    const order = await world.order('room', { stay });
    const cards = await world.board();
    expect(shape(cards)).toEqual([`${order.number} make-bed ready`]);
    expect(cards[0]?.due).toBe('2026-03-05T14:00:00.000Z');
    const rows = await world.server.deps.database.kysely
      .selectFrom('work_operations')
      .select(['id', 'operation'])
      .execute();
    const keep = rows.find((row) => row.operation === 'keep')?.id;
    const started = await world.make(`/api/c/${COMPANY}/operations/${keep}/start`, {});
    expect([started.status, started.body.type]).toEqual([404, 'operation/not-found']);
  });

  test('does not show what was cancelled', async () => {
    const cancelled = await world.order('frame');
    const path = `/api/c/${COMPANY}/orders/${cancelled.id}/cancel`;
    const answer = await world.server.call(path, { cookie: world.customer, body: {} });
    expect(answer.status).toBe(200);
    expect(await world.board()).toEqual([]);
  });

  test('there is none of a site or company that does not exist', async () => {
    const missing = await world.make(`/api/c/${COMPANY}/sites/nowhere/board`);
    expect([missing.status, missing.body.type]).toEqual([404, 'site/not-found']);
    const clerk = await signInStaff(world.server, COMPANY, 'clerk');
    expect((await world.server.call(`${SITE}/board`, { cookie: clerk })).status).toBe(200);
    expect((await world.server.call(`${SITE}/board`, { cookie: world.customer })).status).toBe(401);
  });
});

describe('a card', () => {
  test('fills in the instruction and shows a text where it is needed', async () => {
    const texts = { engraving: 'Für Ada', greeting: 'With love' };
    const order = await world.order('frame', { texts, colour: 'blue' });
    const cards = await world.board();
    const engrave = cardOf(cards, order.id, 'engrave');
    expect(engrave.instruction).toEqual({
      en: 'Engrave “Für Ada” on Blue',
      de: '„Für Ada“ auf Blau',
    });
    // No operation mentions the greeting: all show it.
    const greeting = { attribute: 'greeting', label: { en: 'Greeting' }, text: 'With love' };
    const engraving = { attribute: 'engraving', label: { en: 'Engraving' }, text: 'Für Ada' };
    expect(engrave.texts).toEqual([engraving, greeting]);
    expect(cardOf(cards, order.id, 'weld').texts).toEqual([greeting]);
    expect(cardOf(cards, order.id, 'pack').texts).toEqual([greeting]);
  });

  test('names the parts, with their bins, on the operation that takes them', async () => {
    const order = await world.order('frame');
    const cards = await world.board();
    expect(cardOf(cards, order.id, 'weld').parts).toEqual([
      { item: 'tube', name: { en: 'Tube' }, quantity: 2, unit: 'piece', bin: 'A1' },
      { item: 'lug', name: { en: 'Lug' }, quantity: 4, unit: 'piece', bin: null },
    ]);
    expect(cardOf(cards, order.id, 'pack').parts).toEqual([]);
  });

  test('says what is remembered, and where it is known from', async () => {
    await world.remember('ginger beer');
    const order = await world.order('frame');
    const cards = await world.board();
    expect(cardOf(cards, order.id, 'weld').remembered).toEqual([]);
    expect(cardOf(cards, order.id, 'pack').remembered).toMatchObject([
      { text: { en: 'Put in: ginger beer' }, evidence: [{ channel: 'studio', how: 'stated' }] },
    ]);
  });

  test('says nothing of who it is for', async () => {
    await world.order('frame', { texts: { engraving: 'Ada' } });
    const board = await world.make('board');
    expect(JSON.stringify(board.body)).not.toContain('rider@example.com');
    expect(Object.keys(board.body.cards[0])).not.toContain('subject');
  });

  test('of an operation that overran is still there a week later', async () => {
    const order = await world.order('frame');
    world.server.clock.advance(7 * DAY_MS);
    const weld = cardOf(await world.board(), order.id, 'weld');
    expect(await world.act(weld, 'start')).toMatchObject({ state: 'running' });
  });
});
