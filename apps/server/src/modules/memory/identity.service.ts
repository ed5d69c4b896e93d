import { newId } from '@keepsake/kernel';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { deleteSubject } from './erase.store.ts';
import { refreshDuplicates } from './linkage.service.ts';
import { findLink, insertLink, type LinkRow, lockLinks } from './links.store.ts';
import { refreshMembers } from './members.service.ts';
import type { MemoryDeps, Who } from './memory-deps.ts';
import { nameTokens, normalIdentifier } from './names.rules.ts';
import { getKey, openJson, sealJson } from './sealing.ts';
import {
  findSubject,
  findVerifiedSubject,
  hasTombstone,
  insertIdentifier,
  insertSubject,
  listIdentifiers,
  lockIdentifiers,
  markProved,
  updateName,
  type VerifiedBy,
} from './subjects.store.ts';

/** A handle of a person, in clear. */
export interface Handle {
  readonly company: string;
  /** For example `email` or `loyalty`. */
  readonly kind: string;
  readonly value: string;
}

/** What staff and letters call a person, in clear. */
export interface Profile {
  readonly name: string | null;
  readonly email: string | null;
  readonly loyalty: string | null;
}

/** Adds a subject with its own key; answers its id. */
export async function createSubject(tx: Tx, deps: MemoryDeps, company: string): Promise<string> {
  const now = deps.clock.now();
  const subject = newId(now, deps.random);
  await insertSubject(tx, { company, subject }, new Date(now));
  await deps.keys.createSubjectKey(tx, company, subject);
  return subject;
}

/** The subject that proved this identifier to be theirs. A mere claim finds nobody. */
export async function findSubjectByIdentifier(
  db: Db,
  deps: Pick<MemoryDeps, 'keys'>,
  handle: Handle,
): Promise<string | undefined> {
  const { company, kind } = handle;
  return await findVerifiedSubject(db, { company, kind, hmac: lookup(deps, handle) });
}

function lookup(deps: Pick<MemoryDeps, 'keys'>, { company, kind, value }: Handle): string {
  return deps.keys.hmac(company, `identifier.${kind}`, normalIdentifier(kind, value));
}

function tombstone(deps: Pick<MemoryDeps, 'keys'>, { company, kind, value }: Handle): string {
  return deps.keys.hmac(company, `tombstone.${kind}`, normalIdentifier(kind, value));
}

/** The look-up value of an identifier, and that of its tombstone: neither tells of the other. */
export { lookup as lookupOf, tombstone as tombstoneOf };

/** A proved identifier to be added to a subject. */
export interface ProvedHandle extends Handle {
  readonly subject: string;
  /** `null` is a mere claim, which joins nothing. */
  readonly by: VerifiedBy | null;
}

/** What became of an identifier. */
export type IdentifierAdded =
  | { readonly kind: 'added' }
  | { readonly kind: 'taken'; readonly subject: string }
  /** Its owner had everything erased: what comes from another system must not bring it back. */
  | { readonly kind: 'erased' };

/**
 * Adds an identifier to a subject. Of several at once one gets it. What comes from another system
 * (`source`) is refused where the owner of the identifier had everything erased; a person who
 * comes back by themselves begins anew.
 */
export async function addIdentifier(
  tx: Tx,
  deps: MemoryDeps,
  handle: ProvedHandle,
): Promise<IdentifierAdded> {
  const { company, kind, subject, by } = handle;
  const hmac = lookup(deps, handle);
  await lockIdentifiers(tx, [hmac]);
  if (by === 'source') {
    const erased = await hasTombstone(tx, { company, kind, hmac: tombstone(deps, handle) });
    if (erased) return { kind: 'erased' };
  }
  const owner = await findVerifiedSubject(tx, { company, kind, hmac });
  if (owner !== undefined && owner !== subject && by !== null) {
    return { kind: 'taken', subject: owner };
  }
  const now = new Date(deps.clock.now());
  const key = await getKey(tx, deps.keys, { company, subject });
  const row = {
    ...{ company, subject, kind, hmac, created_at: now, strength: 'strong' as const },
    value: sealJson(key, 'identifier.value', handle.value.trim()),
    verified_at: by === null ? null : now,
    verified_by: by,
  };
  if ((await insertIdentifier(tx, row)) || by === null) return { kind: 'added' };
  // The bulk door takes no locks of identifiers: it may have been faster.
  const winner = await findVerifiedSubject(tx, { company, kind, hmac });
  if (winner !== undefined && winner !== subject) return { kind: 'taken', subject: winner };
  await markProved(tx, row);
  return { kind: 'added' };
}

