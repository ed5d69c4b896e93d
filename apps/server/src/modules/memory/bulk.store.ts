/**
 * Statements over sets of rows. Short rows travel as one JSON text, bytes of theirs in base64, long
 * ones as `insertRows` sends them: the same on both backends, and a statement's text does not grow.
 */
import { sql } from 'kysely';
import { type Column, insertRows } from '../../platform/database/insert-rows.ts';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { ConsentInsert, FactInsert, FactRow } from './facts.store.ts';
import type { InteractionRow } from './journal.store.ts';

/** A handle as it is looked up. */
export interface HandleKey {
  readonly kind: string;
  readonly hmac: string;
}

/** Who owns which proved handle. */
export async function findOwners(
  db: Db,
  company: string,
  handles: readonly HandleKey[],
): Promise<readonly (HandleKey & { readonly subject: string })[]> {
  if (handles.length === 0) return [];
  const { rows } = await sql<HandleKey & { subject: string }>`
    select owned.kind, owned.hmac, owned.subject
    from json_to_recordset(${JSON.stringify(handles)}::json) as wanted(kind text, hmac text)
    join identifiers as owned
      on owned.company = ${company} and owned.kind = wanted.kind and owned.hmac = wanted.hmac
    where owned.verified_at is not null and owned.strength = 'strong'`.execute(db);
  return rows;
}

/** Which of these tombstones there are. */
export async function findTombstones(
  db: Db,
  company: string,
  handles: readonly HandleKey[],
): Promise<readonly HandleKey[]> {
  if (handles.length === 0) return [];
  const { rows } = await sql<HandleKey>`
    select stone.kind, stone.hmac
    from json_to_recordset(${JSON.stringify(handles)}::json) as wanted(kind text, hmac text)
    join tombstones as stone
      on stone.company = ${company} and stone.kind = wanted.kind and stone.hmac = wanted.hmac`.execute(
    db,
  );
  return rows;
}

/** What of a subject decides where its journal goes on. */
export interface JournalEnd {
  readonly subject: string;
  readonly length: number;
  readonly recorded_at: Date | null;
  readonly wrapped: Uint8Array | null;
}

