import { canonicalHash } from '@keepsake/kernel';
import type { Ontology } from '@keepsake/memory';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { MemoryDeps } from './memory-deps.ts';
import { findOntology, upsertOntology } from './ontology.store.ts';
import type { ReadOntology } from './person.store.ts';

const NOTHING: Ontology = { purposes: [], predicates: [], index: {} };

/** Vocabularies by the hash of their content, which is why none of them can be out of date. */
const known = new Map<string, Ontology>();
/** What a company's vocabulary was last; only a guess, which the store answers. */
const lastHash = new Map<string, string>();
const KNOWN_MAX = 256;

/** A vocabulary that is at hand; what is held here is not lost while the store is asked. */
export interface OntologyGuess {
  /** Empty where nothing is at hand. */
  readonly hash: string;
  readonly ontology: Ontology;
}

/** What a company's vocabulary was last. */
export function guessOntology(company: string): OntologyGuess {
  const hash = lastHash.get(company) ?? '';
  const ontology = known.get(hash);
  return ontology === undefined ? { hash: '', ontology: NOTHING } : { hash, ontology };
}

/** The vocabulary that was read: the guess where the store left its body out. */
export function takeOntology(
  company: string,
  guess: OntologyGuess,
  read: ReadOntology | null,
): Ontology {
  if (read === null) return NOTHING;
  if (read.body === null) return guess.ontology;
  if (known.size >= KNOWN_MAX) known.clear();
  if (lastHash.size >= KNOWN_MAX) lastHash.clear();
  known.set(read.hash, read.body);
  lastHash.set(company, read.hash);
  return read.body;
}

/** The vocabulary of a company; one that was given none remembers nothing. */
export async function getOntology(db: Db, company: string): Promise<Ontology> {
  const guess = guessOntology(company);
  return takeOntology(company, guess, await findOntology(db, company, guess.hash));
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