/** Somebody who has just proved an e-mail address. */
export interface VerifiedCustomer {
  readonly company: string;
  readonly email: string;
  readonly name?: string;
}

/**
 * The subject with this proved e-mail address, made where there is none. The same person whom
 * staff greeted with it; not one who only claimed it.
 */
export async function ensureCustomer(
  tx: Tx,
  deps: MemoryDeps,
  customer: VerifiedCustomer,
): Promise<string> {
  const { company, email } = customer;
  const handle = { company, kind: 'email', value: email };
  await lockIdentifiers(tx, [lookup(deps, handle)]);
  const known = await findSubjectByIdentifier(tx, deps, handle);
  if (known !== undefined) return known;
  const subject = await createSubject(tx, deps, company);
  const added = await addIdentifier(tx, deps, { ...handle, subject, by: 'link' });
  if (added.kind === 'taken') {
    await deleteSubject(tx, { company, subject });
    await deps.keys.eraseSubjectKey(tx, company, subject);
    return added.subject;
  }
  if (customer.name !== undefined) await writeName(tx, deps, { company, subject }, customer.name);
  await refreshDuplicates(tx, deps, { company, subject });
  return subject;
}

/** Writes what a subject is called, and what it can be found by. */
export async function writeName(tx: Tx, deps: MemoryDeps, who: Who, name: string): Promise<void> {
  const key = await getKey(tx, deps.keys, who);
  const tokens = hashedTokens(deps, who.company, nameTokens(name));
  await updateName(tx, who, sealJson(key, 'subject.name', name.trim()), tokens);
}

/** The stored form of name tokens: keyed, and cut to 64 bits as the name is checked anyway. */
export function hashedTokens(
  deps: Pick<MemoryDeps, 'keys'>,
  company: string,
  tokens: readonly string[],
): readonly string[] {
  return [...new Set(tokens.map((token) => deps.keys.hmac(company, 'name', token).slice(0, 16)))];
}

/** What a subject is called; everything is null where there is no such subject. */
export async function readProfile(
  db: Db,
  deps: Pick<MemoryDeps, 'keys'>,
  company: string,
  subject: string,
): Promise<Profile> {
  const row = await findSubject(db, { company, subject });
  const key = await deps.keys.findSubjectKey(db, company, subject);
  if (row === undefined || key === undefined) return { name: null, email: null, loyalty: null };
  const identifiers = await listIdentifiers(db, company, [subject]);
  const identifierOf = (kind: string): string | null => {
    const found = identifiers.find((one) => one.kind === kind);
    return found === undefined ? null : openJson<string>(key, 'identifier.value', found.value);
  };
  return {
    name: row.name === null ? null : openJson<string>(key, 'subject.name', row.name),
    email: identifierOf('email'),
    loyalty: identifierOf('loyalty'),
  };
}

/** A verdict on whether two subjects are one person, or the taking back of one. */
export type Verdict =
  | { readonly kind: 'same' | 'not_same'; readonly a: string; readonly b: string }
  | { readonly kind: 'void'; readonly voids: string };

/** A human's verdict, and what was shown to them. */
export type GivenVerdict = Verdict &
  Partial<Pick<LinkRow, 'method' | 'probability' | 'waterfall'>> & {
    readonly company: string;
    readonly actor: string | null;
  };

/** Appends a human's verdict; answers its id, by which it can be taken back without loss. */
export async function linkSubjects(
  tx: Tx,
  deps: MemoryDeps,
  verdict: GivenVerdict,
): Promise<string> {
  const { company } = verdict;
  await lockLinks(tx, company);
  const voided = verdict.kind === 'void' ? await findLink(tx, company, verdict.voids) : undefined;
  // Only what was said before can be taken back, also within one millisecond.
  const at = Math.max(deps.clock.now(), (voided?.at.getTime() ?? 0) + 1);
  const id = newId(at, deps.random);
  const pair = verdict.kind === 'void' ? { a: null, b: null } : { a: verdict.a, b: verdict.b };
  await insertLink(tx, {
    company,
    id,
    kind: verdict.kind,
    ...pair,
    voids: verdict.kind === 'void' ? verdict.voids : null,
    made_by: 'human',
    actor: verdict.actor,
    at: new Date(at),
    method: verdict.method ?? 'desk',
    probability: verdict.probability ?? null,
    waterfall: verdict.waterfall ?? null,
  });
  await refreshMembers(tx, company, id);
  return id;
}
