import type { ReactNode } from 'react';
import { classesOf } from './classes.ts';
import styles from './pair.module.css';

const c = classesOf(styles);

/** Two parts of a page, beside each other where there is room, and on paper. */
export function Pair({ children }: { readonly children: ReactNode }) {
  return <div className={c('pair')}>{children}</div>;
}
