/** A quantile of ascending values, between two of them in proportion (type 7 of Hyndman and Fan 1996). */
export function quantileOf(sorted: Float64Array, quantile: number): number {
  return valueAt(sorted, (sorted.length - 1) * quantile);
}

/**
 * Bounds between which one more draw would lie with this probability: of n draws, the k-th has k of
 * n + 1 below it (type 6 of Hyndman and Fan 1996). The draws are ascending.
 */
export function centralInterval(
  sorted: Float64Array,
  probability: number,
): { readonly low: number; readonly high: number } {
  const at = (share: number): number => valueAt(sorted, share * (sorted.length + 1) - 1);
  return { low: at((1 - probability) / 2), high: at((1 + probability) / 2) };
}

/** What stands at a place between two values, in proportion; 0 where there are none. */
function valueAt(sorted: Float64Array, place: number): number {
  const inside = Math.max(0, Math.min(sorted.length - 1, place));
  const below = sorted[Math.floor(inside)] ?? 0;
  return below + (inside - Math.floor(inside)) * ((sorted[Math.ceil(inside)] ?? 0) - below);
}
