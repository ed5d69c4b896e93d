/** Between the engine's data and the rows of the store: pure but for the sealing of values. */
import { canonicalText, type Instant } from '@keepsake/kernel';
import type {
  ConsentRecord,
  Decline,
  Fact,
  FactValue,
  Interaction,
  InteractionBody,
  Ontology,
  Projection,
  Slot,
} from '@keepsake/memory';
import { findPredicate } from '@keepsake/memory';
import type { Keys, SubjectKey } from '../../platform/keys.ts';
import type { ConsentInsert, ConsentRow, DeclineRow, FactInsert, FactRow } from './facts.store.ts';
import type { InteractionRow } from './journal.store.ts';
import { openJson, sealJson } from './sealing.ts';

/** The interaction of a stored line, or undefined where its words were forgotten. */
export function interactionOf(key: SubjectKey, row: InteractionRow): Interaction | undefined {
  if (row.body === null) return undefined;
  return {
    id: row.id,
    subject: row.subject,
    seq: row.seq,
    occurredAt: row.occurred_at.getTime(),
    recordedAt: row.recorded_at.getTime(),
    channel: row.channel,
    touchpoint: row.touchpoint,
    actor: { kind: row.actor_kind, ...(row.actor === null ? {} : { id: row.actor }) },
    body: openJson<InteractionBody>(key, 'interaction.body', row.body),
  };
}

/** The fact of a stored row. */
export function factOf(key: SubjectKey, row: FactRow): Fact {
  return {
    id: row.id,
    subject: row.subject,
    predicate: row.predicate,
    value: openJson<FactValue>(key, 'fact.value', row.value),
    unit: row.unit,
    scope: row.scope,
    polarity: row.polarity,
    basis: row.basis,
    confidence: row.confidence,
    evidence: row.evidence,
    seq: row.seq,
    asOf: row.as_of.getTime(),
    purpose: row.purpose,
    sensitivity: row.sensitivity,
    validFrom: row.valid_from.getTime(),
    validTo: row.valid_to?.getTime() ?? null,
    txFrom: row.tx_from.getTime(),
    txTo: row.tx_to?.getTime() ?? null,
    supersedes: row.supersedes,
  };
}

/** What a fact's row needs to know beside the fact. */
export interface RowContext {
  readonly key: SubjectKey;
  readonly keys: Keys;
  readonly ontology: Ontology;
  readonly slot: string;
}

/** The row of a fact, its value sealed. */
export function factRow(fact: Fact, context: RowContext): FactInsert {
  return {
    company: context.key.company,
    subject: fact.subject,
    id: fact.id,
    slot: context.slot,
    lane: laneOf(fact, context),
    predicate: fact.predicate,
    scope: JSON.stringify(fact.scope),
    value: sealJson(context.key, 'fact.value', fact.value),
    unit: fact.unit,
    polarity: fact.polarity,
    basis: fact.basis,
    confidence: fact.confidence,
    evidence: JSON.stringify(fact.evidence),
    seq: fact.seq,
    as_of: new Date(fact.asOf),
    purpose: fact.purpose,
    sensitivity: fact.sensitivity,
    valid_from: new Date(fact.validFrom),
    valid_to: dateOrNull(fact.validTo),
    tx_from: new Date(fact.txFrom),
    tx_to: dateOrNull(fact.txTo),
    supersedes: fact.supersedes,
  };
}

/**
 * What excludes each other within a slot, as the engine decides it: a single-valued wish or
 * requirement excludes every other; anything else only itself.
 */
function laneOf(fact: Fact, { key, keys, ontology }: RowContext): string {
  const isPositive = fact.polarity === 'like' || fact.polarity === 'require';
  const isSingle = findPredicate(ontology, fact.predicate)?.cardinality === 'one';
  if (isSingle && isPositive) return fact.polarity;
  const value = `${key.subject} ${canonicalText(fact.value)}`;
  return `${fact.polarity} ${keys.hmac(key.company, 'fact.lane', value).slice(0, 24)}`;
}

