import { doubleMetaphone } from 'double-metaphone';
import { distance } from 'fastest-levenshtein';

const PREFIX_MAX = 4;
const PREFIX_SHARE = 0.1;

/**
 * Similarity of two texts from 0 to 1 by the characters they share nearby, with a bonus for a
 * common beginning (Winkler 1990). Symmetric. Cost: product of the lengths.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  // Which of equally good characters are paired depends on where one begins: always with the same.
  const jaro =
    a.length < b.length || (a.length === b.length && a < b) ? jaroOf(a, b) : jaroOf(b, a);
  let prefix = 0;
  while (prefix < PREFIX_MAX && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * PREFIX_SHARE * (1 - jaro);
}

/** Kept from call to call: which characters of the second text are taken, and those matched. */
const scratch = { taken: new Uint8Array(256), matched: new Uint16Array(256) };

function jaroOf(a: string, b: string): number {
  if (scratch.taken.length < b.length) {
    scratch.taken = new Uint8Array(b.length);
    scratch.matched = new Uint16Array(b.length);
  }
  const { taken, matched } = scratch;
  taken.fill(0, 0, b.length);
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  let shared = 0;
  for (let i = 0; i < a.length; i++) {
    const code = a.charCodeAt(i);
    const end = Math.min(b.length, i + window + 1);
    for (let j = Math.max(0, i - window); j < end; j++) {
      if (taken[j] === 1 || b.charCodeAt(j) !== code) continue;
      taken[j] = 1;
      matched[shared++] = code;
      break;
    }
  }
  if (shared === 0) return 0;
  const halves = outOfOrder(matched, b, taken);
  return (shared / a.length + shared / b.length + (shared - halves / 2) / shared) / 3;
}

function outOfOrder(matched: Uint16Array, b: string, taken: Uint8Array): number {
  let count = 0;
  let next = 0;
  for (let j = 0; j < b.length; j++) {
    if (taken[j] === 0) continue;
    if (matched[next] !== b.charCodeAt(j)) count++;
    next++;
  }
  return count;
}

/**
 * Whether one insertion, deletion, substitution or exchange of neighbours makes the texts equal
 * (Damerau 1964). False for equal texts.
 */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const left = endA - start;
  const right = endB - start;
  if (left <= 1 && right <= 1) return true;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
}

/** Whether at most so many insertions, deletions and substitutions lie between the texts. */
export function isWithinEdits(a: string, b: string, most: number): boolean {
  return Math.abs(a.length - b.length) <= most && distance(a, b) <= most;
}

/** How a word sounds in English (double metaphone, Philips 2000); empty where it has no sound. */
export function soundOf(word: string): string {
  return doubleMetaphone(word)[0];
}
