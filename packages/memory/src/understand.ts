import type { Decline } from './ask.ts';
import type { SlotTopic } from './belief.ts';
import type { SlotEvent } from './claims.ts';
import type { ConsentRecord } from './consent.ts';
import type {
  ConsentGranted,
  ConsentWithdrawn,
  FactCorrected,
  FactLearned,
  FactWithdrawn,
  InstructionOutcome,
  Interaction,
  MindChanged,
} from './journal.ts';
import {
  type FactValue,
  findPredicate,
  findPurpose,
  findValue,
  type Ontology,
  type Predicate,
} from './ontology.ts';
import { normalScope, type Scope } from './scope.ts';

/** Why an interaction left no fact. */
export type IgnoreReason =
  | 'unknown-predicate'
  | 'unknown-value'
  | 'unknown-purpose'
  | 'confidence-out-of-bounds'
  | 'empty-interval';

/** What an interaction means to the projection, in the words of the ontology. */
export type Understood =
  | { readonly kind: 'slot'; readonly topic: SlotTopic; readonly event: SlotEvent }
  | { readonly kind: 'consent'; readonly consent: ConsentRecord }
  | { readonly kind: 'decline'; readonly decline: Decline }
  | { readonly kind: 'ignored'; readonly reason: IgnoreReason }
  | { readonly kind: 'nothing' };

/** Reads one interaction: synonyms resolved, values checked, paths tidied. */
export function understand(interaction: Interaction, ontology: Ontology): Understood {
  const { body } = interaction;
  switch (body.kind) {
    case 'event':
      return { kind: 'nothing' };
    case 'consent-granted':
    case 'consent-withdrawn':
      return { kind: 'consent', consent: consentOf(interaction, body) };
    case 'declined': {
      const predicate = findPredicate(ontology, body.predicate);
      if (predicate === undefined) return ignored('unknown-predicate');
      const { id, subject, occurredAt: at, recordedAt, seq } = interaction;
      const { until } = body;
      const decline = { id, subject, predicate: predicate.name, at, until, recordedAt, seq };
      return { kind: 'decline', decline };
    }
    default:
      return understandSlot(interaction, body, ontology);
  }
}

function ignored(reason: IgnoreReason): Understood {
  return { kind: 'ignored', reason };
}

function consentOf(
  interaction: Interaction,
  body: ConsentGranted | ConsentWithdrawn,
): ConsentRecord {
  const { id, subject, occurredAt: at, recordedAt, seq } = interaction;
  const { purpose, receiptId } = body;
  const base = { id, subject, purpose, receiptId, at, recordedAt, seq };
  if (body.kind === 'consent-withdrawn') {
    return { ...base, status: 'withdrawn', basis: null, wording: null, expiresAt: null };
  }
  const { basis, wording, expiresAt } = body;
  return { ...base, status: 'granted', basis, wording, expiresAt: expiresAt ?? null };
}

type SlotBody = FactLearned | FactCorrected | MindChanged | FactWithdrawn | InstructionOutcome;

function understandSlot(interaction: Interaction, body: SlotBody, ontology: Ontology): Understood {
  const predicate = findPredicate(ontology, body.predicate);
  if (predicate === undefined) return ignored('unknown-predicate');
  const problem = problemOf(interaction, body, ontology);
  if (problem !== undefined) return ignored(problem);
  const scope = normalScope(body.scope ?? {});
  const meant = inOntologyWords(body, predicate, scope);
  if (meant === undefined) return ignored('unknown-value');
  const { id, seq, occurredAt, recordedAt, subject } = interaction;
  const event: SlotEvent = { id, seq, occurredAt, recordedAt, body: meant };
  return { kind: 'slot', topic: { subject, predicate, scope }, event };
}

function problemOf(
  interaction: Interaction,
  body: SlotBody,
  ontology: Ontology,
): IgnoreReason | undefined {
  if (body.kind !== 'fact' && body.kind !== 'fact-corrected') return undefined;
  const { confidence } = body;
  if (confidence !== undefined && !(confidence >= 0 && confidence <= 1)) {
    return 'confidence-out-of-bounds';
  }
  if (body.kind !== 'fact') return undefined;
  if (body.purpose !== undefined && findPurpose(ontology, body.purpose) === undefined) {
    return 'unknown-purpose';
  }
  const from = body.validFrom ?? interaction.occurredAt;
  return body.validTo !== undefined && body.validTo <= from ? 'empty-interval' : undefined;
}

/** The body in canonical names and values; undefined where a value means nothing. */
function inOntologyWords(body: SlotBody, predicate: Predicate, scope: Scope): SlotBody | undefined {
  const named = { ...body, predicate: predicate.name, scope };
  if (named.kind === 'fact-withdrawn') return named;
  const value = meaning(predicate, named.value);
  const former = meaning(predicate, named.kind === 'mind-changed' ? named.former : undefined);
  if (value === null || former === null) return undefined;
  return {
    ...named,
    ...(value === undefined ? {} : { value }),
    ...(former === undefined ? {} : { former }),
  };
}

/** The ontology's value; undefined stays undefined, and null is a value it does not know. */
function meaning(predicate: Predicate, said: FactValue | undefined): FactValue | undefined | null {
  return said === undefined ? undefined : (findValue(predicate, said) ?? null);
}
