import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { MoreButton } from '../../platform/more-button.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dayWords } from '../../ui/date.view.ts';
import { Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Table } from '../../ui/table.tsx';
import { CustomerLink } from './customer-link.tsx';
import { reviewsQuery } from './review.queries.ts';
import styles from './reviews.module.css';

const c = classesOf(styles);

/** What was decided, by whom and why. */
export function ClosedReviews({ company }: { readonly company: string }) {
  const { t } = useTranslation(['reviews', 'common']);
  const reading = useReading();
  const query = useInfiniteQuery(reviewsQuery(company, 'closed'));
  return (
    <Section title={t('closed.title')}>
      <Loaded query={query} skeleton={<SkeletonLines lines={4} label={t('common:loading')} />}>
        {({ pages }) => {
          const items = pages.flatMap((page) =>
            page.items.flatMap((review) =>
              review.closed === null ? [] : [{ ...review, closed: review.closed }],
            ),
          );
          if (items.length === 0) return <p className={c('quiet')}>{t('closed.none')}</p>;
          return (
            <div className={c('stack')}>
              <Table
                caption={t('closed.title')}
                keyOf={({ review }) => review}
                rows={items}
                columns={[
                  {
                    id: 'name',
                    title: t('closed.name'),
                    cell: (review) => <CustomerLink company={company} customer={review} />,
                  },
                  {
                    id: 'outcome',
                    title: t('closed.outcome'),
                    cell: ({ closed }) => t(`closed.how.${closed.outcome}`),
                  },
                  {
                    id: 'at',
                    title: t('closed.when'),
                    cell: ({ closed }) => dayWords(closed.at, reading),
                  },
                  {
                    id: 'by',
                    title: t('closed.by'),
                    cell: ({ closed }) =>
                      closed.by ??
                      t(closed.outcome === 'superseded' ? 'closed.run' : 'closed.left'),
                  },
                  {
                    id: 'because',
                    title: t('because'),
                    cell: ({ closed }) => closed.because ?? '–',
                  },
                ]}
              />
              <MoreButton query={query} />
            </div>
          );
        }}
      </Loaded>
    </Section>
  );
}
