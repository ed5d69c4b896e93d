/** Who is one person with whom, kept beside the verdicts so that reading does not walk them. */
import { type LinkEvent, personsOf } from '@keepsake/memory';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import {
  listAllLinks,
  listLinksOf,
  listPairOf,
  listUndone,
  lockLinks,
  type ShortLink,
} from './links.store.ts';
import {
  deleteAllMembers,
  deleteMembers,
  listMembers,
  listPersonRows,
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
  const { links, persons } = await findAround(tx, company, subjects);
  const rows = memberRows(links);
  const mentioned = new Set(rows.map((row) => row.subject));
  const alone = subjects.filter((subject) => !mentioned.has(subject));
  await deleteMembers(tx, company, alone);
  const changed = rows.filter((row) => persons.get(row.subject) !== row.person);
  await upsertMembers(tx, company, changed);
}

/** Verdicts that hang together, and which persons those they are about belonged to so far. */
interface Around {
  readonly links: readonly ShortLink[];
  /** By subject; nothing of who was never put with a person. */
  readonly persons: ReadonlyMap<string, string>;
}

/**
 * Whom verdicts join is one person already, so that one look at the members saves walking from
 * verdict to verdict: mostly all is found at once, and one more time for each person beyond who was
 * told apart from these, or parted.
 */
async function findAround(tx: Tx, company: string, subjects: readonly string[]): Promise<Around> {
  const links = new Map<string, ShortLink>();
  const persons = new Map<string, string>();
  const seen = new Set<string>();
  for (let next = [...new Set(subjects)]; next.length > 0; ) {
    const rows = await listPersonRows(tx, company, next);
    for (const { subject, person } of rows) persons.set(subject, person);
    const fresh = [...new Set([...next, ...rows.map((row) => row.subject)])].filter(
      (subject) => !seen.has(subject),
    );
    for (const subject of fresh) seen.add(subject);
    const found = await listLinksOf(tx, company, fresh);
    for (const link of found) links.set(link.id, link);
    const ends = found.flatMap(({ a, b }) => [a, b]).filter((end) => end !== null);
    next = [...new Set(ends)].filter((end) => !seen.has(end));
  }
  if (links.size === 0) return { links: [], persons };
  const undone = await listUndone(tx, company, [...links.keys()]);
  return { links: [...links.values(), ...undone], persons };
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
function memberRows(links: readonly ShortLink[]): readonly MemberRow[] {
  const mentioned = links.flatMap(({ a, b }) => (a === null || b === null ? [] : [a, b]));
  const persons = personsOf(mentioned, [], links.map(linkOf));
  return persons.flatMap(({ members }) =>
    members.map((subject) => ({ subject, person: members[0] ?? subject })),
  );
}

/** A verdict as the engine reads it. Nothing is spread: there may be thousands. */
export function linkOf({ id, kind, a, b, voids, made_by: by, at: given }: ShortLink): LinkEvent {
  const at = given.getTime();
  return kind === 'void'
    ? { kind, id, voids: voids ?? '', by, at }
    : { kind, id, a: a ?? '', b: b ?? '', by, at };
}
