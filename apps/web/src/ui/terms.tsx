import type { ReactNode } from 'react';
import { classesOf } from './classes.ts';
import styles from './terms.module.css';

const c = classesOf(styles);

interface TermsProps {
  /** For figures: each right beside its term, however narrow the screen is. */
  readonly isTight?: boolean;
  readonly children: ReactNode;
}

/** Small lines of a term and what it stands for, as `Term`s; side by side where there is room. */
export function Terms({ isTight = false, children }: TermsProps) {
  return <dl className={c(isTight ? 'tight' : 'terms')}>{children}</dl>;
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
