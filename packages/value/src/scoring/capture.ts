/** How much of what came was from the best tenth of customers, by different orders; shares of 1. */
export interface DecileCapture {
  /** The tenth, rounded up. */
  readonly customers: number;
  /** By prediction, by what was brought before, and at best: by what came. */
  readonly byPrediction: number;
  readonly byPast: number;
  readonly atBest: number;
}

/** The best tenth by prediction and by the past. All shares are 0 where nothing came. */
export function topDecileOf(
  actual: Float64Array,
  by: { readonly predicted: Float64Array; readonly past: Float64Array },
): DecileCapture {
  const customers = Math.ceil(actual.length / 10);
  return {
    customers,
    byPrediction: captured(actual, by.predicted, customers),
    byPast: captured(actual, by.past, customers),
    atBest: captured(actual, actual, customers),
  };
}

/** The share of those highest in an order; of those alike in it at the end, as many as have a place. */
function captured(actual: Float64Array, order: Float64Array, places: number): number {
  const last = order.slice().sort().at(-places) ?? Number.POSITIVE_INFINITY;
  let [total, above, alike, fromAbove, fromAlike] = [0, 0, 0, 0, 0];
  actual.forEach((value, i) => {
    const own = order[i] ?? 0;
    total += value;
    if (own > last) [above, fromAbove] = [above + 1, fromAbove + value];
    if (own === last) [alike, fromAlike] = [alike + 1, fromAlike + value];
  });
  const shared = alike === 0 ? 0 : ((places - above) / alike) * fromAlike;
  return total > 0 ? (fromAbove + shared) / total : 0;
}
