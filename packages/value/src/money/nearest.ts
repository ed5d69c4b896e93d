/** Points, a column a dimension: point i is what stands at i of each column. */
export type PointColumns = readonly Float64Array[];

/** Finds the nearest points to one given by its coordinates, the nearest first; `except` is left out. */
export type NearestFinder = (
  point: ArrayLike<number>,
  count: number,
  except: number,
) => Uint32Array;

/** Points of a leaf, which are compared one by one. */
const LEAF = 12;

/**
 * A k-d tree (Bentley 1975) over points of few dimensions; nearness is Euclidean, and of points equally
 * near that with the lower number is nearer. Building costs n log² n, a search log n and some for each
 * dimension. The columns must not change while the finder is in use.
 */
export function indexPoints(columns: PointColumns): NearestFinder {
  const tree = buildTree(columns);
  return (point, count, except) => {
    const found = new NearestList(Math.min(count, tree.order.length));
    searchRange({ tree, point, except, found }, 0, tree.order.length);
    return found.list();
  };
}

/** Points in such an order that the middle of each range splits the rest of it. */
interface Tree {
  readonly columns: PointColumns;
  readonly order: Uint32Array;
  /** The dimension that a range is split by, under the place of its middle. */
  readonly splits: Uint8Array;
}

interface Search {
  readonly tree: Tree;
  readonly point: ArrayLike<number>;
  readonly except: number;
  readonly found: NearestList;
}

function buildTree(columns: PointColumns): Tree {
  const size = columns[0]?.length ?? 0;
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  const splits = new Uint8Array(size);
  const split = (from: number, to: number): void => {
    if (to - from <= LEAF) return;
    const range = order.subarray(from, to);
    const dimension = widest(range, columns);
    const column = columns[dimension] ?? new Float64Array(0);
    range.sort((a, b) => (column[a] ?? 0) - (column[b] ?? 0) || a - b);
    const middle = (from + to) >> 1;
    splits[middle] = dimension;
    split(from, middle);
    split(middle + 1, to);
  };
  split(0, size);
  return { columns, order, splits };
}

function searchRange(search: Search, from: number, to: number): void {
  const { order, splits, columns } = search.tree;
  if (to - from <= LEAF) {
    for (let place = from; place < to; place++) visit(search, order[place] ?? 0);
    return;
  }
  const middle = (from + to) >> 1;
  const pivot = order[middle] ?? 0;
  const dimension = splits[middle] ?? 0;
  const offset = (search.point[dimension] ?? 0) - (columns[dimension]?.[pivot] ?? 0);
  const ranges = [
    [from, middle],
    [middle + 1, to],
  ] as const;
  const [near, far] = offset < 0 ? ranges : ([ranges[1], ranges[0]] as const);
  searchRange(search, ...near);
  visit(search, pivot);
  if (offset * offset <= search.found.worst) searchRange(search, ...far);
}

function visit({ tree, point, except, found }: Search, i: number): void {
  if (i === except) return;
  let square = 0;
  for (let k = 0; k < tree.columns.length; k++) {
    square += ((point[k] ?? 0) - (tree.columns[k]?.[i] ?? 0)) ** 2;
  }
  found.offer(i, square);
}

/** The dimension in which these points lie furthest apart. */
function widest(points: Uint32Array, columns: PointColumns): number {
  let [best, width] = [0, -1];
  columns.forEach((column, dimension) => {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const i of points) {
      const value = column[i] ?? 0;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (high - low > width) [best, width] = [dimension, high - low];
  });
  return best;
}

/** The nearest so far, as a heap with the furthest on top. */
class NearestList {
  readonly #points: Uint32Array;
  readonly #squares: Float64Array;
  #size = 0;

  constructor(capacity: number) {
    this.#points = new Uint32Array(capacity);
    this.#squares = new Float64Array(capacity);
  }

  /** The square of the distance beyond which nothing is taken. */
  get worst(): number {
    const isFull = this.#size === this.#points.length;
    return isFull ? (this.#squares[0] ?? Number.NEGATIVE_INFINITY) : Number.POSITIVE_INFINITY;
  }

  offer(point: number, square: number): void {
    if (this.#points.length === 0) return;
    if (this.#size < this.#points.length) {
      this.#rise(this.#size++, point, square);
    } else if (this.#isFurther(0, point, square)) {
      this.#sink(point, square);
    }
  }

  list(): Uint32Array {
    const places = Array.from({ length: this.#size }, (_, place) => place);
    const squares = this.#squares;
    const points = this.#points;
    places.sort(
      (a, b) => (squares[a] ?? 0) - (squares[b] ?? 0) || (points[a] ?? 0) - (points[b] ?? 0),
    );
    return Uint32Array.from(places, (place) => points[place] ?? 0);
  }

  /** Whether what stands at a place is further than this. */
  #isFurther(place: number, point: number, square: number): boolean {
    const there = this.#squares[place] ?? 0;
    return there > square || (there === square && (this.#points[place] ?? 0) > point);
  }

  #put(place: number, point: number, square: number): void {
    this.#points[place] = point;
    this.#squares[place] = square;
  }

  #rise(from: number, point: number, square: number): void {
    let place = from;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (this.#isFurther(parent, point, square)) break;
      this.#put(place, this.#points[parent] ?? 0, this.#squares[parent] ?? 0);
      place = parent;
    }
    this.#put(place, point, square);
  }

  #sink(point: number, square: number): void {
    let place = 0;
    for (;;) {
      let child = place * 2 + 1;
      if (child >= this.#size) break;
      const right = child + 1;
      if (
        right < this.#size &&
        this.#isFurther(right, this.#points[child] ?? 0, this.#squares[child] ?? 0)
      ) {
        child = right;
      }
      if (!this.#isFurther(child, point, square)) break;
      this.#put(place, this.#points[child] ?? 0, this.#squares[child] ?? 0);
      place = child;
    }
    this.#put(place, point, square);
  }
}
