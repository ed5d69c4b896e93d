import { inLocale, instantToText, type Json } from '@keepsake/kernel';
import type { ConsentRecord } from './consent.ts';
import { findPurpose, type Ontology, type Predicate, type Purpose } from './ontology.ts';

/** The company that decides why and how personal data are used. */
export interface Controller {
  readonly id: string;
  readonly name: string;
  /** Where the customer reaches it, for example an e-mail address. */
  readonly contact: string;
}

/** The JSON-LD prefixes of receipts and exports. */
export const CONTEXT: Readonly<Record<string, string>> = {
  dct: 'http://purl.org/dc/terms/',
  dpv: 'https://w3id.org/dpv#',
  'dpv-27560': 'https://w3id.org/dpv/schema/dpv-27560#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/eu-gdpr#',
  keepsake: 'urn:keepsake:',
  schema: 'https://schema.org/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/**
 * A consent receipt in the shape of ISO/IEC TS 27560:2023, in the terms of the W3C Data Privacy
 * Vocabulary 2: who agreed with whom, to which purpose, about which data, in which words, on which
 * legal basis, what the state is now, and how to withdraw and to exercise the other rights. The fields
 * of the standard that memory cannot know (storage location, recipients, jurisdiction) are absent.
 */
export function consentReceipt(
  record: ConsentRecord,
  about: {
    readonly controller: Controller;
    readonly ontology: Ontology;
    /** BCP 47 tag of the texts. */
    readonly locale: string;
  },
): Json {
  const { controller, ontology, locale } = about;
  const purpose = findPurpose(ontology, record.purpose);
  return {
    '@context': CONTEXT,
    '@type': 'dpv:ConsentReceipt',
    'dct:conformsTo': 'dpv-27560:receipt-record',
    'dpv:hasIdentifier': record.receiptId,
    'dct:created': instantToText(record.recordedAt),
    'dct:creator': controller.id,
    'dct:language': locale,
    'dpv:hasRecordOfActivity': [{ '@type': 'dpv:ConsentRecord', 'dpv:hasIdentifier': record.id }],
    'dpv:hasDataSubject': { '@type': ['dpv:DataSubject'], 'dpv:hasIdentifier': record.subject },
    'dpv:hasEntity': {
      [controller.id]: {
        '@type': ['dpv:DataController'],
        'dpv:hasName': controller.name,
        'dpv:hasContact': controller.contact,
      },
    },
    'dpv:hasProcess': [
      {
        '@type': ['dpv:Process'],
        'dpv:hasPurpose': [purposeNode(record.purpose, purpose, locale)],
        'dpv:hasPersonalData': dataOf(record.purpose, ontology, locale),
        'dpv:hasProcessing': ['dpv:Collect', 'dpv:Store', 'dpv:Use'],
        'dpv:hasDataController': [controller.id],
        'dpv:hasDataSource': ['dpv:DataSubjectDataSource', 'dpv:DataControllerDataSource'],
        ...legalBasis(record),
        ...consentStatus(record, locale),
        'dpv:hasConsentControl': {
          '@type': ['dpv:ProvideConsent', 'dpv:WithdrawConsent'],
          'dpv:isExercisedAt': controller.contact,
        },
        'dpv:hasRight': RIGHTS.map((right) => ({
          '@type': ['dpv:DataSubjectRight', right],
          'dpv:isExercisedAt': controller.contact,
        })),
      },
    ],
  };
}

/** To withdraw, to see, to put right, to have erased, to take along: articles 7, 15 to 17, 20. */
const RIGHTS: readonly string[] = [
  'eu-gdpr:A7-3',
  'eu-gdpr:A15',
  'eu-gdpr:A16',
  'eu-gdpr:A17',
  'eu-gdpr:A20',
];

/** One purpose as a DPV node. */
export function purposeNode(id: string, purpose: Purpose | undefined, locale: string): Json {
  return {
    '@type': ['dpv:Purpose'],
    'dpv:hasIdentifier': id,
    ...(purpose === undefined
      ? {}
      : {
          'skos:prefLabel': inLocale(purpose.label, locale),
          'dct:description': inLocale(purpose.description, locale),
        }),
  };
}

function dataOf(purpose: string, ontology: Ontology, locale: string): readonly Json[] {
  return ontology.predicates
    .filter((predicate) => predicate.purpose === purpose)
    .map((predicate) => personalDataNode(predicate, locale));
}

/** One predicate as a kind of personal data. */
export function personalDataNode(predicate: Predicate, locale: string): Json {
  const isSpecial = predicate.sensitivity === 'special';
  return {
    '@type': [isSpecial ? 'dpv:SpecialCategoryPersonalData' : 'dpv:PersonalData'],
    'dpv:hasIdentifier': predicate.name,
    'skos:prefLabel': inLocale(predicate.label, locale),
  };
}

function legalBasis(record: ConsentRecord): { readonly [key: string]: Json } {
  switch (record.basis) {
    case 'consent':
      return { 'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a'] };
    case 'explicit-consent':
      return { 'dpv:hasLegalBasis': ['eu-gdpr:A6-1-a-explicit-consent', 'eu-gdpr:A9-2-a'] };
    case null:
      return {};
  }
}

/** The state of the consent, with when it began and ends and the words it was given in. */
export function consentStatus(
  record: ConsentRecord,
  locale: string,
): { readonly [key: string]: Json } {
  const state = record.status === 'granted' ? 'dpv:ConsentGiven' : 'dpv:ConsentWithdrawn';
  return {
    'dpv:hasConsentStatus': {
      '@type': state,
      'dpv:isIndicatedAtTime': instantToText(record.at),
      ...(record.expiresAt === null
        ? {}
        : { 'dct:valid': `${instantToText(record.at)}/${instantToText(record.expiresAt)}` }),
    },
    ...(record.wording === null
      ? {}
      : {
          'dpv:hasNotice': {
            '@type': 'dpv:ConsentNotice',
            'dct:description': inLocale(record.wording, locale),
          },
        }),
  };
}
