import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '../../platform/loaded.tsx';
import { useSite } from '../../platform/site-choice.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dayWords } from '../../ui/date.view.ts';
import { TextInput } from '../../ui/field.tsx';
import { useLocale, useText } from '../../ui/locale.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import { Table } from '../../ui/table.tsx';
import { PlaceBar } from './place-bar.tsx';
import { ReceiveDialog } from './receive-dialog.tsx';
import styles from './workshop.module.css';
import { stockQuery } from './workshop.queries.ts';
import { stockRoute } from './workshop.routes.ts';
import { findStock, quantityWords, type StockLine } from './workshop.view.ts';

const c = classesOf(styles);

/** What is on hand, reserved and on its way. */
export function StockListPage() {
  const { t } = useTranslation('workshop');
  const { company } = stockRoute.useParams();
  return (
    <StaffGate company={company} roles={['maker', 'product-manager']} title={t('stock.title')}>
      <Page title={t('stock.title')}>
        <PlaceBar company={company} />
        <Stock company={company} />
      </Page>
    </StaffGate>
  );
}

function Stock({ company }: { readonly company: string }) {
  const { t } = useTranslation(['workshop', 'common']);
  const text = useText();
  const { site } = useSite(company);
  const query = useQuery(stockQuery(company, site?.id));
  const [wanted, setWanted] = useState('');
  const [receiving, setReceiving] = useState<StockLine>();
  const [said, setSaid] = useState('');
  return (
    <>
      <TextInput
        label={t('stock.find')}
        type="search"
        autoComplete="off"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      <p className={c('said')} aria-live="polite">
        {said}
      </p>
      <Loaded query={query} skeleton={<SkeletonLines lines={10} label={t('common:loading')} />}>
        {({ items }) => {
          const rows = findStock(items, wanted, (row) => text(row.name));
          return rows.length === 0 ? (
            <p className={c('quiet')}>{t('stock.none')}</p>
          ) : (
            <StockTable rows={rows} timeZone={site?.timeZone} onReceive={setReceiving} />
          );
        }}
      </Loaded>
      {receiving !== undefined && site !== undefined && (
        <ReceiveDialog
          company={company}
          site={site.id}
          row={receiving}
          onClose={() => setReceiving(undefined)}
          onReceived={(words) => {
            setReceiving(undefined);
            setSaid(words);
          }}
        />
      )}
    </>
  );
}

interface StockTableProps {
  readonly rows: readonly StockLine[];
  readonly timeZone: string | undefined;
  readonly onReceive: (row: StockLine) => void;
}

function StockTable({ rows, timeZone, onReceive }: StockTableProps) {
  const { t } = useTranslation('workshop');
  const text = useText();
  const locale = useLocale();
  const reading = useReading(timeZone);
  const number = (value: number) => quantityWords(value, '', locale);
  return (
    <Table
      caption={t('stock.title')}
      rows={rows}
      keyOf={(row) => row.item}
      columns={[
        {
          id: 'name',
          title: t('stock.name'),
          cell: (row) => (
            <span className={c('partName')}>
              {text(row.name)}
              <span className={c('item')}>
                {[row.bin, row.item].filter((each) => each !== null).join(' · ')}
              </span>
            </span>
          ),
        },
        {
          id: 'available',
          title: t('stock.available'),
          isNumeric: true,
          cell: (row) => (
            <strong className={c('cell', row.available <= 0 && 'late')}>
              {number(row.available)}
            </strong>
          ),
        },
        {
          id: 'receive',
          title: t('stock.receive'),
          isNumeric: true,
          cell: (row) => (
            <span className={c('cell')}>
              <Button
                size="large"
                aria-label={t('stock.receiveOf', { name: text(row.name) })}
                onClick={() => onReceive(row)}
              >
                {t('stock.receive')}
              </Button>
            </span>
          ),
        },
        {
          id: 'onHand',
          title: t('stock.onHand'),
          isNumeric: true,
          cell: (row) => <span className={c('cell')}>{number(row.onHand)}</span>,
        },
        {
          id: 'reserved',
          title: t('stock.reserved'),
          isNumeric: true,
          cell: (row) => <span className={c('cell')}>{number(row.reserved)}</span>,
        },
        {
          id: 'incoming',
          title: t('stock.incoming'),
          isNumeric: true,
          cell: (row) => (
            <span className={c('cell')}>
              {row.incoming.length === 0
                ? t('stock.lead', { count: row.leadTimeDays })
                : row.incoming
                    .map(({ at, quantity }) => `${number(quantity)}: ${dayWords(at, reading)}`)
                    .join(', ')}
            </span>
          ),
        },
      ]}
    />
  );
}
