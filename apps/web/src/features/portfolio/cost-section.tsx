import type { ValueDocument } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChannelName } from '../../platform/channel-name.ts';
import { useEstimates } from '../../platform/use-estimates.ts';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarWords, dayWords } from '../../ui/date.view.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Section } from '../../ui/page.tsx';
import { Table } from '../../ui/table.tsx';
import { Term, Terms } from '../../ui/terms.tsx';
import { CostForm } from './cost-form.tsx';
import { type ShownCosts, shownCosts } from './cost-form.view.ts';
import styles from './terms.module.css';

const c = classesOf(styles);

interface CostSectionProps {
  readonly company: string;
  /** The newest first. */
  readonly costs: readonly ValueDocument[];
  readonly currency: string;
}

/** What orders bring and customers cost, and a new table from a day on. */
export function CostSection({ company, costs, currency }: CostSectionProps) {
  const { t } = useTranslation('terms');
  const [isOpen, setIsOpen] = useState(false);
  const [current, ...older] = costs;
  const shown = current && shownCosts(current.document);
  return (
    <Section title={t('costs.title')}>
      {current === undefined || shown === undefined ? (
        <p>{t('costs.none')}</p>
      ) : (
        <>
          <Made document={current} costs={shown} />
          <Costs costs={shown} currency={currency} />
        </>
      )}
      {isOpen ? (
        <CostForm {...{ company, currency }} known={shown} onClose={() => setIsOpen(false)} />
      ) : (
        <div>
          <Button
            kind={current === undefined ? 'primary' : 'secondary'}
            onClick={() => setIsOpen(true)}
          >
            {t(current === undefined ? 'costs.begin' : 'costs.change')}
          </Button>
        </div>
      )}
      {older.length > 0 && <Older documents={older} currency={currency} />}
    </Section>
  );
}

function Made(props: { readonly document: ValueDocument; readonly costs: ShownCosts }) {
  const { t } = useTranslation('terms');
  const reading = useReading();
  const { document, costs } = props;
  const when = dayWords(document.madeAt, reading);
  return (
    <p className={c('quiet')}>
      {t('costs.current', {
        version: document.version,
        from: calendarWords(costs.validFrom, reading),
      })}
      {', '}
      {document.madeBy === null
        ? t('unsigned', { when })
        : t('made', { by: document.madeBy, when })}
    </p>
  );
}

function Costs({ costs, currency }: { readonly costs: ShownCosts; readonly currency: string }) {
  const { t } = useTranslation('terms');
  const { small, share } = useEstimates(currency);
  const channelName = useChannelName();
  return (
    <div className={c('parts')}>
      <Terms isTight>
        <Term term={t('costs.margin')}>{share(costs.margin, 1)}</Term>
        <Term term={t('costs.perOrder')}>{small(costs.perOrder)}</Term>
        <Term term={t('costs.perLine')}>{small(costs.perLine)}</Term>
        <Term term={t('costs.perReturn')}>{small(costs.perReturn)}</Term>
        <Term term={t('costs.payment')}>{share(costs.payment, 1)}</Term>
        <Term term={t('costs.discount')}>{share(costs.discount, 1)}</Term>
      </Terms>
      {costs.byCategory.length > 0 && (
        <div className={c('stack')}>
          <h3>{t('costs.byCategory')}</h3>
          <Terms isTight>
            {costs.byCategory.map(({ name, value }) => (
              <Term key={name} term={name.replaceAll('-', ' ')}>
                {share(value, 1)}
              </Term>
            ))}
          </Terms>
        </div>
      )}
      {costs.perContact.length > 0 && (
        <div className={c('stack')}>
          <h3>{t('costs.perContact')}</h3>
          <Terms isTight>
            {costs.perContact.map(({ name, value }) => (
              <Term key={name} term={channelName(name)}>
                {small(value)}
              </Term>
            ))}
          </Terms>
        </div>
      )}
    </div>
  );
}

function Older(props: { readonly documents: readonly ValueDocument[]; readonly currency: string }) {
  const { t } = useTranslation('terms');
  const reading = useReading();
  const { small, share } = useEstimates(props.currency);
  const rows = props.documents.map((document) => ({
    document,
    costs: shownCosts(document.document),
  }));
  return (
    <Disclosure title={t('costs.older')}>
      <Table
        caption={t('costs.older')}
        keyOf={({ document }) => document.version}
        rows={rows}
        columns={[
          { id: 'version', title: t('costs.version'), cell: ({ document }) => document.version },
          {
            id: 'from',
            title: t('costs.validFrom'),
            cell: ({ costs }) => calendarWords(costs.validFrom, reading),
          },
          {
            id: 'margin',
            title: t('costs.margin'),
            isNumeric: true,
            cell: ({ costs }) => share(costs.margin, 1),
          },
          {
            id: 'order',
            title: t('costs.perOrder'),
            isNumeric: true,
            cell: ({ costs }) => small(costs.perOrder),
          },
          {
            id: 'return',
            title: t('costs.perReturn'),
            isNumeric: true,
            cell: ({ costs }) => small(costs.perReturn),
          },
        ]}
      />
    </Disclosure>
  );
}
