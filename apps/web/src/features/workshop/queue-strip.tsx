import type { BoardCard } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { dateWords, timeWords } from '../../ui/date.view.ts';
import { useText } from '../../ui/locale.tsx';
import styles from './workshop.module.css';
import { dueTone } from './workshop.view.ts';

const c = classesOf(styles);

interface QueueStripProps {
  readonly cards: readonly BoardCard[];
  readonly current: string | undefined;
  readonly doneToday: number;
  readonly timeZone: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** The queue as a thin strip: what comes, with its state and when it is due. */
export function QueueStrip({ cards, current, doneToday, timeZone, onChoose }: QueueStripProps) {
  const { t } = useTranslation('workshop');
  const text = useText();
  const reading = useReading(timeZone);
  return (
    <div className={c('queue')}>
      <p className={c('count')} aria-live="polite">
        <strong>{t('queue.open', { count: cards.length })}</strong>
        <span className={c('quiet')}>{t('queue.done', { count: doneToday })}</span>
      </p>
      {cards.length > 0 && (
        <ul className={c('strip')} aria-label={t('queue.label')}>
          {cards.map((card) => {
            const tone = dueTone(card.due, reading.now, timeZone);
            const due =
              tone === 'today' ? timeWords(card.due, reading) : dateWords(card.due, reading);
            return (
              <li key={card.id}>
                <button
                  type="button"
                  className={c('ticket', card.state)}
                  aria-current={card.id === current || undefined}
                  onClick={() => onChoose(card.id)}
                >
                  <span className={c('ticketName')}>{text(card.name)}</span>
                  <span className={c('ticketLine')}>
                    {card.orderNumber} · {t(`state.${card.state}`)}
                  </span>
                  <span className={c('ticketLine', tone === 'late' && 'late')}>
                    {t(tone === 'late' ? 'due.late' : 'due.by', { date: due })}
                  </span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
