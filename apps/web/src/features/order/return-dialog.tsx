import type { Order } from '@keepsake/contract';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioRow, TextArea } from '../../ui/field.tsx';
import styles from './order.module.css';
import { useOrderAct } from './order.queries.ts';
import { type Fault, returnRequest } from './order.view.ts';

const c = classesOf(styles);

interface ReturnDialogProps {
  readonly company: string;
  readonly order: Order;
  /** Staff take it back for the customer, and say whose doing it was. */
  readonly isStaff: boolean;
  readonly onClose: () => void;
}

/** Asks before what was made comes back: why, and of staff also by whose doing. */
export function ReturnDialog({ company, order, isStaff, onClose }: ReturnDialogProps) {
  const { t } = useTranslation(['order', 'common']);
  const [fault, setFault] = useState<Fault>();
  const [reason, setReason] = useState('');
  const formId = useId();
  const { giveBack } = useOrderAct(company, order.id);
  const words = isStaff ? 'takeBack' : 'return';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (giveBack.isPending) return;
    giveBack.mutate(returnRequest(fault, reason), { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t(`ask.${words}.title`)}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t(`ask.${words}.keep`)}</Button>
          <Button kind="danger" type="submit" form={formId} isBusy={giveBack.isPending}>
            {t(`ask.${words}.confirm`)}
          </Button>
        </>
      }
    >
      <form id={formId} className={c('ask')} onSubmit={submit}>
        <p>{t(`ask.${words}.text`)}</p>
        {isStaff && <FaultChoice fault={fault} onChoose={setFault} />}
        <TextArea
          label={t(`ask.${words}.reason`)}
          note={t('common:optional')}
          hint={isStaff ? t('ask.takeBack.reasonHint') : undefined}
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        {giveBack.isError && <FailureNotice error={giveBack.error} />}
      </form>
    </Dialog>
  );
}

interface FaultChoiceProps {
  readonly fault: Fault;
  readonly onChoose: (fault: Fault) => void;
}

function FaultChoice({ fault, onChoose }: FaultChoiceProps) {
  const { t } = useTranslation('order');
  return (
    <fieldset className={c('whose')}>
      <legend>{t('ask.takeBack.whose')}</legend>
      <RadioRow
        name="fault"
        required
        label={t('ask.takeBack.customer')}
        checked={fault === 'customer'}
        onChange={() => onChoose('customer')}
      />
      <RadioRow
        name="fault"
        required
        label={t('ask.takeBack.own')}
        hint={t('ask.takeBack.ownHint')}
        checked={fault === 'own'}
        onChange={() => onChoose('own')}
      />
    </fieldset>
  );
}
