import type { KeyboardEvent, ReactNode } from 'react';
import styles from './choice-group.module.css';
import { classesOf } from './classes.ts';

const c = classesOf(styles);

/** How an option looks, beside being selected or not. */
export type ChoiceLook = 'chosen' | 'forced' | 'suggested' | 'possible' | 'impossible' | 'unknown';

/** One of several things to choose. */
export interface ChoiceOption {
  readonly key: string;
  readonly name: string;
  readonly look: ChoiceLook;
  /** A short text after the name, such as a price. */
  readonly aside?: string;
  /** A CSS colour. */
  readonly swatch?: string | undefined;
  readonly picture?: ReactNode;
  /** Said after the name to readers, such as “not possible now”. */
  readonly spoken?: string;
}

interface ChoiceGroupProps {
  /** The form name that holds the radios together; unique on the page. */
  readonly name: string;
  readonly options: readonly ChoiceOption[];
  /** `anchor` is the element of the option, for what opens beside it. */
  readonly onChoose: (key: string, anchor: Element) => void;
}

/**
 * Native radios drawn as chips or swatches. Arrow keys move; they choose what can be had, and only
 * pass over what cannot, so that a key press never opens an explanation that nobody asked for.
 */
export function ChoiceGroup({ name, options, onChoose }: ChoiceGroupProps) {
  return (
    <div className={c('group')}>
      {options.map((option) => (
        <label key={option.key} className={c('option', option.look)}>
          <input
            type="radio"
            className={c('input')}
            name={name}
            value={option.key}
            checked={option.look === 'chosen' || option.look === 'forced'}
            data-possible={option.look !== 'impossible'}
            onKeyDown={moveByArrow}
            onChange={ignore}
            // Not on change: who presses before an answer is drawn is heard all the same.
            onClick={({ currentTarget }) => {
              if (option.look === 'forced') return;
              onChoose(option.key, currentTarget.closest('label') ?? currentTarget);
            }}
          />
          {option.swatch !== undefined && (
            <span className={c('swatch')} style={{ background: option.swatch }} />
          )}
          {option.picture}
          <span className={c('name')}>{option.name}</span>
          {option.aside !== undefined && option.aside !== '' && (
            <span className={c('price')}>{option.aside}</span>
          )}
          {option.spoken !== undefined && (
            <span className="visually-hidden">, {option.spoken}</span>
          )}
        </label>
      ))}
    </div>
  );
}

/** React asks for it beside `checked`; clicks and keys both come as clicks. */
function ignore(): void {}

const STEPS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

function moveByArrow(event: KeyboardEvent<HTMLInputElement>): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const group = event.currentTarget.closest('label')?.parentElement;
  const radios = [...(group?.querySelectorAll<HTMLInputElement>('input[type=radio]') ?? [])];
  const isRightToLeft =
    event.key.match(/Left|Right/) && getComputedStyle(event.currentTarget).direction === 'rtl';
  const at = radios.indexOf(event.currentTarget) + (isRightToLeft ? -step : step);
  const next = radios[(at + radios.length) % radios.length];
  next?.focus();
  if (next?.dataset['possible'] === 'true') next.click();
}
