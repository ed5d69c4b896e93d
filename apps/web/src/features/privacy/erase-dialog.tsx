import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EraseDialog } from '../../platform/erase-dialog.tsx';
import type { PersonProps } from './account.page.tsx';
import { erasePerson } from './privacy.queries.ts';

interface ErasePersonProps extends PersonProps {
  readonly onClose: () => void;
}

/** Erasing a person. */
export function ErasePerson({ company, guest, onClose }: ErasePersonProps) {
  const { t } = useTranslation(['privacy', 'common']);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const leave = async () => {
    await navigate({ to: '/c/$company/privacy', params: { company } });
    queries.removeQueries({ queryKey: ['account', company, guest] });
    await queries.invalidateQueries({ queryKey: ['guests', company] });
  };
  return (
    <EraseDialog
      words={{
        title: t('erase.title'),
        keep: t('common:cancel'),
        erase: t('leave.erase'),
        type: (words) => t('erase.type', { words }),
      }}
      erase={(confirm) => erasePerson({ company, guest, confirm })}
      onErased={leave}
      onClose={onClose}
    >
      <p>{t('erase.text')}</p>
    </EraseDialog>
  );
}
