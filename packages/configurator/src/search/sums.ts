import {
  append,
  assign,
  type Buffer,
  BY_PROPAGATOR,
  type Engine,
  type Propagator,
} from './engine.ts';
import type { Inner } from './literals.ts';

/** A sum over variables: of each, the literal and the amount of each value. */
export interface SumParts {
  readonly literals: readonly Int32Array[];
  readonly amounts: readonly Float64Array[];
  readonly min: number;
  readonly max: number;
  /** Holds exactly when the sum is within; `TRUE` where it must be. */
  readonly whether: Inner;
  readonly guard: Inner;
}

interface Sum extends Propagator {
  readonly engine: Engine;
  readonly index: number;
  readonly of: SumParts;
  readonly least: Float64Array;
  readonly most: Float64Array;
}

const NEVER = Number.POSITIVE_INFINITY;

function isGone(engine: Engine, literal: Inner, before: number): boolean {
  return engine.values[literal] === -1 && (engine.places[literal >> 1] ?? 0) < before;
}

/** Least and greatest amount of each variable by what was assigned before a place; and their sums. */
function bound(sum: Sum, before: number): readonly [number, number] {
  const { engine, of, least, most } = sum;
  let [low, high] = [0, 0];
  for (let p = 0; p < of.literals.length; p++) {
    const literals = of.literals[p] ?? new Int32Array(0);
    const amounts = of.amounts[p] ?? new Float64Array(0);
    let [min, max] = [NEVER, -NEVER];
    for (let x = 0; x < literals.length; x++) {
      if (isGone(engine, literals[x] ?? 0, before)) continue;
      min = Math.min(min, amounts[x] ?? 0);
      max = Math.max(max, amounts[x] ?? 0);
    }
    least[p] = min;
    most[p] = max;
    low += min;
    high += max;
  }
  return [low, high];
}

/** Why a variable is at least `floor` (side 1) or at most that (side -1): the values gone beyond. */
function blame(sum: Sum, p: number, side: number, before: number, out: Buffer): void {
  const { engine, of } = sum;
  const literals = of.literals[p] ?? new Int32Array(0);
  const amounts = of.amounts[p] ?? new Float64Array(0);
  const edge = (side > 0 ? sum.least[p] : sum.most[p]) ?? 0;
  const held = literals.find(
    (literal) => engine.values[literal] === 1 && (engine.places[literal >> 1] ?? 0) < before,
  );
  if (held !== undefined) {
    append(out, held ^ 1);
    return;
  }
  for (let x = 0; x < literals.length; x++) {
    const literal = literals[x] ?? 0;
    const isBeyond = side > 0 ? (amounts[x] ?? 0) < edge : (amounts[x] ?? 0) > edge;
    if (isBeyond && isGone(engine, literal, before)) append(out, literal);
  }
}

function blameAll(
  sum: Sum,
  sides: readonly number[],
  except: number,
  before: number,
  out: Buffer,
): void {
  for (const side of sides) {
    for (let p = 0; p < sum.of.literals.length; p++)
      if (p !== except) blame(sum, p, side, before, out);
  }
}

function fail(sum: Sum, sides: readonly number[]): false {
  const { engine, of } = sum;
  engine.conflict.size = 0;
  if (of.guard !== 0) append(engine.conflict, of.guard ^ 1);
  const whether = engine.values[of.whether] === 1 ? of.whether ^ 1 : of.whether;
  append(engine.conflict, whether);
  blameAll(sum, sides, -1, NEVER, engine.conflict);
  return false;
}

/** Drops the values whose amount is beyond what the others leave room for. */
function drop(sum: Sum, isTooMuch: (p: number, amount: number) => boolean): boolean {
  const { engine, of, index } = sum;
  for (let p = 0; p < of.literals.length; p++) {
    const literals = of.literals[p] ?? new Int32Array(0);
    const amounts = of.amounts[p] ?? new Float64Array(0);
    for (let x = 0; x < literals.length; x++) {
      const literal = literals[x] ?? 0;
      if (engine.values[literal] !== 0 || !isTooMuch(p, amounts[x] ?? 0)) continue;
      assign(engine, literal ^ 1, (index << 2) | BY_PROPAGATOR);
    }
  }
  return true;
}

