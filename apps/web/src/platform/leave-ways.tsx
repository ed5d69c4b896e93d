import { useMutation } from '@tanstack/react-query';
import { Button } from '../ui/button.tsx';
import { classesOf } from '../ui/classes.ts';
import { FailureNotice } from './failure-notice.tsx';
import styles from './leave-ways.module.css';
import { saveText } from './save-text.ts';

const c = classesOf(styles);

interface LeaveWaysProps {
  readonly words: {
    readonly export: string;
    readonly exportText: string;
    readonly exported: string;
    readonly erase: string;
    readonly eraseText: string;
  };
  /** Answers everything kept, as a document to be saved. */
  readonly take: () => Promise<unknown>;
  /** The name of the file that it is saved in. */
  readonly fileName: (now: number) => string;
  readonly onErase: () => void;
}

/** The two ways out: everything that is kept in a file, and its erasure. */
export function LeaveWays({ words, take, fileName, onErase }: LeaveWaysProps) {
  const taken = useMutation({
    mutationFn: take,
    onSuccess: (kept) => saveText(JSON.stringify(kept, null, 2), fileName(Date.now())),
  });
  return (
    <>
      <p className={c('said')} aria-live="polite">
        {taken.isSuccess && words.exported}
      </p>
      {taken.isError && <FailureNotice error={taken.error} />}
      <div className={c('ways')}>
        <div className={c('way')}>
          <p>{words.exportText}</p>
          <Button isBusy={taken.isPending} onClick={() => taken.mutate()}>
            {words.export}
          </Button>
        </div>
        <div className={c('way')}>
          <p>{words.eraseText}</p>
          <Button kind="danger" onClick={onErase}>
            {words.erase}
          </Button>
        </div>
      </div>
    </>
  );
}
