import type { DeferredDuplicate, Verdict } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords, momentWords } from '../../ui/date.view.ts';
import { Section } from '../../ui/page.tsx';
import styles from './identity.module.css';
import { VerdictLine } from './verdict-line.tsx';

const c = classesOf(styles);

interface DeferredListProps {
  readonly deferred: readonly DeferredDuplicate[];
  readonly isBusy: boolean;
  readonly onNow: (pair: DeferredDuplicate) => void;
}

/** Pairs that are put off: by whom, until when, and looking at them after all. */
export function DeferredList({ deferred, isBusy, onNow }: DeferredListProps) {
  const { t } = useTranslation('desk');
  const reading = useReading();
  if (deferred.length === 0) return null;
  return (
    <Section title={t('duplicates.deferred')}>
      <ul className={c('rows')} aria-label={t('duplicates.deferred')}>
        {deferred.map((pair) => {
          const names = { a: pair.a.name, b: pair.b.name };
          return (
            <li key={`${pair.a.id} ${pair.b.id}`} className={c('row')}>
              <p>
                {t('duplicates.pair', names)}{' '}
                <span className={c('quiet')}>
                  {t('duplicates.until', { date: dateWords(pair.until, reading) })} ·{' '}
                  {pair.byName ?? t('alias.somebody')} · {momentWords(pair.at, reading)}
                </span>
              </p>
              <div>
                <Button
                  isBusy={isBusy}
                  aria-label={t('duplicates.nowFor', names)}
                  onClick={() => onNow(pair)}
                >
                  {t('duplicates.now')}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

interface DecidedListProps {
  readonly decided: readonly Verdict[];
  readonly isBusy: boolean;
  readonly onUndo: (verdict: string) => void;
}

/** What was decided last, each to be taken back. */
export function DecidedList({ decided, isBusy, onUndo }: DecidedListProps) {
  const { t } = useTranslation('desk');
  if (decided.length === 0) return null;
  return (
    <Section title={t('duplicates.decided')}>
      <ul className={c('rows')} aria-label={t('duplicates.decided')}>
        {decided.map((verdict) => (
          <li key={verdict.id} className={c('row')}>
            <VerdictLine verdict={verdict} isBusy={isBusy} onUndo={() => onUndo(verdict.id)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
