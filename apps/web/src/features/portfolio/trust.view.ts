import type { BackTest } from '@keepsake/contract';
import type { Scale } from '../../ui/scale.view.ts';

type Tested = BackTest['purchases'];

/** One group as it is drawn. */
export interface TrustPoint {
  readonly count: number;
  readonly predicted: number;
  readonly actual: number;
  /** Two standard errors to both sides; null of a single customer. */
  readonly range: { readonly low: number; readonly high: number } | null;
}

const ERRORS = 2;

/** Groups with the interval that chance alone leaves open. */
export function trustPoints({ rows }: Pick<Tested, 'rows'>): readonly TrustPoint[] {
  return rows.map(({ count, predicted, actual, error }) => ({
    ...{ count, predicted, actual },
    range:
      error === null
        ? null
        : { low: Math.max(0, actual - ERRORS * error), high: actual + ERRORS * error },
  }));
}

/** Room beyond the last point. */
const BEYOND = 1.05;

/** One scale for both ways, from zero: most groups are small, so that no room is given away. */
export function trustScale(points: readonly TrustPoint[]): Scale {
  const most = Math.max(
    0,
    ...points.map(({ predicted, actual, range }) => Math.max(predicted, range?.high ?? actual)),
  );
  return { from: 0, to: most > 0 ? most * BEYOND : 1 };
}

/** What a test against what came says, in plain terms. */
export interface TrustVerdict {
  /** Whether all together lie inside the interval: `inside`, or there came `more` or `fewer`. */
  readonly total: 'inside' | 'more' | 'fewer' | 'nothing';
  /** What came over what was foretold, less one; 0 where nothing was foretold. */
  readonly difference: number;
  /** Groups of which the foretold mean is within two standard errors of what came. */
  readonly groupsWithin: number;
  readonly groups: number;
}

/** Judges one side of a test. */
export function trustVerdict(tested: Tested): TrustVerdict {
  const { predicted, actual, low, high } = tested;
  const points = trustPoints(tested);
  const within = points.filter(
    ({ predicted: foretold, range }) =>
      range !== null && foretold >= range.low && foretold <= range.high,
  );
  const total = actual > high ? 'more' : actual < low ? 'fewer' : 'inside';
  return {
    total: points.length === 0 ? 'nothing' : total,
    difference: predicted > 0 ? actual / predicted - 1 : 0,
    groupsWithin: within.length,
    groups: points.length,
  };
}

/** Whether the model finds the best better than a list by what they brought before. */
export type TopTenthVerdict = 'better' | 'alike' | 'worse' | 'unknown';

/** So much of the revenue is no difference. */
const ALIKE_MAX = 0.02;

/** Compares the two ways to choose the best tenth. */
export function topTenthVerdict({ byModel, byPast }: BackTest['topTenth']): TopTenthVerdict {
  if (byModel === null || byPast === null) return 'unknown';
  if (Math.abs(byModel - byPast) < ALIKE_MAX) return 'alike';
  return byModel > byPast ? 'better' : 'worse';
}
