import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEstimates } from '../../platform/use-estimates.ts';
import { ValueCounts } from '../../platform/value-counts.tsx';
import { driverText } from '../../platform/value-words.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { longDateWords } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { Quote } from '../../ui/quote.tsx';
import { Table } from '../../ui/table.tsx';
import styles from './memory.module.css';
import { ObjectDialog } from './object-dialog.tsx';
import { type Differentiation, myValueQuery } from './value.queries.ts';
import { mainReasons, stateOf } from './value.view.ts';

const c = classesOf(styles);

/** How the company differentiates me, and my objection to it. Nothing where nothing is reckoned. */
export function ValueSection({ company }: { readonly company: string }) {
  const own = useQuery(myValueQuery(company)).data?.differentiation;
  if (own === undefined || own === null) return null;
  return <Differentiated company={company} own={own} />;
}

interface DifferentiatedProps {
  readonly company: string;
  readonly own: Differentiation;
}

function Differentiated({ company, own }: DifferentiatedProps) {
  const { t } = useTranslation('memory');
  const [isOpen, setIsOpen] = useState(false);
  const [said, setSaid] = useState('');
  return (
    <Section title={t('value.title')}>
      <p className={c('quiet')}>{t('value.text')}</p>
      <p className={c('said')} aria-live="polite">
        {said}
      </p>
      <Standing own={own} />
      <h3 className={c('part')}>{t('value.counted')}</h3>
      <ValueCounts counts={own.counts} currency={own.currency} />
      <Reasons own={own} />
      <Changes own={own} />
      {own.contest === null && (
        <p>
          <Button onClick={() => setIsOpen(true)}>{t('value.object.open')}</Button>
        </p>
      )}
      {isOpen && (
        <ObjectDialog
          company={company}
          onClose={() => setIsOpen(false)}
          onDone={() => {
            setIsOpen(false);
            setSaid(t('value.object.done'));
          }}
        />
      )}
    </Section>
  );
}

/** Where I am seen, since when, and whether it has effects. */
function Standing({ own }: Pick<DifferentiatedProps, 'own'>) {
  const { t } = useTranslation('memory');
  const reading = useReading();
  const date = (instant: string) => longDateWords(instant, reading);
  const state = stateOf(own);
  return (
    <>
      {own.contest !== null && (
        <Notice title={t('value.object.standing', { date: date(own.contest.at) })}>
          <Quote>{own.contest.words}</Quote>
          <p>{t('value.object.standingText')}</p>
        </Notice>
      )}
      <p className={c('sentence', state !== 'holds' && 'resting')}>
        {t(`value.tier.${own.given}`)}
      </p>
      <p className={c('quiet')}>
        {state === 'old'
          ? t('value.old')
          : t('value.since', { since: date(own.since), expires: date(own.expires) })}
      </p>
      {own.answer !== null && own.contest === null && (
        <div className={c('stack')}>
          <p className={c('quiet')}>{t('value.answer', { date: date(own.answer.at) })}</p>
          <Quote>{own.answer.because}</Quote>
        </div>
      )}
    </>
  );
}

function Reasons({ own }: Pick<DifferentiatedProps, 'own'>) {
  const { t } = useTranslation('memory');
  const { change, reading } = useEstimates(own.currency);
  const reasons = mainReasons(own);
  if (reasons.length === 0) return null;
  return (
    <>
      <h3 className={c('part')}>{t('value.reasons')}</h3>
      <p className={c('quiet')}>{t('value.reasonsText')}</p>
      <Table
        caption={t('value.reasons')}
        keyOf={({ driver }) => driver}
        rows={reasons}
        columns={[
          {
            id: 'what',
            title: t('value.columns.what'),
            cell: ({ driver }) => t(`value.driver.${driver}`),
          },
          {
            id: 'you',
            title: t('value.columns.you'),
            isNumeric: true,
            cell: ({ driver, customer }) => driverText(driver, customer, reading),
          },
          {
            id: 'mean',
            title: t('value.columns.mean'),
            isNumeric: true,
            cell: ({ driver, cohort }) => driverText(driver, cohort, reading),
          },
          {
            id: 'weighs',
            title: t('value.columns.weighs'),
            isNumeric: true,
            cell: ({ amount }) => change(amount),
          },
        ]}
      />
    </>
  );
}

function Changes({ own }: Pick<DifferentiatedProps, 'own'>) {
  const { t } = useTranslation('memory');
  const text = useText();
  const reading = useReading();
  return (
    <>
      <h3 className={c('part')}>{t('value.changes')}</h3>
      {own.treatments.length === 0 ? (
        <p>{t('value.changesNone')}</p>
      ) : (
        <ul className={c('reads')}>
          {own.treatments.map(({ treatment, words, since }) => (
            <li key={treatment}>
              {text(words)}{' '}
              <span className={c('quiet')}>
                {t('value.changesSince', { date: longDateWords(since, reading) })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
