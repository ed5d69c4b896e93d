import type { OpaqueConstraint, Option } from '../problem/problem.ts';
import {
  append,
  assign,
  type Buffer,
  BY_PROPAGATOR,
  type Engine,
  type Propagator,
} from './engine.ts';
import type { Inner } from './literals.ts';

/** Looked-at options that cost a step, as a power of two. */
const STEP_SHIFT = 3;

/** An opaque constraint and the options of its scope. */
export interface OpaqueParts {
  readonly constraint: OpaqueConstraint;
  readonly options: Int32Array;
  readonly held: Int32Array;
  /** By option of the problem, shared by all: 1 where it is in its domain. */
  readonly possible: Uint8Array;
  readonly guard: Inner;
}

function blameAll(engine: Engine, of: OpaqueParts, before: number, out: Buffer): void {
  if (of.guard !== 0) append(out, of.guard ^ 1);
  for (const option of of.options) {
    const literal = of.held[option] ?? 0;
    if (engine.values[literal] === -1 && (engine.places[literal >> 1] ?? 0) < before) {
      append(out, literal);
    }
  }
}

function run(engine: Engine, of: OpaqueParts, index: number): boolean {
  if (engine.values[of.guard] !== 1) return true;
  engine.meter.left -= of.options.length >> STEP_SHIFT;
  for (const option of of.options) {
    of.possible[option] = engine.values[of.held[option] ?? 0] === -1 ? 0 : 1;
  }
  const removed: Option[] = [];
  if (!of.constraint.prune(of.possible, (option) => void removed.push(option))) return false;
  for (const option of removed) {
    const literal = of.held[option] ?? 0;
    if (engine.values[literal] === 1) return false;
    if (engine.values[literal] === 0) assign(engine, literal ^ 1, (index << 2) | BY_PROPAGATOR);
  }
  return true;
}

/** A constraint known only by what it removes: its reasons are all options gone in its scope. */
export function makeOpaque(engine: Engine, of: OpaqueParts): Propagator {
  const index = engine.propagators.length;
  const opaque: Propagator = {
    isWaiting: false,
    notice: () => undefined,
    run: () => {
      if (run(engine, of, index)) return true;
      engine.conflict.size = 0;
      blameAll(engine, of, Number.POSITIVE_INFINITY, engine.conflict);
      return false;
    },
    explain: (_literal, before, out) => blameAll(engine, of, before, out),
    forget: () => undefined,
  };
  engine.propagators.push(opaque);
  return opaque;
}
