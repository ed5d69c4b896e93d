/** Letters that no accent can be taken from. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  œ: 'oe',
};

/** What people write where there is nothing to write. */
const NOTHING: ReadonlySet<string> = new Set([
  ...['null', 'none', 'n a', 'unknown', 'unk', 'not known', 'not available', 'missing'],
]);

/** What programs write there; in other letters these are names. */
const NOTHING_EXACTLY: ReadonlySet<string> = new Set(['NA', 'NaN', 'nan', '<NA>']);

/** Longer values are compared by their beginning. */
const LENGTH_MAX = 200;

/** Small letters without accents and punctuation, words parted by one blank. */
export function foldText(text: string): string {
  if (NOTHING_EXACTLY.has(text.trim())) return '';
  const folded = text
    .slice(0, LENGTH_MAX)
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[ßæøłđœ]/g, (letter) => LETTERS[letter] ?? letter)
    // An apostrophe joins (O'Brien), everything else parts.
    .replace(/['’`´]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return NOTHING.has(folded) ? '' : folded;
}

/** Letters and digits only. */
export function foldCode(text: string): string {
  return foldText(text).replaceAll(' ', '');
}

/** Small letters; empty where it is no address. */
export function foldEmail(text: string): string {
  const folded = text.trim().toLowerCase().slice(0, LENGTH_MAX);
  return /^[^\s@]+@[^\s@]+$/.test(folded) ? folded : '';
}

const PHONE_DIGITS_MIN = 5;
/** Without the code of country and the zero in its place. */
const PHONE_DIGITS_MAX = 9;

/** The digits that do not depend on where one calls from. */
export function foldPhone(text: string): string {
  const digits = text.slice(0, LENGTH_MAX).replace(/\D/g, '');
  return digits.length < PHONE_DIGITS_MIN ? '' : digits.slice(-PHONE_DIGITS_MAX);
}

const TITLES: ReadonlySet<string> = new Set([
  ...[
    'mr',
    'mrs',
    'ms',
    'miss',
    'dr',
    'prof',
    'sir',
    'dame',
    'lady',
    'lord',
    'rev',
    'herr',
    'frau',
  ],
]);
const ENDINGS: ReadonlySet<string> = new Set(['jr', 'sr', 'ii', 'iii', 'iv']);

/** First and last name of a full one, also of `Last, First`. */
export function splitName(text: string): { readonly given: string; readonly surname: string } {
  const comma = text.indexOf(',');
  if (comma > 0) {
    const given = foldText(text.slice(comma + 1))
      .split(' ')
      .find((word) => !TITLES.has(word));
    return { given: given ?? '', surname: foldText(text.slice(0, comma)) };
  }
  const words = foldText(text)
    .split(' ')
    .filter((word) => !TITLES.has(word) && !ENDINGS.has(word));
  if (words.length < 2) return { given: '', surname: words[0] ?? '' };
  return { given: words[0] ?? '', surname: words.at(-1) ?? '' };
}

const STREET_WORDS: Readonly<Record<string, string>> = {
  street: 'st',
  road: 'rd',
  avenue: 'ave',
  av: 'ave',
  lane: 'ln',
  drive: 'dr',
  place: 'pl',
  court: 'ct',
  crescent: 'cres',
  boulevard: 'blvd',
  square: 'sq',
  terrace: 'tce',
  highway: 'hwy',
  parade: 'pde',
  circuit: 'cct',
  close: 'cl',
  strasse: 'str',
};

/** An address line without numbers, its usual words shortened, and the first number of it. */
export function splitStreet(text: string): { readonly street: string; readonly number: string } {
  const words = foldText(text).split(' ');
  const number = words.find((word) => /^\d/.test(word)) ?? '';
  const rest = words.filter((word) => !/^\d/.test(word));
  const street = rest
    .map((word) => STREET_WORDS[word] ?? word.replace(/strasse$/, 'str'))
    .join(' ');
  return { street, number };
}
