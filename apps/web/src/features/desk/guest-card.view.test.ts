import type { AskAnswer, Fact, GuestCard, Predicate } from '@keepsake/contract';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  type ArrivalOf,
  arrivalDays,
  askableNeeds,
  greetingFrom,
  isCaredFor,
  keyLines,
  questionsOf,
  sortOrders,
  splitTasks,
} from './guest-card.view.ts';

const fact = (id: string, more: Partial<Fact> = {}): Fact => ({
  ...{ id, predicate: 'pillow.firmness', value: 'firm', unit: null, polarity: 'like' },
  ...{ basis: 'stated', confidence: 0.9, purpose: 'personalisation', sensitivity: 'ordinary' },
  label: { en: 'Pillow' },
  valueLabel: { en: 'Firm' },
  scope: { place: null, placeName: null, occasion: null },
  since: '2026-11-09T18:00:00.000Z',
  until: null,
  evidence: [],
  ...more,
});

type OrderLine = GuestCard['orders'][number];
const order = (number: string, more: Partial<OrderLine> = {}): OrderLine => ({
  id: `id-${number}`,
  number,
  state: 'accepted',
  placedAt: '2026-11-01T10:00:00.000Z',
  family: 'hotel_room',
  familyName: { en: 'Hotel room' },
  total: { currency: 'USD', minor: '10000' },
  ready: '2026-12-03T15:00:00.000Z',
  stay: null,
  ...more,
});

const today = '2026-11-24';

describe('the lines that matter', () => {
  test('are what must be, what is on now, and what is liked best', () => {
    const facts = [
      fact('old', { confidence: 0.4 }),
      fact('allergy', { polarity: 'require', sensitivity: 'special', value: true }),
      fact('sure', { confidence: 0.99 }),
    ];
    const orders = [
      order('later', { stay: { arrive: '2026-12-03', depart: '2026-12-06' } }),
      order('now', { stay: { arrive: '2026-11-22', depart: '2026-11-25' } }),
      order('gone', { state: 'cancelled', stay: { arrive: today, depart: '2026-11-27' } }),
    ];
    const lines = keyLines({ facts, orders }, today);
    expect(lines.map(({ kind }) => kind)).toEqual(['must', 'staying', 'likes']);
    expect(lines[0]).toMatchObject({ facts: [{ id: 'allergy' }] });
    expect(lines[1]).toMatchObject({ order: { number: 'now' } });
    expect(lines[2]).toMatchObject({ facts: [{ id: 'sure' }, { id: 'old' }] });
  });

  test('name an arrival today, and an order where there is no stay', () => {
    const stay = { arrive: today, depart: '2026-11-27' };
    expect(keyLines({ facts: [], orders: [order('a', { stay })] }, today)[0]?.kind).toBe(
      'arriving',
    );
    const orders = [order('done', { state: 'made' }), order('open')];
    expect(keyLines({ facts: [], orders }, today)).toMatchObject([
      { kind: 'order', order: { number: 'open' } },
    ]);
  });

  test('say so when nothing is known, and count no answered “no” as a must', () => {
    expect(keyLines({ facts: [], orders: [] }, today)).toEqual([{ kind: 'unknown' }]);
    const none = fact('none', { sensitivity: 'special', polarity: 'require', value: false });
    expect(keyLines({ facts: [none], orders: [] }, today)).toEqual([{ kind: 'unknown' }]);
  });
});

describe('what to do', () => {
  const task = (id: string, due: string, state = 'ready'): GuestCard['tasks'][number] => ({
    ...{ id, order: 'o', orderNumber: '1', state, due },
    name: { en: 'Make the bed' },
    instructions: [],
  });

  test('is due today in the time zone of the house, or later', () => {
    const tasks = [
      task('tomorrow', '2026-11-25T09:00:00.000Z'),
      task('late', '2026-11-25T03:00:00.000Z'),
      task('overdue', '2026-11-20T03:00:00.000Z'),
      task('done', '2026-11-24T03:00:00.000Z', 'done'),
    ];
    const { now, later } = splitTasks(tasks, today, 'America/Los_Angeles');
    expect(now.map(({ id }) => id)).toEqual(['overdue', 'late']);
    expect(later.map(({ id }) => id)).toEqual(['tomorrow']);
  });

  test('comes before what is over', () => {
    const orders = [
      order('new', { state: 'made', placedAt: '2026-11-20T10:00:00.000Z' }),
      order('open'),
    ];
    expect(sortOrders(orders).map(({ number }) => number)).toEqual(['open', 'new']);
  });
});

