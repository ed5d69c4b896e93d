import { startTransition, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { MinusIcon, PlusIcon } from '../../ui/icons.tsx';
import { useLocale } from '../../ui/locale.tsx';
import { numberFormat } from '../../ui/number-format.view.ts';
import styles from './studio.module.css';
import type { AttributeModel } from './studio.view.ts';

const c = classesOf(styles);

interface AttributeRangeProps {
  readonly model: Extract<AttributeModel, { kind: 'range' }>;
  readonly onChoose: (value: number, anchor: Element) => Promise<boolean>;
}

/** A number on a grid: a slider whose solid parts can be had, and a step in each direction. */
export function AttributeRange({ model, onChoose }: AttributeRangeProps) {
  const { t } = useTranslation('studio');
  const locale = useLocale();
  const [dragged, setDragged] = useState<number | undefined>();
  const slider = useRef<HTMLDivElement>(null);
  const middle = nearestOnGrid((model.min + model.max) / 2, model);
  // A number that was let go of shows until the thread has answered.
  const [settled, setSettled] = useState<number | undefined>();
  const shown = dragged ?? settled ?? model.value;
  const settle = (value: number) => {
    setDragged(undefined);
    const onGrid = nearestOnGrid(value, model);
    if (slider.current !== null && (onGrid !== model.value || !model.isOwn)) {
      const letGo = () => startTransition(() => setSettled(undefined));
      setSettled(onGrid);
      onChoose(onGrid, slider.current).then(letGo, letGo);
    }
  };
  const words = numberFormat(locale, { maximumFractionDigits: model.digits });
  const text = shown === undefined ? t('open') : `${words.format(shown)} ${model.unit}`;
  const from = shown ?? middle;
  return (
    <div className={c('range')}>
      <output className={c('reading', !model.isOwn && 'unset')}>{text}</output>
      <Button
        kind="icon"
        aria-label={t('less', { name: model.name })}
        disabled={from <= model.min}
        onClick={() => settle(from - model.step)}
      >
        <MinusIcon />
      </Button>
      <div ref={slider} className={c('slider', !model.isOwn && 'loose')}>
        <div className={c('track')}>
          {model.runs.map(
            (run) =>
              run.validity !== 'invalid' && (
                <span key={run.from} className={c('run')} style={placeOf(run, model)} />
              ),
          )}
        </div>
        <input
          type="range"
          aria-label={model.name}
          aria-valuetext={text}
          min={model.min}
          max={model.max}
          step={model.step}
          value={from}
          onChange={(event) => setDragged(event.target.valueAsNumber)}
          onPointerUp={(event) => settle(event.currentTarget.valueAsNumber)}
          onKeyUp={(event) => {
            if (dragged !== undefined) settle(event.currentTarget.valueAsNumber);
          }}
          onBlur={() => {
            if (dragged !== undefined) settle(dragged);
          }}
        />
      </div>
      <Button
        kind="icon"
        aria-label={t('more', { name: model.name })}
        disabled={from >= model.max}
        onClick={() => settle(from + model.step)}
      >
        <PlusIcon />
      </Button>
    </div>
  );
}

type Grid = Pick<Extract<AttributeModel, { kind: 'range' }>, 'min' | 'max' | 'step' | 'digits'>;

function nearestOnGrid(value: number, grid: Grid): number {
  const steps = Math.round((value - grid.min) / grid.step);
  const onGrid = grid.min + steps * grid.step;
  return Number(Math.min(grid.max, Math.max(grid.min, onGrid)).toFixed(grid.digits));
}

function placeOf(run: { readonly from: number; readonly to: number }, grid: Grid) {
  const span = grid.max - grid.min;
  const start = ((run.from - grid.min) / span) * 100;
  const width = Math.max(((run.to - run.from) / span) * 100, 1);
  return { insetInlineStart: `${start}%`, inlineSize: `${width}%` };
}
