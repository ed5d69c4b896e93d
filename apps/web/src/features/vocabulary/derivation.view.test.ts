import type { PredicateEntry } from '@keepsake/contract';
import { expect, test } from 'vitest';
import { choicesOf, factValue, rowsFor } from './derivation.view.ts';

const entry: PredicateEntry = {
  ...{ name: 'pillow.firmness', label: { en: 'Pillow' }, question: { en: 'How firm?' } },
  kind: 'choice',
  values: [
    { id: 'soft', label: { en: 'Soft' }, synonyms: [] },
    { id: 'firm', label: { en: 'Firm' }, synonyms: [] },
  ],
  ...{ cardinality: 'one', synonyms: [], sensitivity: 'ordinary', purpose: 'personalisation' },
  ...{ personal: false, category: '', excludes: [] },
};

test('what was typed is a value of its kind; what is none of it stays text, to be refused', () => {
  expect(factValue('number', ' 3,5 ')).toBe(3.5);
  expect(factValue('number', 'many')).toBe('many');
  expect(factValue('number', '')).toBe('');
  expect([factValue('boolean', 'true'), factValue('boolean', 'false')]).toEqual([true, false]);
  expect(factValue('choice', '3')).toBe('3');
  expect(factValue(undefined, ' a ')).toBe('a');
});

test('a table has a line for every value that there is, and keeps those it had', () => {
  expect(rowsFor(entry, [{ from: 'firm', to: 'hard' }])).toEqual([
    { from: 'firm', to: 'hard' },
    { from: 'soft', to: '' },
  ]);
  const yesNo = { ...entry, kind: 'boolean' as const, values: [] };
  expect(rowsFor(yesNo, []).map(({ from }) => from)).toEqual(['true', 'false']);
  expect(rowsFor({ ...yesNo, kind: 'date' }, [])).toEqual([{ from: '', to: '' }]);
});

test('what also takes other values is typed, not chosen', () => {
  expect(choicesOf(entry)).toEqual(entry.values);
  expect(choicesOf({ ...entry, open: true })).toBeUndefined();
  expect(choicesOf(undefined)).toBeUndefined();
});
