import { DAY_MS, type Words } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Application, apply, type Capability, type Touchpoint } from './apply.ts';
import type { ConsentRecord } from './consent.ts';
import { readable } from './consent.ts';
import { explainFact } from './explain.ts';
import { exportMemory } from './export.ts';
import type { Fact } from './fact.ts';
import { personOf } from './identity.ts';
import type { FactLearned, Interaction } from './journal.ts';
import { findPurpose } from './ontology.ts';
import { factsOf, project } from './projection.ts';
import { JOURNAL_START, journals, journalWriter, sampleOntology } from './testing/index.ts';

const day = (count: number): number => JOURNAL_START + count * DAY_MS;
const wording: Words = { en: 'Yes.' };

const room: Touchpoint = {
  kind: 'room-ready',
  place: 'us/fl/naples',
  category: 'room',
  at: day(20),
  deadline: day(21),
};

const pillowCase: Capability = {
  predicate: 'bed.pillow',
  operation: 'make-bed',
  text: { en: '{value} pillow', de: 'Kissen: {value}' },
};
const noFeathers: Capability = {
  predicate: 'allergy.feather',
  operation: 'make-bed',
  text: { en: 'No feathers' },
  fallback: { en: 'Call the guest' },
};
const filling: Capability = {
  predicate: 'pillow.fill',
  operation: 'make-bed',
  text: { en: '{value} filling' },
};

const firm: FactLearned = {
  kind: 'fact',
  basis: 'stated',
  predicate: 'pillow.firmness',
  value: 'firm',
};
const allergic: FactLearned = {
  kind: 'fact',
  basis: 'stated',
  predicate: 'allergy.feather',
  value: true,
  polarity: 'forbid',
};

const journalOf = (...bodies: readonly Interaction['body'][]): readonly Interaction[] => {
  const line = journalWriter();
  const grants = ['stay', 'health'].map((purpose) =>
    line({
      kind: 'consent-granted',
      purpose,
      basis: 'explicit-consent',
      wording,
      receiptId: 'r',
    }),
  );
  return [...grants, ...bodies.map((body) => line(body))];
};

const applied = (
  journal: readonly Interaction[],
  capabilities: readonly Capability[],
  touchpoint: Partial<Touchpoint> = {},
): Application => {
  const projection = project(journal, sampleOntology);
  return apply({
    touchpoint: { ...room, ...touchpoint },
    capabilities,
    facts: factsOf(projection),
    declines: projection.declines,
    consents: projection.consents,
    purpose: 'stay',
    ontology: sampleOntology,
  });
};

describe('apply', () => {
  test('MEM-60 a known fact becomes an instruction in every language', () => {
    const { instructions, skipped } = applied(journalOf(firm), [pillowCase]);
    expect(instructions).toEqual([
      {
        predicate: 'pillow.firmness',
        operation: 'make-bed',
        text: { en: 'Firm pillow', de: 'Kissen: Fest' },
        value: 'firm',
        polarity: 'like',
        factIds: [expect.any(String)],
        evidence: ['i2'],
        deadline: day(21),
      },
    ]);
    expect(skipped).toEqual([]);
  });

  test('MEM-61 a ban and a wish about different things both become instructions', () => {
    const { instructions } = applied(journalOf(firm, allergic), [pillowCase, noFeathers]);
    expect(instructions).toMatchObject([
      { text: { en: 'Firm pillow' }, polarity: 'like' },
      { text: { en: 'No feathers' }, polarity: 'forbid', fallback: { en: 'Call the guest' } },
    ]);
  });

  test('MEM-61 a ban beats a wish for the same value, also across predicates', () => {
    const feather: FactLearned = { ...firm, predicate: 'pillow.fill', value: 'feather' };
    const banned = applied(journalOf(feather, { ...feather, polarity: 'forbid' }), [filling]);
    expect(banned.instructions).toMatchObject([{ value: 'feather', polarity: 'forbid' }]);
    expect(banned.skipped).toMatchObject([{ reason: 'overruled' }]);
    const excluded = applied(journalOf(feather, allergic), [filling, noFeathers]);
    expect(excluded.instructions).toMatchObject([{ predicate: 'allergy.feather' }]);
    expect(excluded.skipped).toMatchObject([{ predicate: 'pillow.fill', reason: 'overruled' }]);
  });

  test.each<[string, readonly Interaction['body'][], readonly Capability[], Partial<Touchpoint>]>([
    ['aged', [firm], [pillowCase], { at: day(800) }],
    ['unsure', [{ ...firm, basis: 'inferred' }], [pillowCase], {}],
    ['other-scope', [{ ...firm, basis: 'observed', scope: { place: 'us/ca' } }], [pillowCase], {}],
    ['not-so', [{ ...allergic, value: false, polarity: 'like' }], [noFeathers], {}],
    ['gift', [allergic], [noFeathers], { occasion: 'gift' }],
    ['no-capability', [firm], [], {}],
    ['unknown-predicate', [], [{ ...pillowCase, predicate: 'no.such' }], {}],
  ])('MEM-62 what is not acted on is listed: %s', (reason, bodies, capabilities, touchpoint) => {
    const { instructions, skipped } = applied(journalOf(...bodies), capabilities, touchpoint);
    expect(instructions).toEqual([]);
    expect(skipped).toMatchObject([{ reason }]);
  });

  test('MEM-62 members that disagree are listed as disputed', () => {
    const projection = project(journalOf(firm), sampleOntology);
    const [fact] = factsOf(projection);
    const [consent] = projection.consents;
    if (fact === undefined || consent === undefined) throw new Error('a fact and a consent');
    const other: Fact = { ...fact, id: 'other', subject: 's2', value: 'soft' };
    const grant: ConsentRecord = { ...consent, id: 'grant', subject: 's2' };
    const { skipped } = apply({
      touchpoint: room,
      capabilities: [pillowCase],
      facts: [fact, other],
      declines: [],
      consents: [...projection.consents, grant],
      purpose: 'stay',
      ontology: sampleOntology,
    });
    expect(skipped).toMatchObject([{ reason: 'disputed' }]);
  });

  test('MEM-63 nothing in the result depends on facts that may not be read', () => {
    const purposes = fc.constantFrom('stay', 'health', 'order', 'spying');
    const capabilities = [pillowCase, noFeathers, filling];
    fc.assert(
      fc.property(journals(14), purposes, (journal, purpose) => {
        const projection = project(journal, sampleOntology);
        const { consents, declines } = projection;
        const facts = factsOf(projection);
        const reading = findPurpose(sampleOntology, purpose);
        const book = { purposes: sampleOntology.purposes, consents };
        const open = facts.filter(
          (fact) => reading !== undefined && readable(fact, reading, book, room.at),
        );
        const from = (some: readonly Fact[]): Application =>
          apply({
            touchpoint: room,
            capabilities,
            facts: some,
            consents,
            declines,
            purpose,
            ontology: sampleOntology,
          });
        expect(from(facts)).toEqual(from(open));
      }),
      { numRuns: 300 },
    );
    const line = journalWriter();
    expect(applied([line(allergic)], [noFeathers])).toEqual(applied([], [noFeathers]));
    expect(applied([line(allergic)], [noFeathers]).skipped).toEqual([
      { predicate: 'allergy.feather', reason: 'withheld', factIds: [] },
    ]);
  });
});

