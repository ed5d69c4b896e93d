import type { PredicateEntry, Vocabulary } from '@keepsake/contract';
import { expect, test } from 'vitest';
import {
  fieldsOf,
  isOfOneOccasion,
  NEW_VALUE,
  newPredicate,
  withPredicate,
} from './vocabulary.view.ts';

const pillow: PredicateEntry = {
  name: 'pillow.firmness',
  label: { en: 'Pillow', de: 'Kissen', fr: 'Oreiller' },
  question: { en: 'How firm?' },
  kind: 'choice',
  values: [{ id: 'firm', label: { en: 'Firm' }, synonyms: [{ en: 'hard', de: 'hart' }] }],
  cardinality: 'one',
  halfLifeDays: 400,
  synonyms: ['cushion.hardness'],
  sensitivity: 'ordinary',
  purpose: 'personalisation',
  personal: false,
  category: 'room/pillow',
  excludes: [],
};
const bed: PredicateEntry = {
  ...pillow,
  ...{ name: 'room.bed', synonyms: [], label: { en: 'Bed' } },
  values: [{ id: 'hard', label: { en: 'Hard' }, synonyms: [] }],
};
const age: PredicateEntry = { ...bed, name: 'guest.age', kind: 'number', values: [] };
const document: Vocabulary['document'] = { purposes: [], predicates: [pillow, bed, age] };

test('what is opened and saved is what there was', () => {
  const whole: PredicateEntry = {
    ...pillow,
    ...{ sensitivity: 'special', personal: true, cardinality: 'many', unit: 'cm' },
    ...{ open: true, indifferent: 'any', volatile: false, retired: true },
    excludes: [{ predicate: 'room.bed', value: 'hard' }],
    derivations: [
      { from: 'room.bed', map: [{ from: 'hard', to: 'firm' }], certain: true },
      { from: 'guest.age', when: [{ predicate: 'guest.age', value: 70 }] },
    ],
    counterparts: ['room.bed'],
  };
  for (const entry of [pillow, whole, { ...pillow, derivations: [{ from: 'room.bed' }] }]) {
    const both = { ...document, predicates: [entry, bed, age] };
    expect(withPredicate(both, fieldsOf(entry), false)).toEqual(both);
  }
});

test('a value, a synonym, derivations, a half-life and a retirement are changed', () => {
  const fields = fieldsOf(pillow);
  const soft = { id: 'soft', en: 'Soft', de: 'Weich', synonyms: 'fluffy, down', isKept: false };
  const firm = fields.values.map((value) => ({ ...value, synonyms: 'hart, stiff' }));
  const way = { from: 'guest.age', hasTable: true, when: [], isCertain: true };
  const changed = withPredicate(
    document,
    {
      ...fields,
      values: [...firm, soft, NEW_VALUE],
      synonyms: 'cushion.hardness, pillow.kind',
      halfLife: ' 90,5 ',
      cardinality: 'many',
      isVolatile: true,
      derivations: [
        {
          ...way,
          rows: [
            { from: '70', to: 'soft' },
            { from: '80', to: ' ' },
          ],
        },
        { ...way, from: '', rows: [] },
      ],
      excludes: [{ predicate: '', value: 'x' }],
      counterparts: [''],
      isRetired: true,
    },
    false,
  );
  expect(changed.predicates).toEqual([
    {
      ...pillow,
      values: [
        // What was German stays German; what is new is read in every language.
        {
          id: 'firm',
          label: { en: 'Firm' },
          synonyms: [{ en: 'hart', de: 'hart' }, { en: 'stiff' }],
        },
        {
          id: 'soft',
          label: { en: 'Soft', de: 'Weich' },
          synonyms: [{ en: 'fluffy' }, { en: 'down' }],
        },
      ],
      ...{ halfLifeDays: 90.5, cardinality: 'many', volatile: true },
      synonyms: ['cushion.hardness', 'pillow.kind'],
      derivations: [{ from: 'guest.age', map: [{ from: 70, to: 'soft' }], certain: true }],
      retired: true,
    },
    bed,
    age,
  ]);
});

test('what ages no more has no half-life, and what is no number is left to be refused', () => {
  const aged = (halfLife: string) =>
    withPredicate(document, { ...fieldsOf(pillow), halfLife }, false).predicates[0];
  expect(aged('')).not.toHaveProperty('halfLifeDays');
  expect(aged('soon')?.halfLifeDays).toBeNaN();
});

test('a new predicate stands at the end, also under a name that there is', () => {
  const fields = { ...newPredicate('service'), name: 'pillow.firmness', en: 'Again' };
  expect(withPredicate(document, fields, true).predicates.length).toBe(4);
});

test('dates belong to one occasion unless somebody says otherwise', () => {
  const fields = newPredicate('service');
  expect(isOfOneOccasion(fields)).toBe(false);
  expect(isOfOneOccasion({ ...fields, kind: 'date' })).toBe(true);
  expect(isOfOneOccasion({ ...fields, kind: 'date', isVolatile: false })).toBe(false);
});
