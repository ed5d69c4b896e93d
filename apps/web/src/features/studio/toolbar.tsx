import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { CompleteIcon, RedoIcon, ShareIcon, UndoIcon } from '../../ui/icons.tsx';
import styles from './studio.module.css';
import type { StudioStart } from './studio.queries.ts';
import { openCountOf, wishesOf } from './studio.view.ts';
import type { useAutosave } from './use-autosave.ts';
import type { DesignWork } from './use-design.ts';

const c = classesOf(styles);

interface ToolbarProps {
  readonly company: string;
  readonly family: string;
  readonly work: DesignWork;
  readonly autosave: ReturnType<typeof useAutosave>;
  readonly needs: StudioStart['needs'];
}

/** Undo, redo, fill in the rest, share, and how saving goes. */
export function Toolbar({ company, family, work, autosave, needs }: ToolbarProps) {
  const { scene, acts } = work;
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
      <Button kind="icon" aria-label={t('undo')} disabled={!scene.canUndo} onClick={acts.undo}>
        <UndoIcon />
      </Button>
      <Button kind="icon" aria-label={t('redo')} disabled={!scene.canRedo} onClick={acts.redo}>
        <RedoIcon />
      </Button>
      <Button
        kind="quiet"
        title={t('completeHint')}
        disabled={openCountOf(scene.view) === 0}
        onClick={() => acts.complete(wishesOf(needs))}
      >
        <CompleteIcon /> {t('complete')}
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
