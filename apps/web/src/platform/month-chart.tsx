import type { ReactNode } from 'react';
import { useReading } from '../ui/amounts.tsx';
import { monthWords } from '../ui/date.view.ts';
import { LineChart } from '../ui/line-chart.tsx';
import { fewOf, scaleOf, ticksOn } from '../ui/scale.view.ts';

/** A month of a line: `YYYY-MM`, null where the value is not known. */
export interface MonthPoint {
  readonly month: string;
  readonly value: number | null;
  /** What is said of it. */
  readonly words: string;
  /** Whether an upright line marks it. */
  readonly isMarked?: boolean;
}

interface MonthChartProps {
  readonly title: string;
  readonly points: readonly MonthPoint[];
  /** How a value is told at the axis. */
  readonly text: (value: number) => string;
  /** How many months are named, 2 at least. */
  readonly names: number;
  /** About how many steps the axis has. */
  readonly steps?: number;
  /** Said below while no month is pointed at. */
  readonly rest: ReactNode;
}

/** A line from month to month, with zero on its axis. */
export function MonthChart({ title, points, text, names, steps = 4, rest }: MonthChartProps) {
  const reading = useReading();
  const y = scaleOf([0, ...points.flatMap(({ value }) => value ?? [])], steps);
  return (
    <LineChart
      title={title}
      points={points.map(({ month, value, words }, index) => ({
        ...{ key: month, x: index, y: value, label: words },
      }))}
      x={{ from: 0, to: Math.max(1, points.length - 1) }}
      y={y}
      xTicks={fewOf(points.length, names).map((index) => ({
        at: index,
        label: monthWords(points[index]?.month ?? '', reading, 'short'),
      }))}
      yTicks={ticksOn(y, steps).map((at) => ({ at, label: text(at) }))}
      uprights={points.flatMap(({ isMarked }, index) => (isMarked === true ? [index] : []))}
      hasDots
      tell={(index) => <p>{points[index]?.words}</p>}
      rest={rest}
    />
  );
}
