import type { PredicateEntry } from '@keepsake/contract';

type Words = PredicateEntry['label'];

/** What was typed in two languages; other languages stay. An empty text is no text. */
export function wordsOf(en: string, de: string, old: Words | undefined): Words {
  const { de: _de, ...rest } = old ?? { en: '' };
  return { ...rest, en: en.trim(), ...(de.trim() === '' ? {} : { de: de.trim() }) };
}

/** What was typed with commas between. */
export function listOf(typed: string): string[] {
  return typed
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** Other words for something, of every language, as they are typed. */
export function synonymsTyped(synonyms: readonly Words[]): string {
  return [...new Set(synonyms.flatMap((words) => Object.values(words)))].join(', ');
}

/** Other words that were typed; those of the old ones that are still there keep their language. */
export function synonymsOf(typed: string, old: readonly Words[]): Words[] {
  const words = listOf(typed);
  const kept = old.flatMap((one): Words[] => {
    const left = Object.entries(one).filter(([, word]) => words.includes(word));
    const [first] = left;
    return first === undefined ? [] : [{ en: first[1], ...Object.fromEntries(left) }];
  });
  const known = new Set(kept.flatMap((one) => Object.values(one)));
  return [...kept, ...words.filter((word) => !known.has(word)).map((en) => ({ en }))];
}
