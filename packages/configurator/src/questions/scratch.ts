/*
 * Working memory that is kept from one question to the next, so that answering in the steady state
 * allocates nothing. Questions are synchronous and never call each other while they hold a place, so
 * a place has one holder at a time. What a place holds on arrival is left over and means nothing.
 */

const integers: Int32Array[] = [];
const floats: Float64Array[] = [];

/** Half as much again, so that growing instances do not reallocate at each step. */
function roomFor(length: number): number {
  return length + (length >> 1) + 64;
}

/** Places of whole numbers. */
export const INTEGER_PLACE = {
  only: 0,
  place: 1,
  edgeValue: 2,
  edgeChild: 3,
  nodeEdge: 4,
  table: 5,
  counts: 6,
  up: 7,
  chosen: 8,
} as const;

/** Places of floating-point numbers. */
export const FLOAT_PLACE = { up: 0, down: 1, residueUp: 2, residueDown: 3, second: 4 } as const;

let ones = new Float64Array(0);

/** At least `length` numbers, all 1: to be read alone. */
export function onesFor(length: number): Float64Array {
  if (ones.length < length) ones = new Float64Array(roomFor(length)).fill(1);
  return ones;
}

/** At least `length` whole numbers of whatever value. */
export function borrowIntegers(place: number, length: number): Int32Array {
  const kept = integers[place];
  if (kept !== undefined && kept.length >= length) return kept;
  const made = new Int32Array(roomFor(length));
  integers[place] = made;
  return made;
}

/** At least `length` numbers of whatever value. */
export function borrowFloats(place: number, length: number): Float64Array {
  const kept = floats[place];
  if (kept !== undefined && kept.length >= length) return kept;
  const made = new Float64Array(roomFor(length));
  floats[place] = made;
  return made;
}
