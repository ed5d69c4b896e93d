import { DAY_MS, type Words } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Answer,
  ask,
  isRepeatAsk,
  outward,
  type PersonMemory,
  type Situation,
} from './ask.ts';
import { readable } from './consent.ts';
import type { Basis } from './fact.ts';
import type { FactLearned, Interaction } from './journal.ts';
import { findPurpose } from './ontology.ts';
import { factsOf, project } from './projection.ts';
import {
  JOURNAL_START,
  journals,
  journalWriter,
  type LineDetails,
  sampleOntology,
  scopes,
} from './testing/index.ts';

const day = (count: number): number => JOURNAL_START + count * DAY_MS;
const wording: Words = { en: 'Yes.' };

const allow = (purpose: string): Interaction['body'] => ({
  kind: 'consent-granted',
  purpose,
  basis: 'explicit-consent',
  wording,
  receiptId: 'r',
});

const says = (value: string, rest: Partial<FactLearned> = {}): FactLearned => ({
  kind: 'fact',
  basis: 'stated',
  predicate: 'pillow.firmness',
  value,
  ...rest,
});

const memoryOf = (
  bodies: readonly (readonly [Interaction['body'], LineDetails?])[],
): PersonMemory => {
  const line = journalWriter();
  const grants = ['stay', 'health'].map((purpose) => line(allow(purpose)));
  const lines = bodies.map(([body, details]) => line(body, details));
  const { consents, declines, ...rest } = project([...grants, ...lines], sampleOntology);
  return { facts: factsOf({ consents, declines, ...rest }), consents, declines };
};

const desk: Situation = {
  at: day(20),
  place: 'us/fl/naples',
  category: 'room',
  touchpoint: 'desk',
  purpose: 'stay',
};

const answer = (
  memory: PersonMemory,
  situation: Partial<Situation> = {},
  need = 'pillow.firmness',
): Answer | undefined =>
  ask({
    ...memory,
    needs: [need],
    situation: { ...desk, ...situation },
    ontology: sampleOntology,
    limit: 5,
  })[0];

