import type { CustomerValue } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { TierName } from '../../platform/tier-name.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { monthWords } from '../../ui/date.view.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { LineChart } from '../../ui/line-chart.tsx';
import { Section } from '../../ui/page.tsx';
import { scaleOf, ticksOn } from '../../ui/scale.view.ts';
import { Table } from '../../ui/table.tsx';
import styles from './customer-value.module.css';
import { namedOf, spellsOf } from './customer-value.view.ts';

const c = classesOf(styles);

const NAMES_MAX = 3;

/** How value and tier moved from month to month. */
export function MonthSection({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation('customerValue');
  if (value.months.length < 2) {
    return (
      <Section title={t('months.title')}>
        <p className={c('quiet')}>{t('months.none')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('months.title')}>
      <Spells value={value} />
      <Chart value={value} />
      <Figures value={value} />
    </Section>
  );
}

/** The tiers one after the other. */
function Spells({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation('customerValue');
  const reading = useReading();
  const name = (month: string) => monthWords(month, reading, 'short');
  return (
    <ol className={c('spells')}>
      {spellsOf(value.months).map(({ tier, from, to }) => (
        <li key={from}>
          <TierName tier={tier} />{' '}
          <span className={c('quiet')}>
            {from === to ? name(from) : t('months.spell', { from: name(from), to: name(to) })}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Chart({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation(['customerValue', 'value']);
  const reading = useReading();
  const { estimate } = useEstimates(value.currency);
  const { months } = value;
  const words = months.map(({ month, tier, value: amount }) =>
    t('months.point', {
      month: monthWords(month, reading),
      value: estimate(amount),
      tier: t(`value:tier.${tier}`),
    }),
  );
  const y = scaleOf([0, ...months.map((month) => month.value)], 3);
  return (
    <div className={c('line')}>
      <LineChart
        title={t('months.chart')}
        points={months.map(({ month, value: amount }, index) => ({
          ...{ key: month, x: index, y: amount, label: words[index] ?? '' },
        }))}
        x={{ from: 0, to: Math.max(1, months.length - 1) }}
        y={y}
        xTicks={namedOf(months.length, NAMES_MAX).map((index) => ({
          at: index,
          label: monthWords(months[index]?.month ?? '', reading, 'short'),
        }))}
        yTicks={ticksOn(y, 3).map((at) => ({ at, label: estimate(at) }))}
        hasDots
        tell={(index) => <p>{words[index]}</p>}
        rest={<p className={c('quiet')}>{t('months.chart')}</p>}
      />
    </div>
  );
}

function Figures({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation('customerValue');
  const reading = useReading();
  const { estimate } = useEstimates(value.currency);
  return (
    <Disclosure title={t('asTable')}>
      <Table
        caption={t('months.title')}
        keyOf={({ month }) => month}
        rows={value.months.toReversed()}
        columns={[
          { id: 'month', title: t('months.month'), cell: (row) => monthWords(row.month, reading) },
          {
            id: 'value',
            title: t('months.value'),
            isNumeric: true,
            cell: (row) => estimate(row.value),
          },
          { id: 'tier', title: t('months.tier'), cell: (row) => <TierName tier={row.tier} /> },
        ]}
      />
    </Disclosure>
  );
}
