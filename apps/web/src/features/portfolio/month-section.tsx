import type { Portfolio } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useEstimates } from '../../platform/use-estimates.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { monthWords } from '../../ui/date.view.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { LineChart } from '../../ui/line-chart.tsx';
import { Section } from '../../ui/page.tsx';
import { scaleOf, ticksOn } from '../../ui/scale.view.ts';
import { Table } from '../../ui/table.tsx';
import styles from './portfolio.module.css';
import { fewOf } from './portfolio.view.ts';

const c = classesOf(styles);

const NAMES_MAX = 4;

/** Equity and return on customer by month. */
export function MonthSection({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation('portfolio');
  const { months } = portfolio;
  if (months.length < 2) {
    return (
      <Section title={t('months.title')}>
        <p className={c('quiet')}>{t('months.none')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('months.title')}>
      <p className={c('quiet')}>{t('months.text')}</p>
      <div className={c('pair')}>
        <EquityChart portfolio={portfolio} />
        <ReturnChart portfolio={portfolio} />
      </div>
      <MonthTable portfolio={portfolio} />
    </Section>
  );
}

type Figure = 'equity' | 'returnOnCustomer';

function useSeries(portfolio: Portfolio, figure: Figure, text: (value: number) => string) {
  const { t } = useTranslation('portfolio');
  const reading = useReading();
  const { months } = portfolio;
  const words = months.map((month) => {
    const value = month[figure];
    return t('months.point', {
      month: monthWords(month.month, reading),
      value: value === null ? t('months.unknown') : text(value),
    });
  });
  const y = scaleOf([0, ...months.flatMap((month) => month[figure] ?? [])]);
  return {
    points: months.map((month, index) => ({
      key: month.month,
      x: index,
      y: month[figure],
      label: words[index] ?? '',
    })),
    x: { from: 0, to: Math.max(1, months.length - 1) },
    y,
    xTicks: fewOf(months.length, NAMES_MAX).map((index) => ({
      at: index,
      label: monthWords(months[index]?.month ?? '', reading, 'short'),
    })),
    yTicks: ticksOn(y).map((at) => ({ at, label: text(at) })),
    tell: (index: number) => <p>{words[index]}</p>,
    hasDots: true,
  };
}

function EquityChart({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation('portfolio');
  const { estimate } = useEstimates(portfolio.currency);
  const series = useSeries(portfolio, 'equity', estimate);
  return (
    <div className={c('stack')}>
      <h3>{t('months.equity')}</h3>
      <LineChart
        title={t('months.equity')}
        {...series}
        rest={<p className={c('quiet')}>{t('months.equityText')}</p>}
      />
    </div>
  );
}

function ReturnChart({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation('portfolio');
  const { share } = useEstimates(portfolio.currency);
  const series = useSeries(portfolio, 'returnOnCustomer', (value) => share(value, 1));
  return (
    <div className={c('stack')}>
      <h3>{t('months.return')}</h3>
      <LineChart
        title={t('months.return')}
        {...series}
        rest={<p className={c('quiet')}>{t('months.returnText')}</p>}
      />
    </div>
  );
}

function MonthTable({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation('portfolio');
  const reading = useReading();
  const { estimate, share, number } = useEstimates(portfolio.currency);
  return (
    <Disclosure title={t('asTable')}>
      <Table
        caption={t('months.title')}
        keyOf={({ month }) => month}
        rows={portfolio.months.toReversed()}
        columns={[
          { id: 'month', title: t('months.month'), cell: (row) => monthWords(row.month, reading) },
          {
            id: 'equity',
            title: t('months.equity'),
            isNumeric: true,
            cell: (row) => estimate(row.equity),
          },
          {
            id: 'profit',
            title: t('months.profit'),
            isNumeric: true,
            cell: (row) => estimate(row.profit),
          },
          {
            id: 'return',
            title: t('months.return'),
            isNumeric: true,
            cell: (row) => share(row.returnOnCustomer, 1),
          },
          {
            id: 'customers',
            title: t('tiers.customers'),
            isNumeric: true,
            cell: (row) => number(row.customers),
          },
        ]}
      />
    </Disclosure>
  );
}
