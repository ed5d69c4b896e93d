import type { Instant } from '@keepsake/kernel';
import type { Db } from '../../platform/database/schema.ts';
import { findSubjectByIdentifier, hashedTokens, readProfile } from './identity.service.ts';
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
 * of a name; at most 20, the last seen first.
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
  return [...(owner === undefined ? [] : [owner]), ...others].slice(0, FOUND_MAX);
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
