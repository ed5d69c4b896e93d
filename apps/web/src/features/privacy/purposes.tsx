import type { MemoryAccount } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { saveText } from '../../platform/save-text.ts';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { longDateWords } from '../../ui/date.view.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useText } from '../../ui/locale.tsx';
import { Section } from '../../ui/page.tsx';
import type { PersonProps } from './account.page.tsx';
import styles from './privacy.module.css';
import { useErasePurpose } from './privacy.queries.ts';
import { fileName, keptCount } from './privacy.view.ts';

const c = classesOf(styles);

type Consent = MemoryAccount['consents'][number];

interface PurposesProps extends PersonProps {
  readonly account: MemoryAccount;
}

/** Each purpose: whether it is allowed, its receipt, and erasing what is kept for it. */
export function Purposes({ company, guest, account }: PurposesProps) {
  const { t } = useTranslation('privacy');
  const text = useText();
  const [chosen, setChosen] = useState<Consent>();
  const [said, setSaid] = useState('');
  return (
    <Section title={t('purposes.title')}>
      <p className={c('quiet')}>{t('purposes.text')}</p>
      <p className={c('said')} aria-live="polite">
        {said}
      </p>
      <ul className={c('purposes')}>
        {account.consents.map((consent) => (
          <PurposeLine
            key={consent.purpose}
            consent={consent}
            count={keptCount(account.facts, consent.purpose)}
            onErase={() => setChosen(consent)}
          />
        ))}
      </ul>
      {chosen !== undefined && (
        <ErasePurposeDialog
          company={company}
          guest={guest}
          consent={chosen}
          onClose={() => setChosen(undefined)}
          onDone={(count) => setSaid(t('purposes.erased', { count, name: text(chosen.label) }))}
        />
      )}
    </Section>
  );
}

interface PurposeLineProps {
  readonly consent: Consent;
  readonly count: number;
  readonly onErase: () => void;
}

function PurposeLine({ consent, count, onErase }: PurposeLineProps) {
  const { t } = useTranslation('privacy');
  const text = useText();
  const reading = useReading();
  const { since, granted, receipt } = consent;
  const name = text(consent.label);
  const state =
    since === null
      ? t(granted ? 'purposes.contract' : 'purposes.never')
      : t(granted ? 'purposes.since' : 'purposes.until', { date: longDateWords(since, reading) });
  return (
    <li className={c('purpose')}>
      <div>
        <strong>{name}</strong>
        <p className={c('quiet')}>
          {state} · {t('purposes.kept', { count })}
        </p>
      </div>
      <div className={c('acts')}>
        {receipt !== null && (
          <Button
            kind="quiet"
            aria-label={t('purposes.receiptFor', { name })}
            onClick={() =>
              saveText(
                JSON.stringify(receipt, null, 2),
                fileName('receipt', String(receipt['dpv:hasIdentifier']), Date.now()),
              )
            }
          >
            {t('purposes.receipt')}
          </Button>
        )}
        {count > 0 && (
          <Button kind="quiet" aria-label={t('purposes.eraseFor', { name })} onClick={onErase}>
            {t('purposes.erase')}
          </Button>
        )}
      </div>
    </li>
  );
}

interface ErasePurposeDialogProps extends PersonProps {
  readonly consent: Consent;
  readonly onClose: () => void;
  readonly onDone: (facts: number) => void;
}

function ErasePurposeDialog(props: ErasePurposeDialogProps) {
  const { t } = useTranslation(['privacy', 'common']);
  const text = useText();
  const erasePurpose = useErasePurpose(props);
  const name = text(props.consent.label);
  const erase = () =>
    erasePurpose.mutate(props.consent.purpose, {
      onSuccess: ({ facts }) => {
        props.onDone(facts);
        props.onClose();
      },
    });
  return (
    <Dialog
      title={t('purposes.eraseTitle', { name })}
      closeLabel={t('common:close')}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t('common:cancel')}</Button>
          <Button kind="danger" isBusy={erasePurpose.isPending} onClick={erase}>
            {t('purposes.erase')}
          </Button>
        </>
      }
    >
      <p>{t('purposes.eraseText')}</p>
      {props.consent.needs !== 'contract' && <p>{t('purposes.eraseConsent')}</p>}
      {erasePurpose.isError && <FailureNotice error={erasePurpose.error} />}
    </Dialog>
  );
}
