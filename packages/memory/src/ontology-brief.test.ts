import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPredicate, findValue, type Ontology } from './ontology.ts';
import { parseBriefOntology, withPurposes } from './ontology-brief.ts';

const brief = (document: unknown): Ontology => {
  const parsed = parseBriefOntology(document);
  if (parsed.kind === 'refused') throw new Error(JSON.stringify(parsed.error));
  return parsed.value.ontology;
};

const issuesOf = (document: unknown): readonly string[] => {
  const parsed = parseBriefOntology(document);
  return parsed.kind === 'ok' ? [] : parsed.error.map(({ path, code }) => `${path} ${code}`);
};

describe('ontologies in few words', () => {
  test('MEM-146 names are enough; the rest follows', () => {
    const ontology = brief({
      predicates: ['pickup_city', { name: 'Cars_1.type', values: ['Compact', 'Full-size', 3] }],
    });
    expect(ontology.purposes).toMatchObject([{ id: 'service', needs: 'consent' }]);
    expect(ontology.predicates).toMatchObject([
      {
        name: 'pickup_city',
        label: { en: 'Pickup city' },
        question: { en: 'Pickup city?' },
        kind: 'text',
        purpose: 'service',
      },
      {
        name: 'Cars_1.type',
        kind: 'choice',
        values: [{ id: 'Compact' }, { id: 'Full-size' }, { id: '3' }],
      },
    ]);
    expect(parseBriefOntology({ predicates: ['a'] })).toMatchObject({
      value: { isOpenToPurposes: true },
    });
    expect(parseBriefOntology({ predicates: ['a'], purposes: ['stay'] })).toMatchObject({
      value: { isOpenToPurposes: false, ontology: { predicates: [{ purpose: 'stay' }] } },
    });
    expect(
      withPurposes(ontology, ['offers', 'service', 'offers']).purposes.map(({ id }) => id),
    ).toEqual([...['service', 'offers']]);
  });

  test('MEM-146 maps stand for lists: predicates, values with their synonyms, tables, conditions', () => {
    const ontology = brief({
      predicates: {
        city: {
          kind: 'place',
          values: { 'San Francisco': ['SF', 'Frisco'], Fresno: 'FAT' },
          description: 'The city',
        },
        kind: { values: ['flight', 'bus'] },
        airport: { derivations: [{ from: 'city', map: { SF: 'SFO' }, when: { kind: 'flight' } }] },
        town: { derivations: ['city'] },
      },
    });
    const city = findPredicate(ontology, 'city');
    expect(city && ['sf', 'frisco', 'fat', 'Napa'].map((said) => findValue(city, said))).toEqual([
      ...['San Francisco', 'San Francisco', 'Fresno', 'Napa'],
    ]);
    expect(city?.question).toEqual({ en: 'The city?' });
    expect(findPredicate(ontology, 'airport')?.derivations).toEqual([
      {
        from: 'city',
        map: [{ from: 'SF', to: 'SFO' }],
        when: [{ predicate: 'kind', value: 'flight' }],
      },
    ]);
    expect(findPredicate(ontology, 'town')?.derivations).toEqual([{ from: 'city' }]);
  });

  test('MEM-146 of the links, those that were accepted hold', () => {
    const links = [
      { a: 'to', b: 'city', accepted: true },
      { a: 'to', b: 'town', as: 'synonym', accepted: true },
      { a: 'to', b: 'car', as: 'derivation', accepted: true },
      { a: 'to', b: 'day', strength: 1, reason: 'nobody looked', accepted: false },
      { a: 'to', b: 'hour', accepted: 'yes' },
    ];
    const ontology = brief({ predicates: ['to', 'city', 'town', 'car', 'day', 'hour'], links });
    expect(findPredicate(ontology, 'town')?.name).toBe('to');
    expect(findPredicate(ontology, 'to')).toMatchObject({
      counterparts: ['city'],
      synonyms: ['town'],
    });
    expect(findPredicate(ontology, 'car')?.derivations).toEqual([{ from: 'to' }]);
    expect(findPredicate(ontology, 'day')).toEqual(
      findPredicate(brief({ predicates: ['day'] }), 'day'),
    );
  });

  test('MEM-146 faults are told as of a full ontology', () => {
    expect(issuesOf({ predicates: ['a b', { name: 'c', kind: 'colour', lable: 'C' }] })).toEqual([
      'predicates[0].name bad-name',
      'predicates[1].lable unknown-key',
      'predicates[1].kind not-one-of',
      'predicates[1].values missing-values',
    ]);
    expect(issuesOf({ predicates: ['a'], links: [{ a: 'a', b: 'x', accepted: true }] })).toEqual([
      'predicates[0].counterparts[0] unknown-predicate',
    ]);
    expect(issuesOf('nothing')).toEqual([' not-an-object']);
  });

  test('MEM-146 whatever the document is, parsing answers', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (predicates, purposes, links) => {
        const parsed = parseBriefOntology({ predicates, purposes, links });
        expect(['ok', 'refused']).toContain(parsed.kind);
        expect(['ok', 'refused']).toContain(parseBriefOntology(predicates).kind);
      }),
      { numRuns: 500 },
    );
  });
});
