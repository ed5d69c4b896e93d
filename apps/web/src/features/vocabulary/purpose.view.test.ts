import type { Vocabulary } from '@keepsake/contract';
import { expect, test } from 'vitest';
import { NEW_PURPOSE, needsFor, purposeFields, readersOf, withPurpose } from './purpose.view.ts';

const likes: Vocabulary['document']['purposes'][number] = {
  id: 'likes',
  label: { en: 'Likes', fr: 'Goûts' },
  description: { en: 'We remember.', de: 'Wir merken uns.' },
  needs: 'consent',
  includes: ['health'],
};
const document = { purposes: [likes], predicates: [] };

test('what is opened and saved is what there was, and what is new stands at the end', () => {
  expect(withPurpose(document, purposeFields(likes), false)).toEqual(document);
  const added = withPurpose(document, { ...NEW_PURPOSE, id: ' news ', en: 'News' }, true);
  expect(added.purposes.map(({ id }) => id)).toEqual(['likes', 'news']);
  expect(readersOf(added.purposes, 'health')).toEqual([likes]);
});

test('a purpose never needs less than it did', () => {
  expect(needsFor(likes)).toEqual(['consent', 'explicit-consent']);
  expect(needsFor(undefined)).toEqual(['contract', 'consent', 'explicit-consent']);
});
