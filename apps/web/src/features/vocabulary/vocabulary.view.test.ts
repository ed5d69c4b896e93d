import type { PredicateEntry, Vocabulary } from '@keepsake/contract';
import { expect, test } from 'vitest';
import {
  faultsByField,
  fieldsOf,
  hasTables,
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
const document: Vocabulary['document'] = { purposes: [], predicates: [pillow] };

test('what is opened and saved is what there was', () => {
  expect(withPredicate(document, fieldsOf(pillow), false)).toEqual(document);
  const derived = { ...pillow, derivations: [{ from: 'room.bed', map: [{ from: 'a', to: 'b' }] }] };
  const both = { ...document, predicates: [derived] };
  expect(hasTables(derived)).toBe(true);
  expect(withPredicate(both, fieldsOf(derived), false)).toEqual(both);
});

test('a value, a synonym, a derivation and a retirement are added', () => {
  const fields = fieldsOf(pillow);
  const soft = { id: 'soft', en: 'Soft', de: 'Weich', synonyms: 'fluffy, down', isKept: false };
  const changed = withPredicate(
    document,
    {
      ...fields,
      values: [...fields.values, soft, NEW_VALUE],
      synonyms: 'cushion.hardness, pillow.kind',
      from: 'room.bed',
      isCertain: true,
      isRetired: true,
    },
    false,
  );
  expect(changed.predicates).toEqual([
    {
      ...pillow,
      values: [
        ...pillow.values,
        {
          id: 'soft',
          label: { en: 'Soft', de: 'Weich' },
          synonyms: [{ en: 'fluffy' }, { en: 'down' }],
        },
      ],
      synonyms: ['cushion.hardness', 'pillow.kind'],
      derivations: [{ from: 'room.bed', certain: true }],
      retired: true,
    },
  ]);
});

test('a new predicate stands at the end, also under a name that there is', () => {
  const fields = { ...newPredicate('service'), name: 'pillow.firmness', en: 'Again' };
  expect(withPredicate(document, fields, true).predicates.length).toBe(2);
});

test('a fault stands beside its field; what is about something else is told of the whole', () => {
  const issues = [
    { path: 'predicates[1].values', message: '', code: 'missing-values' },
    { path: 'predicates[1].derivations[0].from', message: '', code: 'unknown-predicate' },
    { path: 'predicates[0].name', message: '', code: 'surprise' },
  ];
  expect([...faultsByField(issues, 1)]).toEqual([
    ['values', 'missing-values'],
    ['derivations', 'unknown-predicate'],
    ['', 'other'],
  ]);
});
