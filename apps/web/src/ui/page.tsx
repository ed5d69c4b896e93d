import { type ReactNode, useEffect } from 'react';
import { classesOf } from './classes.ts';
import styles from './page.module.css';

const c = classesOf(styles);

interface PageProps {
  /** The heading, and the title of the window. */
  readonly title: string;
  /** A line above the heading: where this belongs. */
  readonly over?: ReactNode;
  readonly lead?: ReactNode;
  /** `narrow` for forms and letters. */
  readonly width?: 'narrow';
  readonly children?: ReactNode;
}

/** A page with its heading. The shell around it has the `main` element. */
export function Page({ title, over, lead, width, children }: PageProps) {
  useWindowTitle(title);
  return (
    <div className={c('page', width)}>
      <header className={c('head')}>
        {over !== undefined && <p className={c('over')}>{over}</p>}
        <h1>{title}</h1>
        {lead !== undefined && <p className={c('lead')}>{lead}</p>}
      </header>
      {children}
    </div>
  );
}

/** Sets the title of the window, for history and readers. */
export function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Keepsake`;
  }, [title]);
}

/** A part of a page under a hairline, with its own heading. */
export function Section(props: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={c('section')}>
      <h2>{props.title}</h2>
      {props.children}
    </section>
  );
}
