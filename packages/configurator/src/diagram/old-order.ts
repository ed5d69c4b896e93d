/** Variable orders of a diagram: neighbours in a table should stand near each other. */

/** Starts of the heuristic; the narrowest results are tried first. */
const STARTS = 24;
const ROUNDS = 40;

/** Sum over the tables of how far apart their first and last variables stand. */
function spanOf(place: Float64Array | Int32Array, scopes: readonly (readonly number[])[]): number {
  let total = 0;
  for (const scope of scopes) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const v of scope) {
      low = Math.min(low, place[v] ?? 0);
      high = Math.max(high, place[v] ?? 0);
    }
    total += high - low;
  }
  return total;
}

/** A shuffle that is the same on every machine (a linear congruential generator). */
function shuffled(count: number, seed: number): Int32Array {
  const list = Int32Array.from({ length: count }, (_, v) => v);
  let state = (seed * 2_654_435_761) >>> 0;
  for (let i = count - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const j = state % (i + 1);
    [list[i], list[j]] = [list[j] ?? 0, list[i] ?? 0];
  }
  return list;
}

/**
 * One run of FORCE (Aloul, Markov, Sakallah 2003): tables pull their variables to their common
 * centre, until the span no longer shrinks.
 */
function force(start: Int32Array, scopes: readonly (readonly number[])[]): Int32Array {
  const count = start.length;
  let order = start;
  const place = new Int32Array(count);
  const settle = (list: Int32Array): void => {
    list.forEach((v, i) => {
      place[v] = i;
    });
  };
  settle(order);
  let best = spanOf(place, scopes);
  for (let round = 0; round < ROUNDS; round++) {
    const pull = new Float64Array(count);
    const weight = new Float64Array(count);
    for (const scope of scopes) {
      let centre = 0;
      for (const v of scope) centre += (place[v] ?? 0) / scope.length;
      for (const v of scope) {
        pull[v] = (pull[v] ?? 0) + centre;
        weight[v] = (weight[v] ?? 0) + 1;
      }
    }
    const aim = (v: number): number =>
      (weight[v] ?? 0) > 0 ? (pull[v] ?? 0) / (weight[v] ?? 1) : (place[v] ?? 0);
    const next = Int32Array.from(order).sort((a, b) => aim(a) - aim(b) || a - b);
    settle(next);
    const span = spanOf(place, scopes);
    if (span >= best) break;
    best = span;
    order = next;
  }
  return order;
}

/** A table as an order sees it. */
export interface OrderedTable {
  readonly scope: readonly number[];
  readonly rowCount: number;
}

/**
 * How wide a diagram may become under an order, as a logarithm: at each level the half-read tables
 * multiply, each by its rows or by what was read of it, whichever is less. An upper bound, summed
 * over the levels; what counts is that it ranks orders.
 */
function widthOf(order: Int32Array, tables: readonly OrderedTable[], sizes: Int32Array): number {
  const levels = new Float64Array(order.length);
  const place = new Int32Array(order.length);
  order.forEach((v, i) => {
    place[v] = i;
  });
  for (const { scope, rowCount } of tables) {
    const reads = scope.map((v) => [place[v] ?? 0, sizes[v] ?? 1] as const);
    reads.sort(([a], [b]) => a - b);
    const last = reads.at(-1)?.[0] ?? 0;
    let seen = 0;
    reads.forEach(([at, size], i) => {
      seen += Math.log(size);
      const until = reads[i + 1]?.[0] ?? last;
      for (let l = at; l < until; l++) {
        levels[l] = (levels[l] ?? 0) + Math.min(seen, Math.log(rowCount + 1));
      }
    });
  }
  const widest = levels.reduce((a, b) => Math.max(a, b), 0);
  return widest + Math.log(levels.reduce((sum, level) => sum + Math.exp(level - widest), 0));
}

/** Orders of the variables, the one that promises the narrowest diagram first; `most` of them. */
export function listOrders(
  sizes: Int32Array,
  tables: readonly OrderedTable[],
  most: number,
): readonly Int32Array[] {
  const count = sizes.length;
  const scopes = tables.map(({ scope }) => scope);
  const found = new Map<string, { readonly order: Int32Array; readonly width: number }>();
  for (let seed = 0; seed < STARTS; seed++) {
    const start =
      seed === 0 ? Int32Array.from({ length: count }, (_, v) => v) : shuffled(count, seed);
    const order = force(start, scopes);
    found.set(order.join(), { order, width: widthOf(order, tables, sizes) });
  }
  const ranked = [...found.values()].sort((a, b) => a.width - b.width);
  return ranked.slice(0, most).map(({ order }) => order);
}
