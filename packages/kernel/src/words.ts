/** A text in several languages, by BCP 47 tag. `en` is always there. */
export interface Words {
  readonly en: string;
  readonly [locale: string]: string;
}

/** The text in the wished language: exact tag, then its primary subtag, then English. */
export function inLocale(words: Words, locale: string): string {
  return words[locale] ?? words[locale.split('-')[0] ?? 'en'] ?? words.en;
}
