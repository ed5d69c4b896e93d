/** One word, number or mark of a note, and where it stands. */
export interface Token {
  /** In UTF-16 units from the beginning of the text, half-open. */
  readonly start: number;
  readonly end: number;
  readonly kind: 'word' | 'number' | 'mark';
  /** As it was written. */
  readonly raw: string;
  /** In small letters, without apostrophes, `ß` as `ss`; accents stay. */
  readonly lower: string;
  /** `lower` without accents. */
  readonly plain: string;
}

// Each alternative begins with a character no other begins with, and nothing nests: linear.
const PIECES =
  /\d+(?:[.,]\d+)*|\p{L}[\p{L}\p{M}]*(?:['’]\p{L}+)*|[°%]\p{L}?|[,;:.!?()\n–—]|-(?=\s)/gu;

const MARK = /^[,;:.!?()\n–—-]$/;

/** The text in small letters without accents, `ß` as `ss`. */
export function plainText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
}

/**
 * The words, numbers and marks of a text in order. A hyphen inside a word parts it in two; a
 * possessive `'s` is dropped. Linear in the text.
 */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PIECES)) {
    const [raw] = match;
    const start = match.index;
    const said = raw.replace(/['’]s$/i, '').replace(/['’]/g, '');
    const lower = said.toLowerCase().replaceAll('ß', 'ss').normalize('NFC');
    const kind = /^\d/.test(raw) ? 'number' : MARK.test(raw) ? 'mark' : 'word';
    tokens.push({ start, end: start + raw.length, kind, raw, lower, plain: plainText(said) });
  }
  return tokens;
}
