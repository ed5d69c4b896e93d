import type { Duplicate, GuestSummary } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords } from '../../ui/date.view.ts';
import { useLocale } from '../../ui/locale.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import { GuestLink } from './guest-link.tsx';
import styles from './identity.module.css';
import type { PairDecision } from './identity.queries.ts';
import { Waterfall } from './waterfall.tsx';
import { likelihoodOf } from './waterfall.view.ts';

const c = classesOf(styles);

interface PairProps {
  readonly company: string;
  readonly pair: Duplicate;
  readonly isBusy: boolean;
  readonly onDecide: (kind: PairDecision['kind']) => void;
  readonly onLater: () => void;
}

/** Two guests side by side, what speaks for their being one, and what can be said of it. */
export function Pair({ company, pair, isBusy, onDecide, onLater }: PairProps) {
  const { t } = useTranslation('desk');
  const locale = useLocale();
  const names = { a: pair.a.name, b: pair.b.name };
  const share = numberFormat(locale, { style: 'percent' }).format(pair.probability);
  return (
    <article className={c('pair')} aria-label={t('duplicates.pair', names)}>
      <div className={c('guests')}>
        <Guest company={company} guest={pair.a} />
        <Guest company={company} guest={pair.b} />
      </div>
      <div className={c('why')}>
        <h3 className={c('likely')}>
          {t(`duplicates.likelihood.${likelihoodOf(pair.probability)}`)}{' '}
          <span className={c('quiet')}>{share}</span>
        </h3>
        <Waterfall caption={t('waterfall.caption', names)} steps={pair.waterfall} />
      </div>
      <div className={c('acts')}>
        <Button isBusy={isBusy} onClick={() => onDecide('same')}>
          {t('duplicates.same')}
        </Button>
        <Button isBusy={isBusy} onClick={() => onDecide('not_same')}>
          {t('duplicates.different')}
        </Button>
        <Button kind="quiet" isBusy={isBusy} onClick={onLater}>
          {t('duplicates.later')}
        </Button>
      </div>
    </article>
  );
}

function Guest({ company, guest }: { readonly company: string; readonly guest: GuestSummary }) {
  const { t } = useTranslation('desk');
  const reading = useReading();
  return (
    <div className={c('guest')}>
      <h2 className={c('name')}>
        <GuestLink company={company} guest={guest} />
      </h2>
      {[guest.email, guest.loyalty].map(
        (handle) =>
          handle !== null && (
            <p key={handle} className={c('handle')}>
              {handle}
            </p>
          ),
      )}
      <p className={c('quiet')}>
        {guest.lastSeen === null
          ? t('neverSeen')
          : t('lastSeen', { date: dateWords(guest.lastSeen, reading) })}
      </p>
    </div>
  );
}
