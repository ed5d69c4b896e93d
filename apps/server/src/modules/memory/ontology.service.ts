import { canonicalHash } from '@keepsake/kernel';
import type { Ontology } from '@keepsake/memory';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { MemoryDeps } from './memory-deps.ts';
import { findOntology, upsertOntology } from './ontology.store.ts';

const NOTHING: Ontology = { purposes: [], predicates: [], index: {} };

/** The vocabulary of a company; one that was given none remembers nothing. */
export async function getOntology(db: Db, company: string): Promise<Ontology> {
  return (await findOntology(db, company)) ?? NOTHING;
}

/**
 * Gives a company its vocabulary, as `parseOntology` made it. Journals are kept in their own words,
 * so that a replay reads them with the new vocabulary.
 */
export async function putOntology(
  tx: Tx,
  deps: Pick<MemoryDeps, 'clock'>,
  company: string,
  ontology: Ontology,
): Promise<void> {
  const body = JSON.stringify(ontology);
  const hash = canonicalHash(JSON.parse(body));
  await upsertOntology(tx, { company, hash, body, updated_at: new Date(deps.clock.now()) });
}
