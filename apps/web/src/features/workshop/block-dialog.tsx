import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import styles from './workshop.module.css';
import { useFloorActs } from './workshop.queries.ts';
import { instantFrom } from './workshop.view.ts';

const c = classesOf(styles);

interface BlockDialogProps {
  readonly company: string;
  readonly operation: string;
  readonly onClose: () => void;
}

const REASONS = ['part', 'machine', 'question', 'access'] as const;

/** Why it cannot go on, and until when: the customer's date follows from it. */
export function BlockDialog({ company, operation, onClose }: BlockDialogProps) {
  const { t } = useTranslation(['workshop', 'common']);
  const formId = useId();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const { block } = useFloorActs(company);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const text = reason.trim();
    if (text === '' || block.isPending) return;
    const instant = instantFrom(until);
    block.mutate(
      { operation, reason: text, ...(instant === undefined ? {} : { until: instant }) },
      { onSuccess: onClose },
    );
  };
  return (
    <Dialog
      title={t('block.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button size="large" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            kind="danger"
            size="large"
            type="submit"
            form={formId}
            disabled={reason.trim() === ''}
            isBusy={block.isPending}
          >
            {t('block.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={c('stack')} onSubmit={submit}>
        <p className={c('quiet')}>{t('block.text')}</p>
        <div className={c('reasons')}>
          {REASONS.map((each) => (
            <Button
              key={each}
              size="large"
              aria-pressed={reason === t(`block.reason.${each}`)}
              onClick={() => setReason(t(`block.reason.${each}`))}
            >
              {t(`block.reason.${each}`)}
            </Button>
          ))}
        </div>
        <TextInput
          label={t('block.why')}
          required
          maxLength={400}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <TextInput
          label={t('block.until')}
          note={t('common:optional')}
          type="datetime-local"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
        {block.isError && <FailureNotice error={block.error} />}
      </form>
    </Dialog>
  );
}
