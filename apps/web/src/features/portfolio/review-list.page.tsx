import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { MoreButton } from '../../platform/more-button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { ClosedReviews } from './closed-reviews.tsx';
import { ContestCard } from './contest-card.tsx';
import { portfolioQuery } from './portfolio.queries.ts';
import { reviewsRoute } from './portfolio.routes.ts';
import { contestsQuery, reviewsQuery } from './review.queries.ts';
import { ReviewCard } from './review-card.tsx';
import styles from './reviews.module.css';
import { ValuePage } from './value-page.tsx';

const c = classesOf(styles);

/** What waits for a person: objections of customers, and customers below zero. */
export function ReviewListPage() {
  const { t } = useTranslation('reviews');
  const { company } = reviewsRoute.useParams();
  return (
    <ValuePage company={company} title={t('title')} lead={t('lead')}>
      <Work company={company} />
    </ValuePage>
  );
}

function Work({ company }: { readonly company: string }) {
  const { t } = useTranslation(['reviews', 'common']);
  const [done, setDone] = useState<string>();
  const top = useRef<HTMLDivElement>(null);
  const query = useQuery(portfolioQuery(company));
  const settle = (words: string) => {
    setDone(words);
    // What was decided is gone, and with it the button that was pressed.
    top.current?.focus();
  };
  return (
    <>
      <div ref={top} tabIndex={-1} aria-live="polite" className={c('done')}>
        {done !== undefined && <Notice tone="good" title={done} />}
      </div>
      <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('common:loading')} />}>
        {({ currency }) => (
          <>
            <Contests company={company} onDone={settle} />
            <Open company={company} currency={currency} onDone={settle} />
            <ClosedReviews company={company} />
          </>
        )}
      </Loaded>
    </>
  );
}

interface PartProps {
  readonly company: string;
  /** Called with what was decided, in words. */
  readonly onDone: (words: string) => void;
}

function Contests({ company, onDone }: PartProps) {
  const { t } = useTranslation(['reviews', 'common']);
  const query = useQuery(contestsQuery(company));
  return (
    <Section title={t('contests.title')}>
      <p className={c('quiet')}>{t('contests.text')}</p>
      <Loaded query={query} skeleton={<SkeletonLines lines={3} label={t('common:loading')} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t('contests.none')}</p>
          ) : (
            <div className={c('cards')}>
              {items.map((contest) => (
                <ContestCard key={contest.guest} {...{ company, contest, onDone }} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Section>
  );
}

function Open({ company, currency, onDone }: PartProps & { readonly currency: string }) {
  const { t } = useTranslation(['reviews', 'common']);
  const query = useInfiniteQuery(reviewsQuery(company, 'open'));
  return (
    <Section title={t('open.title')}>
      <p className={c('quiet')}>{t('open.text')}</p>
      <Loaded query={query} skeleton={<SkeletonLines lines={6} label={t('common:loading')} />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <p>{t('open.none')}</p>
          ) : (
            <div className={c('cards')}>
              {items.map((review) => (
                <ReviewCard key={review.review} {...{ company, review, currency, onDone }} />
              ))}
              <MoreButton query={query} />
            </div>
          );
        }}
      </Loaded>
    </Section>
  );
}
