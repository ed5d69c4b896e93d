import { canonicalText, DAY_MS, type Json } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ask } from './ask.ts';
import type { Interaction } from './journal.ts';
import {
  applyInteraction,
  EMPTY_PROJECTION,
  factsAsOf,
  factsOf,
  type Projection,
  project,
} from './projection.ts';
import { scopeKey } from './scope.ts';
import {
  instants,
  JOURNAL_DAYS,
  JOURNAL_START,
  journals,
  referenceFactsAsOf,
  sampleOntology,
  tripOntology,
} from './testing/index.ts';

const asText = (data: unknown): string => canonicalText(data as Json);

const shuffled = journals(14).chain((journal) =>
  fc.record({
    journal: fc.constant(journal),
    arrival: fc.shuffledSubarray([...journal], { minLength: journal.length }),
  }),
);

function oneByOne(arrival: readonly Interaction[]): unknown {
  return arrival.reduce(
    (projection, interaction) => applyInteraction(projection, interaction, sampleOntology),
    EMPTY_PROJECTION,
  );
}

function expectOnlyClosings(before: Projection, after: Projection): void {
  const rows = new Map(factsOf(after).map((fact) => [fact.id, fact]));
  for (const fact of factsOf(before)) {
    const now = rows.get(fact.id);
    expect({ ...now, txTo: null }).toEqual({ ...fact, txTo: null });
    if (fact.txTo !== null) expect(now?.txTo).toBe(fact.txTo);
  }
}

describe('projection', () => {
  test('MEM-1 replay and one-by-one in any arrival order give the same bytes', () => {
    fc.assert(
      fc.property(shuffled, ({ journal, arrival }) => {
        const replayed = asText(project(journal, sampleOntology));
        expect(asText(project(arrival, sampleOntology))).toBe(replayed);
        expect(asText(oneByOne(arrival))).toBe(replayed);
        expect(asText(oneByOne(journal))).toBe(replayed);
      }),
      { numRuns: 400 },
    );
  });

  test('MEM-140 values said in other forms replay to the same bytes, derived answers too', () => {
    const forms = {
      'trip.date': ['8th of March', 'March 8th', 'next Tuesday'],
      'trip.to': ['fresno', 'Fresno', 'San Diego'],
      'trip.destination': ['FRESNO'],
      'trip.kind': ['flight', 'Bus', 'bus'],
      'trip.people': ['two', 2, '3'],
      'hotel.city': ['napa'],
    };
    const said = fc.constantFrom(...Object.entries(forms)).chain(([predicate, values]) =>
      fc.record({
        predicate: fc.constant(predicate),
        value: fc.constantFrom(...values),
        at: instants,
      }),
    );
    const arrivals = fc.array(said, { maxLength: 10 }).chain((list) => {
      const journal = list.map(
        ({ predicate, value, at }, seq): Interaction => ({
          ...{ id: `i${seq}`, subject: 's1', seq, occurredAt: at, recordedAt: at, channel: 'web' },
          ...{ touchpoint: 'web', actor: { kind: 'customer' } },
          body: { kind: 'fact', basis: 'stated', predicate, value },
        }),
      );
      const arrival = fc.shuffledSubarray(journal, { minLength: journal.length });
      return fc.record({ journal: fc.constant(journal), arrival });
    });
    const answers = (projection: Projection): unknown =>
      ask({
        ...{ facts: factsOf(projection), declines: [], ontology: tripOntology, limit: 9 },
        consents: [
          {
            ...{ id: 'c', subject: 's1', purpose: 'trip', status: 'granted', basis: 'consent' },
            ...{ wording: { en: 'Yes.' }, receiptId: 'r', expiresAt: null, seq: 0 },
            ...{ at: JOURNAL_START, recordedAt: JOURNAL_START },
          },
        ],
        needs: tripOntology.predicates.map(({ name }) => name),
        situation: { at: JOURNAL_START + 99 * DAY_MS, touchpoint: 'web', purpose: 'trip' },
      });
    fc.assert(
      fc.property(arrivals, ({ journal, arrival }) => {
        const replayed = project(journal, tripOntology);
        const grown = arrival.reduce(
          (projection, line) => applyInteraction(projection, line, tripOntology),
          EMPTY_PROJECTION,
        );
        expect(asText(grown)).toBe(asText(replayed));
        expect(asText(answers(grown))).toBe(asText(answers(replayed)));
        expect(replayed.ignored).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('MEM-2 an interaction that arrives again changes nothing', () => {
    fc.assert(
      fc.property(shuffled, ({ journal, arrival }) => {
        const once = project(journal, sampleOntology);
        const twice = arrival.reduce(
          (projection, interaction) => applyInteraction(projection, interaction, sampleOntology),
          once,
        );
        expect(asText(twice)).toBe(asText(once));
      }),
      { numRuns: 200 },
    );
  });

  test('MEM-5 the rows say, at every moment in both times, what the rules say', () => {
    const moments = fc.record({
      validAt: fc.integer({ min: -1, max: JOURNAL_DAYS + 1 }),
      knownAt: fc.integer({ min: -1, max: JOURNAL_DAYS + 1 }),
    });
    fc.assert(
      fc.property(journals(14), moments, (journal, days) => {
        const asOf = {
          validAt: JOURNAL_START + days.validAt * DAY_MS,
          knownAt: JOURNAL_START + days.knownAt * DAY_MS,
        };
        const rows = factsAsOf(project(journal, sampleOntology), asOf).map((fact) => ({
          subject: fact.subject,
          predicate: fact.predicate,
          scope: scopeKey(fact.scope),
          polarity: fact.polarity,
          value: fact.value,
          basis: fact.basis,
          confidence: fact.confidence,
          decidedBy: fact.evidence[0] ?? '',
        }));
        rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
        expect(rows).toEqual(referenceFactsAsOf(journal, sampleOntology, asOf));
      }),
      { numRuns: 2_000 },
    );
  });

  test('MEM-6 a row, once recorded, only ever has its transaction time closed', () => {
    const inOrder = journals(12).map((journal) =>
      journal.map((line, position) => ({ ...line, recordedAt: JOURNAL_START + position })),
    );
    fc.assert(
      fc.property(inOrder, (journal) => {
        let before = EMPTY_PROJECTION;
        for (const line of journal) {
          const after = applyInteraction(before, line, sampleOntology);
          const isForgetting = line.body.kind === 'fact-withdrawn' && line.body.forget;
          if (!isForgetting) expectOnlyClosings(before, after);
          before = after;
        }
      }),
      { numRuns: 200 },
    );
  });
});
