import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Button } from './button.tsx';
import { classesOf } from './classes.ts';
import styles from './dialog.module.css';
import { CloseIcon } from './icons.tsx';

const c = classesOf(styles);

interface DialogProps {
  readonly title: string;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/**
 * A question that must be answered first. Render it while it is open; Escape closes it, and the focus
 * goes back to where it was.
 */
export function Dialog({ title, closeLabel, onClose, children, actions }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Closed while it is still part of the page, it gives the focus back to what opened it.
  useLayoutEffect(() => {
    const dialog = element.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={c('dialog')}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={c('head')}>
        <h2 id={titleId}>{title}</h2>
        <Button kind="icon" aria-label={closeLabel} onClick={onClose}>
          <CloseIcon />
        </Button>
      </div>
      <div className={c('body')}>
        {children}
        {actions !== undefined && <div className={c('actions')}>{actions}</div>}
      </div>
    </dialog>
  );
}
