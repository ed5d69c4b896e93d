/** What may be read of a person, by the consent there is: the statement itself reads no more. */
import { sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';
import type { ConsentRow, FactRow } from './facts.store.ts';
import { bytesOf, factRowOf, type ReadOntology, type WrittenFact } from './person.store.ts';
import { COMMITTED_SOON } from './reads.store.ts';

/** A purpose whose facts may be read. */
export interface ReadablePurpose {
  readonly id: string;
  readonly needs: 'contract' | 'consent' | 'explicit-consent';
}

/** Whom to read, for what, and who reads. */
export interface ProfileQuery {
  readonly company: string;
  readonly who: { readonly subject: string } | { readonly kind: string; readonly hmac: string };
  /** The hash of the vocabulary that the purposes are of: with another nothing is read. */
  readonly ontologyHash: string;
  /** What it is read for. */
  readonly purpose: ReadablePurpose;
  /** What it may have been kept for: the same, and those that it includes. */
  readonly kept: readonly ReadablePurpose[];
  readonly now: Date;
  /** For the log; null leaves the logging to the caller. */
  readonly reading: {
    readonly id: string;
    readonly actorKind: 'staff' | 'system';
    readonly touchpoint: string;
    readonly site: string | null;
  } | null;
}

/** The last word of a subject on a purpose. */
export type LastConsent = Pick<
  ConsentRow,
  'subject' | 'id' | 'purpose' | 'status' | 'basis' | 'receipt_id' | 'seq'
> & { readonly at: string; readonly expires_at: string | null; readonly recorded_at: string };

/** What was read. */
export interface ProfileRows {
  readonly subject: string;
  readonly members: readonly { readonly subject: string; readonly wrapped: Uint8Array }[];
  readonly facts: readonly FactRow[];
  readonly consents: readonly LastConsent[];
  readonly ontology: ReadOntology | null;
  /** When it was read: now, but not before the last thing recorded. */
  readonly at: number;
}

interface WrittenProfile {
  readonly subject: string | null;
  readonly members: readonly { readonly subject: string; readonly wrapped: string }[] | null;
  readonly facts: readonly WrittenFact[] | null;
  readonly consents: readonly LastConsent[] | null;
  readonly ontology: ReadOntology | null;
  readonly at: string;
}

/**
 * Identifier to subject to person to readable facts, and the line of the log: one statement, one
 * commit. What is answered is in the log, as `COMMITTED_SOON` says. The rule is that of the engine's `readable`, by which the
 * caller checks once more. Undefined where nobody proved the identifier.
 */
export async function readProfile(db: Db, query: ProfileQuery): Promise<ProfileRows | undefined> {
  const { company, who, ontologyHash, purpose, kept, now, reading } = query;
  const subject = 'subject' in who ? who.subject : null;
  const kind = 'kind' in who ? who.kind : null;
  const hmac = 'kind' in who ? who.hmac : null;
  const { rows } = await sql<WrittenProfile>`/* prepared */
    with named as materialized (
      select ${subject}::uuid as subject where ${subject}::uuid is not null
      union all
      select subject from identifiers
      where company = ${company}::text and kind = ${kind}::text and hmac = ${hmac}::text
        and verified_at is not null and strength = 'strong'
    ), member as materialized (
      select named.subject from named
      union
      select other.subject from named
      join members as own on own.company = ${company}::text and own.subject = named.subject
      join members as other on other.company = ${company}::text and other.person = own.person
    ), key as materialized (
      select member.subject, wrapped, last_recorded_at from member
      join subjects on subjects.company = ${company}::text and subjects.id = member.subject
      join subject_keys as keys
        on keys.company = ${company}::text and keys.subject = member.subject::text
    ), moment as materialized (
      select greatest(${now}::timestamptz, max(last_recorded_at)) as at from key
    ), vocabulary as materialized (
      select hash from ontologies where company = ${company}::text
    ), last_word as materialized (
      select distinct on (consent.subject, purpose) consent.subject, consent.id, purpose, status,
        basis, receipt_id, consent.at, expires_at, recorded_at, seq
      from member
      join consents as consent
        on consent.company = ${company}::text and consent.subject = member.subject
      where consent.at <= (select at from moment)
      order by consent.subject, purpose, consent.at desc, (status = 'withdrawn') desc,
        recorded_at desc, seq desc, consent.id desc
    ), granted as materialized (
      select last_word.subject, purpose, basis = 'explicit-consent' as is_explicit from last_word
      where status = 'granted'
        and (expires_at is null or expires_at > (select at from moment))
    ), kept as materialized (
      select id, needs from json_to_recordset(${JSON.stringify(kept)}::text::json)
        as row(id text, needs text)
      where not exists (
        select from last_word where status = 'withdrawn'
          and last_word.purpose in (row.id, ${purpose.id}::text))
    ), readable as materialized (
      select fact.* from member
      join facts as fact on fact.company = ${company}::text and fact.subject = member.subject
      join kept on kept.id = fact.purpose
      where fact.tx_to is null
        and fact.valid_from <= (select at from moment)
        and (fact.valid_to is null or fact.valid_to > (select at from moment))
        and (select hash from vocabulary) = ${ontologyHash}::text
        and (${purpose.needs}::text = 'contract' or exists (
          select from granted where granted.subject = fact.subject
            and granted.purpose = ${purpose.id}::text
            and (is_explicit or ${purpose.needs}::text = 'consent')))
        and ((kept.needs = 'contract' and fact.sensitivity <> 'special') or exists (
          select from granted where granted.subject = fact.subject
            and granted.purpose = fact.purpose
            and (is_explicit or (kept.needs = 'consent' and fact.sensitivity <> 'special'))))
    ), logged as (
      insert into fact_reads
        (company, subject, id, at, actor_kind, purpose, touchpoint, site, fact_ids)
      select ${company}::text, subject, ${reading?.id ?? null}::uuid, ${now}::timestamptz,
        ${reading?.actorKind ?? null}::text, ${purpose.id}::text,
        ${reading?.touchpoint ?? null}::text, ${reading?.site ?? null}::text, jsonb_agg(id)
      from readable where ${reading?.id ?? null}::uuid is not null and ${COMMITTED_SOON} group by subject
    )
    select (select subject from named) as subject,
      (select json_agg(json_build_object('subject', subject, 'wrapped', encode(wrapped, 'hex'))
        order by subject) from key) as members,
      (select json_agg(row) from (
        select subject, id, slot, lane, predicate, scope, encode(value, 'hex') as value, unit,
          polarity, basis, confidence, evidence, seq, as_of, purpose, sensitivity, valid_from,
          valid_to, tx_from, tx_to, supersedes
        from readable order by subject, slot, tx_from, valid_from, id
      ) as row) as facts,
      (select json_agg(last_word) from last_word) as consents,
      (select json_build_object('hash', hash,
          'body', case when hash = ${ontologyHash}::text then null else body end)
        from ontologies where company = ${company}::text) as ontology,
      to_json((select at from moment)) #>> '{}' as at`.execute(db);
  const [row] = rows;
  if (row === undefined || row.subject === null || row.members === null) return undefined;
  return {
    subject: row.subject,
    members: row.members.map((one) => ({ ...one, wrapped: bytesOf(one.wrapped) })),
    facts: (row.facts ?? []).map((one) => factRowOf(company, one)),
    consents: row.consents ?? [],
    ontology: row.ontology,
    at: Date.parse(row.at),
  };
}
