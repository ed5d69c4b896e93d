import type { Portfolio } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { TierName } from '../../platform/tier-name.tsx';
import { shareText, TIER_COLOURS } from '../../platform/value-words.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { monthWords } from '../../ui/date.view.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Select } from '../../ui/field.tsx';
import { FlowChart } from '../../ui/flow-chart.tsx';
import { useLocale } from '../../ui/locale.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import { Section } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './portfolio.module.css';
import { migrationQuery } from './portfolio.queries.ts';
import { type Flows, flowsOf } from './portfolio.view.ts';

const c = classesOf(styles);

interface FlowSectionProps {
  readonly company: string;
  readonly months: Portfolio['months'];
}

/** Where customers went between two months. */
export function FlowSection({ company, months }: FlowSectionProps) {
  const { t } = useTranslation('portfolio');
  const [chosen, setChosen] = useState<{ readonly from?: string; readonly to?: string }>({});
  const names = months.map(({ month }) => month);
  const to = chosen.to ?? names.at(-1);
  const from = chosen.from ?? names.at(-2);
  if (from === undefined || to === undefined) {
    return (
      <Section title={t('flow.title')}>
        <p className={c('quiet')}>{t('flow.none')}</p>
      </Section>
    );
  }
  return (
    <Section title={t('flow.title')}>
      <div className={c('pickers', 'noPrint')}>
        <MonthSelect
          label={t('flow.from')}
          months={names.filter((month) => month < to)}
          value={from}
          onChange={(month) => setChosen({ ...chosen, from: month })}
        />
        <MonthSelect
          label={t('flow.to')}
          months={names.filter((month) => month > from)}
          value={to}
          onChange={(month) => setChosen({ ...chosen, to: month })}
        />
      </div>
      <Picture company={company} from={from} to={to} />
    </Section>
  );
}

interface MonthSelectProps {
  readonly label: string;
  readonly months: readonly string[];
  readonly value: string;
  readonly onChange: (month: string) => void;
}

function MonthSelect({ label, months, value, onChange }: MonthSelectProps) {
  const reading = useReading();
  return (
    <Select label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      {months.map((month) => (
        <option key={month} value={month}>
          {monthWords(month, reading)}
        </option>
      ))}
    </Select>
  );
}

interface PictureProps {
  readonly company: string;
  readonly from: string;
  readonly to: string;
}

function Picture({ company, from, to }: PictureProps) {
  const { t } = useTranslation('common');
  const query = useQuery(migrationQuery(company, from, to));
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('loading')} />}>
      {(migration) => <Flow flows={flowsOf(migration)} from={migration.from} to={migration.to} />}
    </Loaded>
  );
}

interface FlowProps {
  readonly flows: Flows;
  readonly from: string;
  readonly to: string;
}

function Flow({ flows, from, to }: FlowProps) {
  const { t } = useTranslation(['portfolio', 'value']);
  const locale = useLocale();
  const reading = useReading();
  const number = numberFormat(locale);
  const places = (side: Flows['before']) =>
    side.map(({ tier, customers }) => ({
      key: tier,
      size: customers,
      name: t(`value:tier.${tier}`),
      amount: number.format(customers),
      colour: TIER_COLOURS[tier],
    }));
  const words = (row: { readonly from: string; readonly to: string }, count: number) =>
    t('flow.link', {
      count,
      customers: number.format(count),
      from: t(`value:tier.${row.from as 'absent'}`),
      to: t(`value:tier.${row.to as 'absent'}`),
    });
  const stayed =
    flows.stayedShare === null
      ? t('flow.nobody')
      : t('flow.stayed', {
          share: shareText(flows.stayedShare, locale),
          came: number.format(flows.came),
        });
  const [before, after] = [monthWords(from, reading), monthWords(to, reading)];
  return (
    <>
      <FlowChart
        label={t('flow.label', { from: before, to: after })}
        from={before}
        to={after}
        left={places(flows.before)}
        right={places(flows.after)}
        links={flows.rows.map((row) => ({ from: row.from, to: row.to, size: row.customers }))}
        tell={(link) => <p>{words(link, link.size)}</p>}
        rest={<p>{stayed}</p>}
      />
      <Disclosure title={t('value:asTable')}>
        <Table
          caption={t('flow.label', { from: before, to: after })}
          keyOf={(row) => `${row.from} ${row.to}`}
          rows={flows.rows}
          columns={[
            { id: 'from', title: before, cell: (row) => <TierName tier={row.from} /> },
            { id: 'to', title: after, cell: (row) => <TierName tier={row.to} /> },
            {
              id: 'customers',
              title: t('tiers.customers'),
              isNumeric: true,
              cell: (row) => number.format(row.customers),
            },
          ]}
        />
      </Disclosure>
    </>
  );
}
