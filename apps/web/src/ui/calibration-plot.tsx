import styles from './calibration-plot.module.css';
import { ChartFrame } from './chart-frame.tsx';
import { classesOf } from './classes.ts';
import { placeOn, type Scale, type Tick } from './scale.view.ts';

const c = classesOf(styles);

/** What was foretold of a group, and what came. */
export interface CalibrationPoint {
  readonly predicted: number;
  readonly actual: number;
  /** Ends of what may have come by chance alone; null where nobody can say. */
  readonly range: { readonly low: number; readonly high: number } | null;
}

interface CalibrationPlotProps {
  /** What the drawing shows, in a sentence; its figures stand in a table beside it. */
  readonly label: string;
  readonly points: readonly CalibrationPoint[];
  /** Both ways the same. */
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
  readonly xName: string;
  readonly yName: string;
}

/** Foretold against what came: on the diagonal both are the same. */
export function CalibrationPlot(props: CalibrationPlotProps) {
  const { label, points, scale, ticks, xName, yName } = props;
  return (
    <div className={c('box')}>
      <ChartFrame x={scale} y={scale} xTicks={ticks} yTicks={ticks} xName={xName} yName={yName}>
        <div role="img" aria-label={label} className={c('ground')}>
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
            <path className={c('diagonal')} d="M0 100L100 0" />
          </svg>
          {points.map(({ predicted, actual, range }) => (
            <Point key={predicted} {...{ predicted, actual, range, scale }} />
          ))}
        </div>
      </ChartFrame>
    </div>
  );
}

function Point({ predicted, actual, range, scale }: CalibrationPoint & { readonly scale: Scale }) {
  const insetInlineStart = `${100 * placeOn(scale, predicted)}%`;
  const [low, high] = [range?.low ?? actual, range?.high ?? actual].map((end) =>
    placeOn(scale, end),
  );
  return (
    <>
      <span
        className={c('range')}
        style={{
          insetInlineStart,
          insetBlockEnd: `${100 * (low ?? 0)}%`,
          blockSize: `${100 * ((high ?? 0) - (low ?? 0))}%`,
        }}
      />
      <span
        className={c('point')}
        style={{ insetInlineStart, insetBlockEnd: `${100 * placeOn(scale, actual)}%` }}
      />
    </>
  );
}
