import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EraseDialog } from '../../platform/erase-dialog.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { eraseMine } from './memory.queries.ts';

interface EraseMineProps {
  readonly company: string;
  readonly companyName: string;
  readonly onClose: () => void;
}

/** Erasing everything of oneself. */
export function EraseMine({ company, companyName, onClose }: EraseMineProps) {
  const { t } = useTranslation('memory');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const leave = async () => {
    await navigate({ to: '/c/$company/memory/erased', params: { company } });
    await queries.resetQueries();
  };
  return (
    <EraseDialog
      words={{
        title: t('erase.title'),
        keep: t('erase.keep'),
        erase: t('leave.erase'),
        type: (words) => t('erase.type', { words }),
      }}
      erase={(confirm) => eraseMine({ company, confirm })}
      onErased={leave}
      onClose={onClose}
      ordersAction={(orders) => (
        <Link to="/c/$company/orders" params={{ company }} className={buttonClass()}>
          {t('erase.orders', { orders: orders.join(', ') })}
        </Link>
      )}
    >
      <p>{t('erase.goes', { company: companyName })}</p>
      <p>{t('erase.stays')}</p>
      <p>{t('erase.final')}</p>
    </EraseDialog>
  );
}