/** Locks subjects in the order of their ids, as everybody does who locks several. */
export async function lockSubjects(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<readonly JournalEnd[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<JournalEnd>`
    with locked as (
      select id, journal_length, last_recorded_at from subjects
      where company = ${company}
        and id in (select value::uuid from json_array_elements_text(${JSON.stringify(subjects)}::json))
      order by id
      for no key update
    )
    select locked.id as subject, journal_length as length, last_recorded_at as recorded_at, wrapped
    from locked
    left join subject_keys as keys on keys.company = ${company} and keys.subject = locked.id::text`.execute(
    tx,
  );
  return rows;
}

/** A subject and the key of something recorded of it. */
export interface RecordedKey {
  readonly subject: string;
  readonly key: string;
}

/** Which of these were recorded before. */
export async function findRecorded(
  tx: Tx,
  company: string,
  keys: readonly RecordedKey[],
): Promise<readonly RecordedKey[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<RecordedKey>`
    select there.subject, there.idempotency_key as key
    from json_to_recordset(${JSON.stringify(keys)}::json) as wanted(subject uuid, key text)
    join interactions as there on there.company = ${company}
      and there.subject = wanted.subject and there.idempotency_key = wanted.key`.execute(tx);
  return rows;
}

/** A consent of a member of a person. */
export interface MemberConsent {
  readonly person: string;
  readonly member: string;
  readonly id: string | null;
  readonly purpose: string;
  readonly status: 'granted' | 'withdrawn';
  readonly basis: 'consent' | 'explicit-consent' | null;
  readonly receipt_id: string;
  readonly at: Date;
  readonly expires_at: Date | null;
  readonly recorded_at: Date;
  readonly seq: number;
}

/** The persons of these subjects: every member with every consent of theirs; `id` null: none. */
export async function listMemberConsents(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<readonly MemberConsent[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<MemberConsent>`
    with asked as (
      select distinct coalesce(own.person, wanted.value::uuid) as person
      from json_array_elements_text(${JSON.stringify(subjects)}::json) as wanted
      left join members as own on own.company = ${company} and own.subject = wanted.value::uuid
    ), kin as (
      select asked.person, coalesce(other.subject, asked.person) as member from asked
      left join members as other on other.company = ${company} and other.person = asked.person
    )
    select kin.person, kin.member, consent.id, consent.purpose, consent.status, consent.basis,
      consent.receipt_id, consent.at, consent.expires_at, consent.recorded_at, consent.seq
    from kin
    left join consents as consent
      on consent.company = ${company} and consent.subject = kin.member`.execute(tx);
  return rows;
}

/** A slot of a subject. */
export interface SlotKey {
  readonly subject: string;
  readonly slot: string;
}

/** All lines about these slots, in the order of their journals. */
export async function listSlotLines(
  tx: Tx,
  company: string,
  slots: readonly SlotKey[],
): Promise<readonly InteractionRow[]> {
  if (slots.length === 0) return [];
  const { rows } = await sql<InteractionRow>`
    select line.*
    from json_to_recordset(${JSON.stringify(slots)}::json) as wanted(subject uuid, slot text)
    join interactions as line on line.company = ${company}
      and line.subject = wanted.subject and line.slot = wanted.slot
    order by line.subject, line.seq`.execute(tx);
  return rows;
}

/** Everything ever believed of these slots. */
export async function listSlotFacts(
  tx: Tx,
  company: string,
  slots: readonly SlotKey[],
): Promise<readonly FactRow[]> {
  if (slots.length === 0) return [];
  const { rows } = await sql<FactRow>`
    select fact.*
    from json_to_recordset(${JSON.stringify(slots)}::json) as wanted(subject uuid, slot text)
    join facts as fact on fact.company = ${company}
      and fact.subject = wanted.subject and fact.slot = wanted.slot`.execute(tx);
  return rows;
}

/** A subject that is made with its journal. */
export interface NewSubject {
  readonly subject: string;
  readonly wrapped: Uint8Array;
  readonly length: number;
  readonly recordedAt: Date;
}

/** Adds subjects with their keys. */
export async function insertSubjects(
  tx: Tx,
  company: string,
  made: readonly NewSubject[],
  now: Date,
): Promise<void> {
  if (made.length === 0) return;
  const rows = made.map((one) => ({ ...one, wrapped: base64(one.wrapped) }));
  await sql`
    with made as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as row(subject uuid, wrapped text, length integer, "recordedAt" timestamptz)
    ), kept as (
      insert into subject_keys (company, subject, wrapped, created_at)
      select ${company}, subject::text, decode(wrapped, 'base64'), ${now} from made
    )
    insert into subjects (company, id, journal_length, last_recorded_at, created_at)
    select ${company}, subject, length, "recordedAt", ${now} from made`.execute(tx);
}

/** Writes where journals now end. */
export async function updateJournalEnds(
  tx: Tx,
  company: string,
  ends: readonly { readonly subject: string; readonly length: number; readonly recordedAt: Date }[],
): Promise<void> {
  if (ends.length === 0) return;
  await sql`
    update subjects set journal_length = ending.length, last_recorded_at = ending."recordedAt"
    from json_to_recordset(${JSON.stringify(ends)}::json)
      as ending(subject uuid, length integer, "recordedAt" timestamptz)
    where subjects.company = ${company} and subjects.id = ending.subject`.execute(tx);
}

/** A handle to be added to a subject. */
export interface NewHandle extends HandleKey {
  readonly subject: string;
  readonly value: Uint8Array;
  readonly isProved: boolean;
}

/**
 * Adds handles, proved by their source or merely claimed; one that is there is marked as proved. In
 * one order, so that two who add the same do not wait for each other; breaks
 * `identifiers_verified_once` where another subject has just proved it. Answers what has changed.
 */
export async function upsertHandles(
  tx: Tx,
  company: string,
  handles: readonly NewHandle[],
  now: Date,
): Promise<readonly Pick<NewHandle, 'subject' | 'kind'>[]> {
  if (handles.length === 0) return [];
  const sent = handles.map((one) => ({ ...one, value: base64(one.value) }));
  const { rows } = await sql<Pick<NewHandle, 'subject' | 'kind'>>`
    insert into identifiers
      (company, subject, kind, hmac, value, verified_at, verified_by, strength, created_at)
    select ${company}, subject, kind, hmac, decode(value, 'base64'),
      case when "isProved" then ${now}::timestamptz end, case when "isProved" then 'source' end,
      'strong', ${now}
    from json_to_recordset(${JSON.stringify(sent)}::json)
      as row(subject uuid, kind text, hmac text, value text, "isProved" boolean)
    order by kind, hmac
    on conflict (company, subject, kind, hmac) do update set
      verified_at = excluded.verified_at, verified_by = excluded.verified_by
    where identifiers.verified_at is null and excluded.verified_at is not null
    returning subject, kind`.execute(tx);
  return rows;
}

const LINE_COLUMNS: readonly Column<InteractionRow>[] = [
  { name: 'id', type: 'uuid', of: (line) => line.id },
  { name: 'company', type: 'text', of: (line) => line.company },
  { name: 'subject', type: 'uuid', of: (line) => line.subject },
  { name: 'seq', type: 'integer', of: (line) => line.seq },
  { name: 'batch', type: 'uuid', of: (line) => line.batch },
  { name: 'occurred_at', type: 'timestamptz', of: (line) => line.occurred_at },
  { name: 'recorded_at', type: 'timestamptz', of: (line) => line.recorded_at },
  { name: 'channel', type: 'text', of: (line) => line.channel },
  { name: 'touchpoint', type: 'text', of: (line) => line.touchpoint },
  { name: 'site', type: 'text', of: (line) => line.site },
  { name: 'actor_kind', type: 'text', of: (line) => line.actor_kind },
  { name: 'actor', type: 'text', of: (line) => line.actor },
  { name: 'idempotency_key', type: 'text', of: (line) => line.idempotency_key },
  { name: 'kind', type: 'text', of: (line) => line.kind },
  { name: 'slot', type: 'text', of: (line) => line.slot },
  { name: 'body', type: 'bytea', of: (line) => line.body },
];

/** Appends lines to many journals. */
export async function insertLines(tx: Tx, lines: readonly InteractionRow[]): Promise<void> {
  await insertRows(tx, 'interactions', lines, LINE_COLUMNS);
}

/** A row of a fact, by its key. */
export interface FactKey {
  readonly subject: string;
  readonly id: string;
}

/** Takes rows out, and ends the belief in others. */
export async function endFacts(
  tx: Tx,
  company: string,
  ends: {
    readonly vanished: readonly FactKey[];
    readonly closed: readonly (FactKey & { readonly txTo: Date })[];
  },
): Promise<void> {
  if (ends.vanished.length > 0) {
    await sql`
      delete from facts using json_to_recordset(${JSON.stringify(ends.vanished)}::json)
        as gone(subject uuid, id text)
      where facts.company = ${company} and facts.subject = gone.subject and facts.id = gone.id`.execute(
      tx,
    );
  }
  if (ends.closed.length > 0) {
    await sql`
      update facts set tx_to = ended."txTo"
      from json_to_recordset(${JSON.stringify(ends.closed)}::json)
        as ended(subject uuid, id text, "txTo" timestamptz)
      where facts.company = ${company} and facts.subject = ended.subject and facts.id = ended.id`.execute(
      tx,
    );
  }
}

const FACT_COLUMNS: readonly Column<FactInsert>[] = [
  { name: 'id', type: 'text', of: (fact) => fact.id },
  { name: 'company', type: 'text', of: (fact) => fact.company },
  { name: 'subject', type: 'uuid', of: (fact) => fact.subject },
  { name: 'slot', type: 'text', of: (fact) => fact.slot },
  { name: 'lane', type: 'text', of: (fact) => fact.lane },
  { name: 'predicate', type: 'text', of: (fact) => fact.predicate },
  { name: 'scope', type: 'jsonb', of: (fact) => fact.scope },
  { name: 'value', type: 'bytea', of: (fact) => fact.value },
  { name: 'unit', type: 'text', of: (fact) => fact.unit },
  { name: 'polarity', type: 'text', of: (fact) => fact.polarity },
  { name: 'basis', type: 'text', of: (fact) => fact.basis },
  { name: 'confidence', type: 'double precision', of: (fact) => fact.confidence },
  { name: 'evidence', type: 'jsonb', of: (fact) => fact.evidence },
  { name: 'seq', type: 'integer', of: (fact) => fact.seq },
  { name: 'as_of', type: 'timestamptz', of: (fact) => fact.as_of },
  { name: 'purpose', type: 'text', of: (fact) => fact.purpose },
  { name: 'sensitivity', type: 'text', of: (fact) => fact.sensitivity },
  { name: 'valid_from', type: 'timestamptz', of: (fact) => fact.valid_from },
  { name: 'valid_to', type: 'timestamptz', of: (fact) => fact.valid_to },
  { name: 'tx_from', type: 'timestamptz', of: (fact) => fact.tx_from },
  { name: 'tx_to', type: 'timestamptz', of: (fact) => fact.tx_to },
  { name: 'supersedes', type: 'text', of: (fact) => fact.supersedes },
];

/** Adds facts of many subjects. */
export async function insertManyFacts(tx: Tx, facts: readonly FactInsert[]): Promise<void> {
  await insertRows(tx, 'facts', facts, FACT_COLUMNS);
}

const CONSENT_COLUMNS: readonly Column<ConsentInsert>[] = [
  { name: 'id', type: 'uuid', of: (consent) => consent.id },
  { name: 'company', type: 'text', of: (consent) => consent.company },
  { name: 'subject', type: 'uuid', of: (consent) => consent.subject },
  { name: 'purpose', type: 'text', of: (consent) => consent.purpose },
  { name: 'status', type: 'text', of: (consent) => consent.status },
  { name: 'basis', type: 'text', of: (consent) => consent.basis },
  { name: 'wording', type: 'jsonb', of: (consent) => consent.wording },
  { name: 'receipt_id', type: 'text', of: (consent) => consent.receipt_id },
  { name: 'at', type: 'timestamptz', of: (consent) => consent.at },
  { name: 'expires_at', type: 'timestamptz', of: (consent) => consent.expires_at },
  { name: 'recorded_at', type: 'timestamptz', of: (consent) => consent.recorded_at },
  { name: 'seq', type: 'integer', of: (consent) => consent.seq },
];

/** Adds consents of many subjects. */
export async function insertManyConsents(tx: Tx, rows: readonly ConsentInsert[]): Promise<void> {
  await insertRows(tx, 'consents', rows, CONSENT_COLUMNS);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
