import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPredicate, findValue, type Ontology, valueLabel } from './ontology.ts';
import { parseOntology } from './ontology-parse.ts';
import { dateSaid } from './said-date.ts';
import { numberSaid } from './said-number.ts';
import { timeSaid } from './said-time.ts';

const vocabulary = (): Ontology => {
  const about = { label: 'L', question: 'Q?', purpose: 'trip' };
  const parsed = parseOntology({
    purposes: [{ id: 'trip', label: 'Trip', description: 'Your trip.', needs: 'consent' }],
    predicates: [
      { ...about, name: 'trip.day', kind: 'date', indifferent: 'dontcare' },
      { ...about, name: 'trip.hour', kind: 'time' },
      {
        ...about,
        name: 'trip.city',
        kind: 'place',
        values: [{ id: 'San Francisco', label: 'San Francisco', synonyms: ['SF'] }],
      },
      {
        ...about,
        name: 'trip.people',
        kind: 'choice',
        values: ['1', '2', '3'].map((id) => ({ id, label: id })),
      },
      { ...about, name: 'trip.bags', kind: 'number' },
      { ...about, name: 'trip.shared', kind: 'boolean' },
      { ...about, name: 'trip.nights', kind: 'number', open: true },
      {
        ...about,
        name: 'trip.line',
        kind: 'choice',
        open: true,
        values: [{ id: 'north', label: 'Northern' }],
      },
    ],
  });
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};
const ontology = vocabulary();

const meant = (name: string, said: string | number | boolean): unknown => {
  const predicate = findPredicate(ontology, name);
  return predicate === undefined ? undefined : findValue(predicate, said);
};

describe('values as they are said', () => {
  test.each([
    [
      'trip.day',
      ['8th of March', 'March 8th', 'march 8', 'on March 8th', '8. März', 'Friday, March 8th'],
      '--03-08',
    ],
    [
      'trip.day',
      ['2026-03-08', 'March 8th, 2026', '8.3.2026', 'the eighth of March 2026'],
      '2026-03-08',
    ],
    ['trip.day', ['next Tuesday', ' Next  tuesday'], 'next tuesday'],
    ['trip.day', ['the 12th', '12th'], '---12'],
    ['trip.day', ['31st of February'], '31st of february'],
    ['trip.day', ['3/8/2026'], '3/8/2026'],
    ['trip.day', ['Dontcare'], 'dontcare'],
    [
      'trip.hour',
      ['10:30', '10:30 am', '10:30 in the morning', 'half past 10 in the morning'],
      '10:30',
    ],
    [
      'trip.hour',
      ['1:30 in the afternoon', '1:30 pm', 'afternoon 1:30', '13:30', 'half past one PM'],
      '13:30',
    ],
    ['trip.hour', ['quarter to 12 in the morning', '11:45 a.m.'], '11:45'],
    ['trip.hour', ['quarter to 1 in the afternoon', '12:45 pm'], '12:45'],
    [
      'trip.hour',
      ['6 o"clock in the evening', "6 o'clock pm", 'six in the evening', '18 Uhr'],
      '18:00',
    ],
    ['trip.hour', ['noon', 'twelve pm', '12 in the afternoon'], '12:00'],
    ['trip.hour', ['midnight', '12 am', '12 at night'], '00:00'],
    ['trip.hour', ['soon', ' Soon'], 'soon'],
    ['trip.hour', ['25:00'], '25:00'],
    ['trip.city', ['san diego', 'San  Diego'], 'San Diego'],
    ['trip.city', ['sf', 'SF', 'San francisco'], 'San Francisco'],
    ['trip.people', ['two', '2', 'Two'], '2'],
    ['trip.bags', ['two', '2', 'zwei'], 2],
    ['trip.bags', ['1,000', '1000'], 1000],
    ['trip.bags', ['2.5', '2,5'], 2.5],
    ['trip.bags', ['twenty-one'], 21],
    ['trip.nights', ['three', '3'], 3],
    ['trip.nights', ['a  few'], 'a few'],
    ['trip.shared', ['yes', 'True', 'ja'], true],
    ['trip.line', ['Northern', 'NORTH'], 'north'],
    ['trip.line', ['the  scenic one'], 'the scenic one'],
  ] as const)('MEM-130 %s: %j are one value', (name, forms, value) => {
    expect(forms.map((said) => meant(name, said))).toEqual(forms.map(() => value));
  });

  test('MEM-130 what means nothing is no value', () => {
    const none = [
      meant('trip.people', 'nine'),
      meant('trip.bags', 'a few'),
      meant('trip.shared', 'perhaps'),
    ];
    expect([...none, meant('trip.day', 3), meant('trip.hour', true)]).toEqual(
      Array(5).fill(undefined),
    );
    expect(meant('trip.people', 2)).toBe('2');
  });

  test('MEM-131 two names are one value only where the ontology says so', () => {
    expect(meant('trip.city', 'LA')).toBe('LA');
    expect(meant('trip.city', 'Los Angeles')).toBe('Los Angeles');
    expect(meant('trip.city', 'us/fl/key-west')).toBe('us/fl/key-west');
  });

  test('MEM-130 a value brought to its form stays as it is', () => {
    const words = fc.constantFrom(
      'the',
      'half',
      'past',
      '12',
      '3',
      'march',
      'of',
      'am',
      'pm',
      'next',
      '8th',
      ':30',
      'two',
      '-',
      '.',
    );
    const texts = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 6 }).map((list) => list.join(' ')),
    );
    const names = fc.constantFrom(...ontology.predicates.map(({ name }) => name));
    fc.assert(
      fc.property(texts, names, (said, name) => {
        const once = meant(name, said);
        if (typeof once !== 'string' && typeof once !== 'number') return;
        expect(meant(name, once)).toBe(once);
      }),
      { numRuns: 3_000 },
    );
  });

  test('MEM-130 every minute of the day and every day of the year has one form', () => {
    for (let minute = 0; minute < 1440; minute++) {
      const hour = Math.floor(minute / 60);
      const rest = String(minute % 60).padStart(2, '0');
      const form = `${String(hour).padStart(2, '0')}:${rest}`;
      expect(timeSaid(`${hour}:${rest}`)).toBe(form);
      expect(
        timeSaid(`${hour % 12 === 0 ? 12 : hour % 12}:${rest} ${hour < 12 ? 'am' : 'p.m.'}`),
      ).toBe(form);
    }
    for (let number = 0; number < 100; number++) expect(numberSaid(String(number))).toBe(number);
    const days = new Set(Array.from({ length: 31 }, (_, day) => dateSaid(`March ${day + 1}`)));
    expect(days.size).toBe(31);
  });

  test('MEM-82 a date reads in words', () => {
    const day = findPredicate(ontology, 'trip.day');
    const read = (value: string): unknown => day && valueLabel(day, value);
    expect(read('--03-08')).toEqual({ en: 'March 8', de: '8. März' });
    expect(read('2026-03-08')).toEqual({ en: 'March 8, 2026', de: '8. März 2026' });
    expect(read('---12')).toEqual({ en: 'day 12 of the month', de: 'der 12.' });
    expect(read('next tuesday')).toEqual({ en: 'next tuesday' });
  });
});
