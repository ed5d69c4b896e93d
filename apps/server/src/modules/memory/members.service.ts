/** Who is one person with whom, kept beside the verdicts so that reading does not walk them. */
import { type LinkEvent, personsOf } from '@keepsake/memory';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import {
  type LinkRow,
  listAllLinks,
  listLinksAround,
  listPairOf,
  lockLinks,
} from './links.store.ts';
import {
  deleteAllMembers,
  deleteMembers,
  listMembers,
  listUnprojected,
  type MemberRow,
  upsertMembers,
} from './members.store.ts';

/**
 * The subjects that are one person with this one, itself among them, sorted. Proved identifiers
 * belong to one subject each, so that only verdicts join subjects. One read by key.
 */
export async function membersOf(
  db: Db,
  company: string,
  subject: string,
): Promise<readonly string[]> {
  const members = await listMembers(db, company, subject);
  return members.length === 0 ? [subject] : members;
}

/**
 * Brings the persons around a verdict up to date, in the transaction that appended it and under
 * `lockLinks`. Cost grows with the verdicts that hang together with it, voided ones included.
 */
export async function refreshMembers(tx: Tx, company: string, verdict: string): Promise<void> {
  await projectAround(tx, company, await listPairOf(tx, company, verdict));
}

/** As `refreshMembers`, around subjects. */
export async function projectAround(
  tx: Tx,
  company: string,
  subjects: readonly string[],
): Promise<void> {
  if (subjects.length === 0) return;
  const links = await listLinksAround(tx, company, subjects);
  const rows = memberRows(links);
  const mentioned = new Set(rows.map((row) => row.subject));
  const alone = subjects.filter((subject) => !mentioned.has(subject));
  await deleteMembers(tx, company, alone);
  await upsertMembers(tx, company, rows);
}

/** Rebuilds the projection of a company from its verdicts alone; answers how many subjects. */
export async function rebuildMembers(tx: Tx, company: string): Promise<number> {
  await lockLinks(tx, company);
  const rows = memberRows(await listAllLinks(tx, company));
  await deleteAllMembers(tx, company);
  await upsertMembers(tx, company, rows);
  return rows.length;
}

/** Makes the projection of every company that has verdicts and no projection: an older store. */
export async function ensureMembers(deps: Pick<Deps, 'database'>): Promise<void> {
  for (const company of await listUnprojected(deps.database.kysely)) {
    await deps.database.transaction((tx) => rebuildMembers(tx, company));
  }
}

/** Each subject that a verdict is about, voided or not, with its person. */
function memberRows(links: readonly LinkRow[]): readonly MemberRow[] {
  const mentioned = links.flatMap(({ a, b }) => (a === null || b === null ? [] : [a, b]));
  const persons = personsOf(mentioned, [], links.map(linkOf));
  return persons.flatMap(({ members }) =>
    members.map((subject) => ({ subject, person: members[0] ?? subject })),
  );
}

/** A verdict as the engine reads it. */
export function linkOf(row: LinkRow): LinkEvent {
  const base = { id: row.id, by: row.made_by, at: row.at.getTime() };
  if (row.kind === 'void') return { ...base, kind: 'void', voids: row.voids ?? '' };
  return { ...base, kind: row.kind, a: row.a ?? '', b: row.b ?? '' };
}
