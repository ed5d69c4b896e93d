import type { Portfolio } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { MonthChart } from '../../platform/month-chart.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { monthWords } from '../../ui/date.view.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Section } from '../../ui/page.tsx';
import { Pair } from '../../ui/pair.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './portfolio.module.css';

const c = classesOf(styles);

const NAMES_MAX = 4;

/** Equity and return on customer by month. */
export function MonthSection({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation('portfolio');
  const { estimate, share } = useEstimates(portfolio.currency);
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
      <Pair>
        <FigureChart
          months={months}
          figure="equity"
          title={t('months.equity')}
          rest={t('months.equityText')}
          text={estimate}
        />
        <FigureChart
          months={months}
          figure="returnOnCustomer"
          title={t('months.return')}
          rest={t('months.returnText')}
          text={(value) => share(value, 1)}
        />
      </Pair>
      <MonthTable portfolio={portfolio} />
    </Section>
  );
}

interface FigureChartProps {
  readonly months: Portfolio['months'];
  readonly figure: 'equity' | 'returnOnCustomer';
  readonly title: string;
  readonly rest: string;
  readonly text: (value: number) => string;
}

function FigureChart({ months, figure, title, rest, text }: FigureChartProps) {
  const { t } = useTranslation('portfolio');
  const reading = useReading();
  const points = months.map((month) => {
    const value = month[figure];
    const isMarked = month.termsChanged;
    const absent = isMarked ? t('months.changed') : t('months.unknown');
    const words = t(isMarked && value !== null ? 'months.pointChanged' : 'months.point', {
      month: monthWords(month.month, reading),
      value: value === null ? absent : text(value),
    });
    return { month: month.month, value, words, isMarked };
  });
  const hasMarks = points.some(({ isMarked }) => isMarked);
  return (
    <div className={c('stack')}>
      <h3>{title}</h3>
      <MonthChart
        {...{ title, points, text }}
        names={NAMES_MAX}
        rest={
          <p className={c('quiet')}>
            {rest} {hasMarks && t('months.marked')}
          </p>
        }
      />
    </div>
  );
}

function MonthTable({ portfolio }: { readonly portfolio: Portfolio }) {
  const { t } = useTranslation(['portfolio', 'value']);
  const reading = useReading();
  const { estimate, share, number } = useEstimates(portfolio.currency);
  return (
    <Disclosure title={t('value:asTable')}>
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
            cell: (row) =>
              row.termsChanged ? t('months.changed') : share(row.returnOnCustomer, 1),
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
