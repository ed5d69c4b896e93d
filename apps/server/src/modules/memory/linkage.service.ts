/**
 * Finds subjects that may be one person. What it finds is for staff to decide: likeness joins nobody
 * by itself, as everything that is compared can be said by a stranger.
 */
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { compareProfiles, type LinkageProfile, linkageKeys } from './linkage.rules.ts';
import {
  type DuplicateRow,
  holdSubjects,
  type LinkageLimits,
  listCandidates,
  listSealedNames,
  listUncompared,
  lockLinkage,
  replaceDuplicates,
  replaceLinkageKeys,
} from './linkage.store.ts';
import type { MemoryDeps, Who } from './memory-deps.ts';
import { openJson } from './sealing.ts';
import { type IdentifierRow, listIdentifiers } from './subjects.store.ts';

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
  const { company, subject } = who;
  const [own] = await openProfiles(tx, deps, company, [subject]);
  if (own === undefined) return;
  const tokens = linkageKeys(own).map((key) =>
    deps.keys.hmac(company, 'linkage', key).slice(0, TOKEN_LENGTH),
  );
  await lockLinkage(tx, company, tokens);
  await replaceLinkageKeys(tx, who, [...new Set(tokens)]);
  const candidates = await listCandidates(tx, who, tokens, LIMITS);
  const there = await holdSubjects(tx, company, candidates);
  const pairs: DuplicateRow[] = [];
  for (const other of await openProfiles(tx, deps, company, there)) {
    const evidence = compareProfiles(own, other);
    if (evidence === undefined) continue;
    const [a = '', b = ''] = [subject, other.subject].sort();
    pairs.push({ a, b, ...evidence });
  }
  await replaceDuplicates(tx, who, pairs, new Date(deps.clock.now()));
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
  const identifiers = await listIdentifiers(tx, company, subjects);
  const named = await listSealedNames(tx, company, subjects);
  return named.map(({ subject, name, wrapped }) => {
    const key = deps.keys.openSubjectKey({ company, subject, wrapped }, true);
    const own = identifiers.filter((one) => one.subject === subject).sort(provedFirst);
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

function provedFirst(x: IdentifierRow, y: IdentifierRow): number {
  return Number(x.verified_at === null) - Number(y.verified_at === null);
}