describe('what the desk may ask', () => {
  const predicate = (name: string, more: Partial<Predicate> = {}): Predicate => ({
    ...{ name, kind: 'choice', unit: null, sensitivity: 'ordinary', purpose: 'personalisation' },
    label: { en: name },
    question: { en: `${name}?` },
    values: [
      { id: 'soft', label: { en: 'Soft' }, synonyms: [] },
      { id: 'firm', label: { en: 'Firm' }, synonyms: [] },
    ],
    category: 'room',
    ...more,
  });
  const answer = (
    name: string,
    status: z.infer<typeof AskAnswer>['status'],
    more: Partial<z.infer<typeof AskAnswer>> = {},
  ): z.infer<typeof AskAnswer> => ({
    ...{ predicate: name, status, value: null, valueLabel: null, factIds: [], basis: null },
    ...{ derivedFrom: [], rank: null },
    ...{ confidence: null, asOf: null, question: null, options: [], until: null },
    ...more,
  });
  const predicates = ['a.one', 'a.two', 'a.three', 'a.four'].map((name) => predicate(name));

  test('is never what is known or declined, and at most two things', () => {
    const answers = [
      answer('a.one', 'known', { value: 'firm' }),
      answer('a.two', 'ask', { options: [{ id: 'soft', label: { en: 'Soft' } }] }),
      answer('a.three', 'confirm', { value: 'firm' }),
      answer('a.four', 'ask'),
    ];
    expect(
      questionsOf(answers, predicates).map((each) => [
        each.predicate.name,
        each.doubted,
        each.options,
      ]),
    ).toEqual([
      ['a.two', null, ['soft']],
      ['a.three', 'firm', ['soft', 'firm']],
    ]);
    const closed = ['known', 'declined', 'later'] as const;
    expect(
      questionsOf(
        closed.map((each) => answer('a.one', each)),
        predicates,
      ),
    ).toEqual([]);
  });

  test('offers yes and no', () => {
    const desk = predicate('room.desk', { kind: 'boolean', values: [] });
    expect(questionsOf([answer('room.desk', 'ask')], [desk])[0]?.options).toEqual([true, false]);
  });

  test('is of use here, answered with a tap, and no question of health', () => {
    const all = [
      ...predicates,
      predicate('allergy.nut', { kind: 'boolean', sensitivity: 'special' }),
      predicate('room.temperature', { kind: 'number' }),
    ];
    const relevant = new Set(['a.two', 'allergy.nut', 'room.temperature']);
    expect(askableNeeds(all, relevant)).toEqual(['a.two']);
  });
});

describe('arrivals', () => {
  const arrival = (number: string, arrive: string, done: number): ArrivalOf => ({
    ...{ order: number, orderNumber: number, guest: null, arrivalSlot: null, tasks: [] },
    stay: { arrive, depart: '2026-12-09' },
    familyName: { en: 'Room' },
    roomLabel: { en: 'King room' },
    prepared: { done, total: 3 },
  });

  test('stand under their days, the least prepared first', () => {
    const days = arrivalDays([
      arrival('later', '2026-11-25', 0),
      arrival('ready', today, 3),
      arrival('open', today, 1),
    ]);
    expect(days.map(({ date, arrivals }) => [date, arrivals.map((each) => each.order)])).toEqual([
      [today, ['open', 'ready']],
      ['2026-11-25', ['later']],
    ]);
  });
});

test('a search that found nobody begins the greeting', () => {
  expect(greetingFrom(' Nora ').name).toBe('Nora');
  expect(greetingFrom('nora@guest.example').email).toBe('nora@guest.example');
  expect(greetingFrom('LH-204417').loyalty).toBe('LH-204417');
});

test('a guest is cared for who is kept, or has a treatment', () => {
  const words = { en: 'A free service' };
  expect(isCaredFor({ care: { isKept: false, treatments: [] } })).toBe(false);
  expect(isCaredFor({ care: { isKept: true, treatments: [] } })).toBe(true);
  expect(isCaredFor({ care: { isKept: false, treatments: [{ words, kind: 'offer' }] } })).toBe(
    true,
  );
});
