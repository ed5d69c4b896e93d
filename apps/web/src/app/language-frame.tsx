import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LocaleProvider } from '../ui/locale.tsx';

/** Gives amounts, dates and texts the language of the translations. */
export function LanguageFrame(props: { readonly children: ReactNode }) {
  const { i18n } = useTranslation();
  return <LocaleProvider locale={i18n.language}>{props.children}</LocaleProvider>;
}
