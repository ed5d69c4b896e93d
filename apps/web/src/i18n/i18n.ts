import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { de } from './de/index.ts';
import { en } from './en/index.ts';

/** The languages of the pages. */
export const LANGUAGES = ['en', 'de'] as const;
/** A language of the pages. */
export type Language = (typeof LANGUAGES)[number];

const KEY = 'keepsake.language';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}

/** The stored language, else the first of the device's that there is, else English. */
export function chooseLanguage(stored: string | null, wished: readonly string[]): Language {
  const primary = [stored ?? '', ...wished].map((tag) => tag.toLowerCase().split('-')[0]);
  const found = primary.find((tag) => LANGUAGES.some((language) => language === tag));
  return LANGUAGES.find((language) => language === found) ?? 'en';
}

/** Starts the translations; call once. */
export function startLanguage(): void {
  const language = chooseLanguage(localStorage.getItem(KEY), navigator.languages);
  document.documentElement.lang = language;
  void i18next.use(initReactI18next).init({
    resources: { en, de },
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    // React escapes by itself.
    interpolation: { escapeValue: false },
  });
}

/** Keeps and applies a language. */
export function setLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
  document.documentElement.lang = language;
  void i18next.changeLanguage(language);
}
