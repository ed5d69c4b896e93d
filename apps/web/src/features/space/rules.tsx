import type { Family } from '@keepsake/configurator';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { useText } from '../../ui/locale.tsx';
import styles from './space.module.css';
import { rulesOf } from './space.view.ts';

const c = classesOf(styles);

/** Every rule, table and formula in its own words; findings lead here. */
export function Rules({ family }: { readonly family: Family }) {
  const { t } = useTranslation('space');
  const text = useText();
  const rules = rulesOf(family);
  if (rules.length === 0) return <p className={c('quiet')}>{t('rules.none')}</p>;
  return (
    <ol className={c('rules')}>
      {rules.map((rule) => (
        <li key={rule.anchor} id={rule.anchor} tabIndex={-1}>
          <span>{text(rule.text)}</span>
          <span className={c('mark')}>
            {t(`rules.kind.${rule.kind}`)} · <code>{rule.id}</code>
          </span>
        </li>
      ))}
    </ol>
  );
}
