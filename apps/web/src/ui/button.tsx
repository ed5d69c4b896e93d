import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classesOf } from './classes.ts';

const c = classesOf(styles);

/** How loud a button is: one `primary` a page, `danger` for what cannot be taken back. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger' | 'icon';

/** The look of a button for a link: `<Link className={buttonClass('primary')}>`. */
export function buttonClass(kind: ButtonKind = 'secondary', size?: 'large'): string {
  return c('button', kind, size);
}

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  readonly kind?: ButtonKind;
  readonly size?: 'large';
  /** True while its work is under way: it stays focusable and refuses further clicks. */
  readonly isBusy?: boolean;
}

/** A button; `type` is `button` unless said otherwise. */
export function Button({ kind, size, isBusy, type, onClick, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={`${buttonClass(kind, size)} ${c(isBusy && 'busy')}`}
      aria-busy={isBusy}
      aria-disabled={isBusy || undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
