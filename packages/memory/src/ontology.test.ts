import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPredicate, findValue, valueLabel } from './ontology.ts';
import { parseOntology } from './ontology-parse.ts';
import { sampleOntology } from './testing/index.ts';

const purpose = { id: 'stay', label: 'Stay', description: 'Your stay.', needs: 'consent' };
const predicate = {
  name: 'room.floor',
  label: 'Floor',
  question: 'Which floor?',
  kind: 'choice',
  values: [{ id: 'low', label: 'Low' }],
  purpose: 'stay',
};

const issuesOf = (document: unknown): readonly string[] => {
  const result = parseOntology(document);
  if (result.kind === 'ok') return [];
  return result.error.map((issue) => `${issue.path} ${issue.code}`);
};

const issuesWith = (changes: object): readonly string[] =>
  issuesOf({ purposes: [purpose], predicates: [{ ...predicate, ...changes }] });

describe('ontology', () => {
  test('MEM-80 a well-formed document parses, with what it leaves out at rest', () => {
    const result = parseOntology({ purposes: [purpose], predicates: [predicate] });
    expect(result).toMatchObject({
      kind: 'ok',
      value: {
        purposes: [{ id: 'stay', includes: [] }],
        predicates: [
          {
            cardinality: 'one',
            sensitivity: 'ordinary',
            personal: false,
            category: '',
            halfLifeDays: null,
            unit: null,
          },
        ],
      },
    });
  });

  test.each([
    [{ name: 'Floor' }, 'predicates[0].name bad-name'],
    [{ label: '' }, 'predicates[0].label not-words'],
    [{ question: { de: 'Welche?' } }, 'predicates[0].question not-words'],
    [{ kind: 'colour' }, 'predicates[0].kind not-one-of'],
    [{ values: [] }, 'predicates[0].values missing-values'],
    [
      {
        values: [
          { id: 'a', label: 'A' },
          { id: 'a', label: 'B' },
        ],
      },
      'predicates[0].values duplicate',
    ],
    [{ halfLifeDays: 0 }, 'predicates[0].halfLifeDays not-a-number'],
    [{ personal: 'yes' }, 'predicates[0].personal not-a-boolean'],
    [{ synonyms: [3] }, 'predicates[0].synonyms not-a-text'],
    [{ synonyms: 'x' }, 'predicates[0].synonyms not-a-list'],
    [{ synonyms: ['room.floor'] }, 'predicates[0].name duplicate'],
    [{ purpose: 'sale' }, 'predicates[0].purpose unknown-purpose'],
    [{ sensitivity: 'special' }, 'predicates[0].purpose special-needs-explicit-consent'],
    [{ excludes: [{ predicate: 'a.b', value: 1 }] }, 'predicates[0].excludes[0] unknown-predicate'],
    [
      { excludes: [{ predicate: 'room.floor', value: 'top' }] },
      'predicates[0].excludes[0] unknown-value',
    ],
    [{ halfLive: 3 }, 'predicates[0].halfLive unknown-key'],
  ])('MEM-81 %j is reported with its path', (changes, issue) => {
    expect(issuesWith(changes)).toEqual([issue]);
  });

  test('MEM-81 every issue of a document is reported at once', () => {
    expect(issuesWith({ label: 3, category: 4 })).toHaveLength(2);
    expect(issuesOf('nothing')).toEqual([' not-an-object']);
    expect(issuesOf({ purposes: [purpose, purpose], predicates: [] })).toEqual([
      'purposes duplicate',
    ]);
  });

  test('MEM-81 whatever the document is, parsing answers', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (purposes, predicates) => {
        const result = parseOntology({ purposes, predicates });
        expect(['ok', 'refused']).toContain(result.kind);
      }),
      { numRuns: 500 },
    );
  });

  test('MEM-82 predicates and values are found by name, synonym or label, in any language', () => {
    const pillow = findPredicate(sampleOntology, 'bed.pillow');
    expect(pillow?.name).toBe('pillow.firmness');
    expect(findPredicate(sampleOntology, 'toString')).toBeUndefined();
    if (pillow === undefined) throw new Error('the sample ontology knows pillows');
    expect(['firm', 'Hard', 'FEST', ' firm '].map((said) => findValue(pillow, said))).toEqual(
      Array(4).fill('firm'),
    );
    expect(findValue(pillow, 'marble')).toBeUndefined();
  });

  test('MEM-82 a value reads as its label, with its unit', () => {
    const labels = [
      ['pillow.firmness', 'firm', 'Firm'],
      ['room.temperature', 19.5, '19.5 °C'],
      ['allergy.feather', true, 'Feather allergy'],
    ] as const;
    for (const [name, value, label] of labels) {
      const found = findPredicate(sampleOntology, name);
      expect(found === undefined ? '' : valueLabel(found, value).en).toBe(label);
    }
  });
});
