import type { ReactNode } from 'react';
import { classesOf } from './classes.ts';
import styles from './terms.module.css';

const c = classesOf(styles);

/** Small lines of a term and what it stands for, as `Term`s; side by side where there is room. */
export function Terms({ children }: { readonly children: ReactNode }) {
  return <dl className={c('terms')}>{children}</dl>;
}

interface TermProps {
  readonly term: string;
  readonly children: ReactNode;
}

/** One line of `Terms`. */
export function Term({ term, children }: TermProps) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
