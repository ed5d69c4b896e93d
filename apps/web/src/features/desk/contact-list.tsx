import type { GuestContact } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarWords } from '../../ui/date.view.ts';
import { UndoIcon } from '../../ui/icons.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './contact.module.css';
import { contactsQuery, useContacts } from './contact.queries.ts';
import { canUndo, isUsual } from './contact.view.ts';
import { ContactDialog } from './contact-dialog.tsx';
import type { CardKey } from './desk.queries.ts';

const c = classesOf(styles);

/** Few enough to be looked through; the rest is folded away. */
const CONTACTS_SHOWN = 4;

/** What the guest came to service with last, and the way to record more. */
export function ContactList({ cardKey }: { readonly cardKey: CardKey }) {
  const { t } = useTranslation('desk');
  const { data, error } = useQuery(contactsQuery(cardKey.company, cardKey.guest));
  const { undo } = useContacts(cardKey);
  const [isRecording, setRecording] = useState(false);
  const lines = (contacts: readonly GuestContact[]) => (
    <ul className={c('list')}>
      {contacts.map((contact) => (
        <ContactLine
          key={`${contact.source}:${contact.id}`}
          contact={contact}
          isBusy={undo.isPending}
          onUndo={() => undo.mutate(contact.id)}
        />
      ))}
    </ul>
  );
  const rest = data?.slice(CONTACTS_SHOWN) ?? [];
  return (
    <Section title={t('contacts.title')}>
      {error !== null && <FailureNotice error={error} />}
      {undo.error !== null && <FailureNotice error={undo.error} />}
      {data?.length === 0 && <p className={c('quiet')}>{t('contacts.none')}</p>}
      {data !== undefined && lines(data.slice(0, CONTACTS_SHOWN))}
      {rest.length > 0 && (
        <details>
          <summary>{t('contacts.older', { count: rest.length })}</summary>
          {lines(rest)}
        </details>
      )}
      <div>
        <Button onClick={() => setRecording(true)}>{t('contacts.record')}</Button>
      </div>
      {isRecording && <ContactDialog cardKey={cardKey} onClose={() => setRecording(false)} />}
    </Section>
  );
}

interface ContactLineProps {
  readonly contact: GuestContact;
  readonly isBusy: boolean;
  readonly onUndo: () => void;
}

function ContactLine({ contact, isBusy, onUndo }: ContactLineProps) {
  const { t } = useTranslation('desk');
  const reading = useReading();
  const { channel, day, by, source, ownFault, reason } = contact;
  const way = isUsual(channel) ? t(`contacts.channel.${channel}`) : channel.replaceAll('-', ' ');
  const date = calendarWords(day, reading);
  const who =
    source === 'desk' ? (by ?? t('contacts.somebody')) : t('contacts.takenOver', { source });
  return (
    <li className={c('contact')}>
      <span className={c('told')}>
        <span>
          {way} {ownFault && <span className={c('fault')}>{t('contacts.ownFault')}</span>}
        </span>
        {reason !== null && (
          <span className={c('reason')} dir="auto">
            {reason}
          </span>
        )}
        <span className={c('quiet')}>
          {date} · {who}
        </span>
      </span>
      {canUndo(contact, Date.now()) && (
        <Button
          kind="quiet"
          isBusy={isBusy}
          aria-label={t('contacts.undoFor', { channel: way, date })}
          onClick={onUndo}
        >
          <UndoIcon /> {t('contacts.undo')}
        </Button>
      )}
    </li>
  );
}
