import { canonicalText, DAY_MS, type Json } from '@keepsake/kernel';
import { describe, expect, test } from 'vitest';
import type { Basis } from './fact.ts';
import type { FactLearned, Interaction } from './journal.ts';
import { applyInteraction, factsAsOf, factsOf, project } from './projection.ts';
import { JOURNAL_START, journalWriter, sampleOntology } from './testing/index.ts';

const day = (count: number): number => JOURNAL_START + count * DAY_MS;

const firmness = (value: string, basis: Basis = 'stated'): FactLearned => ({
  kind: 'fact',
  basis,
  predicate: 'pillow.firmness',
  value,
});

const valuesAt = (journal: readonly Interaction[], validDay: number, knownDay: number): unknown[] =>
  factsAsOf(project(journal, sampleOntology), {
    validAt: day(validDay),
    knownAt: day(knownDay),
  }).map((fact) => fact.value);

const conflicts = [
  ['a stronger basis', firmness('firm', 'stated'), { ...firmness('soft', 'observed') }, 'firm'],
  ['the later validFrom', firmness('firm'), { ...firmness('soft'), validFrom: day(-1) }, 'firm'],
  [
    'the higher confidence',
    { ...firmness('firm', 'observed'), confidence: 0.9 },
    { ...firmness('soft', 'observed'), confidence: 0.8 },
    'firm',
  ],
  ['the later seq', firmness('soft'), firmness('firm'), 'firm'],
] as const;

