import { classesOf } from './classes.ts';
import styles from './range-bar.module.css';

const c = classesOf(styles);

/** The ends of a scale, in the unit of what is drawn on it. */
export interface Scale {
  readonly from: number;
  readonly to: number;
}

interface RangeBarProps {
  /** Read to those who cannot see it: the value and its interval in words. */
  readonly label: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly scale: Scale;
  /** Places to compare with, such as zero; `isStrong` is drawn darker. */
  readonly marks?: readonly { readonly at: number; readonly isStrong?: boolean }[];
  /** A CSS colour; the accent unless said. */
  readonly colour?: string;
}

/** Where a value lies on a scale, in percent, held inside it. */
function placeOf(value: number, { from, to }: Scale): number {
  const share = to > from ? (value - from) / (to - from) : 0;
  return 100 * Math.min(1, Math.max(0, share));
}

/** An interval as a line, and the value inside it as a point, on a scale shared by a list. */
export function RangeBar({ label, value, low, high, scale, marks = [], colour }: RangeBarProps) {
  const left = placeOf(low, scale);
  return (
    <span
      role="img"
      aria-label={label}
      className={c('bar')}
      style={colour === undefined ? undefined : { color: colour }}
    >
      {marks.map(({ at, isStrong }) => (
        <span
          key={at}
          className={c('mark', isStrong === true && 'strong')}
          style={{ insetInlineStart: `${placeOf(at, scale)}%` }}
        />
      ))}
      <span
        className={c('range')}
        style={{ insetInlineStart: `${left}%`, inlineSize: `${placeOf(high, scale) - left}%` }}
      />
      <span className={c('point')} style={{ insetInlineStart: `${placeOf(value, scale)}%` }} />
    </span>
  );
}