function keepWithin(sum: Sum, low: number, high: number): boolean {
  const { min, max } = sum.of;
  if (low > max) return fail(sum, [1]);
  if (high < min) return fail(sum, [-1]);
  if (low >= min && high <= max) return true;
  return drop(
    sum,
    (p, amount) =>
      low - (sum.least[p] ?? 0) + amount > max || high - (sum.most[p] ?? 0) + amount < min,
  );
}

function keepOutside(sum: Sum, low: number, high: number): boolean {
  const { min, max } = sum.of;
  if (low >= min && high <= max) return fail(sum, [1, -1]);
  if (low < min && high > max) return true;
  if (low >= min) return drop(sum, (p, amount) => high - (sum.most[p] ?? 0) + amount <= max);
  return drop(sum, (p, amount) => low - (sum.least[p] ?? 0) + amount >= min);
}

function run(sum: Sum): boolean {
  const { engine, of, index } = sum;
  if (engine.values[of.guard] !== 1) return true;
  const [low, high] = bound(sum, NEVER);
  if (low === NEVER || high === -NEVER) return true;
  const whether = engine.values[of.whether] ?? 0;
  if (whether === 1) return keepWithin(sum, low, high);
  if (whether === -1) return keepOutside(sum, low, high);
  const reason = (index << 2) | BY_PROPAGATOR;
  if (low >= of.min && high <= of.max) assign(engine, of.whether, reason);
  else if (low > of.max || high < of.min) assign(engine, of.whether ^ 1, reason);
  return true;
}

/** The side on which a sum that must be outside cannot be, when a value is dropped: both bounds. */
function explainDropped(sum: Sum, concluded: Inner, before: number, out: Buffer): void {
  const { engine, of } = sum;
  const place = of.literals.findIndex((literals) => literals.includes(concluded ^ 1));
  const x = of.literals[place]?.indexOf(concluded ^ 1) ?? -1;
  const amount = of.amounts[place]?.[x] ?? 0;
  const [low] = bound(sum, before);
  const isWithin = engine.values[of.whether] === 1;
  append(out, isWithin ? of.whether ^ 1 : of.whether);
  if (!isWithin) {
    const side = low >= of.min ? 1 : -1;
    blameAll(sum, [side], -1, before, out);
    blameAll(sum, [-side], place, before, out);
    return;
  }
  const isOver = low - (sum.least[place] ?? 0) + amount > of.max;
  blameAll(sum, [isOver ? 1 : -1], place, before, out);
}

function explainSum(sum: Sum, concluded: Inner, before: number, out: Buffer): void {
  const { of } = sum;
  if (of.guard !== 0) append(out, of.guard ^ 1);
  if (concluded >> 1 !== of.whether >> 1 || of.whether === 0) {
    explainDropped(sum, concluded, before, out);
    return;
  }
  const [low] = bound(sum, before);
  if (concluded === of.whether) blameAll(sum, [1, -1], -1, before, out);
  else blameAll(sum, [low > of.max ? 1 : -1], -1, before, out);
}

/**
 * A sum of amounts between bounds, or whether it is: drops values by the bounds that the other
 * variables leave. A run costs the values of its variables.
 */
export function makeSum(engine: Engine, of: SumParts): Propagator {
  const sum: Sum = {
    of,
    isWaiting: false,
    engine,
    index: engine.propagators.length,
    least: new Float64Array(of.literals.length),
    most: new Float64Array(of.literals.length),
    notice: () => undefined,
    run: () => run(sum),
    explain: (literal, before, out) => explainSum(sum, literal, before, out),
    forget: () => undefined,
  };
  engine.propagators.push(sum);
  return sum;
}
