/** What each customer of a row is worth, and how many customers the row stands for. */
export interface CountedValues {
  readonly value: Float64Array;
  readonly count: Float64Array;
}

/** Customers from the best on. */
export interface BestFirst {
  readonly customers: number;
  /** What the best such share of customers hold of the whole: 0.2 for the best fifth. */
  readonly shareOfBest: (share: number) => number;
  /** The least that one of the best such share of customers is worth. */
  readonly edgeOfBest: (share: number) => number;
}

/** Rows from the best on. */
export function bestOrder({ value }: Pick<CountedValues, 'value'>): Uint32Array {
  return Uint32Array.from(value.keys()).sort((a, b) => (value[b] ?? 0) - (value[a] ?? 0));
}

/** Ranks customers by what they are worth; those of one row share alike. Cost: one sort. */
export function rankBestFirst({ value, count }: CountedValues): BestFirst {
  const order = bestOrder({ value });
  const customers = new Float64Array(order.length + 1);
  const held = new Float64Array(order.length + 1);
  order.forEach((row, i) => {
    const n = count[row] ?? 0;
    customers[i + 1] = (customers[i] ?? 0) + n;
    held[i + 1] = (held[i] ?? 0) + n * (value[row] ?? 0);
  });
  const [all, total] = [customers[order.length] ?? 0, held[order.length] ?? 0];
  /** The place in the order of the customer with so many before. */
  const find = (before: number): number => {
    let [low, high] = [0, Math.max(0, order.length - 1)];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((customers[middle + 1] ?? 0) > before) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    customers: all,
    shareOfBest: (share) => {
      const best = Math.round(share * all);
      const at = find(best);
      const inRow = (best - (customers[at] ?? 0)) * (value[order[at] ?? 0] ?? 0);
      return total > 0 ? ((held[at] ?? 0) + inRow) / total : 0;
    },
    edgeOfBest: (share) => value[order[find(Math.floor(share * all))] ?? 0] ?? 0,
  };
}

/** The middle one of all customers. */
export function medianOf(counted: CountedValues): number {
  return rankBestFirst(counted).edgeOfBest(0.5);
}
