import { type KeyboardEvent, type PointerEvent, type ReactNode, useId, useState } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import { classesOf } from './classes.ts';
import styles from './line-chart.module.css';
import { placeOn, type Scale, type Tick } from './scale.view.ts';

const c = classesOf(styles);

/** One place of a line. */
export interface LinePoint {
  readonly key: string;
  readonly x: number;
  /** Null where nothing is known: the line has a gap there. */
  readonly y: number | null;
  /** What it is and how much: read to those who cannot see it. */
  readonly label: string;
}

interface LineChartProps {
  readonly title: string;
  /** From left to right. */
  readonly points: readonly LinePoint[];
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly xName?: string;
  readonly yName?: string;
  /** A second, straight and thin line to compare with. */
  readonly against?: readonly [
    { readonly x: number; readonly y: number },
    { readonly x: number; readonly y: number },
  ];
  /** A place that is pointed out with a few words. */
  readonly mark?: { readonly x: number; readonly y: number; readonly label: string };
  /** Where upright lines mark the first scale; what they mean is said below. */
  readonly uprights?: readonly number[];
  /** Draws each place as a dot: for few of them. */
  readonly hasDots?: boolean;
  /** What is told below of the place that is pointed at or reached by key. */
  readonly tell: (index: number) => ReactNode;
  readonly rest: ReactNode;
}

const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => Math.min(count - 1, at + 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** A line over two scales, filled down to zero: a pointer or the arrow keys tell each place below. */
export function LineChart(props: LineChartProps) {
  const { title, points, x, y, mark, against, tell, rest } = props;
  const id = useId();
  const [at, setAt] = useState<number>();
  const shown = at === undefined || at >= points.length ? undefined : at;
  const own = shown === undefined ? undefined : points[shown];
  const move = (event: KeyboardEvent) => {
    const next = MOVES[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(next(shown ?? -1, points.length));
  };
  const point = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setAt(nearest(points, x, (event.clientX - box.left) / Math.max(1, box.width)));
  };
  return (
    <figure className={c('chart')}>
      <ChartFrame {...frameOf(props)}>
        <div
          role="listbox"
          tabIndex={0}
          aria-label={title}
          aria-orientation="horizontal"
          aria-activedescendant={shown === undefined ? undefined : `${id}-${shown}`}
          className={c('ground')}
          onKeyDown={move}
          onPointerMove={point}
          onPointerDown={point}
          onBlur={() => setAt(undefined)}
          onPointerLeave={() => setAt(undefined)}
        >
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="presentation">
            <path className={c('area')} d={areaOf(points, x, y)} />
            {against !== undefined && <path className={c('against')} d={lineOf(against, x, y)} />}
            {props.uprights?.map((upright) => (
              <path
                key={upright}
                className={c('upright')}
                d={`M${figure(placeOn(x, upright))} 0V100`}
              />
            ))}
            <path className={c('line')} d={lineOf(points, x, y)} />
          </svg>
          {points.map((each, index) => (
            <span
              key={each.key}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === shown}
              aria-label={each.label}
              className={c('place', props.hasDots === true && each.y !== null && 'dot')}
              style={placeStyle(each.x, each.y ?? y.from, x, y)}
            />
          ))}
          {mark !== undefined && (
            <span className={c('mark')} style={placeStyle(mark.x, mark.y, x, y)} aria-hidden="true">
              <span className={c(placeOn(x, mark.x) > 0.6 && 'left')}>{mark.label}</span>
            </span>
          )}
          {own?.y != null && (
            <span className={c('own')} style={placeStyle(own.x, own.y, x, y)} aria-hidden="true" />
          )}
        </div>
      </ChartFrame>
      <figcaption className={c('tell')}>{shown === undefined ? rest : tell(shown)}</figcaption>
    </figure>
  );
}

function frameOf({ x, y, xTicks, yTicks, xName, yName }: LineChartProps) {
  return {
    ...{ x, y, xTicks, yTicks },
    ...(xName === undefined ? {} : { xName }),
    ...(yName === undefined ? {} : { yName }),
  };
}

function placeStyle(atX: number, atY: number, x: Scale, y: Scale) {
  return {
    insetInlineStart: `${100 * placeOn(x, atX)}%`,
    insetBlockEnd: `${100 * placeOn(y, atY)}%`,
  };
}

function nearest(points: readonly LinePoint[], x: Scale, share: number): number | undefined {
  let found: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  points.forEach((point, index) => {
    const far = Math.abs(placeOn(x, point.x) - share);
    if (far < least) [found, least] = [index, far];
  });
  return found;
}

interface Place {
  readonly x: number;
  readonly y: number | null;
}

const figure = (share: number) => (100 * share).toFixed(2);

/** The line, taken up anew after each gap. */
function lineOf(points: readonly Place[], x: Scale, y: Scale): string {
  let isDown = false;
  return points
    .map((point) => {
      if (point.y === null) isDown = false;
      if (point.y === null) return '';
      const to = `${figure(placeOn(x, point.x))} ${figure(1 - placeOn(y, point.y))}`;
      const step = `${isDown ? 'L' : 'M'}${to}`;
      isDown = true;
      return step;
    })
    .join('');
}

/** What lies between the line and zero; nothing where the line has gaps. */
function areaOf(points: readonly Place[], x: Scale, y: Scale): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (points.some((point) => point.y === null)) return '';
  const ground = figure(1 - placeOn(y, 0));
  const [from, to] = [figure(placeOn(x, first.x)), figure(placeOn(x, last.x))];
  return `${lineOf(points, x, y)}L${to} ${ground}L${from} ${ground}Z`;
}
