import type { CSSProperties, ReactNode } from 'react';
import styles from './chart-frame.module.css';
import { classesOf } from './classes.ts';
import { placeOn, type Scale, type Tick } from './scale.view.ts';

const c = classesOf(styles);

interface ChartFrameProps {
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** A name below the first and above the second axis, where the figures alone do not say it. */
  readonly xName?: string;
  readonly yName?: string;
  /** What is drawn, in a box that is stretched: places as shares of it. */
  readonly children: ReactNode;
}

/** What a style of a place is made of, from 0 to 1; the sheet turns it into a place. */
function at(share: number): CSSProperties {
  return { '--at': share } as CSSProperties;
}

/** Names of this many letters together run into each other on a narrow screen. */
const LETTERS_MAX = 24;

function isCrowded(ticks: readonly Tick[]): boolean {
  return ticks.reduce((sum, { label }) => sum + label.length, 0) > LETTERS_MAX;
}

/** Two scales with hairlines and small names around a drawing. Readers hear the drawing's own words. */
export function ChartFrame({ x, y, xTicks, yTicks, xName, yName, children }: ChartFrameProps) {
  return (
    <div className={c('frame')}>
      {yName !== undefined && (
        <p className={c('name')} aria-hidden="true">
          {yName}
        </p>
      )}
      <div className={c('rows')} aria-hidden="true">
        {yTicks.map((tick) => (
          <span key={tick.at} style={at(placeOn(y, tick.at))} translate="no">
            {tick.label}
          </span>
        ))}
      </div>
      <div className={c('plot')}>
        {yTicks.map((tick) => (
          <span
            key={tick.at}
            className={c('line', tick.at === 0 && 'zero')}
            style={at(placeOn(y, tick.at))}
          />
        ))}
        {children}
      </div>
      <div className={c('columns', isCrowded(xTicks) && 'crowded')} aria-hidden="true">
        {xTicks.map((tick) => {
          const place = placeOn(x, tick.at);
          const end = place < 0.04 ? 'first' : place > 0.96 ? 'last' : 'between';
          return (
            <span key={tick.at} className={c(end)} style={at(place)} translate="no">
              {tick.label}
            </span>
          );
        })}
      </div>
      {xName !== undefined && (
        <p className={c('name', 'below')} aria-hidden="true">
          {xName}
        </p>
      )}
    </div>
  );
}
