import type { Family, RuleReference } from '@keepsake/configurator';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { useText } from '../../ui/locale.tsx';
import styles from './space.module.css';
import { spaceRoute } from './space.routes.ts';
import { ruleAnchor, rulesOf } from './space.view.ts';

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

/** Rules by their words, each leading to where it stands. */
export function RuleLinks({ rules }: { readonly rules: readonly RuleReference[] }) {
  const text = useText();
  const { company } = spaceRoute.useParams();
  const search = spaceRoute.useSearch();
  return rules.map((rule) => (
    <li key={ruleAnchor(rule)}>
      <Link
        to="/c/$company/space"
        params={{ company }}
        search={{ ...search, view: 'sound' }}
        hash={ruleAnchor(rule)}
      >
        {text(rule.text)}
      </Link>
    </li>
  ));
}
