import { sql } from 'kysely';
import { insertRows } from '../../platform/database/insert-rows.ts';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { DeferralRow } from './deferrals.store.ts';
import type { PairEvidence } from './linkage.rules.ts';
import type { Who } from './memory-deps.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly linkage_keys: LinkageKeysTable;
    readonly duplicates: DuplicatesTable;
  }
}

interface LinkageKeysTable {
  readonly company: string;
  readonly token: string;
  readonly subject: string;
}

interface DuplicatesTable extends PairEvidence {
  readonly company: string;
  readonly a: string;
  readonly b: string;
  readonly found_at: Date;
}

/** A pair that may be one person; `a` is before `b`. */
export type DuplicateRow = Omit<DuplicatesTable, 'company' | 'found_at'>;

/** Keeps others from comparing records that share a token until the transaction ends. */
export async function lockLinkage(
  tx: Tx,
  company: string,
  tokens: readonly string[],
): Promise<void> {
  // Sorted before they are locked, so that two who share several do not wait for each other.
  await sql`
    select pg_advisory_xact_lock(hashtextextended(name, 0))
    from (
      select 'linkage ' || ${company}::text || ' ' || value as name
      from json_array_elements_text(${JSON.stringify(tokens)}::json) order by value
      offset 0
    ) as wanted`.execute(tx);
}

/** What a subject is compared by: one of its tokens. */
export type LinkageKey = Pick<LinkageKeysTable, 'subject' | 'token'>;

/** Writes what subjects are compared by, in place of what they were compared by. */
export async function replaceLinkageKeys(
  tx: Tx,
  company: string,
  {
    subjects,
    keys,
  }: { readonly subjects: readonly string[]; readonly keys: readonly LinkageKey[] },
): Promise<void> {
  await sql`
    delete from linkage_keys
    where company = ${company} and subject = any(${uuids(subjects)}::uuid[])`.execute(tx);
  await insertRows(tx, 'linkage_keys', keys, [
    { name: 'subject', type: 'uuid', of: ({ subject }) => subject },
    { name: 'company', type: 'text', of: () => company },
    { name: 'token', type: 'text', of: ({ token }) => token },
  ]);
}

/** How many are compared at most, and how many may share a token before it says too little. */
export interface LinkageLimits {
  readonly blockMax: number;
  readonly candidatesMax: number;
}

/** A subject, and another that has something in common with it. */
export interface Candidate {
  readonly subject: string;
  readonly other: string;
}

/**
 * Other subjects with the same tokens, for each those that share the most. Tokens that more than
 * `blockMax` subjects have find nobody.
 */
export async function listCandidates(
  tx: Tx,
  company: string,
  keys: readonly LinkageKey[],
  { blockMax, candidatesMax }: LinkageLimits,
): Promise<readonly Candidate[]> {
  if (keys.length === 0) return [];
  const { rows } = await sql<Candidate>`
    select ranked.subject, ranked.other from (
      select wanted.subject, block.subject as other, row_number() over (
        partition by wanted.subject order by count(*) desc, block.subject desc) as place
      from json_to_recordset(${JSON.stringify(keys)}::json) as wanted(subject uuid, token text)
      cross join lateral (
        select one.subject, count(*) over () as size from (
          select linkage_keys.subject from linkage_keys
          where company = ${company} and linkage_keys.token = wanted.token
          limit ${blockMax + 1}
        ) as one
      ) as block
      where block.size <= ${blockMax} and block.subject <> wanted.subject
      group by wanted.subject, block.subject
    ) as ranked
    where ranked.place <= ${candidatesMax}
    order by ranked.subject, ranked.place`.execute(tx);
  return rows;
}

/** An identifier that is compared, its value sealed. */
export interface SealedIdentifier {
  readonly subject: string;
  readonly kind: string;
  readonly value: Uint8Array;
}

