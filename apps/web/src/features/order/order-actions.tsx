import type { Order } from '@keepsake/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button, buttonClass } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import styles from './order.module.css';
import { useOrderAct } from './order.queries.ts';

const c = classesOf(styles);

interface OrderActionsProps {
  readonly company: string;
  readonly order: Order;
}

/** Invoice, change, cancel, return: what can be done with the order now. */
export function OrderActions({ company, order }: OrderActionsProps) {
  const { t, i18n } = useTranslation(['order', 'common']);
  const [asking, setAsking] = useState<'cancel' | 'return' | undefined>();
  const [reason, setReason] = useState('');
  const { cancel, giveBack } = useOrderAct(company, order.id);
  const act = asking === 'cancel' ? cancel : giveBack;
  const close = () => {
    setAsking(undefined);
    cancel.reset();
    giveBack.reset();
  };
  const confirm = () => {
    if (asking === 'cancel') cancel.mutate(undefined, { onSuccess: close });
    else giveBack.mutate(reason.trim(), { onSuccess: close });
  };
  const language = i18n.language === 'de' ? 'de' : 'en';
  return (
    <div className={c('actions')}>
      <a
        className={buttonClass()}
        href={`/api/c/${company}/orders/${order.id}/invoice.pdf?locale=${language}`}
        target="_blank"
        rel="noopener"
      >
        {t('act.invoice')}
      </a>
      {order.canAmend && (
        <Link
          to="/c/$company/studio/$family"
          params={{ company, family: order.family }}
          search={{
            order: order.id,
            ...(order.stay === null ? {} : { site: order.site, ...order.stay }),
          }}
          className={buttonClass()}
        >
          {t('act.amend')}
        </Link>
      )}
      {order.canCancel && (
        <Button kind="danger" onClick={() => setAsking('cancel')}>
          {t('act.cancel')}
        </Button>
      )}
      {order.canReturn && <Button onClick={() => setAsking('return')}>{t('act.return')}</Button>}
      {asking !== undefined && (
        <Dialog
          title={t(`ask.${asking}.title`)}
          closeLabel={t('common:close')}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{t(`ask.${asking}.keep`)}</Button>
              <Button kind="danger" isBusy={act.isPending} onClick={confirm}>
                {t(`ask.${asking}.confirm`)}
              </Button>
            </>
          }
        >
          <p>{t(`ask.${asking}.text`)}</p>
          {asking === 'return' && (
            <TextArea
              label={t('ask.return.reason')}
              note={t('common:optional')}
              maxLength={400}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
          {act.isError && <FailureNotice error={act.error} />}
        </Dialog>
      )}
    </div>
  );
}
