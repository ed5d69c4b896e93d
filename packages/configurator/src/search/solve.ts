import { type Analysis, analyse, decisionsBehind, levelOfConflict } from './analyse.ts';
import { addClause, forgetClauses, glueOf } from './clauses.ts';
import { append, assign, BY_CLAUSE, type Engine, openLevel, takeBack } from './engine.ts';
import type { Inner } from './literals.ts';
import { propagate } from './propagate.ts';

/** What holds on the first levels of a search: kept between searches as far as it is the same. */
export interface Base {
  /** Literals decided together on level 1; no such level where there are none. */
  batch: Int32Array;
  /** Then one level for each of these. */
  assumed: Int32Array;
  assumedSize: number;
  /** Whether a conflict of the base is told by its decisions; costs a walk along the trail. */
  wantsCore: boolean;
}

/** Chooses the next literal to decide, or -1 where the assignment at hand is as good as whole. */
export type Chooser = () => Inner;

/** How a search ended. A solution is left on the trail, to be read before anything else is done. */
export type Ended =
  | { readonly kind: 'solution' }
  | { readonly kind: 'unknown' }
  /** Decisions of the base that exclude each other, as true literals. */
  | { readonly kind: 'conflict'; readonly core: Int32Array };

const SOLUTION: Ended = { kind: 'solution' };
const NOTHING = new Int32Array(0);
const BARE_CONFLICT: Ended = { kind: 'conflict', core: NOTHING };
const UNKNOWN: Ended = { kind: 'unknown' };

/** Conflicts of the shortest run between restarts (Luby, Sinclair & Zuckerman 1993). */
const RUN_CONFLICTS = 64;
const DECAY = 1 / 0.95;

/** Term `i`, from 1, of Luby's sequence 1 1 2 1 1 2 4 … */
function luby(i: number): number {
  let n = i;
  for (;;) {
    const bits = 32 - Math.clz32(n);
    if (n === 2 ** bits - 1) return 2 ** (bits - 1);
    n -= 2 ** (bits - 1) - 1;
  }
}

/** Levels that the base takes up when it stands whole. */
export function baseLevels(base: Base): number {
  return (base.batch.length > 0 ? 1 : 0) + base.assumedSize;
}

function failAt(analysis: Analysis, base: Base, falsified: Inner): Ended {
  if (!base.wantsCore) return BARE_CONFLICT;
  const { conflict } = analysis.engine;
  conflict.size = 0;
  append(conflict, falsified);
  const core = [...decisionsBehind(analysis), falsified];
  return { kind: 'conflict', core: Int32Array.from(core) };
}

/** Decides the next literals of the base; an answer where one of them is false already. */
function extendBase(analysis: Analysis, base: Base): Ended | undefined {
  const { engine } = analysis;
  const level = engine.starts.length;
  if (level === 0 && base.batch.length > 0) {
    openLevel(engine);
    for (const literal of base.batch) {
      const value = engine.values[literal];
      if (value === -1) {
        const failed = failAt(analysis, base, literal);
        takeBack(engine, 0);
        return failed;
      }
      if (value === 0) assign(engine, literal, 0);
    }
    return undefined;
  }
  const literal = base.assumed[level - (base.batch.length > 0 ? 1 : 0)] ?? 0;
  const value = engine.values[literal];
  if (value === -1) return failAt(analysis, base, literal);
  openLevel(engine);
  if (value === 0) assign(engine, literal, 0);
  return undefined;
}

function learn(analysis: Analysis, backLevel: number, floor: number): void {
  const { engine, learnt } = analysis;
  const glue = glueOf(engine, learnt);
  takeBack(engine, Math.max(backLevel, floor));
  const ref = addClause(engine, learnt, glue);
  const asserted = learnt.literals[0] ?? 0;
  if (learnt.size === 1 && engine.starts.length > 0) engine.units.push(asserted);
  assign(engine, asserted, (ref << 2) | BY_CLAUSE);
  engine.bump *= DECAY;
}

/** Learns from a conflict above the base; an answer where the base itself is in conflict. */
export function resolve(analysis: Analysis, base: Base): Ended | undefined {
  const { engine } = analysis;
  engine.conflictCount++;
  const level = engine.isBroken ? 0 : levelOfConflict(engine);
  takeBack(engine, level);
  if (level === 0) {
    engine.isBroken = true;
    return BARE_CONFLICT;
  }
  const floor = baseLevels(base);
  if (level <= floor) {
    const core = base.wantsCore ? decisionsBehind(analysis) : NOTHING;
    takeBack(engine, level - 1);
    return { kind: 'conflict', core };
  }
  const backLevel = analyse(analysis, level);
  learn(analysis, backLevel, Math.min(floor, level - 1));
  return undefined;
}

/** Makes literals true for good that were found to be so; false where that fails. */
export function settle(engine: Engine): boolean {
  if (engine.starts.length > 0) return true;
  for (const literal of engine.units) {
    if (engine.values[literal] === -1) engine.isBroken = true;
    else if (engine.values[literal] === 0) assign(engine, literal, 0);
  }
  engine.units.length = 0;
  if (!propagate(engine)) engine.isBroken = true;
  return !engine.isBroken;
}

function tidy(engine: Engine): void {
  if (engine.learnt.length < engine.learntMax) return;
  forgetClauses(engine);
  engine.learntMax += 500;
}

/** Which run between restarts it is, and how many conflicts it may still meet. */
interface Pace {
  run: number;
  left: number;
}

function decide({ engine }: Analysis, base: Base, choose: Chooser, pace: Pace): boolean {
  if (pace.left <= 0) {
    pace.left = RUN_CONFLICTS * luby(++pace.run);
    takeBack(engine, baseLevels(base));
    tidy(engine);
  }
  const literal = choose();
  if (literal < 0) return false;
  openLevel(engine);
  assign(engine, literal, 0);
  return true;
}

/** One step of a search at a fixpoint; nothing where it goes on. */
function step(analysis: Analysis, base: Base, choose: Chooser, pace: Pace): Ended | undefined {
  const { engine } = analysis;
  if (engine.meter.left <= 0) return UNKNOWN;
  if (engine.starts.length < baseLevels(base)) return extendBase(analysis, base);
  return decide(analysis, base, choose, pace) ? undefined : SOLUTION;
}

/**
 * Searches for an assignment that keeps the base: conflict-driven clause learning (Marques-Silva &
 * Sakallah 1999; Eén & Sörensson, SAT 2003). The trail must hold nothing of another base. Ends at a
 * fixpoint, so that the next search can go on from there.
 */
export function searchUnder(analysis: Analysis, base: Base, choose: Chooser): Ended {
  const { engine } = analysis;
  const pace: Pace = { run: 1, left: RUN_CONFLICTS };
  for (;;) {
    if (engine.starts.length === 0) settle(engine);
    const isConsistent = propagate(engine);
    if (!isConsistent) pace.left--;
    const ended = isConsistent ? step(analysis, base, choose, pace) : resolve(analysis, base);
    if (ended !== undefined) return ended;
  }
}
