import { stemGerman } from './stem.ts';

/** Words shorter than this are not corrected: too many others are one letter away. */
export const CORRECTED_LENGTH_MIN = 5;

/** From here on a wrong letter is forgiven too, not only one too many, too few or swapped. */
const SUBSTITUTION_LENGTH_MIN = 7;

const CORRECTED_LENGTH_MAX = 24;

/** Known words by every way of leaving one letter out. */
export interface Spelling {
  readonly byDeletion: ReadonlyMap<string, readonly string[]>;
}

/** Prepares words for `nearestWord`, after SymSpell (Garbe 2012). Cost: the letters of all words. */
export function spellingOf(words: Iterable<string>): Spelling {
  const byDeletion = new Map<string, string[]>();
  for (const word of new Set(words)) {
    if (!isCorrectable(word)) continue;
    for (const shorter of deletionsOf(word)) {
      const known = byDeletion.get(shorter);
      if (known === undefined) byDeletion.set(shorter, [word]);
      else known.push(word);
    }
  }
  return { byDeletion };
}

function isCorrectable(word: string): boolean {
  return word.length >= CORRECTED_LENGTH_MIN && word.length <= CORRECTED_LENGTH_MAX;
}

function deletionsOf(word: string): readonly string[] {
  const deletions = new Set([word]);
  for (let at = 0; at < word.length; at += 1) {
    deletions.add(word.slice(0, at) + word.slice(at + 1));
  }
  return [...deletions];
}

/**
 * The known word that one slip of the fingers makes into this one: undefined where there is none,
 * or where there are several, forms of one word aside. The first letter must be right.
 */
export function nearestWord(spelling: Spelling, word: string): string | undefined {
  if (!isCorrectable(word)) return undefined;
  const found = new Set<string>();
  for (const shorter of deletionsOf(word)) {
    for (const known of spelling.byDeletion.get(shorter) ?? []) {
      if (known[0] === word[0] && isOneSlip(word, known)) found.add(known);
    }
  }
  const [nearest, ...others] = found;
  if (nearest === undefined) return undefined;
  const stem = stemGerman(nearest);
  return others.every((other) => stemGerman(other) === stem) ? nearest : undefined;
}

/**
 * Whether two different words are a Damerau-Levenshtein distance of one apart (Damerau 1964); a
 * wrong letter counts only in words of at least seven letters.
 */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from += 1;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  if (a.length < b.length) return restA === restB.slice(1);
  if (a.length > b.length) return restA.slice(1) === restB;
  if (restA.slice(1) === restB.slice(1)) return a.length >= SUBSTITUTION_LENGTH_MIN;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}