function dateOrNull(instant: Instant | null): Date | null {
  return instant === null ? null : new Date(instant);
}

/** The consent of a stored row. */
export function consentOf(row: ConsentRow): ConsentRecord {
  return {
    id: row.id,
    subject: row.subject,
    purpose: row.purpose,
    status: row.status,
    basis: row.basis,
    wording: row.wording,
    receiptId: row.receipt_id,
    at: row.at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    recordedAt: row.recorded_at.getTime(),
    seq: row.seq,
  };
}

/** The row of a consent. */
export function consentRow(company: string, consent: ConsentRecord): ConsentInsert {
  return {
    company,
    subject: consent.subject,
    id: consent.id,
    purpose: consent.purpose,
    status: consent.status,
    basis: consent.basis,
    wording: consent.wording === null ? null : JSON.stringify(consent.wording),
    receipt_id: consent.receiptId,
    at: new Date(consent.at),
    expires_at: dateOrNull(consent.expiresAt),
    recorded_at: new Date(consent.recordedAt),
    seq: consent.seq,
  };
}

/** The refusal of a stored row. */
export function declineOf(row: DeclineRow): Decline {
  return {
    id: row.id,
    subject: row.subject,
    predicate: row.predicate,
    at: row.at.getTime(),
    until: row.until_at?.getTime() ?? null,
    recordedAt: row.recorded_at.getTime(),
    seq: row.seq,
  };
}

/** The row of a refusal. */
export function declineRow(company: string, decline: Decline): DeclineRow {
  return {
    company,
    subject: decline.subject,
    id: decline.id,
    predicate: decline.predicate,
    at: new Date(decline.at),
    until_at: dateOrNull(decline.until),
    recorded_at: new Date(decline.recordedAt),
    seq: decline.seq,
  };
}

/** Which slot each interaction went into; one that is in none is about no fact. */
export function slotsOf(projection: Projection): ReadonlyMap<string, string> {
  const slots = new Map<string, string>();
  for (const [slot, { events }] of Object.entries(projection.slots)) {
    for (const event of events) slots.set(event.id, slot);
  }
  return slots;
}

/** How stored facts become the projected ones. */
export interface FactChanges {
  readonly vanished: readonly string[];
  readonly closed: readonly { readonly id: string; readonly txTo: Instant }[];
  readonly added: readonly { readonly slot: string; readonly fact: Fact }[];
}

/** What to write so that the stored facts of these slots are the projected ones. */
export function factChanges(
  stored: readonly Fact[],
  slots: Readonly<Record<string, Slot>>,
): FactChanges {
  const known = new Map(stored.map((fact) => [fact.id, fact]));
  const vanished: string[] = [];
  const closed: { id: string; txTo: Instant }[] = [];
  const added: { slot: string; fact: Fact }[] = [];
  for (const [slot, { facts }] of Object.entries(slots)) {
    for (const fact of facts) {
      const before = known.get(fact.id);
      known.delete(fact.id);
      if (before === undefined) added.push({ slot, fact });
      else if (textOf(before) === textOf(fact)) continue;
      else if (isClosing(before, fact)) closed.push({ id: fact.id, txTo: fact.txTo });
      else {
        // What was known late, or was forgotten, may leave a row of the same id but other content.
        vanished.push(fact.id);
        added.push({ slot, fact });
      }
    }
  }
  return { vanished: [...vanished, ...known.keys()], closed, added };
}

function isClosing(before: Fact, after: Fact): after is Fact & { readonly txTo: Instant } {
  return (
    before.txTo === null &&
    after.txTo !== null &&
    textOf(before) === textOf({ ...after, txTo: null })
  );
}

function textOf(fact: Fact): string {
  return canonicalText({ ...fact, scope: { ...fact.scope } });
}
