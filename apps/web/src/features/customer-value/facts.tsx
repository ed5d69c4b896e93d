import type { CustomerValue } from '@keepsake/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useEstimates } from '../../platform/use-estimates.ts';
import { ValueCounts } from '../../platform/value-counts.tsx';
import { treatmentWay } from '../../platform/value-words.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dayWords } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import { Section } from '../../ui/page.tsx';
import { Term, Terms } from '../../ui/terms.tsx';
import styles from './customer-value.module.css';

const c = classesOf(styles);

interface PartProps {
  readonly value: CustomerValue;
}

/** What was counted of the customer. */
export function CountedSection({ value }: PartProps) {
  const { t } = useTranslation('customerValue');
  return (
    <Section title={t('counted.title')}>
      <ValueCounts counts={value.counts} currency={value.currency} />
    </Section>
  );
}

/** What the customer might bring, clearly as a guess. */
export function PotentialSection({ value }: PartProps) {
  const { t } = useTranslation('customerValue');
  const { estimate, chance } = useEstimates(value.currency);
  return (
    <Section title={t('potential.title')}>
      <p className={c('quiet')}>{t('potential.lead')}</p>
      <Terms>
        <Term term={t('potential.potential')}>{estimate(value.potential)}</Term>
        <Term term={t('potential.growth')}>
          {value.growth > 0
            ? t('potential.growthText', { amount: estimate(value.growth) })
            : t('potential.noGrowth')}
        </Term>
        {value.atStake >= 1 && (
          <Term term={t('potential.atStake')}>
            {t('potential.atStakeText', { amount: estimate(value.atStake) })}
          </Term>
        )}
        <Term term={t('potential.alive')}>{chance(value.alive)}</Term>
      </Terms>
    </Section>
  );
}

/** The treatments that run for the customer. */
export function DoneSection({ value }: PartProps) {
  const { t } = useTranslation(['customerValue', 'value']);
  const text = useText();
  const reading = useReading();
  const { treatments, contest } = value;
  if (treatments.length === 0) {
    return (
      <Section title={t('done.title')}>
        <p>{t(contest === null ? 'done.none' : 'done.suspended')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('done.title')}>
      <ul className={c('plain')}>
        {treatments.map(({ treatment, words, kind, since }) => (
          <li key={treatment}>
            {t(`value:treatment.${treatmentWay(kind)}`, { words: text(words) })}
            <span className={c('quiet', 'below')}>
              {t(`value:kind.${kind}`)}, {t('done.since', { date: dayWords(since, reading) })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** That a person has to look at a customer below zero, or what one decided. */
export function ReviewSection({ company, value }: PartProps & { readonly company: string }) {
  const { t } = useTranslation('customerValue');
  const reading = useReading();
  const { review } = value;
  if (review === null) return null;
  return (
    <Section title={t('review.title')}>
      {review.closed === null ? (
        <>
          <p>
            {t('review.open')} {t('review.openText')}
          </p>
          <p>
            <Link to="/c/$company/value/reviews" params={{ company }}>
              {t('review.toReviews')}
            </Link>
          </p>
        </>
      ) : (
        <>
          <p>
            {t(`review.how.${review.closed.outcome}`, {
              date: dayWords(review.closed.at, reading),
            })}
          </p>
          {review.closed.because !== null && <p className={c('told')}>{review.closed.because}</p>}
        </>
      )}
    </Section>
  );
}
