import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { RedoIcon, ShareIcon, UndoIcon } from '../../ui/icons.tsx';
import styles from './studio.module.css';
import type { useAutosave } from './use-autosave.ts';
import type { DesignWork } from './use-design.ts';

const c = classesOf(styles);

interface ToolbarProps {
  readonly company: string;
  readonly family: string;
  readonly work: DesignWork;
  readonly autosave: ReturnType<typeof useAutosave>;
}

/** Undo, redo, share, and how saving goes. */
export function Toolbar({ company, family, work, autosave }: ToolbarProps) {
  const { t } = useTranslation('studio');
  const [shared, setShared] = useState<string | undefined>();
  const share = async () => {
    const saved = await autosave.flush();
    if (saved === undefined) return;
    const path = `/c/${company}/studio/${family}?share=${saved.shareId}`;
    const link = `${window.location.origin}${path}`;
    try {
      await navigator.clipboard.writeText(link);
      setShared(t('share.copied'));
    } catch {
      // Without leave to use the clipboard the link itself is shown.
      setShared(link);
    }
  };
  return (
    <div className={c('tools')}>
      <Button kind="icon" aria-label={t('undo')} disabled={!work.canUndo} onClick={work.undo}>
        <UndoIcon />
      </Button>
      <Button kind="icon" aria-label={t('redo')} disabled={!work.canRedo} onClick={work.redo}>
        <RedoIcon />
      </Button>
      <Button kind="quiet" onClick={() => void share()}>
        <ShareIcon /> {t('share.label')}
      </Button>
      <span className={c('save')} role="status">
        {shared ?? t(`save.${autosave.state}`)}
      </span>
    </div>
  );
}
