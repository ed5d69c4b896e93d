/**
 * How a sealed name can be found. Each word of it, and the beginnings of each word, become tokens;
 * the store keeps a keyed HMAC of each. Whoever holds the database without the master key learns
 * which subjects share a beginning, and nothing of the name. The tokens go with the subject.
 */

const WORDS_MAX = 6;
/** Shorter beginnings would be shared by so many that they only told how common they are. */
const PREFIX_MIN = 3;
const PREFIX_MAX = 10;
/** In scripts without letters a single character already says much. */
const IDEOGRAPH = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/u;

/** The words of a text as names are compared: lower case, without accents, `ß` as `ss`. */
export function nameWords(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l');
  return [...new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''))];
}

/** What a name can be found by: its words whole (`=word`) and their beginnings. */
export function nameTokens(name: string): readonly string[] {
  const tokens = new Set<string>();
  for (const word of nameWords(name).slice(0, WORDS_MAX)) {
    tokens.add(`=${word}`);
    const letters = [...word];
    const least = leastPrefix(word);
    for (let length = least; length <= Math.min(letters.length, PREFIX_MAX); length++) {
      tokens.add(letters.slice(0, length).join(''));
    }
  }
  return [...tokens];
}

/** The tokens that a name must have to be an answer to what somebody typed. */
export function queryTokens(query: string): readonly string[] {
  const words = nameWords(query).slice(0, WORDS_MAX);
  return [
    ...new Set(
      words.map((word) => {
        const letters = [...word];
        if (letters.length < leastPrefix(word)) return `=${word}`;
        return letters.slice(0, PREFIX_MAX).join('');
      }),
    ),
  ];
}

function leastPrefix(word: string): number {
  return IDEOGRAPH.test(word) ? 1 : PREFIX_MIN;
}

/** Whether an opened name really answers the query: tokens end after ten letters. */
export function nameMatches(name: string, query: string): boolean {
  const words = nameWords(name);
  return nameWords(query).every((wanted) =>
    [...wanted].length < leastPrefix(wanted)
      ? words.includes(wanted)
      : words.some((word) => word.startsWith(wanted)),
  );
}

/** The one way an identifier is written before it is looked up. */
export function normalIdentifier(kind: string, value: string): string {
  const trimmed = value.normalize('NFKC').trim();
  if (kind === 'email') return trimmed.toLowerCase();
  return trimmed.toUpperCase().replace(/[\s-]+/g, '');
}
