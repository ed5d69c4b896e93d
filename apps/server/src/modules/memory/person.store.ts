/** Everything about a person in one statement: who it is, keys, facts, consents, vocabulary. */
import type { Words } from '@keepsake/kernel';
import type { Ontology } from '@keepsake/memory';
import { sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';
import type { ConsentRow, DeclineRow, FactRow } from './facts.store.ts';
import type { Who } from './memory-deps.ts';

/** A vocabulary as a reader gets it: without its body where the reader has one of this hash. */
export interface ReadOntology {
  readonly hash: string;
  readonly body: Ontology | null;
}

/** What is read of a person. */
export interface PersonQuery extends Who {
  /** The hash of the vocabulary that the reader has; empty for none. */
  readonly ontologyHash: string;
  /** Id of the site where it is read. */
  readonly site?: string;
  /** Reservations in force at this moment are read as well. */
  readonly at: Date;
}

/** A question that somebody is putting just now. */
export interface ReservedQuestion {
  readonly predicate: string;
  readonly holder: string;
}

/** A subject of the person with its key. */
export interface MemberKey {
  readonly subject: string;
  readonly wrapped: Uint8Array;
  readonly recordedAt: Date | null;
}

/** The rows of a person; facts are those believed now, whatever their valid time. */
export interface PersonRows {
  readonly members: readonly MemberKey[];
  readonly facts: readonly FactRow[];
  readonly consents: readonly ConsentRow[];
  readonly declines: readonly DeclineRow[];
  readonly reserved: readonly ReservedQuestion[];
  readonly ontology: ReadOntology | null;
  /** Null where there is none of this id, or none was asked for. */
  readonly site: { readonly id: string; readonly name: Words; readonly place: string } | null;
}

/** Instants as the text of a JSON value, bytes in hexadecimal. */
type Written<T> = {
  readonly [K in keyof T]: T[K] extends Date
    ? string
    : T[K] extends Date | null
      ? string | null
      : T[K] extends Uint8Array
        ? string
        : T[K];
};

interface WrittenPerson {
  readonly members: readonly Written<MemberKey>[] | null;
  readonly facts: readonly Written<Omit<FactRow, 'company'>>[] | null;
  readonly consents: readonly Written<Omit<ConsentRow, 'company'>>[] | null;
  readonly declines: readonly Written<Omit<DeclineRow, 'company'>>[] | null;
  readonly reserved: readonly ReservedQuestion[] | null;
  readonly ontology: ReadOntology | null;
  readonly site: PersonRows['site'];
}

/**
 * Reads a person through any of its subjects; undefined where there is no such subject. One round
 * trip; its cost grows with what is believed of the person, not with what was ever said.
 */
export async function readPerson(db: Db, query: PersonQuery): Promise<PersonRows | undefined> {
  const { company, subject, ontologyHash, site, at } = query;
  const { rows } = await sql<WrittenPerson>`/* prepared */
    with asked as materialized (
      select subjects.id as subject, coalesce(own.person, subjects.id) as person
      from subjects
      left join members as own on own.company = subjects.company and own.subject = subjects.id
      where subjects.company = ${company}::text and subjects.id = ${subject}::uuid
    ), member as materialized (
      select subject from asked
      union
      select members.subject from members join asked on members.person = asked.person
      where members.company = ${company}::text
    )
    select
      (select json_agg(row order by row.subject) from (
        select member.subject, encode(keys.wrapped, 'hex') as wrapped,
          subjects.last_recorded_at as "recordedAt"
        from member
        join subjects on subjects.company = ${company}::text and subjects.id = member.subject
        join subject_keys as keys
          on keys.company = ${company}::text and keys.subject = member.subject::text
      ) as row) as members,
      (select json_agg(row) from (
        select fact.subject, fact.id, slot, lane, predicate, scope, encode(value, 'hex') as value,
          unit, polarity, basis, confidence, evidence, seq, as_of, purpose, sensitivity,
          valid_from, valid_to, tx_from, tx_to, supersedes
        from member join facts as fact
          on fact.company = ${company}::text and fact.subject = member.subject
        where tx_to is null
        order by fact.subject, slot, tx_from, valid_from, fact.id
      ) as row) as facts,
      (select json_agg(row) from (
        select consent.subject, consent.id, purpose, status, basis, wording, receipt_id, at,
          expires_at, recorded_at, seq
        from member join consents as consent
          on consent.company = ${company}::text and consent.subject = member.subject
        order by recorded_at, seq, consent.id
      ) as row) as consents,
      (select json_agg(row) from (
        select decline.subject, decline.id, predicate, at, until_at, recorded_at, seq
        from member join declines as decline
          on decline.company = ${company}::text and decline.subject = member.subject
        order by recorded_at, seq, decline.id
      ) as row) as declines,
      (select json_agg(row) from (
        select predicate, holder from member join ask_reservations as held
          on held.company = ${company}::text and held.subject = member.subject
        where until_at > ${at}::timestamptz
      ) as row) as reserved,
      (select json_build_object('hash', hash,
          'body', case when hash = ${ontologyHash}::text then null else body end)
        from ontologies where company = ${company}::text) as ontology,
      (select json_build_object('id', site, 'name', name, 'place', place)
        from sites where company = ${company}::text and site = ${site ?? ''}::text) as site`.execute(
    db,
  );
  const [row] = rows;
  if (row === undefined || row.members === null) return undefined;
  return {
    members: row.members.map((one) => ({
      ...one,
      wrapped: bytesOf(one.wrapped),
      recordedAt: dateOrNull(one.recordedAt),
    })),
    facts: (row.facts ?? []).map((one) => factRowOf(company, one)),
    consents: (row.consents ?? []).map((one) => ({
      ...one,
      company,
      at: new Date(one.at),
      expires_at: dateOrNull(one.expires_at),
      recorded_at: new Date(one.recorded_at),
    })),
    declines: (row.declines ?? []).map((one) => ({
      ...one,
      company,
      at: new Date(one.at),
      until_at: dateOrNull(one.until_at),
      recorded_at: new Date(one.recorded_at),
    })),
    reserved: row.reserved ?? [],
    ontology: row.ontology,
    site: row.site,
  };
}

/** A fact as a JSON value has it. */
export type WrittenFact = Written<Omit<FactRow, 'company'>>;

/** The row of a fact in a JSON value. */
export function factRowOf(company: string, one: WrittenFact): FactRow {
  return {
    ...one,
    company,
    value: bytesOf(one.value),
    as_of: new Date(one.as_of),
    valid_from: new Date(one.valid_from),
    valid_to: dateOrNull(one.valid_to),
    tx_from: new Date(one.tx_from),
    tx_to: dateOrNull(one.tx_to),
  };
}

/** Bytes that a JSON value has in hexadecimal. */
export function bytesOf(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}

function dateOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
