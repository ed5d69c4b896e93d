import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Money, useReading } from '../../ui/amounts.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarWords, dateWords, longDateWords } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import styles from './order.module.css';
import { myOrdersQuery, type OrderSummary } from './order.queries.ts';
import { ordersRoute } from './order.routes.ts';
import { isUnderWay, toneOf } from './order.view.ts';

const c = classesOf(styles);

/** My orders, newest first. */
export function OrderListPage() {
  const { t } = useTranslation(['order', 'common']);
  const { company } = ordersRoute.useParams();
  const query = useInfiniteQuery(myOrdersQuery(company));
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <Page title={t('list.title')} width="narrow">
      {query.isError && <FailureNotice error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <SkeletonLines lines={6} label={t('common:loading')} />}
      {items?.length === 0 && (
        <EmptyState
          title={t('list.empty')}
          action={
            <Link to="/c/$company" params={{ company }} className={buttonClass('primary')}>
              {t('list.begin')}
            </Link>
          }
        >
          {t('list.emptyText')}
        </EmptyState>
      )}
      {items !== undefined && items.length > 0 && (
        <ul className={c('rows')}>
          {items.map((order) => (
            <li key={order.id}>
              <OrderRow company={company} order={order} />
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <p>
          <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('list.more')}
          </Button>
        </p>
      )}
    </Page>
  );
}

interface OrderRowProps {
  readonly company: string;
  readonly order: OrderSummary;
}

function OrderRow({ company, order }: OrderRowProps) {
  const { t } = useTranslation('order');
  const text = useText();
  const reading = useReading();
  const ready = isUnderWay(order.state) ? dateWords(order.ready, reading) : '';
  const when =
    order.stay === null
      ? ready
      : `${calendarWords(order.stay.arrive, reading)} – ${calendarWords(order.stay.depart, reading)}`;
  return (
    <Link to="/c/$company/orders/$order" params={{ company, order: order.id }} className={c('row')}>
      <h2>{text(order.familyName)}</h2>
      <span className={c('end')}>
        <Money amount={order.total} />
      </span>
      <span>
        <span className={c('state', toneOf(order.state))}>{t(`state.${order.state}`)}</span>{' '}
        <span className={c('quiet')}>{when}</span>
      </span>
      <span className={c('quiet', 'end')}>
        {order.number} · {longDateWords(order.placedAt, reading)}
      </span>
    </Link>
  );
}
