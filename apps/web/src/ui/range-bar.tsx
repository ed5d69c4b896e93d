import { classesOf } from './classes.ts';
import styles from './range-bar.module.css';
import { placeOn, type Scale } from './scale.view.ts';

const c = classesOf(styles);

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

const percent = (scale: Scale, value: number) => 100 * placeOn(scale, value);

/** An interval as a line, and the value inside it as a point, on a scale shared by a list. */
export function RangeBar({ label, value, low, high, scale, marks = [], colour }: RangeBarProps) {
  const left = percent(scale, low);
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
          style={{ insetInlineStart: `${percent(scale, at)}%` }}
        />
      ))}
      <span
        className={c('range')}
        style={{ insetInlineStart: `${left}%`, inlineSize: `${percent(scale, high) - left}%` }}
      />
      <span className={c('point')} style={{ insetInlineStart: `${percent(scale, value)}%` }} />
    </span>
  );
}
