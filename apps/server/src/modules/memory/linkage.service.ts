/**
 * Finds subjects that may be one person. What it finds is for staff to decide: likeness joins nobody
 * by itself, as everything that is compared can be said by a stranger.
 */
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import {
  COMPARED_KINDS,
  compareProfiles,
  type LinkageProfile,
  linkageKeys,
} from './linkage.rules.ts';
import {
  type DuplicateRow,
  holdSubjects,
  type LinkageKey,
  type LinkageLimits,
  listCandidates,
  listSealedIdentifiers,
  listSealedNames,
  listUncompared,
  lockLinkage,
  replaceDuplicates,
  replaceLinkageKeys,
  type SealedIdentifier,
} from './linkage.store.ts';
import type { MemoryDeps, Who } from './memory-deps.ts';
import { openJson } from './sealing.ts';

/** What many share tells nobody apart, and somebody at a desk is waiting. */
const LIMITS: LinkageLimits = { blockMax: 200, candidatesMax: 60 };
/** Of a keyed hash; chance likeness only costs a comparison. */
const TOKEN_LENGTH = 16;

/**
 * Compares a subject whose name or identifiers have changed with those that are like it, and keeps
 * the pairs worth a look. Two that are alike and come at once find each other, as one waits for the
 * other. At most 60 comparisons.
 */
export async function refreshDuplicates(tx: Tx, deps: MemoryDeps, who: Who): Promise<void> {
  await compareSubjects(tx, deps, who.company, [who.subject]);
}

/** As `refreshDuplicates`, for many: ten statements for all of them, at most 60 comparisons each. */
export async function compareSubjects(
  tx: Tx,
  deps: MemoryDeps,
  company: string,
  subjects: readonly string[],
): Promise<void> {
  const own = await openProfiles(tx, deps, company, subjects);
  if (own.length === 0) return;
  const keys = own.flatMap((profile) => tokensOf(deps, company, profile));
  await lockLinkage(tx, company, [...new Set(keys.map(({ token }) => token))]);
  await replaceLinkageKeys(tx, company, { subjects: own.map(({ subject }) => subject), keys });
  const candidates = await listCandidates(tx, company, keys, LIMITS);
  const others = [...new Set(candidates.map(({ other }) => other))];
  const there = await openProfiles(tx, deps, company, await holdSubjects(tx, company, others));
  const profiles = new Map([...own, ...there].map((profile) => [profile.subject, profile]));
  const pairs = new Map<string, DuplicateRow>();
  for (const { subject, other } of candidates) {
    const [one, two] = [profiles.get(subject), profiles.get(other)];
    if (one === undefined || two === undefined) continue;
    const evidence = compareProfiles(one, two);
    const [a = '', b = ''] = [subject, other].sort();
    if (evidence !== undefined) pairs.set(`${a} ${b}`, { a, b, ...evidence });
  }
  const compared = own.map(({ subject }) => subject);
  const now = new Date(deps.clock.now());
  await replaceDuplicates(tx, company, { subjects: compared, pairs: [...pairs.values()], now });
}

function tokensOf(
  deps: Pick<MemoryDeps, 'keys'>,
  company: string,
  profile: LinkageProfile,
): readonly LinkageKey[] {
  const tokens = linkageKeys(profile).map((key) =>
    deps.keys.hmac(company, 'linkage', key).slice(0, TOKEN_LENGTH),
  );
  return [...new Set(tokens)].map((token) => ({ subject: profile.subject, token }));
}

const BATCH_MAX = 50;

/**
 * Compares who was never compared, as in a store older than this. Each in a transaction of its own,
 * until none is left or `isStopped` says so; it can be broken off and begun again at any moment.
 */
export async function ensureDuplicates(
  deps: MemoryDeps & Pick<Deps, 'database'>,
  isStopped: () => boolean = () => false,
): Promise<void> {
  let last: Who | undefined = { company: '', subject: '00000000-0000-0000-0000-000000000000' };
  while (last !== undefined) {
    const batch: readonly Who[] = await listUncompared(deps.database.kysely, last, BATCH_MAX);
    for (const who of batch) {
      if (isStopped()) return;
      await deps.database.transaction((tx) => refreshDuplicates(tx, deps, who));
    }
    last = batch.at(-1);
  }
}

async function openProfiles(
  tx: Tx,
  deps: Pick<MemoryDeps, 'keys'>,
  company: string,
  subjects: readonly string[],
): Promise<readonly LinkageProfile[]> {
  if (subjects.length === 0) return [];
  const kinds = COMPARED_KINDS;
  const identifiers = new Map<string, SealedIdentifier[]>();
  for (const one of await listSealedIdentifiers(tx, company, { subjects, kinds })) {
    const own = identifiers.get(one.subject);
    if (own === undefined) identifiers.set(one.subject, [one]);
    else own.push(one);
  }
  const named = await listSealedNames(tx, company, subjects);
  return named.map(({ subject, name, wrapped }) => {
    const key = deps.keys.openSubjectKey({ company, subject, wrapped }, true);
    const own = identifiers.get(subject) ?? [];
    return {
      subject,
      name: name === null ? null : openJson<string>(key, 'subject.name', name),
      identifiers: own.map(({ kind, value }) => ({
        kind,
        value: openJson<string>(key, 'identifier.value', value),
      })),
    };
  });
}
