import { DAY_MS } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Basis, Fact } from './fact.ts';
import type { Predicate } from './ontology.ts';
import { findPredicate } from './ontology.ts';
import { resolve } from './resolve.ts';
import {
  JOURNAL_START,
  type ReferenceWish,
  referenceWish,
  sampleOntology,
  scopes,
} from './testing/index.ts';

const fills = ['foam', 'wool', 'feather'];

const wishes = fc
  .uniqueArray(
    fc.record({
      scope: scopes,
      value: fc.constantFrom(...fills),
      basis: fc.constantFrom<Basis>('stated', 'observed', 'inferred'),
    }),
    { maxLength: 6, selector: ({ scope }) => JSON.stringify(scope) },
  )
  .map((list) =>
    list.map(
      ({ scope, value, basis }, position): Fact => ({
        id: `f${position}`,
        subject: 's1',
        predicate: 'pillow.fill',
        value,
        unit: null,
        scope,
        polarity: 'like',
        basis,
        confidence: basis === 'inferred' ? 0.4 : 0.9,
        evidence: [`i${position}`],
        seq: position,
        asOf: JOURNAL_START,
        purpose: 'stay',
        sensitivity: 'ordinary',
        validFrom: JOURNAL_START + position,
        validTo: null,
        txFrom: JOURNAL_START,
        txTo: null,
        supersedes: null,
      }),
    ),
  );

const fill = (): Predicate => {
  const predicate = findPredicate(sampleOntology, 'pillow.fill');
  if (predicate === undefined) throw new Error('the sample ontology knows pillow.fill');
  return predicate;
};

describe('resolve', () => {
  test('MEM-46 resolving agrees with trying every scope', () => {
    fc.assert(
      fc.property(wishes, scopes, (facts, scope) => {
        const situation = { place: '', category: 'room/pillow', ...scope };
        const { candidates } = resolve({
          predicate: fill(),
          situation: { ...situation, at: JOURNAL_START + DAY_MS },
          facts,
          ontology: sampleOntology,
        });
        const [first] = candidates;
        const found: ReferenceWish =
          first === undefined
            ? { kind: 'none' }
            : { kind: first.doubt === null ? 'sure' : 'doubtful', value: first.fact.value };
        const inCategory = { ...situation, category: 'room/pillow' };
        expect(found).toEqual(referenceWish([...facts], inCategory));
      }),
      { numRuns: 2_000 },
    );
  });
});
