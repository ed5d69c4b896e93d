import { type Instant, inLocale, instantToText, type Json } from '@keepsake/kernel';
import type { Decline } from './ask.ts';
import type { ConsentRecord } from './consent.ts';
import type { Fact } from './fact.ts';
import type { Person } from './identity.ts';
import { findPredicate, findPurpose, type Ontology, valueLabel } from './ontology.ts';
import {
  CONTEXT,
  type Controller,
  consentStatus,
  personalDataNode,
  purposeNode,
} from './receipt.ts';

/** One time the memory of a person was read. */
export interface ReadRecord {
  readonly at: Instant;
  readonly purpose: string;
  readonly touchpoint: string;
  readonly factIds: readonly string[];
}

/** Everything a customer takes along. */
export interface MemoryExport {
  readonly person: Person;
  readonly facts: readonly Fact[];
  readonly consents: readonly ConsentRecord[];
  readonly declines: readonly Decline[];
  readonly reads: readonly ReadRecord[];
  readonly controller: Controller;
  readonly ontology: Ontology;
  readonly exportedAt: Instant;
  /** BCP 47 tag of the texts. */
  readonly locale: string;
}

/**
 * What a company knows of a person, as one JSON-LD document: schema.org for the things, DPV for
 * purposes, consent and readings. Facts carry both times, so that nothing is lost on the way.
 */
export function exportMemory(memory: MemoryExport): Json {
  const { person, controller, exportedAt, locale } = memory;
  return {
    '@context': CONTEXT,
    '@type': 'schema:Dataset',
    'dct:created': instantToText(exportedAt),
    'dct:language': locale,
    'dpv:hasDataController': {
      '@type': ['dpv:DataController', 'schema:Organization'],
      '@id': `keepsake:${controller.id}`,
      'schema:name': controller.name,
      'dpv:hasContact': controller.contact,
    },
    'dpv:hasDataSubject': {
      '@type': ['dpv:DataSubject', 'schema:Person'],
      '@id': `keepsake:${person.id}`,
      'schema:identifier': person.members,
    },
    'dpv:hasPersonalData': memory.facts.map((fact) => factNode(fact, memory)),
    'keepsake:consents': memory.consents.map((record) => ({
      '@type': 'dpv:ConsentRecord',
      'dpv:hasIdentifier': record.id,
      'keepsake:receipt': record.receiptId,
      'dpv:hasPurpose': purposeNode(
        record.purpose,
        findPurpose(memory.ontology, record.purpose),
        locale,
      ),
      ...consentStatus(record, locale),
    })),
    'keepsake:declined': memory.declines.map((decline) => ({
      'keepsake:predicate': decline.predicate,
      'keepsake:from': instantToText(decline.at),
      'keepsake:until': decline.until === null ? null : instantToText(decline.until),
    })),
    'keepsake:reads': memory.reads.map((read) => ({
      '@type': ['dpv:Process'],
      'dct:date': instantToText(read.at),
      'dpv:hasProcessing': 'dpv:Use',
      'dpv:hasPurpose': read.purpose,
      'keepsake:touchpoint': read.touchpoint,
      'keepsake:facts': read.factIds,
    })),
  };
}

function factNode(fact: Fact, { ontology, locale }: MemoryExport): Json {
  const predicate = findPredicate(ontology, fact.predicate);
  const described: Record<string, Json> = {};
  if (predicate !== undefined) {
    described['schema:about'] = personalDataNode(predicate, locale);
    described['schema:description'] = inLocale(valueLabel(predicate, fact.value), locale);
  }
  return {
    '@type': ['schema:PropertyValue'],
    '@id': `keepsake:fact:${fact.id}`,
    'schema:propertyID': fact.predicate,
    'schema:value': fact.value,
    ...described,
    ...(fact.unit === null ? {} : { 'schema:unitText': fact.unit }),
    'keepsake:scope': { ...fact.scope },
    'keepsake:polarity': fact.polarity,
    'keepsake:basis': fact.basis,
    'keepsake:confidence': fact.confidence,
    'keepsake:evidence': fact.evidence,
    'dpv:hasPurpose': fact.purpose,
    'schema:validFrom': instantToText(fact.validFrom),
    'schema:validThrough': fact.validTo === null ? null : instantToText(fact.validTo),
    'keepsake:believedFrom': instantToText(fact.txFrom),
    'keepsake:believedUntil': fact.txTo === null ? null : instantToText(fact.txTo),
  };
}
