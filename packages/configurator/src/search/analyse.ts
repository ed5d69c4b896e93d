import { append, type Buffer, BY_PROPAGATOR, bumpAtom, type Engine } from './engine.ts';
import type { Inner } from './literals.ts';
import { explain } from './propagate.ts';

/** What one engine needs to read conflicts; kept between them. */
export interface Analysis {
  readonly engine: Engine;
  /** By atom: 1 where it is in the clause being made, or implied by it. */
  readonly seen: Uint8Array;
  readonly reason: Buffer;
  /** The clause learnt last; its first literal is the one it asserts, its second the latest other. */
  readonly learnt: Buffer;
  /** Atoms whose mark has to be wiped. */
  readonly touched: Buffer;
}

function makeBuffer(): Buffer {
  return { literals: new Int32Array(64), size: 0 };
}

/** Makes room for reading the conflicts of an engine. */
export function makeAnalysis(engine: Engine): Analysis {
  return {
    engine,
    seen: new Uint8Array(engine.atomCount),
    reason: makeBuffer(),
    learnt: makeBuffer(),
    touched: makeBuffer(),
  };
}

/** The level of the latest literal of the conflict. */
export function levelOfConflict(engine: Engine): number {
  const { conflict, levels } = engine;
  let level = 0;
  for (let i = 0; i < conflict.size; i++) {
    level = Math.max(level, levels[(conflict.literals[i] ?? 0) >> 1] ?? 0);
  }
  return level;
}

function wipe(analysis: Analysis): void {
  const { touched, seen } = analysis;
  for (let i = 0; i < touched.size; i++) seen[touched.literals[i] ?? 0] = 0;
  touched.size = 0;
}

/** Marks literals; tells how many of them are of the level, and keeps the others. */
function take(analysis: Analysis, from: Buffer, level: number): number {
  const { engine, seen, learnt, touched } = analysis;
  let here = 0;
  for (let i = 0; i < from.size; i++) {
    const literal = from.literals[i] ?? 0;
    const atom = literal >> 1;
    const own = engine.levels[atom] ?? 0;
    if (own === 0 || seen[atom] === 1) continue;
    seen[atom] = 1;
    append(touched, atom);
    bumpAtom(engine, atom);
    if (own === level) here++;
    else append(learnt, literal);
  }
  return here;
}

/** Whether a literal of the clause follows from the others by one clause or pair. */
function isImplied(analysis: Analysis, literal: Inner): boolean {
  const { engine, seen, reason } = analysis;
  const given = engine.reasons[literal >> 1] ?? 0;
  if (given === 0 || (given & 3) === BY_PROPAGATOR) return false;
  reason.size = 0;
  explain(engine, literal ^ 1, reason);
  for (let i = 0; i < reason.size; i++) {
    const atom = (reason.literals[i] ?? 0) >> 1;
    if (seen[atom] !== 1 && (engine.levels[atom] ?? 0) > 0) return false;
  }
  return true;
}

function minimise(analysis: Analysis): void {
  const { literals, size } = analysis.learnt;
  let kept = 1;
  for (let i = 1; i < size; i++) {
    const literal = literals[i] ?? 0;
    if (!isImplied(analysis, literal)) literals[kept++] = literal;
  }
  analysis.learnt.size = kept;
}

/** Moves the latest literal but the first to second place; answers its level. */
function findSecond(analysis: Analysis): number {
  const { engine, learnt } = analysis;
  const { literals } = learnt;
  let best = -1;
  let level = 0;
  for (let i = 1; i < learnt.size; i++) {
    const own = engine.levels[(literals[i] ?? 0) >> 1] ?? 0;
    if (own > level) {
      level = own;
      best = i;
    }
  }
  if (best > 0) {
    const other = literals[1] ?? 0;
    literals[1] = literals[best] ?? 0;
    literals[best] = other;
  }
  return level;
}

/**
 * Makes a clause of a conflict, up to the first literal of its level through which all of it goes
 * (first unique implication point, Zhang et al., ICCAD 2001), without literals that the others
 * imply. Answers the level at which the clause asserts its first literal. All of the conflict must
 * be at or below `level`, and some of it there, with one decision at that level.
 */
export function analyse(analysis: Analysis, level: number): number {
  const { engine, seen, reason, learnt } = analysis;
  learnt.size = 0;
  append(learnt, 0);
  let open = take(analysis, engine.conflict, level);
  let at = engine.size - 1;
  for (;;) {
    while (seen[(engine.trail[at] ?? 0) >> 1] !== 1 || levelAt(engine, at) !== level) at--;
    const literal = engine.trail[at--] ?? 0;
    if (--open === 0) {
      learnt.literals[0] = literal ^ 1;
      break;
    }
    reason.size = 0;
    explain(engine, literal, reason);
    open += take(analysis, reason, level);
  }
  minimise(analysis);
  wipe(analysis);
  return findSecond(analysis);
}

function levelAt(engine: Engine, place: number): number {
  return engine.levels[(engine.trail[place] ?? 0) >> 1] ?? 0;
}

/**
 * The decisions above level 0 that together force all literals of the conflict to be false, as
 * literals that are true. Linear in the trail.
 */
export function decisionsBehind(analysis: Analysis): Int32Array {
  const { engine, seen, reason, learnt } = analysis;
  learnt.size = 0;
  take(analysis, engine.conflict, -1);
  const decisions: number[] = [];
  for (let at = engine.size - 1; at >= (engine.starts[0] ?? 0); at--) {
    const literal = engine.trail[at] ?? 0;
    if (seen[literal >> 1] !== 1) continue;
    if (engine.reasons[literal >> 1] === 0) decisions.push(literal);
    else {
      reason.size = 0;
      explain(engine, literal, reason);
      take(analysis, reason, -1);
    }
  }
  wipe(analysis);
  return Int32Array.from(decisions);
}
