import type { ValuedCustomer } from '@keepsake/contract';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { MoreButton } from '../../platform/more-button.tsx';
import { TierName } from '../../platform/tier-name.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { TIER_COLOURS, TIERS } from '../../platform/value-words.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dayWords } from '../../ui/date.view.ts';
import { Select } from '../../ui/field.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { RangeBar } from '../../ui/range-bar.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Table } from '../../ui/table.tsx';
import { CustomerLink } from './customer-link.tsx';
import styles from './portfolio.module.css';
import { customersQuery, portfolioQuery } from './portfolio.queries.ts';
import { type ListSearch, SORTS, valuedCustomersRoute } from './portfolio.routes.ts';
import { intervalScale } from './portfolio.view.ts';
import { MainReason } from './short-lists.tsx';
import { ValuePage } from './value-page.tsx';

const c = classesOf(styles);

/** Customers by value, tier by tier or all. */
export function CustomerListPage() {
  const { t } = useTranslation('portfolio');
  const { company } = valuedCustomersRoute.useParams();
  const search = valuedCustomersRoute.useSearch();
  return (
    <ValuePage company={company} title={t('list.title')}>
      <Filters company={company} search={search} />
      <Customers company={company} search={search} />
    </ValuePage>
  );
}

interface ListProps {
  readonly company: string;
  readonly search: ListSearch;
}

function Filters({ company, search }: ListProps) {
  const { t } = useTranslation(['portfolio', 'value']);
  const navigate = useNavigate();
  const go = (changed: ListSearch) =>
    void navigate({
      to: '/c/$company/value/customers',
      params: { company },
      search: changed,
      replace: true,
    });
  return (
    <div className={c('pickers')}>
      <Select
        label={t('list.tier')}
        value={search.tier ?? ''}
        onChange={({ target }) => {
          const tier = TIERS.find((one) => one === target.value);
          const { sort } = search;
          go({ ...(sort === undefined ? {} : { sort }), ...(tier === undefined ? {} : { tier }) });
        }}
      >
        <option value="">{t('list.all')}</option>
        {TIERS.map((tier) => (
          <option key={tier} value={tier}>
            {t(`value:tier.${tier}`)}
          </option>
        ))}
      </Select>
      <Select
        label={t('list.sort')}
        value={search.sort ?? 'value'}
        onChange={({ target }) => {
          const sort = SORTS.find((one) => one === target.value);
          go({ ...search, ...(sort === undefined ? {} : { sort }) });
        }}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {t(`list.sorts.${sort}`)}
          </option>
        ))}
      </Select>
    </div>
  );
}

function Customers({ company, search }: ListProps) {
  const { t } = useTranslation(['portfolio', 'common']);
  const query = useInfiniteQuery(
    customersQuery(company, { tier: search.tier, sort: search.sort ?? 'value' }),
  );
  const currency = useQuery(portfolioQuery(company)).data?.currency;
  const skeleton = <SkeletonLines lines={12} label={t('common:loading')} />;
  return (
    <Loaded query={query} skeleton={skeleton}>
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) {
          return <EmptyState title={t('list.none')}>{t('list.noneText')}</EmptyState>;
        }
        // Amounts say nothing without their currency.
        if (currency === undefined) return skeleton;
        return (
          <div className={c('stack')}>
            <CustomerTable {...{ company, items, currency }} />
            <p className={c('quiet')} role="status">
              {t('list.shown', { count: items.length })}
            </p>
            <MoreButton query={query} />
          </div>
        );
      }}
    </Loaded>
  );
}

interface CustomerTableProps {
  readonly company: string;
  readonly items: readonly ValuedCustomer[];
  readonly currency: string;
}

function CustomerTable({ company, items, currency }: CustomerTableProps) {
  const { t } = useTranslation(['portfolio', 'value']);
  const reading = useReading();
  const { alike, estimate, gain } = useEstimates(currency);
  const scale = intervalScale(items);
  return (
    <Table
      caption={t('list.title')}
      keyOf={({ guest }) => guest}
      rows={items}
      columns={[
        {
          id: 'name',
          title: t('list.name'),
          cell: (customer) => (
            <span className={c('name')}>
              <CustomerLink company={company} customer={customer} />
            </span>
          ),
        },
        {
          id: 'value',
          title: t('list.value'),
          isNumeric: true,
          cell: ({ value }) => estimate(value),
        },
        {
          id: 'interval',
          title: t('list.interval'),
          cell: (customer) => (
            <RangeBar
              label={t('value:range', alike(customer))}
              value={customer.value}
              low={customer.low}
              high={customer.high}
              scale={scale}
              marks={[{ at: 0 }]}
              colour={TIER_COLOURS[customer.tier]}
            />
          ),
        },
        {
          id: 'tier',
          title: t('tiers.tier'),
          isOneLine: true,
          cell: ({ tier }) => <TierName tier={tier} />,
        },
        {
          id: 'growth',
          title: t('list.growth'),
          isNumeric: true,
          cell: ({ growth }) => gain(growth),
        },
        {
          id: 'atStake',
          title: t('list.atStake'),
          isNumeric: true,
          cell: ({ atStake }) => estimate(atStake),
        },
        {
          id: 'reason',
          title: t('list.reason'),
          cell: (customer) => (
            <span className={c('reason', 'reasonCell')}>
              <MainReason customer={customer} currency={currency} />
              {customer.isContested && <span className={c('line')}>{t('list.contested')}</span>}
            </span>
          ),
        },
        {
          id: 'since',
          title: t('list.since'),
          isOneLine: true,
          cell: ({ since }) => dayWords(since, reading),
        },
      ]}
    />
  );
}
