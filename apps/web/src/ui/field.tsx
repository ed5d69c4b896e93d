import { type ComponentProps, type ReactNode, useId } from 'react';
import { classesOf } from './classes.ts';
import styles from './field.module.css';
import { WrongIcon } from './icons.tsx';

const c = classesOf(styles);

interface FieldText {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  /** Words such as “optional”, after the label. */
  readonly note?: string | undefined;
}

interface FieldProps extends FieldText {
  /** Draws the control with the ids that tie it to its label, hint and error. */
  readonly children: (control: ControlProps) => ReactNode;
}

/** What ties a control to its label. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': boolean | undefined;
  readonly className: string;
}

/** A labelled control with hint and error. */
export function Field({ label, hint, error, note, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={c('field')}>
      <label className={c('label')} htmlFor={id}>
        {label} {note !== undefined && <span className={c('optional')}>({note})</span>}
      </label>
      {hint !== undefined && (
        <p className={c('hint')} id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error !== undefined || undefined,
        className: c('control'),
      })}
      {error !== undefined && (
        <p className={c('error')} id={`${id}-error`}>
          <WrongIcon /> {error}
        </p>
      )}
    </div>
  );
}

type Own = 'id' | 'className' | 'aria-describedby' | 'aria-invalid';

/** A one-line text with its label. */
export function TextInput(props: FieldText & Omit<ComponentProps<'input'>, Own>) {
  const { label, hint, error, note, ...input } = props;
  return (
    <Field {...{ label, hint, error, note }}>
      {(control) => <input {...input} {...control} />}
    </Field>
  );
}

/** A text of several lines with its label. */
export function TextArea(props: FieldText & Omit<ComponentProps<'textarea'>, Own>) {
  const { label, hint, error, note, ...area } = props;
  return (
    <Field {...{ label, hint, error, note }}>
      {(control) => (
        <textarea {...area} {...control} className={`${control.className} ${c('area')}`} />
      )}
    </Field>
  );
}

/** A list to choose one from, with its label; the options are its children. */
export function Select(props: FieldText & Omit<ComponentProps<'select'>, Own>) {
  const { label, hint, error, note, ...select } = props;
  return (
    <Field {...{ label, hint, error, note }}>
      {(control) => <select {...select} {...control} />}
    </Field>
  );
}

interface TickProps extends Omit<ComponentProps<'input'>, 'type' | 'className'> {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

/** A box to tick. */
export function Checkbox({ label, hint, ...input }: TickProps) {
  return (
    <label className={c('tick')}>
      <input {...input} type="checkbox" />
      <span>{label}</span>
      {hint !== undefined && <span className={c('hint')}>{hint}</span>}
    </label>
  );
}

/** One of several to choose from; give all of them the same `name`. */
export function RadioRow({ label, hint, ...input }: TickProps) {
  return (
    <label className={c('tick')}>
      <input {...input} type="radio" />
      <span>{label}</span>
      {hint !== undefined && <span className={c('hint')}>{hint}</span>}
    </label>
  );
}

/** On or off, with effect at once. */
export function Switch({
  label,
  hint,
  checked,
  ...input
}: TickProps & { readonly checked: boolean }) {
  return (
    <label className={c('tick', 'switch')}>
      <input {...input} type="checkbox" role="switch" checked={checked} aria-checked={checked} />
      <span>{label}</span>
      {hint !== undefined && <span className={c('hint')}>{hint}</span>}
    </label>
  );
}
