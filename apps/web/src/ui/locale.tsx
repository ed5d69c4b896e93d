import { createContext, type ReactNode, useContext } from 'react';

/** A text in several languages, as it comes over the wire. */
export interface LocalText {
  readonly en: string;
  readonly [locale: string]: string;
}

const LocaleContext = createContext('en');

/** Sets the language that amounts, dates and texts are shown in. */
export function LocaleProvider(props: { readonly locale: string; readonly children: ReactNode }) {
  return <LocaleContext value={props.locale}>{props.children}</LocaleContext>;
}

/** The language of the page, as a BCP 47 tag. */
export function useLocale(): string {
  return useContext(LocaleContext);
}

/** The text in a language: exact tag, then its primary subtag, then English. */
export function textIn(text: LocalText, locale: string): string {
  return text[locale] ?? text[locale.split('-')[0] ?? 'en'] ?? text.en;
}

/** Reads texts of several languages in the language of the page. */
export function useText(): (text: LocalText) => string {
  const locale = useLocale();
  return (text) => textIn(text, locale);
}
