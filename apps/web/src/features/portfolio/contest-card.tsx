import type { Contest } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TierForm, useSetTier } from '../../platform/tier-form.tsx';
import { TierName } from '../../platform/tier-name.tsx';
import { DateWords } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Quote } from '../../ui/quote.tsx';
import { CustomerLink } from './customer-link.tsx';
import styles from './reviews.module.css';

const c = classesOf(styles);

interface ContestCardProps {
  readonly company: string;
  readonly contest: Contest;
  readonly onDone: (words: string) => void;
}

/** A customer's objection in their own words, and the answer of a person. */
export function ContestCard({ company, contest, onDone }: ContestCardProps) {
  const { t } = useTranslation('reviews');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <article className={c('card')}>
      <div className={c('stack')}>
        <h3>
          <CustomerLink company={company} customer={contest} />
        </h3>
        <p>
          {t('contests.tier')} <TierName tier={contest.tier} />
        </p>
        <p className={c('quiet')}>
          <DateWords at={contest.at} />
        </p>
      </div>
      <div className={c('stack')}>
        <Quote>{contest.words}</Quote>
        {isOpen ? (
          <Answer {...{ company, contest, onDone }} onClose={() => setIsOpen(false)} />
        ) : (
          <div>
            <Button onClick={() => setIsOpen(true)}>{t('contests.answer')}</Button>
          </div>
        )}
      </div>
    </article>
  );
}

function Answer(props: ContestCardProps & { readonly onClose: () => void }) {
  const { company, contest, onDone, onClose } = props;
  const { t } = useTranslation(['reviews', 'common']);
  const set = useSetTier(company);
  return (
    <TierForm
      set={set}
      guest={contest.guest}
      tier={contest.tier}
      onDone={() => onDone(t('contests.done'))}
      actions={
        <div className={c('actions')}>
          <Button kind="primary" type="submit" isBusy={set.isPending}>
            {t('contests.save')}
          </Button>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
        </div>
      }
    />
  );
}
