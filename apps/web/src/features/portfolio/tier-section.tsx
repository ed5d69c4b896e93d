import type { Portfolio } from '@keepsake/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TierName } from '../../platform/tier-name.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { TIER_COLOURS } from '../../platform/value-words.view.ts';
import { classesOf } from '../../ui/classes.ts';
import { Section } from '../../ui/page.tsx';
import { RangeBar } from '../../ui/range-bar.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './portfolio.module.css';
import { type TierRow, tierRows, tierScale } from './portfolio.view.ts';

const c = classesOf(styles);

interface TierSectionProps {
  readonly company: string;
  readonly portfolio: Portfolio;
}

/** The five tiers: how many customers, what they are worth, and what could be won or lost. */
export function TierSection({ company, portfolio }: TierSectionProps) {
  const { t } = useTranslation(['portfolio', 'value']);
  const { estimate, gain, share, number } = useEstimates(portfolio.currency);
  const rows = tierRows(portfolio);
  return (
    <Section title={t('tiers.title')}>
      <p className={c('quiet')}>{t('tiers.text')}</p>
      <Parts rows={rows} />
      <Table
        caption={t('tiers.title')}
        keyOf={({ tier }) => tier}
        rows={rows}
        columns={[
          {
            id: 'tier',
            title: t('tiers.tier'),
            isOneLine: true,
            cell: ({ tier }) => (
              <Link to="/c/$company/value/customers" params={{ company }} search={{ tier }}>
                <TierName tier={tier} />
              </Link>
            ),
          },
          {
            id: 'customers',
            title: t('tiers.customers'),
            isNumeric: true,
            cell: ({ customers }) => number(customers),
          },
          {
            id: 'value',
            title: t('tiers.value'),
            isNumeric: true,
            cell: ({ value }) => estimate(value),
          },
          {
            id: 'share',
            title: t('tiers.share'),
            isNumeric: true,
            cell: ({ shareOfValue }) => share(shareOfValue),
          },
          {
            id: 'mean',
            title: t('tiers.mean'),
            isNumeric: true,
            cell: ({ mean }) => (mean === null ? '–' : estimate(mean)),
          },
          {
            id: 'growth',
            title: t('tiers.growth'),
            isNumeric: true,
            cell: ({ growth }) => gain(growth),
          },
          {
            id: 'atStake',
            title: t('tiers.atStake'),
            isNumeric: true,
            cell: ({ atStake }) => estimate(atStake),
          },
          {
            id: 'spread',
            title: t('tiers.spread'),
            cell: (row) => <Spread row={row} rows={rows} portfolio={portfolio} />,
          },
        ]}
      />
      <p className={c('quiet')}>
        {t('tiers.legend')} {rows.some(({ value }) => value < 0) && t('tiers.parts')}
      </p>
    </Section>
  );
}

/** Customers and value by tier, one above the other: few may hold much. */
function Parts({ rows }: { readonly rows: readonly TierRow[] }) {
  const { t } = useTranslation(['portfolio', 'value']);
  const held = rows.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const lines = [
    { id: 'customers', parts: rows.map((row) => [row.tier, row.shareOfCustomers] as const) },
    {
      id: 'value',
      parts: rows.map((row) => [row.tier, held > 0 ? Math.max(0, row.value) / held : 0] as const),
    },
  ] as const;
  return (
    <div className={c('parts')} aria-hidden="true">
      {lines.map(({ id, parts }) => (
        <div key={id} className={c('partLine')}>
          <span className={c('quiet')}>{t(`tiers.${id}`)}</span>
          <span className={c('partBar')}>
            {parts
              .filter(([, part]) => part > 0)
              .map(([tier, part]) => (
                <span
                  key={tier}
                  title={t(`value:tier.${tier}`)}
                  style={{ flexGrow: part, background: TIER_COLOURS[tier] }}
                />
              ))}
          </span>
        </div>
      ))}
    </div>
  );
}

interface SpreadProps {
  readonly row: TierRow;
  readonly rows: readonly TierRow[];
  readonly portfolio: Portfolio;
}

/** What most customers of a tier are worth: four fifths of them, and the middle one. */
function Spread({ row, rows, portfolio }: SpreadProps) {
  const { t } = useTranslation('portfolio');
  const { alike } = useEstimates(portfolio.currency);
  const [low = 0, , value = 0, , high = 0] = row.quantiles;
  if (row.customers === 0) return '–';
  return (
    <RangeBar
      label={t('tiers.spreadLabel', alike({ value, low, high }))}
      scale={tierScale(rows)}
      marks={[{ at: 0 }]}
      colour={TIER_COLOURS[row.tier]}
      {...{ value, low, high }}
    />
  );
}
