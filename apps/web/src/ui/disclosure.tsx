import type { ReactNode } from 'react';
import { classesOf } from './classes.ts';
import styles from './disclosure.module.css';

const c = classesOf(styles);

/** More for those who want it, such as the figures behind a drawing. */
export function Disclosure(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className={c('more')}>
      <summary>{props.title}</summary>
      <div className={c('body')}>{props.children}</div>
    </details>
  );
}
