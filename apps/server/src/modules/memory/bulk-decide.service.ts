/** Decides which lines are taken, and what the journals then say. */
import { LIMITS } from '@keepsake/contract';
import { type Instant, newId } from '@keepsake/kernel';
import type { Actor, ConsentRecord, InteractionBody, Ontology } from '@keepsake/memory';
import type { Tx } from '../../platform/database/schema.ts';
import type { SubjectKey } from '../../platform/keys.ts';
import { type Refusal, refuse } from './bulk.rules.ts';
import { findRecorded, listMemberConsents, type MemberConsent } from './bulk.store.ts';
import type { Assigned, People } from './bulk-people.rules.ts';
import type { MemoryDeps } from './memory-deps.ts';
import { isGranted } from './recall.service.ts';
import { decideStatements, type StatementDecision } from './statements.rules.ts';

/** Where the journal of a subject goes on. */
export interface Standing {
  readonly key: SubjectKey;
  /** Of a subject that is being made. */
  readonly wrapped?: Uint8Array;
  readonly length: number;
  /** When what is recorded now is recorded. */
  readonly at: Instant;
}

/** A line that is taken. */
export interface AcceptedLine {
  readonly kind: 'accepted';
  readonly assigned: Assigned;
  readonly bodies: readonly InteractionBody[];
}

/** What is to become of a line. */
export type LineDecision =
  | AcceptedLine
  | { readonly kind: 'duplicate'; readonly assigned: Assigned }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** What deciding stands on. */
export interface Deciding {
  readonly company: string;
  readonly actor: Actor;
  readonly ontology: Ontology;
  readonly now: Instant;
  readonly people: People;
  readonly standing: ReadonlyMap<string, Standing>;
}

/** Consents of a person, to which those of earlier lines are added. */
interface PersonConsents {
  readonly members: readonly string[];
  readonly records: ConsentRecord[];
  readonly granted: Map<string, boolean>;
}

/**
 * Decides lines in their order. A line that was recorded before is a duplicate; what needs a consent
 * that neither was given before nor comes along is refused, by the rule that holds at the desk.
 */
export async function decideLines(
  tx: Tx,
  deps: MemoryDeps,
  deciding: Deciding,
): Promise<readonly LineDecision[]> {
  const { company, people, standing } = deciding;
  const old = [...standing.keys()].filter((subject) => !people.made.has(subject));
  const recorded = await findAlreadyRecorded(tx, company, people);
  const consents = consentsByPerson(await listMemberConsents(tx, company, old));
  const counts = new Map<string, number>();
  return people.assigned.map((assigned): LineDecision => {
    const { draft, subject } = assigned;
    const refused = (refusal: Refusal): LineDecision => ({ kind: 'refused', refusal });
    const journal = standing.get(subject);
    if (journal === undefined) return refused(refuse(draft.line, 'guest-not-found', 'subject'));
    const id = `${subject} ${draft.key}`;
    if (recorded.has(id)) return { kind: 'duplicate', assigned };
    const count = (counts.get(subject) ?? 0) + 1;
    if (count > LIMITS.bulkSubjectLinesMax || journal.length + count > LIMITS.bulkJournalMax) {
      return refused(refuse(draft.line, 'too-many-of-subject'));
    }
    const person = consents.get(subject) ?? newPerson(subject, consents);
    const decision = decideLine(assigned, person, { deps, deciding, at: journal.at });
    if (decision.kind !== 'accepted') return refused(refusalOf(draft.line, decision));
    recorded.add(id);
    counts.set(subject, count);
    return { kind: 'accepted', assigned, bodies: decision.bodies };
  });
}

async function findAlreadyRecorded(tx: Tx, company: string, people: People): Promise<Set<string>> {
  const keys = people.assigned
    .filter((one) => !people.made.has(one.subject))
    .map(({ subject, draft }) => ({ subject, key: draft.key }));
  const rows = await findRecorded(tx, company, keys);
  return new Set(rows.map(({ subject, key }) => `${subject} ${key}`));
}

interface LineContext {
  readonly deps: MemoryDeps;
  readonly deciding: Deciding;
  readonly at: Instant;
}

function decideLine(
  { draft, subject }: Assigned,
  person: PersonConsents,
  { deps, deciding, at }: LineContext,
): StatementDecision {
  const { ontology } = deciding;
  const { members, records, granted } = person;
  const decision = decideStatements({
    statements: draft.statements,
    consents: draft.purposes,
    ontology,
    isGranted: (purpose) => {
      const key = `${subject} ${purpose}`;
      const known = granted.get(key);
      if (known !== undefined) return known;
      const is = isGranted({ subject, ontology, members, consents: records, at }, purpose);
      granted.set(key, is);
      return is;
    },
    receiptId: () => newId(at, deps.random),
  });
  if (decision.kind !== 'accepted') return decision;
  for (const body of decision.bodies) {
    if (body.kind !== 'consent-granted') continue;
    records.push(recordOf(body, { subject, id: body.receiptId, at: Math.min(draft.at, at) }));
    granted.clear();
  }
  // A line that says nothing is a visit: an event of the journal all the same.
  if (decision.bodies.length > 0) return decision;
  return { kind: 'accepted', bodies: [{ kind: 'event', name: draft.touchpoint }] };
}

function recordOf(
  body: Extract<InteractionBody, { kind: 'consent-granted' }>,
  { subject, id, at }: { readonly subject: string; readonly id: string; readonly at: Instant },
): ConsentRecord {
  const { purpose, basis, wording, receiptId } = body;
  const base = { id, subject, purpose, basis, wording, receiptId, at };
  return { ...base, status: 'granted', expiresAt: null, recordedAt: at, seq: 0 };
}

function refusalOf(
  line: number,
  decision: Exclude<StatementDecision, { kind: 'accepted' }>,
): Refusal {
  switch (decision.kind) {
    case 'unknown-predicate':
    case 'value-refused':
      return refuse(line, decision.kind, decision.predicate);
    case 'unknown-purpose':
      return refuse(line, decision.kind, decision.purpose);
    case 'consent-required':
      return refuse(line, decision.kind, decision.purposes.join(' '));
  }
}

function newPerson(subject: string, consents: Map<string, PersonConsents>): PersonConsents {
  const person = { members: [subject], records: [], granted: new Map() };
  consents.set(subject, person);
  return person;
}

/** By subject: two subjects of one person share what they allow. */
function consentsByPerson(rows: readonly MemberConsent[]): Map<string, PersonConsents> {
  const members = new Map<string, Set<string>>();
  const records = new Map<string, ConsentRecord[]>();
  for (const row of rows) {
    const known = members.get(row.person);
    if (known === undefined) members.set(row.person, new Set([row.member]));
    else known.add(row.member);
    if (row.id === null) continue;
    const given = records.get(row.person);
    if (given === undefined) records.set(row.person, [consentOf(row)]);
    else given.push(consentOf(row));
  }
  const bySubject = new Map<string, PersonConsents>();
  for (const [id, own] of members) {
    const sorted = [...own].sort();
    const person = { members: sorted, records: records.get(id) ?? [], granted: new Map() };
    for (const member of sorted) bySubject.set(member, person);
  }
  return bySubject;
}

function consentOf(row: MemberConsent): ConsentRecord {
  return {
    id: row.id ?? '',
    subject: row.member,
    purpose: row.purpose,
    status: row.status,
    basis: row.basis,
    wording: null,
    receiptId: row.receipt_id,
    at: row.at.getTime(),
    expiresAt: row.expires_at?.getTime() ?? null,
    recordedAt: row.recorded_at.getTime(),
    seq: row.seq,
  };
}