describe('ask', () => {
  test('MEM-50 each need is answered in order from memory first', () => {
    const memory = memoryOf([
      [says('firm')],
      [says('foam', { predicate: 'pillow.fill', basis: 'inferred' })],
    ]);
    const answers = ask({
      ...memory,
      needs: ['pillow.fill', 'bed.pillow', 'room.temperature', 'no.such'],
      situation: desk,
      ontology: sampleOntology,
      limit: 5,
    });
    expect(answers).toMatchObject([
      { kind: 'confirm', value: 'foam', reason: 'unsure' },
      { kind: 'known', value: 'firm', basis: 'stated', asOf: day(0) },
      { kind: 'ask', question: { en: 'How warm should the room be?' }, options: [] },
      { kind: 'unknown-predicate', predicate: 'no.such' },
    ]);
    const [, known] = answers;
    expect(known?.kind === 'known' && known.factIds).toEqual([
      memory.facts.find((fact) => fact.value === 'firm')?.id,
    ]);
  });

  test('MEM-40 the most specific scope wins', () => {
    const memory = memoryOf([
      [says('soft')],
      [says('medium', { scope: { place: 'us' } })],
      [says('firm', { scope: { place: 'us/fl' }, basis: 'observed' })],
    ]);
    expect(answer(memory)).toMatchObject({ kind: 'known', value: 'firm' });
    expect(answer(memory, { place: 'us/ca' })).toMatchObject({ value: 'medium' });
    expect(answer(memory, { place: 'de' })).toMatchObject({ value: 'soft' });
  });

  test('MEM-41 a ban or a requirement holds everywhere and never ages', () => {
    const memory = memoryOf([
      [says('firm', { polarity: 'require', scope: { place: 'us/ca' } })],
      [says('soft', { scope: { place: 'us/fl' } })],
    ]);
    const old = answer(memory, { at: day(20_000) });
    expect(old).toMatchObject({ kind: 'known', value: 'firm', polarity: 'require', confidence: 1 });
  });

  test('MEM-42 a wish is confirmed again once its confidence has halved often enough', () => {
    const memory = memoryOf([[says('firm')]]);
    expect(answer(memory, { at: day(730) })).toMatchObject({ kind: 'known', confidence: 0.5 });
    expect(answer(memory, { at: day(731) })).toMatchObject({ kind: 'confirm', reason: 'aged' });
    expect(answer(memory, { at: day(20_000) })).toMatchObject({ kind: 'confirm', value: 'firm' });
  });

  test.each<[string, Basis, readonly string[], string]>([
    ['stated for everywhere', 'stated', [''], 'known'],
    ['observed in one other place', 'observed', ['us/ca'], 'confirm'],
    ['stated for one other place only', 'stated', ['us/ca'], 'confirm'],
    ['observed in two other places', 'observed', ['us/ca', 'us/wa'], 'known'],
    ['guessed in two other places', 'inferred', ['us/ca', 'us/wa'], 'confirm'],
  ])('MEM-43 a wish %s', (_what, basis, places, kind) => {
    const memory = memoryOf(places.map((place) => [says('firm', { basis, scope: { place } })]));
    expect(answer(memory)).toMatchObject({ kind, value: 'firm' });
  });

  test('MEM-43 places that disagree leave it in doubt', () => {
    const memory = memoryOf([
      [says('firm', { scope: { place: 'us/ca' } })],
      [says('firm', { scope: { place: 'us/wa' } })],
      [says('soft', { scope: { place: 'us/ny' } })],
    ]);
    expect(answer(memory)).toMatchObject({ kind: 'confirm', value: 'firm', reason: 'other-scope' });
  });

  test('MEM-44 members of a person that disagree leave it in doubt', () => {
    const memory = memoryOf([[says('firm')], [says('soft'), { subject: 's2', day: 1 }]]);
    const line = journalWriter();
    const grant = project([line(allow('stay'), { subject: 's2' })], sampleOntology).consents;
    const person = { ...memory, consents: [...memory.consents, ...grant] };
    expect(answer(person)).toMatchObject({ kind: 'confirm', value: 'soft', reason: 'disputed' });
    expect(answer(memory)).toMatchObject({ kind: 'known', value: 'firm' });
  });

  test('MEM-45 an allergy rules a liked value of another predicate out', () => {
    const feather = says('feather', { predicate: 'pillow.fill' });
    const allergy = says('', {
      predicate: 'allergy.feather',
      value: true,
      polarity: 'forbid',
      scope: { place: 'de' },
    });
    expect(answer(memoryOf([[feather]]), {}, 'pillow.fill')).toMatchObject({ value: 'feather' });
    expect(answer(memoryOf([[feather], [allergy]]), {}, 'pillow.fill')?.kind).toBe('ask');
  });

  test('MEM-51 the answers do not depend on facts that may not be read', () => {
    const purposes = fc.constantFrom('stay', 'health', 'order', 'offers', 'spying');
    fc.assert(
      fc.property(journals(14), scopes, purposes, (journal, scope, purpose) => {
        const projection = project(journal, sampleOntology);
        const { consents, declines } = projection;
        const facts = factsOf(projection);
        const reading = findPurpose(sampleOntology, purpose);
        const book = { purposes: sampleOntology.purposes, consents };
        const open = facts.filter(
          (fact) => reading !== undefined && readable(fact, reading, book, desk.at),
        );
        const needs = sampleOntology.predicates.map((predicate) => predicate.name);
        const request = { needs, situation: { ...desk, ...scope, purpose }, limit: 9 };
        const answersFrom = (some: typeof facts): readonly Answer[] =>
          ask({ ...request, facts: some, consents, declines, ontology: sampleOntology });
        expect(answersFrom(facts)).toEqual(answersFrom(open));
      }),
      { numRuns: 300 },
    );
  });

  test('MEM-51 what may not be read is withheld, whether or not there is anything', () => {
    const { facts, declines } = memoryOf([[says('firm')]]);
    const closed = answer({ facts, declines, consents: [] });
    expect(closed).toEqual({ kind: 'withheld', predicate: 'pillow.firmness' });
    expect(closed).toEqual(answer({ facts: [], declines, consents: [] }));
  });

  test('MEM-139 what is withheld looks to others like a refusal for ever', () => {
    const withheld = answer({ ...memoryOf([[says('firm')]]), consents: [] });
    const refusal = { kind: 'declined', predicate: 'pillow.firmness', until: null } as const;
    const refused = answer(memoryOf([[refusal]]));
    if (withheld === undefined || refused === undefined) throw new Error('each has an answer');
    expect(JSON.stringify(outward(withheld))).toBe(JSON.stringify(outward(refused)));
  });

  test('MEM-139 without consent the answers are the same bytes, whatever is known', () => {
    const closed = fc.constantFrom('stay', 'offers', 'health');
    fc.assert(
      fc.property(journals(14), journals(14), scopes, closed, (one, other, scope, purpose) => {
        const needs = [
          'bed.pillow',
          'pillow.fill',
          'newspaper.title',
          'allergy.feather',
          'no.such',
        ];
        const texts = [one, other, []].map((journal) => {
          const isConsent = ({ body }: Interaction): boolean => body.kind.startsWith('consent-');
          const projection = project(
            journal.filter((line) => !isConsent(line)),
            sampleOntology,
          );
          const { consents, declines } = projection;
          const answers = ask({
            ...{ needs, consents, declines, ontology: sampleOntology, limit: 2 },
            facts: factsOf(projection),
            situation: { ...desk, ...scope, purpose },
          });
          return JSON.stringify(answers.map(outward));
        });
        expect(new Set(texts).size).toBe(1);
        expect(texts[0]).not.toContain('withheld');
      }),
      { numRuns: 300 },
    );
  });

  test('MEM-52 after a refusal neither asks nor confirms until the day named', () => {
    const refusal = { kind: 'declined', predicate: 'bed.pillow', until: day(30) } as const;
    const memory = memoryOf([[says('firm', { basis: 'inferred' })], [refusal]]);
    expect(answer(memory)).toEqual({
      kind: 'declined',
      predicate: 'pillow.firmness',
      until: day(30),
    });
    expect(answer(memory, { at: day(30) })?.kind).toBe('confirm');
    const stated = memoryOf([[refusal], [says('firm'), { day: 1 }]]);
    expect(answer(stated)?.kind).toBe('known');
  });

  test('MEM-53 no more questions than the limit, and none twice', () => {
    const answers = ask({
      ...memoryOf([]),
      needs: ['pillow.firmness', 'bed.pillow', 'pillow.fill', 'room.temperature'],
      situation: desk,
      ontology: sampleOntology,
      limit: 2,
    });
    expect(answers.map((one) => one.kind)).toEqual(['ask', 'later', 'ask', 'later']);
  });

  test('MEM-54 for a gift nothing personal is taken from memory', () => {
    const memory = memoryOf([[says('', { predicate: 'rider.inseam', value: 81 })]]);
    const order = { purpose: 'order' };
    expect(answer(memory, order, 'rider.inseam')).toMatchObject({ kind: 'known', unit: 'cm' });
    expect(answer(memory, { ...order, gift: true }, 'rider.inseam')?.kind).toBe('ask');
    expect(answer(memory, { ...order, occasion: 'gift' }, 'rider.inseam')?.kind).toBe('ask');
  });

  test('MEM-55 knowing only what is unwelcome asks with the options that are left', () => {
    const memory = memoryOf([
      [says('soft', { polarity: 'dislike' })],
      [says('medium', { polarity: 'forbid' })],
    ]);
    expect(answer(memory)).toMatchObject({ kind: 'ask', options: [{ value: 'firm' }] });
  });

  test('MEM-55 a many-valued predicate is answered with every value', () => {
    const paper = { predicate: 'newspaper.title' };
    const memory = memoryOf([[says('morning', paper)], [says('evening', paper)]]);
    expect(answer(memory, {}, 'newspaper.title')).toMatchObject({
      kind: 'known',
      value: 'evening',
      others: [{ value: 'morning' }],
    });
  });

  test('MEM-56 an open question is a repeat when memory knew at that moment', () => {
    const memory = { ...memoryOf([[says('firm'), { day: 5 }]]), ontology: sampleOntology };
    const entry = { predicate: 'bed.pillow', situation: desk, outcome: 'asked' } as const;
    expect(isRepeatAsk(entry, memory)).toBe(true);
    expect(isRepeatAsk({ ...entry, outcome: 'confirmed' }, memory)).toBe(false);
    expect(isRepeatAsk({ ...entry, situation: { ...desk, at: day(4) } }, memory)).toBe(false);
    expect(isRepeatAsk(entry, { ...memory, consents: [] })).toBe(false);
    const refused = memoryOf([[{ kind: 'declined', predicate: 'pillow.firmness', until: null }]]);
    expect(isRepeatAsk(entry, { ...refused, ontology: sampleOntology })).toBe(true);
  });
});
