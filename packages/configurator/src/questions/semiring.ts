/** Room for one value of each node or option: a typed array or a plain one. */
export interface Room<T> {
  readonly length: number;
  [index: number]: T;
}

/**
 * What is summed over the paths of a diagram: `times` joins what lies along a path, `plus` chooses or
 * adds among paths. `times` distributes over `plus`, `zero` is no path at all, `one` the empty one.
 * Goodman, "Semiring parsing", Computational Linguistics 25 (1999), shows how much follows from that.
 */
export interface Semiring<T> {
  readonly zero: T;
  readonly one: T;
  plus(a: T, b: T): T;
  times(a: T, b: T): T;
  /** Room for so many values, each `zero`. */
  room(length: number): Room<T>;
}

const INF: number = Number.POSITIVE_INFINITY;
const sum = (a: number, b: number): number => a + b;
const product = (a: number, b: number): number => a * b;
const floats = (zero: number) => (length: number) => new Float64Array(length).fill(zero);

/** Whether there is a path: 0 or 1. */
export const possibility: Semiring<number> = {
  zero: 0,
  one: 1,
  plus: (a, b) => a | b,
  times: (a, b) => a & b,
  room: (length) => new Uint8Array(length),
};

/** The least sum along a path, (min, +); infinite where there is none. */
export const cheapest: Semiring<number> = {
  zero: INF,
  one: 0,
  plus: Math.min,
  times: sum,
  room: floats(INF),
};

/** The greatest sum along a path, (max, +); -infinite where there is none. */
export const dearest: Semiring<number> = {
  zero: -INF,
  one: 0,
  plus: Math.max,
  times: sum,
  room: floats(-INF),
};

/** The logarithm of the most probable path's probability, (max, +) on logarithms. */
export const likeliestLog: Semiring<number> = dearest;

/** How many paths there are, each as often as the product of its weights; exact at any size. */
export const counting: Semiring<bigint> = {
  zero: 0n,
  one: 1n,
  plus: (a, b) => a + b,
  times: (a, b) => a * b,
  room: (length) => new Array<bigint>(length).fill(0n),
};

/** The sum of the products of weights along paths, (+, ×) on floating-point numbers. */
export const probability: Semiring<number> = {
  zero: 0,
  one: 1,
  plus: sum,
  times: product,
  room: floats(0),
};

/** The earliest time at which all of some path is there, (min, max). */
export const bottleneck: Semiring<number> = {
  zero: INF,
  one: -INF,
  plus: Math.min,
  times: Math.max,
  room: floats(INF),
};