/** Identifiers of these kinds that subjects have, proved ones before claims. */
export async function listSealedIdentifiers(
  tx: Tx,
  company: string,
  { subjects, kinds }: { readonly subjects: readonly string[]; readonly kinds: Iterable<string> },
): Promise<readonly SealedIdentifier[]> {
  const { rows } = await sql<SealedIdentifier>`
    select subject, kind, value from identifiers
    where company = ${company} and subject = any(${uuids(subjects)}::uuid[])
      and kind in (${sql.join([...kinds])})
    order by (verified_at is null), created_at, kind`.execute(tx);
  return rows;
}

/** The text of an array of ids, in which nothing has to be quoted. */
function uuids(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}

/** A subject's sealed name with the wrapped key that opens it. */
export interface SealedName {
  readonly subject: string;
  readonly name: Uint8Array | null;
  readonly wrapped: Uint8Array;
}

/** Names and keys of subjects; those that are erased are not among them. */
export async function listSealedNames(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<readonly SealedName[]> {
  if (subjects.length === 0) return [];
  const { rows } = await sql<SealedName>`
    select subjects.id as subject, subjects.name, keys.wrapped
    from subjects
    join subject_keys as keys on keys.company = subjects.company and keys.subject = subjects.id::text
    where subjects.company = ${company}
      and subjects.id in (
        select value::uuid from json_array_elements_text(${JSON.stringify(subjects)}::json))
    order by subjects.id`.execute(tx);
  return rows;
}

/**
 * Keeps subjects from being erased until the transaction ends, waiting for erasures under way;
 * answers which are there. In one order, like everybody who locks several.
 */
export async function holdSubjects(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<readonly string[]> {
  if (subjects.length === 0) return [];
  const rows = await tx
    .selectFrom('subjects')
    .select('id')
    .where('company', '=', company)
    .where('id', 'in', [...subjects])
    .orderBy('id')
    .forKeyShare()
    .execute();
  return rows.map((row) => row.id);
}

/** Writes the pairs that subjects are in, in place of those they were in. Under `holdSubjects`. */
export async function replaceDuplicates(
  tx: Tx,
  company: string,
  {
    subjects,
    pairs,
    now,
  }: {
    readonly subjects: readonly string[];
    readonly pairs: readonly DuplicateRow[];
    readonly now: Date;
  },
): Promise<void> {
  await sql`
    delete from duplicates where company = ${company}
      and (a = any(${uuids(subjects)}::uuid[]) or b = any(${uuids(subjects)}::uuid[]))`.execute(tx);
  if (pairs.length === 0) return;
  await sql`
    insert into duplicates (company, a, b, bits, probability, waterfall, found_at)
    select ${company}, row.a, row.b, row.bits, row.probability, row.waterfall, ${now}
    from json_to_recordset(${JSON.stringify(pairs)}::json)
      as row(a uuid, b uuid, bits float8, probability float8, waterfall jsonb)
    on conflict (company, a, b) do update set bits = excluded.bits,
      probability = excluded.probability, waterfall = excluded.waterfall,
      found_at = excluded.found_at`.execute(tx);
}

/** Deletes the pairs that a subject is in; answers how many. */
export async function deleteDuplicates(tx: Tx, { company, subject }: Who): Promise<bigint> {
  const result = await tx
    .deleteFrom('duplicates')
    .where('company', '=', company)
    .where((one) => one.or([one('a', '=', subject), one('b', '=', subject)]))
    .executeTakeFirst();
  return result.numDeletedRows;
}

/** A pair as it was compared last. */
export async function findDuplicate(
  db: Db,
  company: string,
  { a, b }: { readonly a: string; readonly b: string },
): Promise<DuplicateRow | undefined> {
  return await db
    .selectFrom('duplicates')
    .select(['a', 'b', 'bits', 'probability', 'waterfall'])
    .where('company', '=', company)
    .where('a', '=', a)
    .where('b', '=', b)
    .executeTakeFirst();
}

/** Subjects that have a name and were never compared, of all companies, after one of them. */
export async function listUncompared(db: Db, after: Who, limit: number): Promise<readonly Who[]> {
  const { rows } = await sql<Who>`
    select company, id as subject from subjects
    where name is not null and (company, id) > (${after.company}, ${after.subject}::uuid)
      and not exists (
        select from linkage_keys
        where linkage_keys.company = subjects.company and linkage_keys.subject = subjects.id)
    order by company, id
    limit ${limit}`.execute(db);
  return rows;
}

/** A pair that somebody has put off. */
export interface DeferredRow extends DuplicateRow, Pick<DeferralRow, 'actor' | 'at' | 'until'> {}

/** Pairs to be decided, how many there are of them, and pairs that are put off. */
export interface OpenDuplicates {
  readonly items: readonly DuplicateRow[];
  readonly total: number;
  readonly deferred: readonly DeferredRow[];
}

/** Which pairs are asked for: as many at most of each kind, at this moment. */
export interface OpenQuery {
  readonly company: string;
  readonly limit: number;
  readonly now: Date;
}

/** How a pair was put off; null where it was not. */
type MaybeDeferred = { readonly [K in 'actor' | 'at' | 'until']: DeferralRow[K] | null };

/** A pair that was put off comes up sooner where so much more speaks for it: twice the odds. */
const NEWS_BITS = 1;

/**
 * Pairs that are neither one person already nor told apart, the most probable first; of two persons
 * of several subjects the most probable pair. Those that are put off stand apart. Cost grows with the
 * pairs of the company, those put off, and the verdicts that told people apart.
 */
export async function listOpenDuplicates(
  db: Db,
  { company, limit, now }: OpenQuery,
): Promise<OpenDuplicates> {
  type Row = DuplicateRow & Pick<OpenDuplicates, 'total'> & MaybeDeferred;
  const { rows } = await sql<Row>`
    with apart as (
      select least(coalesce(one.person, verdict.a), coalesce(other.person, verdict.b)) as low,
        greatest(coalesce(one.person, verdict.a), coalesce(other.person, verdict.b)) as high
      from link_events as verdict
      left join members as one on one.company = ${company} and one.subject = verdict.a
      left join members as other on other.company = ${company} and other.subject = verdict.b
      where verdict.company = ${company} and verdict.kind = 'not_same' and not exists (
        select from link_events as undo
        where undo.company = ${company} and undo.voids = verdict.id)
    ), pair as (
      select distinct on (low, high) * from (
        select duplicates.*,
          least(coalesce(one.person, a), coalesce(other.person, b)) as low,
          greatest(coalesce(one.person, a), coalesce(other.person, b)) as high
        from duplicates
        left join members as one on one.company = ${company} and one.subject = a
        left join members as other on other.company = ${company} and other.subject = b
        where duplicates.company = ${company}
      ) as each
      where low <> high
      order by low, high, probability desc, a, b
    ), deferral as (
      select least(coalesce(one.person, a), coalesce(other.person, b)) as low,
        greatest(coalesce(one.person, a), coalesce(other.person, b)) as high,
        bits, actor, at, until
      from duplicate_deferrals
      left join members as one on one.company = ${company} and one.subject = a
      left join members as other on other.company = ${company} and other.subject = b
      where duplicate_deferrals.company = ${company} and until > ${now}
    ), listed as (
      select pair.a, pair.b, pair.bits, pair.probability, pair.waterfall,
        deferred.actor, deferred.at, deferred.until,
        (count(*) over (partition by deferred.until is null))::int as total,
        row_number() over (
          partition by deferred.until is null order by probability desc, a, b) as place
      from pair
      left join lateral (
        select * from deferral
        where deferral.low = pair.low and deferral.high = pair.high
          and pair.bits < deferral.bits + ${NEWS_BITS}::float8
        order by until desc limit 1
      ) as deferred on true
      where not exists (select from apart where apart.low = pair.low and apart.high = pair.high)
    )
    select a, b, bits, probability, waterfall, actor, at, until, total
    from listed where place <= ${limit} order by place`.execute(db);
  const items: DuplicateRow[] = [];
  const deferred: DeferredRow[] = [];
  let open = 0;
  for (const { total, actor, at, until, ...pair } of rows) {
    if (actor === null || at === null || until === null) {
      items.push(pair);
      open = total;
    } else deferred.push({ ...pair, actor, at, until });
  }
  return { items, total: open, deferred };
}
