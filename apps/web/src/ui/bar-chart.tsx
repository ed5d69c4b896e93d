import { type KeyboardEvent, memo, type ReactNode, useId, useRef, useState } from 'react';
import styles from './bar-chart.module.css';
import { classesOf } from './classes.ts';

const c = classesOf(styles);

/** One bar of a chart. */
export interface Bar {
  readonly key: string;
  /** What it stands for and how much it is: read to those who cannot see it. */
  readonly label: string;
  /** From 0 to 1. */
  readonly height: number;
  /** From 0 to 1: a pale bar behind it, to compare with. */
  readonly behind?: number;
  /** A wider gap before it: another part begins. */
  readonly isApart?: boolean;
  readonly isChosen?: boolean;
}

interface BarChartProps {
  readonly title: string;
  readonly bars: readonly Bar[];
  /** What is told below the chart of the bar that is pointed at or reached by key. */
  readonly tell: (index: number) => ReactNode;
  /** What is told while none is. */
  readonly rest: ReactNode;
  readonly from?: string;
  readonly to?: string;
  /** Called with a bar that is clicked, or entered by key. */
  readonly onChoose?: (index: number, anchor: Element) => void;
}

const HEIGHT = 160;
const WIDTH = 24;
const GAP = 4;
const APART = 14;

const MOVES: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => Math.min(count - 1, at + 1),
  ArrowLeft: (at) => Math.max(0, at - 1),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** Bars side by side: a pointer or the arrow keys tell each one's story below. */
export function BarChart({ title, bars, tell, rest, from, to, onChoose }: BarChartProps) {
  const id = useId();
  const [at, setAt] = useState<number>();
  const shown = at === undefined || at >= bars.length ? undefined : at;
  const places = placesOf(bars);
  const enter = (index: number) => {
    const bar = document.getElementById(`${id}-${index}`);
    if (bar !== null) onChoose?.(index, bar);
  };
  const latest = useRef(enter);
  latest.current = enter;
  const [enterLatest] = useState(() => (index: number) => latest.current(index));
  const move = (event: KeyboardEvent) => {
    if ((event.key === 'Enter' || event.key === ' ') && shown !== undefined) {
      event.preventDefault();
      enter(shown);
      return;
    }
    const next = MOVES[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(next(shown ?? -1, bars.length));
  };
  return (
    <figure className={c('chart')}>
      <div
        role="listbox"
        tabIndex={0}
        aria-label={title}
        aria-orientation="horizontal"
        aria-activedescendant={shown === undefined ? undefined : `${id}-${shown}`}
        className={c('bars')}
        onKeyDown={move}
        onBlur={() => setAt(undefined)}
        onPointerLeave={() => setAt(undefined)}
      >
        <svg
          viewBox={`0 0 ${places.width} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="presentation"
        >
          {bars.map((bar, index) => (
            <BarPlace
              key={bar.key}
              id={`${id}-${index}`}
              label={bar.label}
              index={index}
              x={places.at[index] ?? 0}
              isShown={index === shown}
              isOwn={bar.isChosen === true}
              onPoint={setAt}
              onEnter={onChoose === undefined ? undefined : enterLatest}
            />
          ))}
          <path className={c('behind')} d={pathOf(bars, places.at, (bar) => bar.behind ?? 0)} />
          <path className={c('fill')} d={pathOf(bars, places.at, ({ height }) => height)} />
          <path
            className={c('fill', 'own')}
            d={pathOf(bars, places.at, ({ height, isChosen }, index) =>
              isChosen === true || index === shown ? height : 0,
            )}
          />
        </svg>
      </div>
      {(from !== undefined || to !== undefined) && (
        <p className={c('ends')} aria-hidden="true">
          <span>{from}</span>
          <span>{to}</span>
        </p>
      )}
      <figcaption className={c('tell')}>{shown === undefined ? rest : tell(shown)}</figcaption>
    </figure>
  );
}

/** Bars from the ground up, as one path: the heights of them all are drawn in one go. */
function pathOf(
  bars: readonly Bar[],
  at: readonly number[],
  heightOf: (bar: Bar, index: number) => number,
): string {
  return bars
    .map((bar, index) => {
      const share = heightOf(bar, index);
      const height = share <= 0 ? 0 : Math.max(2, share * (HEIGHT - 4)).toFixed(1);
      return height === 0 ? '' : `M${at[index] ?? 0} ${HEIGHT}v-${height}h${WIDTH}v${height}z`;
    })
    .join('');
}

interface BarPlaceProps {
  readonly id: string;
  readonly label: string;
  readonly index: number;
  readonly x: number;
  readonly isShown: boolean;
  readonly isOwn: boolean;
  readonly onPoint: (index: number) => void;
  readonly onEnter: ((index: number) => void) | undefined;
}

/** Where a bar stands: what is pointed at and read. */
const BarPlace = memo(function BarPlace(props: BarPlaceProps) {
  const { id, label, index, x, isShown, isOwn, onPoint, onEnter } = props;
  const isChoosable = onEnter !== undefined;
  return (
    <g
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isShown}
      aria-label={label}
      className={c('bar', isShown && 'shown', isOwn && 'own', isChoosable && 'choosable')}
      onPointerEnter={() => onPoint(index)}
      onPointerDown={() => onPoint(index)}
      onClick={() => onEnter?.(index)}
    >
      <rect className={c('ground')} x={x - GAP / 2} y={0} width={WIDTH + GAP} height={HEIGHT} />
    </g>
  );
});

function placesOf(bars: readonly Bar[]): {
  readonly at: readonly number[];
  readonly width: number;
} {
  const at: number[] = [];
  let x = 0;
  bars.forEach((bar, index) => {
    if (bar.isApart && index > 0) x += APART;
    at.push(x);
    x += WIDTH + GAP;
  });
  return { at, width: Math.max(1, x - GAP) };
}
