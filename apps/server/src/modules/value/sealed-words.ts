/** What is sealed of a customer's objection, of what a person answered, and of how a review ended. */

import type { Db } from '../../platform/database/schema.ts';
import { type Keys, openText, type SubjectKey, seal } from '../../platform/keys.ts';
import type { Person } from './customer.store.ts';

/** An objection in the customer's words. */
export interface ContestWords {
  readonly words: string;
  /** The language that the customer read. */
  readonly locale: string;
}

/** Why a person set a tier. */
export interface AnswerWords {
  readonly because: string;
  /** The objection that was settled with it. */
  readonly objection?: string;
}

/** How a person ended a review. */
export interface OutcomeWords {
  readonly because: string | null;
  readonly remedies: readonly string[];
  /** What the member of staff is called. */
  readonly by: string;
}

interface Sealed {
  readonly 'value.contest': ContestWords;
  readonly 'value.answer': AnswerWords;
  readonly 'value.outcome': OutcomeWords;
}

/** The key of a customer; undefined where the customer was erased. */
export async function findKey(
  db: Db,
  { keys }: { readonly keys: Keys },
  { company, person }: Person,
): Promise<SubjectKey | undefined> {
  return await keys.findSubjectKey(db, company, person);
}

/** Seals words for the place where they are kept, with the key of the customer. */
export function sealWords<P extends keyof Sealed>(
  key: SubjectKey,
  place: P,
  words: Sealed[P],
): Uint8Array {
  return seal(key, JSON.stringify(words), place);
}

/** Opens what `sealWords` sealed for the same place; null of nothing. */
export function openWords<P extends keyof Sealed>(
  key: SubjectKey | undefined,
  place: P,
  sealed: Uint8Array | null,
): Sealed[P] | null {
  if (key === undefined || sealed === null) return null;
  // Sealed by this module for this place alone.
  return JSON.parse(openText(key, sealed, place)) as Sealed[P];
}
