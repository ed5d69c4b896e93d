import type { Constraint } from './constraint.ts';
import { dropClass, hasClass, type Layout, nextClass, type Store } from './domains.ts';

/** A sum over classes; see `ValueSum`. `whether` is a variable and its class that means true. */
export interface ClassSum {
  readonly scope: readonly number[];
  readonly amounts: readonly Float64Array[];
  readonly min: number;
  readonly max: number;
  readonly whether?: { readonly variable: number; readonly held: number };
}

/** What is asked of the sum: to be within the bounds, outside of them, or nothing yet. */
type Wanted = 'within' | 'outside' | 'open';

/** The least and the greatest amount left of each variable, and of all together. */
interface Spans {
  readonly low: Float64Array;
  readonly high: Float64Array;
  lowest: number;
  highest: number;
}

function measure(sum: ClassSum, layout: Layout, store: Store, spans: Spans): boolean {
  [spans.lowest, spans.highest] = [0, 0];
  for (let p = 0; p < sum.scope.length; p++) {
    const v = sum.scope[p] ?? 0;
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let c = nextClass(layout, store, v, 0); c >= 0; c = nextClass(layout, store, v, c + 1)) {
      const amount = sum.amounts[p]?.[c] ?? 0;
      if (amount < low) low = amount;
      if (amount > high) high = amount;
    }
    if (low > high) return false;
    spans.low[p] = low;
    spans.high[p] = high;
    spans.lowest += low;
    spans.highest += high;
  }
  return true;
}

/** Whether the sum excludes nothing any more that is left in a store. */
export function isSettled(sum: ClassSum, layout: Layout, store: Store): boolean {
  const size = sum.scope.length;
  const spans = {
    low: new Float64Array(size),
    high: new Float64Array(size),
    lowest: 0,
    highest: 0,
  };
  const wanted = wantedOf(sum, layout, store);
  if (wanted === 'open' || !measure(sum, layout, store, spans)) return false;
  const other = wanted === 'within' ? 'outside' : 'within';
  return isLost(sum, other, spans.lowest, spans.highest);
}

function wantedOf({ whether }: ClassSum, layout: Layout, store: Store): Wanted {
  if (whether === undefined) return 'within';
  const { variable, held } = whether;
  if (!hasClass(layout, store, variable, held)) return 'outside';
  return hasClass(layout, store, variable, 1 - held) ? 'open' : 'within';
}

/** Whether no sum between two ends is as wanted. */
function isLost(sum: ClassSum, wanted: Wanted, low: number, high: number): boolean {
  if (wanted === 'within') return high < sum.min || low > sum.max;
  return low >= sum.min && high <= sum.max;
}

/** Drops the classes of one position with which the sum cannot be as wanted; how many went. */
function pruneAt(
  sum: ClassSum,
  at: { readonly layout: Layout; readonly store: Store; readonly spans: Spans },
  p: number,
  wanted: Wanted,
): number {
  const { layout, store, spans } = at;
  const v = sum.scope[p] ?? 0;
  const low = spans.lowest - (spans.low[p] ?? 0);
  const high = spans.highest - (spans.high[p] ?? 0);
  let dropped = 0;
  for (let c = nextClass(layout, store, v, 0); c >= 0; c = nextClass(layout, store, v, c + 1)) {
    const amount = sum.amounts[p]?.[c] ?? 0;
    if (!isLost(sum, wanted, low + amount, high + amount)) continue;
    dropClass(layout, store, v, c);
    dropped++;
  }
  return dropped;
}

/** Settles the variable that tells whether the sum is within; true when that drops a value. */
function settle(sum: ClassSum, layout: Layout, store: Store, spans: Spans): boolean {
  const { whether } = sum;
  if (whether === undefined) return false;
  const { variable, held } = whether;
  const { lowest, highest } = spans;
  if (isLost(sum, 'within', lowest, highest)) dropClass(layout, store, variable, held);
  else if (isLost(sum, 'outside', lowest, highest)) dropClass(layout, store, variable, 1 - held);
  else return false;
  return true;
}

/**
 * Bounds of a sum, propagated to their fixpoint: a class is dropped when the sum cannot be as wanted
 * whatever the others are. Exact once all are assigned. A round costs one look at each class.
 */
export function sumConstraint(layout: Layout, sum: ClassSum): Constraint {
  const { scope, whether } = sum;
  const all = whether === undefined ? scope : [...scope, whether.variable];
  const spans: Spans = {
    low: new Float64Array(scope.length),
    high: new Float64Array(scope.length),
    lowest: 0,
    highest: 0,
  };
  const shrunk = new Uint8Array(all.length);
  const pruneAll = (store: Store, wanted: Wanted): boolean => {
    let isNews = false;
    for (let p = 0; p < scope.length; p++) {
      if (pruneAt(sum, { layout, store, spans }, p, wanted) === 0) continue;
      shrunk[p] = 1;
      isNews = true;
    }
    return isNews;
  };
  const round = (store: Store): boolean => {
    const wanted = wantedOf(sum, layout, store);
    if (wanted !== 'open') return pruneAll(store, wanted);
    const isSettled = settle(sum, layout, store, spans);
    if (isSettled) shrunk[scope.length] = 1;
    return isSettled;
  };
  return {
    scope: all,
    sum,
    revise(store, changed) {
      shrunk.fill(0);
      do {
        if (!measure(sum, layout, store, spans)) return -1;
      } while (round(store));
      let count = 0;
      for (let p = 0; p < all.length; p++) if (shrunk[p] === 1) changed[count++] = p;
      return count;
    },
    accepts(classes) {
      let total = 0;
      for (let p = 0; p < scope.length; p++) {
        total += sum.amounts[p]?.[classes[scope[p] ?? 0] ?? 0] ?? 0;
      }
      const isWithin = sum.min <= total && total <= sum.max;
      const isWanted = whether === undefined || classes[whether.variable] === whether.held;
      return isWithin === isWanted;
    },
  };
}
