/** Changing what a company can remember, with every version kept. */
import type { Vocabulary } from '@keepsake/contract';
import { canonicalHash, instantToText } from '@keepsake/kernel';
import { type Issue, type Ontology, parseOntology, withRetired } from '@keepsake/memory';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { MemoryServiceDeps } from './memory-deps.ts';
import { putOntology } from './ontology.service.ts';
import { findOntology } from './ontology.store.ts';
import { changeIssues, documentOf, needsReplay, wordIssues } from './vocabulary.rules.ts';
import {
  countJournals,
  endReplays,
  insertVersion,
  listVersions,
  lockOntology,
} from './vocabulary.store.ts';

const VERSIONS_SHOWN = 50;
const NOTHING: Ontology = { purposes: [], predicates: [], index: {} };

/** The ontology of a company as a document, its versions, and how far a replay is. */
export async function readVocabulary(db: Db, company: string): Promise<Vocabulary> {
  const found = await findOntology(db, company, '');
  const versions = await listVersions(db, company, VERSIONS_SHOWN);
  const [newest] = versions;
  const isReplaying = newest !== undefined && newest.replayed_at === null;
  return {
    hash: found?.hash ?? '',
    document: documentOf(found?.body ?? NOTHING),
    replay: isReplaying ? { done: newest.replay_done, total: newest.replay_total } : null,
    versions: versions.map(({ version, made_at, made_by, predicates }) => ({
      ...{ version, predicates, madeBy: made_by },
      madeAt: instantToText(made_at.getTime()),
    })),
  };
}

/** A change to the ontology. */
export interface VocabularyChange {
  readonly company: string;
  /** The hash of the ontology that was changed; empty where there was none. */
  readonly base: string;
  readonly document: unknown;
  /** The name of who changes it. */
  readonly by: string | null;
}

/** What became of it. */
export type VocabularyChanged =
  | { readonly kind: 'kept' | 'changed-meanwhile' }
  | { readonly kind: 'refused'; readonly issues: readonly Issue[] };

/**
 * Puts an ontology in place of the one it was made from, in one transaction, and keeps both as
 * versions. What the new one drops is retired: its facts stay readable, and are neither asked nor
 * applied. Where journals read differently with it, a replay of all of them begins.
 */
export async function changeVocabulary(
  deps: MemoryServiceDeps,
  change: VocabularyChange,
): Promise<VocabularyChanged> {
  const parsed = parseOntology(change.document);
  if (parsed.kind === 'refused') return { kind: 'refused', issues: parsed.error };
  return await deps.database.transaction(async (tx) => {
    const before = await lockOntology(tx, change.company);
    if ((before?.hash ?? '') !== change.base) return { kind: 'changed-meanwhile' };
    const old = before?.body ?? NOTHING;
    const issues = [...wordIssues(parsed.value), ...changeIssues(parsed.value, old)];
    if (issues.length > 0) return { kind: 'refused', issues };
    const next = withRetired(parsed.value, old);
    if (hashOf(next) === change.base) return { kind: 'kept' };
    await putOntology(tx, deps, change.company, next);
    await keepVersions(tx, deps, { change, next, old });
    return { kind: 'kept' };
  });
}

function hashOf(ontology: Ontology): string {
  return canonicalHash(JSON.parse(JSON.stringify(ontology)));
}

interface Keeping {
  readonly change: VocabularyChange;
  readonly next: Ontology;
  readonly old: Ontology;
}

async function keepVersions(
  tx: Tx,
  deps: MemoryServiceDeps,
  { change, next, old }: Keeping,
): Promise<void> {
  const { company, by } = change;
  const now = new Date(deps.clock.now());
  const wasReplaying = await endReplays(tx, company, now);
  const [newest] = await listVersions(tx, company, 1);
  const base = { company, made_at: now, replay_after: null, replay_done: 0 };
  let version = newest?.version ?? 0;
  if (version === 0) {
    version = 1;
    const first = { hash: change.base, body: JSON.stringify(old), made_by: null };
    await insertVersion(tx, { ...base, ...first, version, replay_total: 0, replayed_at: now });
  }
  const isNeeded = wasReplaying || needsReplay(next, old);
  await insertVersion(tx, {
    ...base,
    version: version + 1,
    hash: hashOf(next),
    body: JSON.stringify(next),
    made_by: by,
    replay_total: isNeeded ? await countJournals(tx, company) : 0,
    replayed_at: isNeeded ? null : now,
  });
}
