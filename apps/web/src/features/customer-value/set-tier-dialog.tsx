import type { CustomerValue } from '@keepsake/contract';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { TierForm, useSetTier } from '../../platform/tier-form.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Quote } from '../../ui/quote.tsx';

interface SetTierDialogProps {
  readonly company: string;
  readonly value: CustomerValue;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Sets the tier by hand, with a reason that the customer can read; answers an objection with it. */
export function SetTierDialog({ company, value, onClose, onDone }: SetTierDialogProps) {
  const { t } = useTranslation(['customerValue', 'common']);
  const id = useId();
  const set = useSetTier(company);
  return (
    <Dialog
      title={t(value.contest === null ? 'set.title' : 'set.answerTitle')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" form={id} isBusy={set.isPending}>
            {t('set.save')}
          </Button>
        </>
      }
    >
      {value.contest !== null && <Quote>{value.contest.words}</Quote>}
      <TierForm {...{ set, id, onDone }} guest={value.guest} tier={value.given} />
    </Dialog>
  );
}
