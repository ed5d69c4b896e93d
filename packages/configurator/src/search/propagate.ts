import {
  append,
  assign,
  type Buffer,
  BY_CLAUSE,
  BY_PAIR,
  BY_PROPAGATOR,
  type Engine,
  HEADER,
  wake,
} from './engine.ts';
import type { Inner } from './literals.ts';

function conflictOfTwo(engine: Engine, a: Inner, b: Inner): false {
  engine.conflict.size = 0;
  append(engine.conflict, a);
  append(engine.conflict, b);
  return false;
}

function conflictOfClause(engine: Engine, ref: number): false {
  const { arena, conflict } = engine;
  conflict.size = 0;
  const end = ref + HEADER + (arena[ref] ?? 0);
  for (let i = ref + HEADER; i < end; i++) append(conflict, arena[i] ?? 0);
  return false;
}

function followPairs(engine: Engine, p: Inner): boolean {
  const { pairAt, pairs, values } = engine;
  const end = pairAt[p + 1] ?? 0;
  for (let k = pairAt[p] ?? 0; k < end; k++) {
    const q = pairs[k] ?? 0;
    const value = values[q];
    if (value === 0) assign(engine, q, ((p ^ 1) << 2) | BY_PAIR);
    else if (value === -1) return conflictOfTwo(engine, q, p ^ 1);
  }
  return true;
}

function excludeOthers(engine: Engine, p: Inner, group: number): boolean {
  const { memberAt, members, values } = engine;
  const end = memberAt[group + 1] ?? 0;
  const reason = ((p ^ 1) << 2) | BY_PAIR;
  for (let k = memberAt[group] ?? 0; k < end; k++) {
    const q = members[k] ?? 0;
    const value = values[q];
    if (value === -1 || q === p) continue;
    if (value === 1) return conflictOfTwo(engine, q ^ 1, p ^ 1);
    assign(engine, q ^ 1, reason);
  }
  return true;
}

function followGroups(engine: Engine, p: Inner): boolean {
  const { groupAt, groups } = engine;
  const end = groupAt[p + 1] ?? 0;
  for (let k = groupAt[p] ?? 0; k < end; k++) {
    if (!excludeOthers(engine, p, groups[k] ?? 0)) return false;
  }
  return true;
}

/** Finds another literal of a clause to watch and moves the watch to it. */
function moveWatch(engine: Engine, ref: number, first: Inner): boolean {
  const { arena, values } = engine;
  const end = ref + HEADER + (arena[ref] ?? 0);
  for (let k = ref + HEADER + 2; k < end; k++) {
    const literal = arena[k] ?? 0;
    if (values[literal] === -1) continue;
    arena[k] = arena[ref + HEADER + 1] ?? 0;
    arena[ref + HEADER + 1] = literal;
    engine.watches[literal]?.push(ref, first);
    return true;
  }
  return false;
}

/** The literal of a clause that is watched beside `falsified`, which is moved to second place. */
function otherWatch(arena: Int32Array, ref: number, falsified: Inner): Inner {
  const first = arena[ref + HEADER] ?? 0;
  if (first !== falsified) return first;
  const other = arena[ref + HEADER + 1] ?? 0;
  arena[ref + HEADER] = other;
  arena[ref + HEADER + 1] = falsified;
  return other;
}

/** The watch of a clause moved away. */
const MOVED = -1;
/** All literals of the clause are false. */
const FAILED = -2;

/**
 * Looks at a clause one of whose watches became false; the literal to look at first next time, or
 * that the watch moved, or that the clause failed.
 */
function visitClause(engine: Engine, ref: number, falsified: Inner): number {
  const { arena, values } = engine;
  const other = otherWatch(arena, ref, falsified);
  const value = values[other];
  if (value === 1) return other;
  if (moveWatch(engine, ref, other)) return MOVED;
  if (value === -1) return FAILED;
  assign(engine, other, (ref << 2) | BY_CLAUSE);
  return other;
}

/** Keeps the watches from a failed clause on, and drops those before that moved away. */
function closeGap(list: number[], kept: number, from: number): void {
  list.copyWithin(kept, from);
  list.length -= from - kept;
}

/** Clauses that watch a literal which became false (two watches: Moskewicz et al., DAC 2001). */
function visitClauses(engine: Engine, falsified: Inner): boolean {
  const { values } = engine;
  const list = engine.watches[falsified] ?? [];
  const count = list.length;
  let kept = 0;
  for (let i = 0; i < count; i += 2) {
    const ref = list[i] ?? 0;
    let blocker = list[i + 1] ?? 0;
    if (values[blocker] !== 1) {
      blocker = visitClause(engine, ref, falsified);
      if (blocker === MOVED) continue;
      if (blocker === FAILED) {
        closeGap(list, kept, i);
        return conflictOfClause(engine, ref);
      }
    }
    list[kept] = ref;
    list[kept + 1] = blocker;
    kept += 2;
  }
  if (kept < count) list.length = kept;
  return true;
}

function tellPropagators(engine: Engine, p: Inner): void {
  const { eventAt, events, propagators } = engine;
  const end = eventAt[p + 1] ?? 0;
  for (let k = eventAt[p] ?? 0; k < end; k += 2) {
    const propagator = propagators[events[k] ?? 0];
    if (propagator === undefined) continue;
    propagator.notice(events[k + 1] ?? 0);
    wake(engine, propagator);
  }
}

function runNext(engine: Engine): boolean {
  const propagator = engine.waiting[engine.waitingHead++];
  if (propagator === undefined) return true;
  propagator.isWaiting = false;
  return propagator.run();
}

/**
 * Draws all conclusions from what is assigned; false at a conflict, which is written down. After a
 * conflict the caller must take back a level: what was being worked on is not looked at again.
 */
export function propagate(engine: Engine): boolean {
  if (engine.isBroken) return false;
  for (;;) {
    const from = engine.head;
    while (engine.head < engine.size) {
      const p = engine.trail[engine.head++] ?? 0;
      tellPropagators(engine, p);
      if (!followPairs(engine, p) || !followGroups(engine, p) || !visitClauses(engine, p ^ 1)) {
        engine.meter.left -= engine.head - from;
        return false;
      }
    }
    engine.meter.left -= engine.head - from + 1;
    if (engine.waitingHead >= engine.waiting.length) {
      engine.waiting.length = 0;
      engine.waitingHead = 0;
      return true;
    }
    if (!runNext(engine)) return false;
  }
}

/** Adds the false literals that forced a true one to `out`; nothing where it was decided. */
export function explain(engine: Engine, literal: Inner, out: Buffer): void {
  const atom = literal >> 1;
  const reason = engine.reasons[atom] ?? 0;
  const kind = reason & 3;
  if (kind === BY_PAIR) append(out, reason >> 2);
  else if (kind === BY_CLAUSE) {
    const { arena } = engine;
    const ref = reason >> 2;
    const end = ref + HEADER + (arena[ref] ?? 0);
    for (let i = ref + HEADER; i < end; i++) {
      const other = arena[i] ?? 0;
      if (other !== literal) append(out, other);
    }
  } else if (kind === BY_PROPAGATOR) {
    engine.propagators[reason >> 2]?.explain(literal, engine.places[atom] ?? 0, out);
  }
}
