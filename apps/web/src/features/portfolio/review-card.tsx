import type { Review } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCustomerName } from '../../platform/customer-name.ts';
import { useEstimates } from '../../platform/use-estimates.ts';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dayWords } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import { Table } from '../../ui/table.tsx';
import { CustomerLink } from './customer-link.tsx';
import { ReviewForm } from './review-form.tsx';
import styles from './reviews.module.css';

const c = classesOf(styles);

interface ReviewCardProps {
  readonly company: string;
  readonly review: Review;
  readonly currency: string;
  readonly onDone: (words: string) => void;
}

/** A customer below zero: what they cost, what would mend it, and what a person decides. */
export function ReviewCard({ company, review, currency, onDone }: ReviewCardProps) {
  const { t } = useTranslation(['reviews', 'value']);
  const reading = useReading();
  const { alike, chance, estimate } = useEstimates(currency);
  const [isOpen, setIsOpen] = useState(false);
  const texts = alike(review);
  return (
    <article className={c('card')}>
      <div className={c('stack')}>
        <h3>
          <CustomerLink company={company} customer={review} />
        </h3>
        <p>{t(`why.${review.why}`)}</p>
        <p className={c('quiet')}>
          {t('expected', texts)} {t('sure', { share: chance(review.probability) })}{' '}
          {review.lossOfParting >= 0.5 &&
            `${t('loss', { amount: estimate(review.lossOfParting) })} `}
          {t('opened', { when: dayWords(review.openedAt, reading) })}
        </p>
      </div>
      <div className={c('stack')}>
        <Remedies review={review} currency={currency} />
        {isOpen ? (
          <ReviewForm {...{ company, review, currency, onDone }} onClose={() => setIsOpen(false)} />
        ) : (
          <div>
            <Button onClick={() => setIsOpen(true)}>{t('decide')}</Button>
          </div>
        )}
      </div>
    </article>
  );
}

function Remedies({ review, currency }: Pick<ReviewCardProps, 'review' | 'currency'>) {
  const { t } = useTranslation('reviews');
  const text = useText();
  const { estimate, chance } = useEstimates(currency);
  const nameOf = useCustomerName();
  const { remedies, together } = review;
  if (remedies.length === 0) return <p>{t('remedies.none')}</p>;
  const isSeveral = together !== null && together.ids.length > 1;
  const rows = [
    ...remedies.map((remedy) => ({
      remedy,
      name: remedy.words.map(text).join(', '),
    })),
    ...(isSeveral ? [{ remedy: together, name: t('remedies.together') }] : []),
  ];
  return (
    <>
      <Table
        caption={t('remedies.of', { name: nameOf(review) })}
        keyOf={({ remedy }) => remedy.ids.join(' ')}
        rows={rows}
        columns={[
          { id: 'name', title: t('remedies.title'), cell: ({ name }) => name },
          {
            id: 'saving',
            title: t('remedies.saving'),
            isNumeric: true,
            cell: ({ remedy }) => estimate(remedy.saving),
          },
          {
            id: 'after',
            title: t('remedies.after'),
            isNumeric: true,
            cell: ({ remedy }) => estimate(remedy.valueAfter),
          },
          {
            id: 'below',
            title: t('remedies.below'),
            isNumeric: true,
            cell: ({ remedy }) => chance(remedy.belowZeroAfter),
          },
        ]}
      />
      {isSeveral && (
        <p className={c('quiet')}>
          {t('remedies.which', { names: together.words.map(text).join(', ') })}
        </p>
      )}
    </>
  );
}