describe('projection', () => {
  test('MEM-3 what the ontology does not know leaves no fact and is listed', () => {
    const line = journalWriter();
    const journal = [
      line({ ...firmness('soft'), predicate: 'pillow.colour' }),
      line(firmness('marble')),
      line({ ...firmness('soft'), confidence: 2 }),
      line({ ...firmness('soft'), purpose: 'spying' }),
      line({ ...firmness('soft'), validTo: day(-1) }),
      line({ ...firmness('soft'), value: 3 }),
    ];
    const projection = project(journal, sampleOntology);
    expect(factsOf(projection)).toEqual([]);
    expect(projection.ignored.map((one) => one.reason)).toEqual([
      'unknown-predicate',
      'unknown-value',
      'confidence-out-of-bounds',
      'unknown-purpose',
      'empty-interval',
      'unknown-value',
    ]);
  });

  test('MEM-4 names and values said in other words mean the same slot and value', () => {
    const line = journalWriter();
    const journal = [
      line({ ...firmness('HARD'), predicate: 'bed.pillow', scope: { place: '/us//ca/' } }),
      line({ ...firmness('fest'), scope: { place: 'us/ca', occasion: '' } }, { day: 1 }),
    ];
    const [fact, ...others] = factsAsOf(project(journal, sampleOntology), {
      validAt: day(2),
      knownAt: day(2),
    });
    expect(others).toEqual([]);
    expect(fact).toMatchObject({
      predicate: 'pillow.firmness',
      value: 'firm',
      scope: { place: 'us/ca' },
      evidence: ['i1', 'i0'],
    });
  });

  test('MEM-7 a correction changes what we believe, not when it was true', () => {
    const line = journalWriter();
    const journal = [
      line(firmness('soft')),
      line(
        { kind: 'fact-corrected', predicate: 'pillow.firmness', corrects: 'i0', value: 'firm' },
        { day: 5 },
      ),
    ];
    expect(valuesAt(journal, 0, 4)).toEqual(['soft']);
    expect(valuesAt(journal, 0, 5)).toEqual(['firm']);
    const [before, after] = factsOf(project(journal, sampleOntology));
    expect(before).toMatchObject({ txTo: day(5), validFrom: day(0) });
    expect(after).toMatchObject({ txFrom: day(5), validFrom: day(0), supersedes: before?.id });
  });

  test('MEM-8 a change of mind leaves the past as it was', () => {
    const line = journalWriter();
    const journal = [
      line(firmness('soft')),
      line({ kind: 'mind-changed', predicate: 'pillow.firmness', value: 'firm' }, { day: 5 }),
    ];
    expect(valuesAt(journal, 4, 9)).toEqual(['soft']);
    expect(valuesAt(journal, 5, 9)).toEqual(['firm']);
    expect(valuesAt(journal, 5, 4)).toEqual(['soft']);
  });

  test('MEM-8 a changed wish closes no requirement and no ban', () => {
    const line = journalWriter();
    const journal = [
      line({ ...firmness('soft'), polarity: 'forbid' }),
      line({ ...firmness('firm'), polarity: 'require' }),
      line(firmness('medium')),
      line({ kind: 'mind-changed', predicate: 'pillow.firmness' }, { day: 5 }),
    ];
    expect(valuesAt(journal, 6, 9).sort()).toEqual(['firm', 'soft']);
  });

  test('MEM-9 a withdrawn fact is believed no longer; a forgotten one leaves no trace', () => {
    const strike = (forget: boolean): readonly Interaction[] => {
      const line = journalWriter();
      const withdrawal = { kind: 'fact-withdrawn', predicate: 'pillow.firmness', forget } as const;
      return [line(firmness('firm')), line(withdrawal, { day: 3 })];
    };
    expect(valuesAt(strike(false), 4, 2)).toEqual(['firm']);
    expect(valuesAt(strike(false), 4, 3)).toEqual([]);
    const forgotten = canonicalText(project(strike(true), sampleOntology) as unknown as Json);
    expect(forgotten).not.toContain('"firm"');
  });

  test('MEM-9 a withdrawal is not taken back by a later one', () => {
    const line = journalWriter();
    const withdrawal = { kind: 'fact-withdrawn', predicate: 'pillow.firmness' } as const;
    const journal = [
      line(firmness('firm')),
      line({ ...withdrawal, forget: false }, { day: 1 }),
      line({ ...withdrawal, evidence: ['i1'], forget: true }, { day: 2 }),
    ];
    expect(valuesAt(journal, 3, 3)).toEqual([]);
  });

  test('MEM-9 striking one piece of evidence leaves the others', () => {
    const line = journalWriter();
    const journal = [
      line(firmness('firm')),
      line(firmness('soft', 'observed'), { day: 1 }),
      line(
        { kind: 'fact-withdrawn', predicate: 'pillow.firmness', evidence: ['i0'], forget: true },
        { day: 2 },
      ),
    ];
    expect(valuesAt(journal, 3, 3)).toEqual(['soft']);
  });

  test.each(conflicts)('MEM-10 inside one scope %s wins', (_why, first, second, winner) => {
    const line = journalWriter();
    expect(valuesAt([line(first), line(second)], 1, 1)).toEqual([winner]);
  });

  test('MEM-11 scopes, subjects, polarities and values of a many-valued predicate coexist', () => {
    const line = journalWriter();
    const paper = { kind: 'fact', basis: 'stated', predicate: 'newspaper.title' } as const;
    const journal = [
      line(firmness('firm')),
      line({ ...firmness('soft'), scope: { place: 'us' } }),
      line({ ...firmness('soft'), polarity: 'dislike' }),
      line(firmness('medium'), { subject: 's2' }),
      line({ ...paper, value: 'morning' }),
      line({ ...paper, value: 'evening' }),
    ];
    expect(valuesAt(journal, 1, 1)).toHaveLength(6);
  });

  test('MEM-12 a kept instruction halves the doubt, a rejected one the trust', () => {
    const line = journalWriter();
    const base = { kind: 'instruction-outcome', predicate: 'pillow.firmness' } as const;
    const observed = line({ ...firmness('firm', 'observed'), confidence: 0.5 });
    const outcome = (kind: 'kept' | 'rejected', on: number): Interaction =>
      line({ ...base, evidence: ['i0'], outcome: kind }, { day: on });
    const [, kept, rejected] = factsOf(
      project([observed, outcome('kept', 1), outcome('rejected', 2)], sampleOntology),
    );
    expect(kept).toMatchObject({ confidence: 0.75, evidence: ['i0', 'i1'], asOf: day(1) });
    expect(rejected?.confidence).toBe(0.375);
  });

  test('MEM-12 an outcome from before a correction says nothing of the corrected value', () => {
    const line = journalWriter();
    const about = { predicate: 'pillow.firmness' } as const;
    const journal = [
      line(firmness('firm', 'observed')),
      line(
        { ...about, kind: 'instruction-outcome', evidence: ['i0'], outcome: 'rejected' },
        { day: 1 },
      ),
      line({ ...about, kind: 'fact-corrected', corrects: 'i0', value: 'soft' }, { day: 2 }),
    ];
    expect(factsOf(project(journal, sampleOntology)).at(-1)).toMatchObject({
      value: 'soft',
      confidence: 1,
    });
  });

  test('MEM-12 what a customer wanted instead is a stated fact', () => {
    const line = journalWriter();
    const journal = [
      line(firmness('firm', 'observed')),
      line(
        {
          kind: 'instruction-outcome',
          predicate: 'pillow.firmness',
          evidence: ['i0'],
          outcome: 'corrected',
          value: 'soft',
        },
        { day: 1 },
      ),
    ];
    expect(valuesAt(journal, 2, 2)).toEqual(['soft']);
  });

  test('MEM-13 the evidence is what decides and whatever says the same meanwhile', () => {
    const line = journalWriter();
    const journal = [
      line(firmness('firm', 'observed')),
      line(firmness('soft', 'observed'), { day: 1 }),
      line(firmness('firm'), { day: 2 }),
      line(
        { kind: 'fact-corrected', predicate: 'pillow.firmness', corrects: 'i0', value: 'soft' },
        { day: 3 },
      ),
    ];
    const at = (knownAt: number): readonly (readonly string[])[] =>
      factsAsOf(project(journal, sampleOntology), { validAt: day(2), knownAt: day(knownAt) }).map(
        (fact) => fact.evidence,
      );
    expect(at(2)).toEqual([['i2', 'i0']]);
    expect(at(3)).toEqual([['i2']]);
  });

  test('MEM-1 two interactions recorded at one moment are one step of belief', () => {
    const line = journalWriter();
    const [first, second] = [line(firmness('soft')), line(firmness('firm'))];
    const apart = applyInteraction(project([first], sampleOntology), second, sampleOntology);
    expect(factsOf(apart)).toEqual(factsOf(project([second, first], sampleOntology)));
    expect(factsOf(apart)).toHaveLength(1);
  });
});
