import type { Draws } from './draws.ts';

/**
 * One draw from the normal distribution about a point, with a covariance (n × n by rows) that may be
 * singular: by its Cholesky factor, in which directions without variance are left out.
 */
export function drawAround(
  point: ArrayLike<number>,
  covariance: ArrayLike<number>,
  draws: Draws,
): Float64Array {
  const n = point.length;
  const factor = new Float64Array(n * n);
  const at = (row: number, column: number): number => factor[row * n + column] ?? 0;
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = covariance[row * n + column] ?? 0;
      for (let k = 0; k < column; k++) rest -= at(row, k) * at(column, k);
      if (row === column) factor[row * n + column] = Math.sqrt(Math.max(0, rest));
      else factor[row * n + column] = at(column, column) > 0 ? rest / at(column, column) : 0;
    }
  }
  const normal = Float64Array.from({ length: n }, () => draws.normal());
  return Float64Array.from({ length: n }, (_, row) => {
    let sum = point[row] ?? 0;
    for (let k = 0; k <= row; k++) sum += at(row, k) * (normal[k] ?? 0);
    return sum;
  });
}
