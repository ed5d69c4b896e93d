import type { Portfolio, Tier, ValuedCustomer } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { reasonWords, TIER_COLOURS } from '../../platform/value-words.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { RangeBar } from '../../ui/range-bar.tsx';
import type { Scale } from '../../ui/scale.view.ts';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { CustomerLink } from './customer-link.tsx';
import styles from './portfolio.module.css';
import { fewQuery } from './portfolio.queries.ts';
import type { Sort } from './portfolio.routes.ts';
import { intervalScale } from './portfolio.view.ts';

const c = classesOf(styles);

const FEW = 5;

const LISTS = [
  { id: 'keep', tier: 'keep', sort: 'value' },
  { id: 'grow', tier: 'grow', sort: 'growth' },
  { id: 'reconsider', tier: 'below-zero', sort: 'belowZero' },
] as const satisfies readonly { readonly id: string; readonly tier: Tier; readonly sort: Sort }[];

interface ShortListsProps {
  readonly company: string;
  readonly portfolio: Portfolio;
}

/** The first few to keep, to grow and to reconsider. */
export function ShortLists({ company, portfolio }: ShortListsProps) {
  return (
    <div className={c('lists')}>
      {LISTS.map((list) => (
        <ShortList key={list.id} list={list} company={company} portfolio={portfolio} />
      ))}
    </div>
  );
}

function ShortList(props: ShortListsProps & { readonly list: (typeof LISTS)[number] }) {
  const { company, portfolio, list } = props;
  const { t } = useTranslation(['portfolio', 'common']);
  const query = useQuery(fewQuery(company, list.tier, list.sort, FEW));
  const count = portfolio.tiers.find(({ tier }) => tier === list.tier)?.customers ?? 0;
  return (
    <section className={c('list')}>
      <h2>{t(`lists.${list.id}.title`)}</h2>
      <p className={c('quiet')}>{t(`lists.${list.id}.text`)}</p>
      <Loaded query={query} skeleton={<SkeletonLines lines={6} label={t('common:loading')} />}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{t(`lists.${list.id}.none`)}</p>
          ) : (
            <>
              <ol className={c('people')}>
                {items.map((customer) => (
                  <Person
                    key={customer.guest}
                    {...{ company, customer }}
                    currency={portfolio.currency}
                    scale={intervalScale(items)}
                    isGrowth={list.id === 'grow'}
                  />
                ))}
              </ol>
              <Link
                to="/c/$company/value/customers"
                params={{ company }}
                search={{ tier: list.tier, sort: list.sort }}
                className={c('all')}
              >
                {t(`lists.${list.id}.all`, { count })}
              </Link>
            </>
          )
        }
      </Loaded>
    </section>
  );
}

interface PersonProps {
  readonly company: string;
  readonly customer: ValuedCustomer;
  readonly currency: string;
  readonly scale: Scale;
  readonly isGrowth: boolean;
}

function Person({ company, customer, currency, scale, isGrowth }: PersonProps) {
  const { t } = useTranslation(['portfolio', 'value']);
  const { alike, change } = useEstimates(currency);
  const { value, low, high } = customer;
  const texts = alike(customer);
  return (
    <li className={c('person')}>
      <p className={c('personHead')}>
        <CustomerLink company={company} customer={customer} />
        <span translate="no">{texts.value}</span>
      </p>
      <RangeBar
        label={t('value:ranged', texts)}
        scale={scale}
        marks={[{ at: 0 }]}
        colour={TIER_COLOURS[customer.tier]}
        {...{ value, low, high }}
      />
      <p className={c('reason')}>
        {isGrowth && `${t('lists.growth', { amount: change(customer.growth) })} `}
        <MainReason customer={customer} currency={currency} />
      </p>
      {customer.isContested && <p className={c('reason')}>{t('list.contested')}</p>}
    </li>
  );
}

/** What sets a customer apart most, and by how much. */
export function MainReason(props: {
  readonly customer: Pick<ValuedCustomer, 'mainReason'>;
  readonly currency: string;
}) {
  const { t } = useTranslation('value');
  const { change, reading } = useEstimates(props.currency);
  const { mainReason } = props.customer;
  if (mainReason === null) return null;
  const { key, figures } = reasonWords(mainReason, reading);
  return (
    <span className={c('sentence')}>
      {t(key, figures)}: <span translate="no">{change(mainReason.amount)}</span>
    </span>
  );
}
