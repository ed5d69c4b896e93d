import type { Tier } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../ui/classes.ts';
import styles from './tier-name.module.css';
import { TIER_COLOURS } from './value-words.view.ts';

const c = classesOf(styles);

/** The name of a tier, with its colour before it. */
export function TierName({ tier }: { readonly tier: Tier | 'absent' }) {
  const { t } = useTranslation('value');
  return (
    <span className={c('tier')}>
      <span className={c('mark')} style={{ background: TIER_COLOURS[tier] }} />
      {t(`tier.${tier}`)}
    </span>
  );
}
