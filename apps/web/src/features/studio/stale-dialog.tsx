import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface StaleDialogProps {
  readonly onTheirs: () => void;
  readonly onCopy: () => void;
}

/** The design was changed elsewhere: load that one, or keep this one as a copy. */
export function StaleDialog({ onTheirs, onCopy }: StaleDialogProps) {
  const { t } = useTranslation(['studio', 'common']);
  return (
    <Dialog
      title={t('stale.title')}
      closeLabel={t('stale.copy')}
      onClose={onCopy}
      actions={
        <>
          <Button onClick={onTheirs}>{t('stale.theirs')}</Button>
          <Button kind="primary" onClick={onCopy}>
            {t('stale.copy')}
          </Button>
        </>
      }
    >
      <p>{t('stale.text')}</p>
    </Dialog>
  );
}