describe('explain and export', () => {
  test('MEM-70 a fact is explained by where, when, how and by whom it was learnt', () => {
    const journal = journalOf(firm, { ...firm, basis: 'observed' });
    const [fact] = factsOf(project(journal, sampleOntology));
    if (fact === undefined) throw new Error('one fact expected');
    expect(explainFact(fact, journal.slice(0, 3))).toEqual({
      factId: fact.id,
      evidence: [
        {
          interaction: 'i2',
          how: 'fact',
          basis: 'stated',
          role: 'deciding',
          occurredAt: day(0),
          recordedAt: day(0),
          channel: 'desk',
          touchpoint: 'us/ca/monterey',
          actor: { kind: 'staff', id: 'desk-1' },
        },
      ],
      missing: ['i3'],
    });
  });

  test('MEM-71 an export holds every fact, consent, refusal and reading as JSON-LD', () => {
    const refusal = { kind: 'declined', predicate: 'pillow.fill', until: null } as const;
    const projection = project(journalOf(firm, refusal), sampleOntology);
    const [fact] = factsOf(projection);
    const exported = exportMemory({
      person: personOf('s1', [], []),
      facts: factsOf(projection),
      consents: projection.consents,
      declines: projection.declines,
      reads: [{ at: day(3), purpose: 'stay', touchpoint: 'desk', factIds: [fact?.id ?? ''] }],
      controller: { id: 'inn', name: 'The Inn', contact: 'privacy@inn.example' },
      ontology: sampleOntology,
      exportedAt: day(4),
      locale: 'de',
    });
    expect(exported).toMatchObject({
      '@context': { dpv: 'https://w3id.org/dpv#', schema: 'https://schema.org/' },
      'dpv:hasDataSubject': { 'schema:identifier': ['s1'] },
      'dpv:hasPersonalData': [
        {
          'schema:propertyID': 'pillow.firmness',
          'schema:value': 'firm',
          'schema:description': 'Fest',
          'keepsake:evidence': ['i2'],
          'schema:validFrom': '2024-01-01T00:00:00.000Z',
          'keepsake:believedUntil': null,
        },
      ],
      'keepsake:consents': [{ 'dpv:hasIdentifier': 'i0' }, { 'dpv:hasIdentifier': 'i1' }],
      'keepsake:declined': [{ 'keepsake:predicate': 'pillow.fill', 'keepsake:until': null }],
      'keepsake:reads': [{ 'keepsake:facts': [fact?.id] }],
    });
  });
});

test('MEM-64 what is disliked or forbidden is told as such, an allergy stands as it is', () => {
  const against = (polarity: 'dislike' | 'forbid'): string | undefined =>
    applied(journalOf({ ...firm, polarity }), [pillowCase]).instructions[0]?.text.en;
  expect(against('dislike')).toBe('Rather not: Firm pillow');
  expect(against('forbid')).toBe('Never: Firm pillow');
  const [allergy] = applied(journalOf(allergic), [noFeathers]).instructions;
  expect(allergy?.text.en).toBe('No feathers');
});
