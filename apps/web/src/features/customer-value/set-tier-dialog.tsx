import type { CustomerValue, Tier } from '@keepsake/contract';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { TIERS } from '../../platform/value-words.view.ts';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Select, TextArea } from '../../ui/field.tsx';
import styles from './customer-value.module.css';
import { useSetTier } from './customer-value.queries.ts';

const c = classesOf(styles);

const BECAUSE_MAX = 2_000;

interface SetTierDialogProps {
  readonly company: string;
  readonly value: CustomerValue;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Sets the tier by hand, with a reason that the customer can read; answers an objection with it. */
export function SetTierDialog({ company, value, onClose, onDone }: SetTierDialogProps) {
  const { t } = useTranslation(['customerValue', 'value', 'common']);
  const formId = useId();
  const set = useSetTier({ company, guest: value.guest });
  const [tier, setTier] = useState<Tier>(value.given);
  const [because, setBecause] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsMissing(because.trim() === '');
    if (because.trim() === '' || set.isPending) return;
    set.mutate({ tier, because }, { onSuccess: onDone });
  };
  return (
    <Dialog
      title={t(value.contest === null ? 'set.title' : 'set.answerTitle')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={set.isPending}>
            {t('set.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={c('form')} onSubmit={submit} noValidate>
        {value.contest !== null && (
          <blockquote className={c('words')}>{value.contest.words}</blockquote>
        )}
        <Select
          label={t('set.tier')}
          value={tier}
          onChange={({ target }) => setTier(TIERS.find((one) => one === target.value) ?? tier)}
        >
          {TIERS.map((one) => (
            <option key={one} value={one}>
              {t(`value:tier.${one}`)}
            </option>
          ))}
        </Select>
        <TextArea
          label={t('set.because')}
          hint={t('set.hint')}
          error={isMissing ? t('set.missing') : undefined}
          maxLength={BECAUSE_MAX}
          value={because}
          onChange={({ target }) => setBecause(target.value)}
        />
        {set.isError && <FailureNotice error={set.error} />}
      </form>
    </Dialog>
  );
}
