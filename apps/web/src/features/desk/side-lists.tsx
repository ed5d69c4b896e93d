import type { GuestCard } from '@keepsake/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarWords, dateWords, momentWords } from '../../ui/date.view.ts';
import { TickIcon } from '../../ui/icons.tsx';
import { useText } from '../../ui/locale.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './desk.module.css';
import { sortOrders, splitTasks } from './guest-card.view.ts';
import { Tasks } from './tasks.tsx';

const c = classesOf(styles);

interface TaskListProps {
  readonly tasks: readonly GuestCard['tasks'][number][];
  readonly today: string;
  readonly timeZone: string | undefined;
}

/** What is to be done for the guest: today, and then. */
export function TaskList({ tasks, today, timeZone }: TaskListProps) {
  const { t } = useTranslation('desk');
  const { now, later } = splitTasks(tasks, today, timeZone);
  if (now.length + later.length === 0) return null;
  return (
    <Section title={t('tasks.today')}>
      {now.length === 0 ? (
        <p className={c('quiet')}>{t('tasks.none')}</p>
      ) : (
        <Tasks tasks={now} timeZone={timeZone} />
      )}
      {later.length > 0 && (
        <details>
          <summary className={c('summary')}>{t('tasks.later', { count: later.length })}</summary>
          <Tasks tasks={later} timeZone={timeZone} />
        </details>
      )}
    </Section>
  );
}

/** Few enough to be looked through; the rest is folded away. */
const ORDERS_SHOWN = 4;

interface OrderListProps {
  readonly company: string;
  readonly orders: GuestCard['orders'];
}

/** Stays and orders, what is under way first. */
export function OrderList({ company, orders }: OrderListProps) {
  const { t } = useTranslation('desk');
  const sorted = sortOrders(orders);
  if (sorted.length === 0) return null;
  const rest = sorted.slice(ORDERS_SHOWN);
  return (
    <Section title={t('orders.title')}>
      <OrderRows company={company} orders={sorted.slice(0, ORDERS_SHOWN)} />
      {rest.length > 0 && (
        <details>
          <summary className={c('summary')}>{t('orders.older', { count: rest.length })}</summary>
          <OrderRows company={company} orders={rest} />
        </details>
      )}
    </Section>
  );
}

function OrderRows({ company, orders }: OrderListProps) {
  const { t } = useTranslation(['desk', 'order']);
  const text = useText();
  const reading = useReading();
  return (
    <ul className={c('plain')}>
      {orders.map((order) => (
        <li key={order.id} className={c('line')}>
          <span>
            <Link to="/c/$company/orders/$order" params={{ company, order: order.id }}>
              {text(order.familyName)}
            </Link>{' '}
            <span className={c('quiet')}>{order.number}</span>
          </span>
          <span className={c('quiet')}>
            {t(`order:state.${order.state}`)} ·{' '}
            {order.stay === null
              ? dateWords(order.ready, reading)
              : `${calendarWords(order.stay.arrive, reading)} – ${calendarWords(order.stay.depart, reading)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the guest allows. */
export function ConsentList({ consents }: { readonly consents: GuestCard['consents'] }) {
  const { t } = useTranslation('desk');
  const text = useText();
  const reading = useReading();
  return (
    <Section title={t('consents.title')}>
      <ul className={c('plain')}>
        {consents.map((consent) => (
          <li key={consent.purpose} className={c('line')}>
            <span>
              {text(consent.label)}{' '}
              <span className={c(consent.granted ? 'granted' : 'quiet')}>
                {consent.granted && <TickIcon size={14} />}
                {t(consent.granted ? 'consents.yes' : 'consents.no')}
              </span>
            </span>
            <span className={c('quiet')}>
              {consent.needs === 'contract'
                ? t('consents.contract')
                : consent.since !== null &&
                  t('consents.since', { date: dateWords(consent.since, reading) })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Few enough to be read before speaking. */
const NOTES_SHOWN = 5;

/** What colleagues wrote last, newest first. */
export function NoteList({ notes }: { readonly notes: GuestCard['notes'] }) {
  const { t } = useTranslation('desk');
  const reading = useReading();
  if (notes.length === 0) return null;
  const sorted = [...notes].sort((a, b) => b.at.localeCompare(a.at)).slice(0, NOTES_SHOWN);
  return (
    <Section title={t('notes.title')}>
      <ul className={c('plain')}>
        {sorted.map((note) => (
          <li key={`${note.at}:${note.text}`} className={c('line')}>
            <span className={c('noteText')} dir="auto">
              {note.text}
            </span>
            <span className={c('quiet')}>
              {[note.by, note.placeName, momentWords(note.at, reading)]
                .filter((each) => each !== null)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
