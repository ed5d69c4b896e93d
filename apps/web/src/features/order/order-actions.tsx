import type { Order } from '@keepsake/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { hasRole, useSession } from '../../platform/session.queries.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './order.module.css';
import { useOrderAct } from './order.queries.ts';
import { ReturnDialog } from './return-dialog.tsx';

const c = classesOf(styles);

interface OrderActionsProps {
  readonly company: string;
  readonly order: Order;
}

/** Invoice, change, cancel, return: what can be done with the order now. */
export function OrderActions({ company, order }: OrderActionsProps) {
  const { t, i18n } = useTranslation('order');
  const [asking, setAsking] = useState<'cancel' | 'return' | undefined>();
  const isStaff = hasRole(useSession(company), 'clerk');
  const close = () => setAsking(undefined);
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
      {order.canReturn && (
        <Button onClick={() => setAsking('return')}>
          {t(isStaff ? 'act.takeBack' : 'act.return')}
        </Button>
      )}
      {asking === 'cancel' && <CancelDialog company={company} order={order} onClose={close} />}
      {asking === 'return' && (
        <ReturnDialog company={company} order={order} isStaff={isStaff} onClose={close} />
      )}
    </div>
  );
}

function CancelDialog({
  company,
  order,
  onClose,
}: OrderActionsProps & { readonly onClose: () => void }) {
  const { t } = useTranslation(['order', 'common']);
  const { cancel } = useOrderAct(company, order.id);
  return (
    <Dialog
      title={t('ask.cancel.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('ask.cancel.keep')}</Button>
          <Button
            kind="danger"
            isBusy={cancel.isPending}
            onClick={() => cancel.mutate(undefined, { onSuccess: onClose })}
          >
            {t('ask.cancel.confirm')}
          </Button>
        </>
      }
    >
      <p>{t('ask.cancel.text')}</p>
      {cancel.isError && <FailureNotice error={cancel.error} />}
    </Dialog>
  );
}
