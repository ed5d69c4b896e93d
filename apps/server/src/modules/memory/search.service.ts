import type { Instant } from '@keepsake/kernel';
import type { Db } from '../../platform/database/schema.ts';
import { findSubjectByIdentifier, hashedTokens, readProfile } from './identity.service.ts';
import { listPersons } from './members.store.ts';
import type { MemoryDeps, Who } from './memory-deps.ts';
import { nameMatches, queryTokens } from './names.rules.ts';
import { findByNameTokens, findSubject } from './subjects.store.ts';

/** A person as staff find them. */
export interface FoundSubject {
  readonly subject: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly loyalty: string | null;
  readonly lastSeenAt: Instant | null;
}

const FOUND_MAX = 20;
/** Tokens end after ten letters, so that a few candidates may turn out to be others. */
const CANDIDATES_MAX = 50;

/** Who a subject is to staff; undefined where there is no such subject. */
export async function readSubject(
  db: Db,
  deps: Pick<MemoryDeps, 'keys'>,
  who: Who,
): Promise<FoundSubject | undefined> {
  const row = await findSubject(db, who);
  if (row === undefined) return undefined;
  const { company, subject } = who;
  const profile = await readProfile(db, deps, company, subject);
  return { subject, ...profile, lastSeenAt: row.last_seen_at?.getTime() ?? null };
}

/**
 * Finds subjects by a whole e-mail address, a whole loyalty number, or the beginnings of the words
 * of a name; at most 20, the last seen first. Of a person of several subjects the first alone.
 */
export async function searchSubjects(
  db: Db,
  deps: Pick<MemoryDeps, 'keys'>,
  company: string,
  query: string,
): Promise<readonly FoundSubject[]> {
  const isEmail = query.includes('@');
  const kind = isEmail ? 'email' : 'loyalty';
  const exact = await findSubjectByIdentifier(db, deps, { company, kind, value: query });
  const owner =
    exact === undefined ? undefined : await readSubject(db, deps, { company, subject: exact });
  const named = isEmail ? [] : await findNamed(db, deps, company, query);
  const others = named.filter((one) => one.subject !== exact);
  const found = [...(owner === undefined ? [] : [owner]), ...others];
  return (await oncePerPerson(db, company, found)).slice(0, FOUND_MAX);
}

async function oncePerPerson(
  db: Db,
  company: string,
  found: readonly FoundSubject[],
): Promise<readonly FoundSubject[]> {
  const ids = found.map((one) => one.subject);
  const rows = await listPersons(db, company, ids);
  const persons = new Map(rows.map((row) => [row.subject, row.person]));
  const personOf = (one: FoundSubject): string => persons.get(one.subject) ?? one.subject;
  const seen = new Set<string>();
  return found.filter((one) => {
    const isFirst = !seen.has(personOf(one));
    seen.add(personOf(one));
    return isFirst;
  });
}

async function findNamed(
  db: Db,
  deps: Pick<MemoryDeps, 'keys'>,
  company: string,
  query: string,
): Promise<readonly FoundSubject[]> {
  const tokens = hashedTokens(deps, company, queryTokens(query));
  const found: FoundSubject[] = [];
  for (const row of await findByNameTokens(db, company, tokens, CANDIDATES_MAX)) {
    const one = await readSubject(db, deps, { company, subject: row.id });
    if (one !== undefined && nameMatches(one.name ?? '', query)) found.push(one);
  }
  return found;
}
