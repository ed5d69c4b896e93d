import type { ReactNode } from 'react';
import { classesOf } from './classes.ts';
import { InfoIcon, TickIcon, WrongIcon } from './icons.tsx';
import styles from './notice.module.css';

const c = classesOf(styles);

/** What a notice is about: something to know, something done, something to mind, or a fault. */
export type NoticeTone = 'info' | 'good' | 'warn' | 'bad';

interface NoticeProps {
  readonly tone?: NoticeTone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** A short message in the flow of the page. Faults are announced at once, the rest politely. */
export function Notice({ tone = 'info', title, children, actions }: NoticeProps) {
  const Icon = tone === 'good' ? TickIcon : tone === 'info' ? InfoIcon : WrongIcon;
  return (
    <div className={c('notice', tone)} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon />
      <div className={c('body')}>
        <p className={c('title')}>{title}</p>
        {children !== undefined && <div className={c('quiet')}>{children}</div>}
        {actions !== undefined && <div className={c('actions')}>{actions}</div>}
      </div>
    </div>
  );
}

interface EmptyStateProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** What will be here, and how to begin. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <section className={c('empty')}>
      <h2>{title}</h2>
      <p>{children}</p>
      {action}
    </section>
  );
}
