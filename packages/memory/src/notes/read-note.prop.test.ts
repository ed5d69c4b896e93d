import { canonicalText, DAY_MS, type Json } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fact } from '../fact.ts';
import type { Interaction, InteractionBody } from '../journal.ts';
import { findPredicate, findValue } from '../ontology.ts';
import { factsOf, project } from '../projection.ts';
import { scopeKey } from '../scope.ts';
import { JOURNAL_DAYS, JOURNAL_START, journals, sampleOntology } from '../testing/index.ts';
import { CORPUS_DE, CORPUS_EN } from './corpus.data.ts';
import { lexiconOf } from './lexicon.ts';
import { CONFIDENCE_MIN, confirmProposal, NOTE_LENGTH_MAX, PROPOSALS_MAX } from './proposal.ts';
import { readNote } from './read-note.ts';

const lexicon = lexiconOf(sampleOntology);
const places = [
  { place: 'us/ca/monterey', names: ['Monterey'] },
  { place: 'us/fl', names: ['Key West'] },
];
const context = { places };

const vocabulary = [
  ...new Set(`${CORPUS_EN} ${CORPUS_DE}`.replace(/=>.*$/gm, '').split(/\s+/)),
  ...['Morning', 'Post', 'Evening', 'newspaper', 'inseam', '80', 'cm', ',', '.', '?', 'foam'],
];
const notes = fc.oneof(
  fc.array(fc.constantFrom(...vocabulary), { maxLength: 30 }).map((words) => words.join(' ')),
  fc.constantFrom(...`${CORPUS_EN}${CORPUS_DE}`.replace(/=>.*$/gm, '').split('\n')),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
);

const asText = (data: unknown): string => canonicalText(data as Json);

function lineAfter(journal: readonly Interaction[], body: InteractionBody): Interaction {
  const at = JOURNAL_START + (JOURNAL_DAYS + 1) * DAY_MS;
  const seq = 1_000 + journal.length;
  return {
    ...{ id: `note-${seq}`, subject: 's1', seq, occurredAt: at, recordedAt: at, body },
    ...{ channel: 'desk', touchpoint: 'note', actor: { kind: 'staff', id: 'desk-1' } },
  };
}

/** A lane holds one belief: a polarity of a slot, and for what adds up also a value. */
function laneOf({ subject, predicate, scope, polarity }: Fact): string {
  const isWish = polarity === 'like' || polarity === 'dislike';
  return `${subject} ${predicate} ${scopeKey(scope)} ${isWish ? 'wish' : polarity}`;
}

describe('any note', () => {
  test('MEM-150 proposes only what the ontology knows, on words that are there', () => {
    fc.assert(
      fc.property(notes, (note) => {
        const { proposals, rest, passed } = readNote(note, lexicon, context);
        for (const { predicate, value, scope, confidence } of proposals) {
          const known = findPredicate(sampleOntology, predicate);
          expect(known?.name).toBe(predicate);
          if (known !== undefined) expect(findValue(known, value)).toEqual(value);
          expect(confidence).toBeGreaterThanOrEqual(CONFIDENCE_MIN);
          expect(confidence).toBeLessThanOrEqual(1);
          expect(places.map(({ place }) => place)).toContain(scope.place ?? 'us/fl');
        }
        for (const { start, end } of [...proposals, ...rest, ...passed]) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(note.length);
        }
        expect(readNote(note, lexicon, context)).toEqual({
          proposals,
          rest,
          passed,
          steps: expect.any(Number),
        });
      }),
      { numRuns: 400 },
    );
  });

  test('MEM-152 changes no fact, whatever it proposes', () => {
    fc.assert(
      fc.property(journals(10), notes, (journal, note) => {
        const { proposals } = readNote(note, lexicon, context);
        const data: Json = { text: note, proposals: JSON.parse(JSON.stringify(proposals)) };
        const noted = [...journal, lineAfter(journal, { kind: 'event', name: 'note', data })];
        expect(asText(factsOf(project(noted, sampleOntology)))).toBe(
          asText(factsOf(project(journal, sampleOntology))),
        );
      }),
      { numRuns: 150 },
    );
  });

  test('MEM-152 once confirmed, adds a fact and ends no belief of another lane', () => {
    const telling = notes.filter((note) => readNote(note, lexicon, context).proposals.length > 0);
    fc.assert(
      fc.property(
        journals(10),
        telling,
        fc.constantFrom('stated', 'observed'),
        (journal, note, basis) => {
          const [proposal] = readNote(note, lexicon, context).proposals;
          if (proposal === undefined) return;
          const body = confirmProposal(proposal, basis);
          expect(body).toMatchObject({ kind: 'fact', basis });
          const line = lineAfter(journal, body);
          const after = factsOf(project([...journal, line], sampleOntology));
          const isLive = (fact: Fact): boolean => fact.txTo === null;
          const added = after.find((fact) => fact.evidence[0] === line.id);
          const lane = added === undefined ? undefined : laneOf(added);
          const kept = factsOf(project(journal, sampleOntology)).filter(isLive);
          const live = new Set(after.filter(isLive).map(({ id }) => id));
          for (const fact of kept)
            if (laneOf(fact) !== lane && added !== undefined) expect(live).toContain(fact.id);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('MEM-151 costs work in proportion to its length, whatever it holds', () => {
    const hostile = [
      'firm pillow ',
      'firm ',
      'not ',
      'no no firm ',
      'wants a firm pillow, ',
      'Monterey ',
      'a',
      "'’'’",
      '2 2 2 pillows ',
      '((((',
      '\u0301',
      '… – - , ',
      'allergic to feathers and ',
    ];
    for (const piece of hostile) {
      const steps = (length: number): number =>
        readNote(piece.repeat(Math.ceil(length / piece.length)).slice(0, length), lexicon, context)
          .steps;
      const [small, large] = [steps(NOTE_LENGTH_MAX / 100), steps(NOTE_LENGTH_MAX / 10)];
      expect([piece, large <= 11 * small + 100]).toEqual([piece, true]);
    }
  });

  test('MEM-151 reads the longest note there may be to its end', () => {
    const note = `${vocabulary
      .join(' ')
      .repeat(100)
      .slice(0, NOTE_LENGTH_MAX - 80)}. `;
    const told = readNote(`${note}\nWants 19 °C`, lexicon, context);
    expect(told.proposals.length).toBeLessThanOrEqual(PROPOSALS_MAX);
    expect(
      readNote(`${' '.repeat(NOTE_LENGTH_MAX - 20)}Wants 19 °C`, lexicon).proposals,
    ).toMatchObject([{ predicate: 'room.temperature', value: 19 }]);
  });

  test('MEM-151 of any length proposes no more than the limit', () => {
    const note = vocabulary.join(' ').repeat(20);
    expect(readNote(note, lexicon, context).proposals.length).toBeLessThanOrEqual(PROPOSALS_MAX);
  });
});
