import type { Verdict } from '@keepsake/contract';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { momentWords } from '../../ui/date.view.ts';
import { UndoIcon } from '../../ui/icons.tsx';
import styles from './identity.module.css';

const c = classesOf(styles);

interface VerdictLineProps {
  readonly verdict: Verdict;
  readonly isBusy: boolean;
  readonly onUndo: () => void;
  /** What it rests on. */
  readonly children?: ReactNode;
}

/** What was decided of two guests, by whom and when, and the way back. */
export function VerdictLine({ verdict, isBusy, onUndo, children }: VerdictLineProps) {
  const { t } = useTranslation('desk');
  const reading = useReading();
  const names = { a: verdict.a.name, b: verdict.b.name };
  const who =
    verdict.by === 'machine' ? t('alias.machine') : (verdict.byName ?? t('alias.somebody'));
  const undo = verdict.kind === 'same' ? 'undoMerge' : 'undoApart';
  return (
    <>
      <p>
        {t(`alias.${verdict.kind}`, names)}{' '}
        <span className={c('quiet')}>
          {who} · {momentWords(verdict.at, reading)}
        </span>
      </p>
      {children}
      <div>
        <Button isBusy={isBusy} aria-label={t(`alias.${undo}For`, names)} onClick={onUndo}>
          <UndoIcon /> {t(`alias.${undo}`)}
        </Button>
      </div>
    </>
  );
}
