import type { MemoryAccount } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ReadLine, readLines } from '../../platform/read-lines.view.ts';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { momentWords } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './privacy.module.css';

const c = classesOf(styles);

/** Few enough to be read; the rest comes when asked for. */
const LINES_SHOWN = 8;

const TOUCHPOINTS = [
  'guest-card',
  'my-memory',
  'studio',
  'operation',
  'order',
  'check-in',
  'privacy',
] as const;

/** Who read anything, the newest first. */
export function Readings({ account }: { readonly account: MemoryAccount }) {
  const { t } = useTranslation('privacy');
  const [isWhole, setWhole] = useState(false);
  const lines = readLines(account.reads);
  const shown = isWhole ? lines : lines.slice(0, LINES_SHOWN);
  return (
    <Section title={t('readings.all')}>
      <p className={c('quiet')}>{t(lines.length === 0 ? 'readings.none' : 'readings.text')}</p>
      {lines.length > 0 && <ReaderList lines={shown} account={account} isCounting />}
      {shown.length < lines.length && (
        <p>
          <Button onClick={() => setWhole(true)}>
            {t('readings.more', { count: lines.length - shown.length })}
          </Button>
        </p>
      )}
    </Section>
  );
}

interface ReaderListProps {
  readonly lines: readonly ReadLine[];
  readonly account: MemoryAccount;
  /** Whether each line says how many facts were read. */
  readonly isCounting?: boolean;
}

/** Who read, where, when and for what. */
export function ReaderList({ lines, account, isCounting = false }: ReaderListProps) {
  const { t } = useTranslation('privacy');
  const text = useText();
  const reading = useReading();
  return (
    <ul className={c('reads')}>
      {lines.map((line) => {
        const purpose = account.consents.find((each) => each.purpose === line.purpose)?.label;
        const place = TOUCHPOINTS.find((each) => each === line.touchpoint);
        const parts = [
          place === undefined ? line.touchpoint : t(`touchpoint.${place}`),
          momentWords(line.at, reading),
          purpose !== undefined && text(purpose),
          isCounting && t('readings.facts', { count: line.factIds.length }),
          line.count > 1 && t('readings.times', { count: line.count }),
        ].filter((part) => part !== false);
        return (
          <li key={line.key}>
            <strong>
              {line.actor === 'staff'
                ? (line.actorName ?? t('reader.staff'))
                : t(`reader.${line.actor}`)}
            </strong>{' '}
            <span className={c('quiet')}>{parts.join(' · ')}</span>
          </li>
        );
      })}
    </ul>
  );
}
