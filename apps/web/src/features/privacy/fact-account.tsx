import type { AccountedFact, MemoryAccount } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { EvidenceMarks } from '../../platform/evidence-marks.tsx';
import { factShort } from '../../platform/fact.view.ts';
import { readersOf } from '../../platform/read-lines.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { momentWords } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Term, Terms } from '../../ui/terms.tsx';
import styles from './privacy.module.css';
import { readersByPurpose } from './privacy.view.ts';
import { ReaderList } from './readings.tsx';

const c = classesOf(styles);

interface FactAccountProps {
  readonly fact: AccountedFact;
  readonly account: MemoryAccount;
}

/** One fact: when it was true, when it was believed, from where, who may read it and who did. */
export function FactAccount({ fact, account }: FactAccountProps) {
  const { t } = useTranslation('privacy');
  const { t: words } = useTranslation('fact');
  const text = useText();
  const reading = useReading();
  const name = factShort(fact, words, reading.locale);
  const { may, mayNot } = readersByPurpose(fact, account.consents);
  const lines = readersOf(account.reads, fact.id);
  const names = (list: typeof may) => list.map(({ label }) => text(label)).join(', ');
  const span = (from: string, until: string | null) =>
    until === null
      ? t('facts.from', { from: momentWords(from, reading) })
      : t('facts.span', { from: momentWords(from, reading), until: momentWords(until, reading) });
  return (
    <li className={c('fact')}>
      <p className={c('factName')}>
        {name}
        {fact.scope.placeName !== null && (
          <span className={c('quiet')}> {words('only', { place: fact.scope.placeName })}</span>
        )}
      </p>
      <Terms>
        <Term term={t('facts.true')}>{span(fact.since, fact.until)}</Term>
        <Term term={t('facts.believed')}>{span(fact.believedFrom, fact.believedUntil)}</Term>
        <Term term={t('facts.readable')}>{may.length === 0 ? t('facts.nobody') : names(may)}</Term>
        {mayNot.length > 0 && (
          <Term term={t('facts.withheld')}>
            <span className={c('warn')}>{names(mayNot)}</span>
          </Term>
        )}
      </Terms>
      <div className={c('acts')}>
        <EvidenceMarks evidence={fact.evidence} about={name} />
        <Popover
          title={t('readings.title')}
          trigger={
            <Button kind="quiet" aria-label={t('readings.openFor', { name })}>
              {t('readings.open')}
            </Button>
          }
        >
          {lines.length === 0 ? (
            <p>{t('readings.none')}</p>
          ) : (
            <ReaderList lines={lines} account={account} />
          )}
        </Popover>
      </div>
    </li>
  );
}
