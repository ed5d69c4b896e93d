import type { Ontology } from '@keepsake/memory';
import {
  type KnownPlace,
  type Lexicon,
  lexiconOf,
  type NoteReading,
  type Proposal,
  readNote,
} from '@keepsake/memory/notes';

/** Where a note is written: what its words may refer to. */
export interface ProposerContext {
  readonly places: readonly KnownPlace[];
  /** Predicates that the company can act on. */
  readonly relevant?: ReadonlySet<string>;
}

/**
 * Reads notes for what they may say of a guest. What it answers is proposed to a clerk and no more:
 * until it is confirmed it counts for nothing. Rejects where it has no answer.
 */
export interface Proposer {
  propose(note: string, ontology: Ontology, context: ProposerContext): Promise<readonly Proposal[]>;
}

/** Vocabularies that are kept ready; each takes some tens of milliseconds to prepare. */
const LEXICONS_MAX = 20;

/** Reads notes by the grammar, and keeps the vocabularies it has prepared. */
export type Grammar = (note: string, ontology: Ontology, context: ProposerContext) => NoteReading;

/** Makes the reader that every server has; it asks nobody. */
export function createGrammar(): Grammar {
  const lexicons = new Map<string, Lexicon>();
  return (note, ontology, context) => {
    const key = JSON.stringify(ontology.predicates);
    const lexicon = lexicons.get(key) ?? lexiconOf(ontology);
    // The one used last stands last, so that the first is the one to go.
    lexicons.delete(key);
    lexicons.set(key, lexicon);
    const [oldest] = lexicons.keys();
    if (lexicons.size > LEXICONS_MAX && oldest !== undefined) lexicons.delete(oldest);
    return readNote(note, lexicon, context);
  };
}
