/**
 * Statements over sets of rows. Rows travel as one JSON text: the same on both backends, and a
 * statement's text does not grow with them. Bytes are in base64.
 */
import { sql } from 'kysely';
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

/** A consent of a member of the person that a subject belongs to. */
export interface MemberConsent {
  readonly asked: string;
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

/** Every member of each subject's person with every consent of theirs; `id` null: none. */
export async function listMemberConsents(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<readonly MemberConsent[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<MemberConsent>`
    with asked as (
      select value::uuid as subject from json_array_elements_text(${JSON.stringify(subjects)}::json)
    ), kin as (
      select asked.subject as asked, other.subject as member from asked
      join members as own on own.company = ${company} and own.subject = asked.subject
      join members as other on other.company = ${company} and other.person = own.person
      union
      select subject, subject from asked
    )
    select kin.asked, kin.member, consent.id, consent.purpose, consent.status, consent.basis,
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
 * `identifiers_verified_once` where another subject has just proved it.
 */
export async function upsertHandles(
  tx: Tx,
  company: string,
  handles: readonly NewHandle[],
  now: Date,
): Promise<void> {
  if (handles.length === 0) return;
  const rows = handles.map((one) => ({ ...one, value: base64(one.value) }));
  await sql`
    insert into identifiers
      (company, subject, kind, hmac, value, verified_at, verified_by, strength, created_at)
    select ${company}, subject, kind, hmac, decode(value, 'base64'),
      case when "isProved" then ${now}::timestamptz end, case when "isProved" then 'source' end,
      'strong', ${now}
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row(subject uuid, kind text, hmac text, value text, "isProved" boolean)
    order by kind, hmac
    on conflict (company, subject, kind, hmac) do update set
      verified_at = excluded.verified_at, verified_by = excluded.verified_by
    where identifiers.verified_at is null and excluded.verified_at is not null`.execute(tx);
}

/** Appends lines of one kind of actor to many journals. */
export async function insertLines(
  tx: Tx,
  company: string,
  lines: readonly InteractionRow[],
): Promise<void> {
  if (lines.length === 0) return;
  // What is null is left out, and so is what is the same everywhere: less to write and to read.
  const rows = lines.map((one) => ({
    ...{ subject: one.subject, seq: one.seq, id: one.id },
    batch: one.batch === one.id ? undefined : one.batch,
    ...{ occurred_at: one.occurred_at, recorded_at: one.recorded_at },
    ...{ channel: one.channel, touchpoint: one.touchpoint, kind: one.kind },
    ...{ site: one.site ?? undefined, actor: one.actor ?? undefined },
    ...{ idempotency_key: one.idempotency_key ?? undefined, slot: one.slot ?? undefined },
    body: one.body === null ? undefined : base64(one.body),
  }));
  const actorKind = lines[0]?.actor_kind ?? 'system';
  await sql`
    insert into interactions (company, subject, seq, id, batch, occurred_at, recorded_at, channel,
      touchpoint, site, actor_kind, actor, idempotency_key, kind, slot, body)
    select ${company}, subject, seq, id, coalesce(batch, id), occurred_at, recorded_at, channel,
      touchpoint, site, ${actorKind}, actor, idempotency_key, kind, slot, decode(body, 'base64')
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(subject uuid, seq integer, id uuid,
      batch uuid, occurred_at timestamptz, recorded_at timestamptz, channel text, touchpoint text,
      site text, actor text, idempotency_key text, kind text, slot text, body text)`.execute(tx);
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

/** Adds facts of many subjects. */
export async function insertManyFacts(
  tx: Tx,
  company: string,
  facts: readonly FactInsert[],
): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map((one) => ({
    ...{ subject: one.subject, id: one.id, slot: one.slot, lane: one.lane },
    ...{ predicate: one.predicate, scope: one.scope, value: base64(one.value) },
    ...{ unit: one.unit ?? undefined, polarity: one.polarity, basis: one.basis },
    ...{ confidence: one.confidence, evidence: one.evidence, seq: one.seq, as_of: one.as_of },
    ...{ purpose: one.purpose, sensitivity: one.sensitivity, valid_from: one.valid_from },
    ...{ valid_to: one.valid_to ?? undefined, tx_from: one.tx_from },
    ...{ tx_to: one.tx_to ?? undefined, supersedes: one.supersedes ?? undefined },
  }));
  await sql`
    insert into facts (company, subject, id, slot, lane, predicate, scope, value, unit, polarity,
      basis, confidence, evidence, seq, as_of, purpose, sensitivity, valid_from, valid_to, tx_from,
      tx_to, supersedes)
    select ${company}, subject, id, slot, lane, predicate, scope::jsonb, decode(value, 'base64'), unit,
      polarity, basis, confidence, evidence::jsonb, seq, as_of, purpose, sensitivity, valid_from,
      valid_to, tx_from, tx_to, supersedes
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(subject uuid, id text, slot text,
      lane text, predicate text, scope text, value text, unit text, polarity text, basis text,
      confidence double precision, evidence text, seq integer, as_of timestamptz, purpose text,
      sensitivity text, valid_from timestamptz, valid_to timestamptz, tx_from timestamptz,
      tx_to timestamptz, supersedes text)`.execute(tx);
}

/** Adds consents of many subjects. */
export async function insertManyConsents(
  tx: Tx,
  company: string,
  rows: readonly ConsentInsert[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into consents (company, subject, id, purpose, status, basis, wording, receipt_id, at,
      expires_at, recorded_at, seq)
    select ${company}, subject, id, purpose, status, basis, wording::jsonb, receipt_id, at,
      expires_at, recorded_at, seq
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(subject uuid, id uuid, purpose text,
      status text, basis text, wording text, receipt_id text, at timestamptz, expires_at timestamptz,
      recorded_at timestamptz, seq integer)`.execute(tx);
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
