import type { BoardCard } from '@keepsake/contract';
import { describe, expect, test } from 'vitest';
import {
  actsOf,
  currentCard,
  dueTone,
  findStock,
  instantFrom,
  isAnswered,
  quantityWords,
  rejectedOf,
  type StockLine,
} from './workshop.view.ts';

const card = (id: string, state: BoardCard['state']) => ({ id, state }) as BoardCard;

describe('what to make now', () => {
  const cards = [card('blocked', 'blocked'), card('waiting', 'waiting'), card('ready', 'ready')];

  test('is what runs, then what can begin; blocked work comes last', () => {
    expect(currentCard(cards, undefined)?.id).toBe('ready');
    expect(currentCard([...cards, card('running', 'running')], undefined)?.id).toBe('running');
    expect(currentCard(cards.slice(0, 1), undefined)?.id).toBe('blocked');
    expect(currentCard([], 'gone')).toBeUndefined();
  });

  test('is what was chosen, as long as it is there', () => {
    expect(currentCard(cards, 'waiting')?.id).toBe('waiting');
    expect(currentCard(cards, 'gone')?.id).toBe('ready');
  });

  test('allows what its state allows', () => {
    expect(actsOf('ready')).toEqual(['start', 'block']);
    expect(actsOf('running')).toEqual(['done', 'block']);
    expect(actsOf('blocked')).toEqual(['unblock']);
    expect(actsOf('waiting')).toEqual([]);
  });
});

test('a due date is late, today, tomorrow or later, in the calendar of the place', () => {
  const now = Date.parse('2026-11-24T20:00:00.000Z');
  expect(dueTone('2026-11-24T19:59:00.000Z', now, 'UTC')).toBe('late');
  expect(dueTone('2026-11-24T23:30:00.000Z', now, 'UTC')).toBe('today');
  expect(dueTone('2026-11-24T23:30:00.000Z', now, 'Europe/Berlin')).toBe('soon');
  expect(dueTone('2026-11-27T09:00:00.000Z', now, 'UTC')).toBe('later');
});

test('quantities are read without superfluous words', () => {
  expect(quantityWords(2, 'piece', 'en')).toBe('2');
  expect(quantityWords(18.5, 'g', 'de')).toBe('18,5 g');
});

describe('before Done', () => {
  const followed = { isFollowed: true, reason: '' };
  const not = { isFollowed: false, reason: ' no firm pillows left ' };

  test('each instruction is answered, and a no has its reason', () => {
    expect(isAnswered([followed, not])).toBe(true);
    expect(isAnswered([followed, { isFollowed: undefined, reason: '' }])).toBe(false);
    expect(isAnswered([{ isFollowed: false, reason: ' ' }])).toBe(false);
    expect(isAnswered([])).toBe(true);
  });

  test('only what was not followed is sent, by its index', () => {
    expect(rejectedOf([followed, not])).toEqual([{ index: 1, reason: 'no firm pillows left' }]);
  });
});

test('stock is found by name, number or bin, what is short first', () => {
  const row = (item: string, bin: string, available: number): StockLine => ({
    ...{ item, name: { en: item }, bin, onHand: 9, reserved: 0, available },
    ...{ incoming: [], leadTimeDays: 2 },
  });
  const items = [row('kettle', 'D-06', 4), row('crib', 'E-01', 0), row('desk-lamp', 'E-05', 3)];
  const found = (query: string) => findStock(items, query, ({ item }) => item).map((r) => r.item);
  expect(found('')).toEqual(['crib', 'desk-lamp', 'kettle']);
  expect(found('e-0')).toEqual(['crib', 'desk-lamp']);
  expect(found('KETT')).toEqual(['kettle']);
});

test('a date and time is an instant, or none', () => {
  expect(instantFrom('')).toBeUndefined();
  expect(instantFrom('tomorrow')).toBeUndefined();
  expect(instantFrom('2026-11-24T09:30')).toMatch(/^2026-11-2\dT\d\d:30:00\.000Z$/);
});
