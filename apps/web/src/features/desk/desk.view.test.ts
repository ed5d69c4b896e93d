import { describe, expect, test } from 'vitest';
import { entriesOf, type NotePredicate, suggest, tokensOf } from './desk.view.ts';

const words = (en: string, de: string) => ({ en, de });

function choice(
  name: string,
  label: ReturnType<typeof words>,
  values: NotePredicate['values'],
): NotePredicate {
  const question = words('', '');
  const rest = { unit: null, sensitivity: 'ordinary', purpose: 'personalisation' } as const;
  return { name, label, question, kind: 'choice', values, category: 'room', ...rest };
}

function plain(
  name: string,
  kind: 'boolean' | 'number',
  label: ReturnType<typeof words>,
  more: Partial<NotePredicate> = {},
): NotePredicate {
  return { ...choice(name, label, []), kind, ...more };
}

const health = { sensitivity: 'special', purpose: 'health' } as const;

const PREDICATES: readonly NotePredicate[] = [
  choice('pillow.firmness', words('Pillow', 'Kissen'), [
    { id: 'soft', label: words('Soft', 'Weich') },
    { id: 'firm', label: words('Firm', 'Fest'), synonyms: [words('Hard', 'Hart')] },
  ]),
  choice('bed.mattress', words('Mattress', 'Matratze'), [
    { id: 'firm', label: words('Firm', 'Fest') },
  ]),
  choice('pillow.filling', words('Pillow filling', 'Kissenfüllung'), [
    { id: 'feather', label: words('Feather', 'Feder') },
    { id: 'wool', label: words('Wool', 'Wolle') },
  ]),
  choice('room.minibar', words('Minibar', 'Minibar'), [
    { id: 'classic', label: words('Classic', 'Klassisch') },
    { id: 'nut_free', label: words('Without nuts', 'Ohne Nüsse') },
  ]),
  plain('allergy.feather', 'boolean', words('Feather allergy', 'Federallergie'), {
    ...health,
    question: words('Should we keep feathers away?', 'Sollen wir Federn fernhalten?'),
  }),
  plain('room.desk', 'boolean', words('Desk', 'Schreibtisch')),
  plain('pillow.count', 'number', words('Number of pillows', 'Anzahl der Kissen')),
  plain('room.temperature', 'number', words('Room temperature', 'Raumtemperatur'), { unit: '°C' }),
];

const entries = entriesOf(PREDICATES, new Set());
const found = (text: string) =>
  suggest(text, entries).suggestions.map(
    ({ predicate, value, polarity }) => `${polarity} ${predicate}=${value}`,
  );

describe('a note while it is typed', () => {
  test('finds the firm pillow by the beginnings of its words, in any order', () => {
    expect(found('firm pil')).toEqual(['like pillow.firmness=firm']);
    expect(found('Pil FIRM')).toEqual(['like pillow.firmness=firm']);
    expect(found('fest kissen')[0]).toBe('like pillow.firmness=firm');
  });

  test('passes over words that say nothing', () => {
    expect(found('she likes a firm pillow, please')[0]).toBe('like pillow.firmness=firm');
  });

  test('knows other words for a value', () => {
    expect(found('hard pillow')).toEqual(['like pillow.firmness=firm']);
  });

  test('offers everything that one word begins, what it names first', () => {
    expect(found('firm').slice(0, 2)).toEqual([
      'like pillow.firmness=firm',
      'like bed.mattress=firm',
    ]);
  });

  test('takes every word seriously', () => {
    expect(found('firm elephant')).toEqual([]);
    expect(found('f')).toEqual([]);
    expect(found('the')).toEqual([]);
  });

  test('needs a health word to speak of health first', () => {
    expect(found('feather allergy')[0]).toBe('require allergy.feather=true');
    expect(found('allergie feder')[0]).toBe('require allergy.feather=true');
    expect(found('feather')[0]).toBe('like pillow.filling=feather');
  });

  test('turns the meaning with a no', () => {
    expect(found('no feathers')).toEqual([
      'dislike pillow.filling=feather',
      'require allergy.feather=true',
    ]);
    expect(found('keine Federn')).toContain('require allergy.feather=true');
    expect(found('never feather')[0]).toBe('forbid pillow.filling=feather');
    expect(found('no feather allergy')[0]).toBe('require allergy.feather=false');
    expect(found('no desk')).toEqual(['like room.desk=false']);
  });

  test('leaves a no that belongs to the name of a value', () => {
    expect(found('without nuts')[0]).toBe('like room.minibar=nut_free');
    expect(found('ohne Nüsse')[0]).toBe('like room.minibar=nut_free');
  });

  test('hears a must', () => {
    expect(found('only wool')).toEqual(['require pillow.filling=wool']);
  });

  test('reads a number with its unit, and asks for exactly one', () => {
    expect(found('temperature 19')).toEqual(['like room.temperature=19']);
    expect(suggest('Raumtemperatur 19,5 °C', entries).suggestions[0]).toMatchObject({
      value: 19.5,
      valueLabel: { en: '19.5 °C' },
    });
    expect(found('2 pillows')).toEqual(['like pillow.count=2']);
    expect(found('temperature')).toEqual([]);
  });

  test('puts first what the company can act on', () => {
    const relevant = entriesOf(PREDICATES, new Set(['bed.mattress']));
    expect(suggest('firm', relevant).suggestions[0]?.predicate).toBe('bed.mattress');
  });

  test('finds a thing at the end of a sentence and keeps what stands before', () => {
    const suggested = suggest('Arrived tired from Oslo, firm pil', entries);
    expect(suggested.before).toBe('Arrived tired from Oslo,');
    expect(suggested.suggestions[0]?.predicate).toBe('pillow.firmness');
    expect(suggest('Arrived tired from firm', entries).suggestions).toEqual([]);
  });

  test('splits numbers from units and drops accents', () => {
    expect(tokensOf('Müde, 181cm – don’t')).toEqual(['mude', '181', 'cm', 'dont']);
  });
});
