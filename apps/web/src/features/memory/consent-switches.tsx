import type { MyMemory } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { saveText } from '../../platform/save-text.ts';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { longDateWords, momentWords } from '../../ui/date.view.ts';
import { Switch } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import { Section } from '../../ui/page.tsx';
import { Term, Terms } from '../../ui/terms.tsx';
import styles from './memory.module.css';
import { useMemoryActs } from './memory.queries.ts';
import { receiptSummary } from './memory.view.ts';

const c = classesOf(styles);

type Consent = MyMemory['consents'][number];

interface ConsentSwitchesProps {
  readonly company: string;
  readonly memory: MyMemory;
}

/** What I allow, each with what it means and its receipt. */
export function ConsentSwitches({ company, memory }: ConsentSwitchesProps) {
  const { t } = useTranslation('memory');
  const text = useText();
  const { consent } = useMemoryActs(company);
  const [said, setSaid] = useState('');
  const set = ({ purpose, label }: Consent, granted: boolean) =>
    consent.mutate(
      { purpose, granted },
      {
        onSuccess: () =>
          setSaid(t(granted ? 'consents.granted' : 'consents.withdrawn', { name: text(label) })),
      },
    );
  return (
    <Section title={t('consents.title')}>
      <p className={c('quiet')}>{t('consents.text')}</p>
      <p className={c('said')} aria-live="polite">
        {said}
      </p>
      {consent.isError && <FailureNotice error={consent.error} />}
      <ul className={c('consents')}>
        {memory.consents.map((each) => (
          <li key={each.purpose} className={c('consent')}>
            <Switch
              label={<strong>{text(each.label)}</strong>}
              hint={
                <>
                  {text(each.description)} {t(`consents.needs.${each.needs}`)}
                </>
              }
              checked={each.granted}
              disabled={consent.isPending}
              onChange={(event) => set(each, event.target.checked)}
            />
            {each.receipt !== null && <Receipt consent={each} receipt={each.receipt} />}
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface ReceiptProps {
  readonly consent: Consent;
  readonly receipt: NonNullable<Consent['receipt']>;
}

function Receipt({ consent, receipt }: ReceiptProps) {
  const { t } = useTranslation('memory');
  const reading = useReading();
  const summary = receiptSummary(receipt);
  const lines = (
    [
      ['wording', summary.wording],
      ['at', summary.at && momentWords(summary.at, reading)],
      ['controller', summary.controller],
      ['about', summary.about.join(', ')],
      ['number', summary.number],
    ] as const
  ).filter(([, value]) => value !== undefined && value !== '');
  return (
    <details className={c('receipt')}>
      <summary>
        {consent.since === null
          ? t('consents.receipt')
          : t(consent.granted ? 'consents.since' : 'consents.until', {
              date: longDateWords(consent.since, reading),
            })}
      </summary>
      <div className={c('lines')}>
        <Terms>
          {lines.map(([name, value]) => (
            <Term key={name} term={t(`receipt.${name}`)}>
              {value}
            </Term>
          ))}
        </Terms>
      </div>
      <Button
        kind="quiet"
        onClick={() =>
          saveText(JSON.stringify(receipt, null, 2), `receipt-${summary.number ?? 'consent'}.json`)
        }
      >
        {t('receipt.save')}
      </Button>
    </details>
  );
}
