import { classesOf } from './classes.ts';
import styles from './quote.module.css';

const c = classesOf(styles);

/** What somebody wrote, in their own words and lines. */
export function Quote({ children }: { readonly children: string }) {
  return <blockquote className={c('quote')}>{children}</blockquote>;
}
