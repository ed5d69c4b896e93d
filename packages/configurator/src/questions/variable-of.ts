/** The variable that an option belongs to, by bisection. */
export function variableOf(optionAt: Int32Array, option: number): number {
  let low = 0;
  let high = optionAt.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((optionAt[middle] ?? 0) <= option) low = middle;
    else high = middle;
  }
  return low;
}
