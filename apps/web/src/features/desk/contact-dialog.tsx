import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Checkbox, RadioRow, TextArea, TextInput } from '../../ui/field.tsx';
import styles from './contact.module.css';
import { useContacts } from './contact.queries.ts';
import {
  type ContactDraft,
  channelOf,
  contactRequest,
  EMPTY_CONTACT,
  USUAL_CHANNELS,
} from './contact.view.ts';
import type { CardKey } from './desk.queries.ts';

const c = classesOf(styles);

interface ContactDialogProps {
  readonly cardKey: CardKey;
  readonly onClose: () => void;
}

/** Records that the guest came to service: how, by whose doing, and with what. */
export function ContactDialog({ cardKey, onClose }: ContactDialogProps) {
  const { t } = useTranslation(['desk', 'common']);
  const [draft, setDraft] = useState(EMPTY_CONTACT);
  const formId = useId();
  const { record } = useContacts(cardKey);
  const set = (change: Partial<ContactDraft>) => setDraft({ ...draft, ...change });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const request = contactRequest(draft);
    if (request === undefined || record.isPending) return;
    record.mutate(request, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t('contacts.record')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={record.isPending}>
            {t('contacts.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={c('stack')} onSubmit={submit}>
        <ChannelFields draft={draft} onChange={set} />
        <Checkbox
          label={t('contacts.ownFault')}
          hint={t('contacts.ownFaultHint')}
          checked={draft.ownFault}
          onChange={(event) => set({ ownFault: event.target.checked })}
        />
        <TextArea
          label={t('contacts.reason')}
          note={t('common:optional')}
          hint={t('contacts.reasonHint')}
          maxLength={2_000}
          value={draft.reason}
          onChange={(event) => set({ reason: event.target.value })}
        />
        {record.isError && <FailureNotice error={record.error} />}
      </form>
    </Dialog>
  );
}

interface ChannelFieldsProps {
  readonly draft: ContactDraft;
  readonly onChange: (change: Partial<ContactDraft>) => void;
}

function ChannelFields({ draft, onChange }: ChannelFieldsProps) {
  const { t } = useTranslation('desk');
  const isNameless = draft.other.trim() !== '' && channelOf(draft.other) === undefined;
  return (
    <fieldset className={c('ways')}>
      <legend>{t('contacts.how')}</legend>
      <div className={c('rows')}>
        {[...USUAL_CHANNELS, 'other' as const].map((channel) => (
          <RadioRow
            key={channel}
            name="channel"
            required
            label={t(`contacts.channel.${channel}`)}
            checked={draft.channel === channel}
            onChange={() => onChange({ channel })}
          />
        ))}
      </div>
      {draft.channel === 'other' && (
        <TextInput
          label={t('contacts.otherWay')}
          error={isNameless ? t('contacts.otherWayLetters') : undefined}
          required
          pattern=".*\S.*"
          maxLength={64}
          autoComplete="off"
          value={draft.other}
          onChange={(event) => onChange({ other: event.target.value })}
        />
      )}
    </fieldset>
  );
}
