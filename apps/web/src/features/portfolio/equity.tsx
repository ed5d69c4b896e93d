import type { Portfolio, ValueBasis } from '@keepsake/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useEstimates } from '../../platform/use-estimates.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarWords, dateWords, monthWords } from '../../ui/date.view.ts';
import { LargeFigure } from '../../ui/large-figure.tsx';
import styles from './portfolio.module.css';
import { isUnderWay, latestReturn } from './portfolio.view.ts';
import { StartButton } from './start-run.tsx';

const c = classesOf(styles);

const WEEKS_PER_YEAR = 52;

interface EquityProps {
  readonly company: string;
  readonly portfolio: Portfolio;
  readonly basis: ValueBasis;
}

/** What all customers together are expected to bring, said first and large. */
export function Equity({ company, portfolio, basis }: EquityProps) {
  const { t } = useTranslation(['portfolio', 'value']);
  const reading = useReading();
  const { estimate, number } = useEstimates(portfolio.currency);
  const years = basis.horizonWeeks / WEEKS_PER_YEAR;
  return (
    <section className={c('equity')} aria-label={t('equity.label')}>
      <div className={c('headline')}>
        <LargeFigure>{estimate(portfolio.equity)}</LargeFigure>
        <p className={c('saying')}>
          {t('equity.text', {
            count: portfolio.customers,
            customers: number(portfolio.customers),
            years: number(years, 1),
          })}
        </p>
      </div>
      <div className={c('beside')}>
        <Return portfolio={portfolio} />
        <Work company={company} portfolio={portfolio} />
        <p className={c('quiet')}>
          {t('equity.when', {
            scored: dateWords(basis.scoredAt, reading),
            until: calendarWords(basis.until, reading),
          })}
        </p>
        {!isUnderWay(portfolio.run) && <StartButton company={company} isAgain />}
      </div>
    </section>
  );
}

function Return({ portfolio }: Pick<EquityProps, 'portfolio'>) {
  const { t } = useTranslation('portfolio');
  const reading = useReading();
  const { share } = useEstimates(portfolio.currency);
  const latest = latestReturn(portfolio.months);
  if (latest === undefined) return <p className={c('quiet')}>{t('equity.noReturn')}</p>;
  const month = monthWords(latest.month, reading);
  if (latest.share === null) return <p className={c('quiet')}>{t('equity.changed', { month })}</p>;
  return <p>{t('equity.return', { month, share: share(latest.share, 1) })}</p>;
}

/** What waits for a person. */
function Work({ company, portfolio }: Pick<EquityProps, 'company' | 'portfolio'>) {
  const { t } = useTranslation('portfolio');
  const { openReviews, openContests } = portfolio;
  if (openReviews + openContests === 0) return null;
  return (
    <p>
      <Link to="/c/$company/value/reviews" params={{ company }}>
        {[
          openReviews > 0 && t('equity.reviews', { count: openReviews }),
          openContests > 0 && t('equity.contests', { count: openContests }),
        ]
          .filter(Boolean)
          .join(', ')}
      </Link>
    </p>
  );
}
