import { DAY_MS, type Words } from '@keepsake/kernel';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ConsentRecord, isPermitted, type Readable, readable } from './consent.ts';
import type { Interaction } from './journal.ts';
import { findPurpose, type Purpose } from './ontology.ts';
import { factsOf, project } from './projection.ts';
import { consentReceipt } from './receipt.ts';
import { JOURNAL_START, journals, journalWriter, sampleOntology } from './testing/index.ts';

const day = (count: number): number => JOURNAL_START + count * DAY_MS;
const wording: Words = { en: 'Yes, remember how I sleep.', de: 'Ja, merkt euch das.' };

const purposeOf = (id: string): Purpose => {
  const purpose = findPurpose(sampleOntology, id);
  if (purpose === undefined) throw new Error(`no purpose ${id}`);
  return purpose;
};

const consentsOf = (journal: readonly Interaction[]): readonly ConsentRecord[] =>
  project(journal, sampleOntology).consents;

const pillow: Readable = { subject: 's1', purpose: 'stay', sensitivity: 'ordinary' };
const allergy: Readable = { subject: 's1', purpose: 'health', sensitivity: 'special' };

const mayRead = (
  fact: Readable,
  purpose: string,
  { consents, at = day(9) }: { consents: readonly ConsentRecord[]; at?: number },
): boolean =>
  readable(fact, purposeOf(purpose), { purposes: sampleOntology.purposes, consents }, at);

const may = (subject: string, consents: readonly ConsentRecord[]): boolean =>
  isPermitted(subject, purposeOf('stay'), { purposes: sampleOntology.purposes, consents }, day(9));

const grant = (
  purpose: string,
  basis: 'consent' | 'explicit-consent' = 'consent',
): Interaction['body'] => ({ kind: 'consent-granted', purpose, basis, wording, receiptId: 'r1' });

const withdraw = (purpose: string): Interaction['body'] => ({
  kind: 'consent-withdrawn',
  purpose,
  receiptId: 'r2',
});

describe('consent', () => {
  test('MEM-30 nothing is read without a grant, but for a contract', () => {
    const line = journalWriter();
    expect(mayRead(pillow, 'stay', { consents: [] })).toBe(false);
    expect(mayRead(pillow, 'stay', { consents: consentsOf([line(grant('stay'))]) })).toBe(true);
    expect(mayRead({ ...pillow, purpose: 'order' }, 'order', { consents: [] })).toBe(true);
  });

  test('MEM-31 a special fact needs an explicit grant for the purpose it was kept for', () => {
    const line = journalWriter();
    const plain = consentsOf([line(grant('stay')), line(grant('health'))]);
    const explicit = consentsOf([line(grant('stay')), line(grant('health', 'explicit-consent'))]);
    expect(mayRead(allergy, 'stay', { consents: plain })).toBe(false);
    expect(mayRead(allergy, 'stay', { consents: explicit })).toBe(true);
    expect(mayRead({ ...allergy, purpose: 'stay' }, 'stay', { consents: explicit })).toBe(false);
  });

  test('MEM-32 a fact is read for its own purpose or for one that includes it', () => {
    const line = journalWriter();
    const consents = consentsOf([
      line(grant('stay')),
      line(grant('offers')),
      line(grant('health', 'explicit-consent')),
    ]);
    expect(mayRead(pillow, 'offers', { consents })).toBe(false);
    expect(mayRead(allergy, 'offers', { consents })).toBe(false);
    expect(mayRead(allergy, 'health', { consents })).toBe(true);
    expect(mayRead({ ...pillow, purpose: 'spying' }, 'stay', { consents })).toBe(false);
  });

  test('MEM-33 a withdrawal by any member of the person holds for all', () => {
    const line = journalWriter();
    const journal = [line(grant('stay')), line(withdraw('stay'), { subject: 's2' })];
    const consents = consentsOf(journal);
    expect(mayRead(pillow, 'stay', { consents })).toBe(false);
    expect(may('s1', consents.slice(0, 1))).toBe(true);
    expect(may('s1', consents)).toBe(false);
    expect(may('s3', consents.slice(0, 1))).toBe(false);
  });

  test('MEM-33 a merge never makes more readable', () => {
    const purposes = fc.constantFrom('stay', 'health', 'order', 'offers');
    fc.assert(
      fc.property(journals(14), purposes, (journal, purpose) => {
        const { consents } = project(journal, sampleOntology);
        for (const fact of factsOf(project(journal, sampleOntology))) {
          const own = consents.filter((record) => record.subject === fact.subject);
          const alone = mayRead(fact, purpose, { consents: own });
          if (!alone) expect(mayRead(fact, purpose, { consents })).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('MEM-34 the last record by occurrence holds; expiry ends it, a withdrawal wins a tie', () => {
    const line = journalWriter();
    const late = [
      line(withdraw('stay'), { day: 2, recordedDay: 8 }),
      line(grant('stay'), { day: 4, recordedDay: 4 }),
    ];
    const consents = consentsOf(late);
    expect([1, 3, 4].map((at) => mayRead(pillow, 'stay', { consents, at: day(at) }))).toEqual([
      false,
      false,
      true,
    ]);
    const ending = consentsOf([
      line({ ...grant('stay'), expiresAt: day(5) } as Interaction['body']),
    ]);
    expect(mayRead(pillow, 'stay', { consents: ending, at: day(4) })).toBe(true);
    expect(mayRead(pillow, 'stay', { consents: ending, at: day(5) })).toBe(false);
    const tied = consentsOf([line(withdraw('stay')), line(grant('stay'))]);
    expect(mayRead(pillow, 'stay', { consents: tied })).toBe(false);
  });

  test('MEM-35 a receipt names who, for what, about which data, in which words and since when', () => {
    const line = journalWriter();
    const [granted, withdrawn] = consentsOf([
      line(grant('health', 'explicit-consent'), { day: 1 }),
      line(withdraw('health'), { day: 2 }),
    ]);
    if (granted === undefined || withdrawn === undefined) throw new Error('two records expected');
    const controller = { id: 'inn', name: 'The Inn', contact: 'privacy@inn.example' };
    const about = { controller, ontology: sampleOntology, locale: 'de' };
    expect(consentReceipt(granted, about)).toMatchObject({
      '@type': 'dpv:ConsentReceipt',
      'dpv:hasIdentifier': 'r1',
      'dpv:hasDataSubject': { 'dpv:hasIdentifier': 's1' },
      'dpv:hasRecordOfActivity': [
        { '@type': 'dpv:ConsentRecord', 'dpv:hasIdentifier': granted.id },
      ],
      'dpv:hasProcess': [
        {
          'dpv:hasPurpose': [{ 'dpv:hasIdentifier': 'health' }],
          'dpv:hasPersonalData': [
            {
              '@type': ['dpv:SpecialCategoryPersonalData'],
              'dpv:hasIdentifier': 'allergy.feather',
              'skos:prefLabel': 'Federallergie',
            },
          ],
          'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a-explicit-consent', 'eu-gdpr:A9-2-a'],
          'dpv:hasConsentStatus': {
            '@type': 'dpv:ConsentGiven',
            'dpv:isIndicatedAtTime': '2024-01-02T00:00:00.000Z',
          },
          'dpv:hasNotice': { 'dct:description': 'Ja, merkt euch das.' },
          'dpv:hasConsentControl': { 'dpv:isExercisedAt': controller.contact },
        },
      ],
    });
    expect(JSON.stringify(consentReceipt(withdrawn, about))).toContain('dpv:ConsentWithdrawn');
  });
});
