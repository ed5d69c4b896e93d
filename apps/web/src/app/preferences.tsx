import { useTranslation } from 'react-i18next';
import { LANGUAGES, setLanguage } from '../i18n/i18n.ts';
import { type Scheme, setScheme, useScheme } from '../platform/scheme.ts';
import { Button } from '../ui/button.tsx';
import { classesOf } from '../ui/classes.ts';
import { AutoIcon, MoonIcon, SunIcon } from '../ui/icons.tsx';
import styles from './shell.module.css';

const c = classesOf(styles);

const NEXT: Readonly<Record<Scheme, Scheme>> = { auto: 'light', light: 'dark', dark: 'auto' };
const ICONS = { auto: AutoIcon, light: SunIcon, dark: MoonIcon };

/** Language, and light or dark. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const scheme = useScheme();
  const Icon = ICONS[scheme];
  return (
    <>
      <fieldset>
        <legend className="visually-hidden">{t('language')}</legend>
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            lang={language}
            className={c('language')}
            aria-pressed={i18n.language === language}
            aria-label={t(`languageName.${language}`)}
            onClick={() => setLanguage(language)}
          >
            {language.toUpperCase()}
          </button>
        ))}
      </fieldset>
      <Button
        kind="icon"
        aria-label={`${t('scheme.label')}: ${t(`scheme.${scheme}`)}`}
        title={`${t('scheme.label')}: ${t(`scheme.${scheme}`)}`}
        onClick={() => setScheme(NEXT[scheme])}
      >
        <Icon />
      </Button>
    </>
  );
}
