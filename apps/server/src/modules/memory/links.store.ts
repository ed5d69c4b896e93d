import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { EvidenceStep } from './linkage.rules.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly link_events: LinkEventsTable;
  }
}

interface LinkEventsTable {
  readonly company: string;
  readonly id: string;
  readonly kind: 'same' | 'not_same' | 'void';
  readonly a: string | null;
  readonly b: string | null;
  readonly voids: string | null;
  readonly made_by: 'human' | 'machine';
  readonly actor: string | null;
  readonly at: Date;
  readonly method: LinkMethod | null;
  readonly probability: number | null;
  readonly waterfall: readonly EvidenceStep[] | null;
}

/** How a verdict came about: see the comment of the column. */
export type LinkMethod = 'review' | 'desk' | 'source';

/** A stored verdict. */
export type LinkRow = LinkEventsTable;

/** A verdict to be appended; what it rests on only where something was compared. */
export type NewLink = Omit<LinkRow, 'probability' | 'waterfall'> &
  Partial<Pick<LinkRow, 'probability' | 'waterfall'>>;

/** Appends a verdict. */
export async function insertLink(tx: Tx, row: NewLink): Promise<void> {
  const { waterfall = null, probability = null, ...rest } = row;
  const steps =
    waterfall === null ? null : sql<readonly EvidenceStep[]>`${JSON.stringify(waterfall)}::jsonb`;
  await tx
    .insertInto('link_events')
    .values({ ...rest, probability, waterfall: steps })
    .execute();
}

/** A verdict by its id. */
export async function findLink(db: Db, company: string, id: string): Promise<LinkRow | undefined> {
  return await db
    .selectFrom('link_events')
    .selectAll()
    .where('company', '=', company)
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * Every verdict within reach of these subjects, and what took verdicts back. One statement; its
 * cost grows with the verdicts around the subjects, not with those of the company.
 */
export async function listLinksAround(
  db: Db,
  company: string,
  subjects: readonly string[],
): Promise<readonly LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    with recursive around (subject) as (
      select value::uuid from json_array_elements_text(${JSON.stringify(subjects)}::json)
      union
      select next.subject from around cross join lateral (
        select b as subject from link_events where company = ${company} and a = around.subject
        union all
        select a from link_events where company = ${company} and b = around.subject
      ) as next
    ), verdicts as (
      select link.* from around
      join link_events as link on link.company = ${company} and link.a = around.subject
      union
      select undo.* from link_events as undo
      join verdicts on undo.voids = verdicts.id
      where undo.company = ${company}
    )
    select * from verdicts order by at, id`.execute(db);
  return rows;
}

/** What people decided last and is in force, the newest first. */
export async function listDecided(
  db: Db,
  company: string,
  limit: number,
): Promise<readonly LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select * from link_events as verdict
    where company = ${company} and made_by = 'human' and kind <> 'void'
      and not exists (
        select from link_events as undo where undo.company = ${company} and undo.voids = verdict.id)
    order by at desc, id desc
    limit ${limit}`.execute(db);
  return rows;
}

/** What of a verdict decides who is one person with whom. */
export type ShortLink = Pick<LinkRow, 'id' | 'kind' | 'a' | 'b' | 'voids' | 'made_by' | 'at'>;

/** Milliseconds are quicker to read than the text of an instant, and there may be thousands. */
type SentLink = Omit<ShortLink, 'at'> & { readonly at_ms: number };

const SHORT = sql`
  link.id, link.kind, link.a, link.b, link.voids, link.made_by,
  floor(extract(epoch from link.at) * 1000)::float8 as at_ms`;

/** Every verdict about one of these subjects. */
export async function listLinksOf(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<readonly ShortLink[]> {
  const asked = uuids(subjects);
  const { rows } = await sql<SentLink>`
    select ${SHORT} from link_events as link
    where link.company = ${company} and link.a = any(${asked}::uuid[])
    union all
    select ${SHORT} from link_events as link
    where link.company = ${company} and link.b = any(${asked}::uuid[])
      and link.a <> all(${asked}::uuid[])`.execute(tx);
  return rows.map(shortLink);
}

/** What took back any of these verdicts, and what took that back. */
export async function listUndone(
  tx: Tx,
  company: string,
  verdicts: readonly string[],
): Promise<readonly ShortLink[]> {
  const { rows } = await sql<SentLink>`
    with recursive undone (id) as (
      select link.id from link_events as link
      where link.company = ${company} and link.voids = any(${uuids(verdicts)}::uuid[])
      union
      select link.id from undone
      join link_events as link on link.company = ${company} and link.voids = undone.id
    )
    select ${SHORT} from undone
    join link_events as link on link.company = ${company} and link.id = undone.id`.execute(tx);
  return rows.map(shortLink);
}

function shortLink({ id, kind, a, b, voids, made_by, at_ms }: SentLink): ShortLink {
  return { id, kind, a, b, voids, made_by, at: new Date(at_ms) };
}

/** The text of an array of ids, in which nothing has to be quoted. */
function uuids(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}

/** Every verdict of a company, in the order they were given. */
export async function listAllLinks(db: Db, company: string): Promise<readonly LinkRow[]> {
  return await db
    .selectFrom('link_events')
    .selectAll()
    .where('company', '=', company)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** The two subjects that a verdict is about, or the verdict it takes back; none without a verdict. */
export async function listPairOf(
  db: Db,
  company: string,
  verdict: string,
): Promise<readonly string[]> {
  const { rows } = await sql<{ a: string; b: string }>`
    with recursive chain as (
      select id, a, b, voids from link_events where company = ${company} and id = ${verdict}
      union
      select link.id, link.a, link.b, link.voids from link_events as link
      join chain on link.id = chain.voids
      where link.company = ${company}
    )
    select a, b from chain where a is not null`.execute(db);
  return rows.flatMap(({ a, b }) => [a, b]);
}

/** Keeps others from changing who is one person with whom until the transaction ends. */
export async function lockLinks(tx: Tx, company: string): Promise<void> {
  const name = `links ${company}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(tx);
}

/** Two subjects, the smaller first. */
export interface Pair {
  readonly a: string;
  readonly b: string;
}

/** Which of these pairs a machine called the same before, taken back or not. */
export async function listLinkedPairs(
  tx: Tx,
  company: string,
  pairs: readonly Pair[],
): Promise<readonly Pair[]> {
  const { rows } = await sql<Pair>`
    select distinct wanted.a, wanted.b
    from json_to_recordset(${JSON.stringify(pairs)}::json) as wanted(a uuid, b uuid)
    join link_events as link on link.company = ${company}
      and link.kind = 'same' and link.made_by = 'machine'
      and ((link.a = wanted.a and link.b = wanted.b) or (link.a = wanted.b and link.b = wanted.a))`.execute(
    tx,
  );
  return rows;
}
