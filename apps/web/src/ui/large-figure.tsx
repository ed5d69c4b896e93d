import { classesOf } from './classes.ts';
import styles from './large-figure.module.css';

const c = classesOf(styles);

/** The one figure that a page is about, such as an amount: said first, and large. */
export function LargeFigure({ children }: { readonly children: string }) {
  return (
    <p className={c('figure')} translate="no">
      {children}
    </p>
  );
}
