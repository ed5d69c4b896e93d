import { DAY_MS } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountAt, knownAt } from './as-of.ts';
import type { FactLearned, Interaction } from './journal.ts';
import { factsOf, project } from './projection.ts';
import {
  JOURNAL_DAYS,
  JOURNAL_START,
  journals,
  journalWriter,
  sampleOntology,
  scopes,
} from './testing/index.ts';

const day = (count: number): number => JOURNAL_START + count * DAY_MS;

const says = (value: string, rest: Partial<FactLearned> = {}): FactLearned => ({
  kind: 'fact',
  basis: 'stated',
  predicate: 'pillow.firmness',
  value,
  ...rest,
});

const consent = (purpose: string): Interaction['body'] => ({
  kind: 'consent-granted',
  purpose,
  basis: 'explicit-consent',
  wording: { en: 'Yes.' },
  receiptId: 'r',
});

const knew = (
  journal: readonly Interaction[],
  where: string,
  at: number,
  purpose = 'stay',
): readonly unknown[] => {
  const { consents, ...rest } = project(journal, sampleOntology);
  const facts = factsOf({ consents, ...rest });
  const query = { where: { place: where }, at, purpose };
  return knownAt({ facts, consents, ontology: sampleOntology }, query).map(({ value }) => value);
};

describe('as of', () => {
  test('MEM-141 what did the desk at a place know at a time for a purpose', () => {
    const line = journalWriter();
    const allergy = { predicate: 'allergy.feather', value: true, polarity: 'forbid' } as const;
    const journal = [
      line(consent('stay'), { day: 1 }),
      line(says('firm', { scope: { place: 'us/ca' } }), { day: 2 }),
      line(says('soft', { scope: { place: 'us/fl' } }), { day: 3, recordedDay: 8 }),
      line(says('', { ...allergy, scope: { place: 'de' } }), { day: 4 }),
      line(consent('health'), { day: 6 }),
      line(
        {
          kind: 'fact-withdrawn',
          predicate: 'pillow.firmness',
          scope: { place: 'us/ca' },
          forget: false,
        },
        { day: 9 },
      ),
      line(
        { kind: 'consent-withdrawn', purpose: 'health', receiptId: 'r' },
        { day: 7, recordedDay: 10 },
      ),
    ];
    expect(knew(journal, 'us/ca/monterey', day(2))).toEqual(['firm']);
    expect(knew(journal, 'us/ca/monterey', day(2), 'offers')).toEqual([]);
    // It had been said in Florida, but the company did not know yet.
    expect(knew(journal, 'us/fl/naples', day(7))).toEqual([true]);
    expect(knew(journal, 'us/fl/naples', day(8))).toEqual([true, 'soft']);
    expect(knew(journal, 'us/ca', day(5))).toEqual(['firm']);
    expect(knew(journal, 'us/ca', day(9))).toEqual([true]);
    expect(knew(journal, 'us/ca', day(10))).toEqual([]);
    expect(knew(journal, 'us/ca', day(10), 'spying')).toEqual([]);
  });

  test('MEM-141 what was true on one day as it was known on another, and what was withheld', () => {
    const line = journalWriter();
    const journal = [
      line(consent('stay'), { day: 1 }),
      line(says('firm'), { day: 2 }),
      line(says('soft', { scope: { place: 'us/fl' } }), { day: 3, recordedDay: 8 }),
      line(says('', { predicate: 'allergy.feather', value: true, polarity: 'forbid' }), { day: 4 }),
    ];
    const { consents, ...rest } = project(journal, sampleOntology);
    const memory = { facts: factsOf({ consents, ...rest }), consents, ontology: sampleOntology };
    const account = (validAt: number, at: number, purpose = 'stay') => {
      const found = accountAt(memory, { validAt, at, purpose });
      return [found.known, found.withheld].map((facts) => facts.map(({ value }) => value));
    };
    expect(account(day(5), day(5))).toEqual([['firm'], [true]]);
    expect(account(day(5), day(9))).toEqual([['soft', 'firm'], [true]]);
    expect(account(day(2), day(9))).toEqual([['firm'], []]);
    expect(account(day(5), day(9), 'spying')).toEqual([[], [true, 'soft', 'firm']]);
  });

  test('MEM-141 nothing recorded later changes what was known then', () => {
    const moments = fc.integer({ min: 0, max: JOURNAL_DAYS }).map(day);
    fc.assert(
      fc.property(journals(14), moments, scopes, (journal, at, where) => {
        const remembered = journal.filter(
          ({ body }) => !(body.kind === 'fact-withdrawn' && body.forget),
        );
        const until = remembered.filter(({ recordedAt }) => recordedAt <= at);
        const [now, then] = [remembered, until].map((lines) => {
          const { consents, ...rest } = project(lines, sampleOntology);
          const facts = factsOf({ consents, ...rest });
          const query = { where, at, purpose: 'stay' };
          // When a row ends was not known then.
          return knownAt({ facts, consents, ontology: sampleOntology }, query).map(
            ({ txTo: _txTo, ...fact }) => fact,
          );
        });
        expect(now).toEqual(then);
      }),
      { numRuns: 500 },
    );
  });
});
