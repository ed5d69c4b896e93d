import type { CustomerValue } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { MonthChart } from '../../platform/month-chart.tsx';
import { TierName } from '../../platform/tier-name.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { monthWords } from '../../ui/date.view.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Section } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './customer-value.module.css';
import { spellsOf } from './customer-value.view.ts';

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
  const points = months.map(({ month, tier, value: amount }) => ({
    ...{ month, value: amount },
    words: t('months.point', {
      month: monthWords(month, reading),
      value: estimate(amount),
      tier: t(`value:tier.${tier}`),
    }),
  }));
  return (
    <div className={c('line')}>
      <MonthChart
        title={t('months.chart')}
        rest={<p className={c('quiet')}>{t('months.chart')}</p>}
        text={estimate}
        names={NAMES_MAX}
        steps={3}
        points={points}
      />
    </div>
  );
}

function Figures({ value }: { readonly value: CustomerValue }) {
  const { t } = useTranslation(['customerValue', 'value']);
  const reading = useReading();
  const { estimate } = useEstimates(value.currency);
  return (
    <Disclosure title={t('value:asTable')}>
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
