/** Shortest stem that an ending is taken from. */
const STEM_MIN = 4;

/** Longest word that is looked at closely. */
export const WORD_LENGTH_MAX = 40;

const GERMAN_ENDINGS = ['ern', 'em', 'en', 'er', 'es', 'e', 'n', 's'] as const;

/**
 * A plain English word without its plural or mute ending, so that forms of one noun meet. Light, in
 * the manner of the S-stemmer (Harman 1991): it never joins words of different kinds.
 */
export function stemEnglish(word: string): string {
  return withoutMuteE(singular(word));
}

function singular(word: string): string {
  if (word.length <= 3 || !word.endsWith('s')) return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word;
  if (/(?:ss|us|is)$/.test(word)) return word;
  return /(?:ss|x|ch|sh|zz)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
}

function withoutMuteE(word: string): string {
  return word.length > STEM_MIN && word.endsWith('e') ? word.slice(0, -1) : word;
}

/**
 * A plain German word without its ending of case, number or comparison, after the light stemmer of
 * Savoy (2006). Takes one ending at most and leaves at least four letters.
 */
export function stemGerman(word: string): string {
  for (const ending of GERMAN_ENDINGS) {
    const length = word.length - ending.length;
    if (length < STEM_MIN || !word.endsWith(ending)) continue;
    if (ending === 's' && word.endsWith('ss')) continue;
    return word.slice(0, length);
  }
  return word;
}

/** The key under which a plain word of a language is known; other languages have no endings. */
export function wordKey(language: string, word: string): string {
  if (language === 'en') return `en:${stemEnglish(word)}`;
  return language === 'de' ? `de:${stemGerman(word)}` : `${language}:${word}`;
}
