import {
  append,
  assign,
  type Buffer,
  BY_PROPAGATOR,
  type Engine,
  type Propagator,
} from './engine.ts';
import type { Inner } from './literals.ts';

interface Count extends Propagator {
  readonly engine: Engine;
  readonly index: number;
  readonly guard: Inner;
  readonly literals: Int32Array;
  readonly min: number;
  readonly max: number;
}

/** Adds up to `most` of the literals that have a value and were assigned before a place. */
function addAssigned(count: Count, value: number, before: number, most: number, out: Buffer): void {
  const { engine, literals } = count;
  let left = most;
  for (let i = 0; i < literals.length && left > 0; i++) {
    const literal = literals[i] ?? 0;
    if (engine.values[literal] !== value) continue;
    if ((engine.places[literal >> 1] ?? 0) >= before) continue;
    append(out, value === 1 ? literal ^ 1 : literal);
    left--;
  }
}

function setOpen(count: Count, flip: number): void {
  const { engine, literals, index } = count;
  for (const literal of literals) {
    if (engine.values[literal] === 0) assign(engine, literal ^ flip, (index << 2) | BY_PROPAGATOR);
  }
}

function fail(count: Count, value: number, most: number): false {
  const { engine, guard } = count;
  engine.conflict.size = 0;
  if (guard !== 0) append(engine.conflict, guard ^ 1);
  addAssigned(count, value, Number.POSITIVE_INFINITY, most, engine.conflict);
  return false;
}

function run(count: Count): boolean {
  const { engine, literals, guard, min, max } = count;
  if (engine.values[guard] !== 1) return true;
  let [held, gone] = [0, 0];
  for (let i = 0; i < literals.length; i++) {
    const value = engine.values[literals[i] ?? 0] ?? 0;
    if (value === 1) held++;
    else if (value === -1) gone++;
  }
  const goneMax = literals.length - min;
  if (held > max) return fail(count, 1, max + 1);
  if (gone > goneMax) return fail(count, -1, goneMax + 1);
  if (held + gone === literals.length) return true;
  if (held === max) setOpen(count, 1);
  else if (gone === goneMax) setOpen(count, 0);
  return true;
}

/** Between `min` and `max` of different literals hold. A run costs the number of the literals. */
export function makeCount(
  engine: Engine,
  of: {
    readonly literals: Int32Array;
    readonly min: number;
    readonly max: number;
    readonly guard: Inner;
  },
): Propagator {
  const count: Count = {
    ...of,
    isWaiting: false,
    engine,
    index: engine.propagators.length,
    notice: () => undefined,
    run: () => run(count),
    explain: (literal, before, out) => {
      if (of.guard !== 0) append(out, of.guard ^ 1);
      const isHeld = of.literals.includes(literal);
      if (isHeld) addAssigned(count, -1, before, of.literals.length - of.min, out);
      else addAssigned(count, 1, before, of.max, out);
    },
    forget: () => undefined,
  };
  engine.propagators.push(count);
  return count;
}
