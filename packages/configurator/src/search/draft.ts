import { addClause } from './clauses.ts';
import { assign, type Buffer, type Engine } from './engine.ts';
import { type Inner, TRUE } from './literals.ts';

/** Constraints on their way into an engine: lists that become flat arrays when all are there. */
export interface Draft {
  readonly engine: Engine;
  readonly units: Inner[];
  /** Clauses of two literals, in turns. */
  readonly pairs: number[];
  readonly groups: Int32Array[];
  /** Literal, propagator and code in turns. */
  readonly events: number[];
  /** By literal: the clause or count that met it last. */
  readonly stamps: Int32Array;
  stamp: number;
  readonly clause: Buffer;
}

/** An empty draft for an engine without constraints. */
export function makeDraft(engine: Engine): Draft {
  return {
    engine,
    units: [],
    pairs: [],
    groups: [],
    events: [],
    stamps: new Int32Array(2 * engine.atomCount),
    stamp: 0,
    clause: { literals: new Int32Array(64), size: 0 },
  };
}

function fill(draft: Draft, literals: ArrayLike<Inner>): boolean {
  const { clause, stamps } = draft;
  const stamp = ++draft.stamp;
  if (clause.literals.length < literals.length) clause.literals = new Int32Array(literals.length);
  clause.size = 0;
  for (let i = 0; i < literals.length; i++) {
    const literal = literals[i] ?? 0;
    if (literal === TRUE || stamps[literal ^ 1] === stamp) return false;
    if (literal === (TRUE ^ 1) || stamps[literal] === stamp) continue;
    stamps[literal] = stamp;
    clause.literals[clause.size++] = literal;
  }
  return true;
}

/** Adds that one of the literals holds; what always holds is left out. */
export function draftClause(draft: Draft, literals: ArrayLike<Inner>): void {
  if (!fill(draft, literals)) return;
  const { clause, engine } = draft;
  const [a, b] = [clause.literals[0] ?? 0, clause.literals[1] ?? 0];
  if (clause.size === 0) engine.isBroken = true;
  else if (clause.size === 1) draft.units.push(a);
  else if (clause.size === 2) draft.pairs.push(a, b);
  else addClause(engine, clause, 0);
}

/** Adds that the propagator is told of a literal becoming true. */
export function draftEvent(draft: Draft, literal: Inner, propagator: number, code: number): void {
  if (literal !== TRUE) draft.events.push(literal, propagator, code);
}

/** Sorts records by their first number into buckets; the rest of each record stays together. */
function bucket(
  records: ArrayLike<number>,
  width: number,
  buckets: number,
): [Int32Array, Int32Array] {
  const at = new Int32Array(buckets + 1);
  const rest = width - 1;
  for (let i = 0; i < records.length; i += width) {
    const b = records[i] ?? 0;
    at[b + 1] = (at[b + 1] ?? 0) + rest;
  }
  for (let b = 0; b < buckets; b++) at[b + 1] = (at[b + 1] ?? 0) + (at[b] ?? 0);
  const next = at.slice();
  const out = new Int32Array((records.length / width) * rest);
  for (let i = 0; i < records.length; i += width) {
    const b = records[i] ?? 0;
    const to = next[b] ?? 0;
    for (let k = 0; k < rest; k++) out[to + k] = records[i + 1 + k] ?? 0;
    next[b] = to + rest;
  }
  return [at, out];
}

function layPairs(draft: Draft): void {
  const { pairs, engine } = draft;
  const records = new Int32Array(2 * pairs.length);
  for (let i = 0; i < pairs.length; i += 2) {
    const [a, b] = [pairs[i] ?? 0, pairs[i + 1] ?? 0];
    records.set([a ^ 1, b, b ^ 1, a], 2 * i);
  }
  [engine.pairAt, engine.pairs] = bucket(records, 2, 2 * engine.atomCount);
}

function layGroups(draft: Draft): void {
  const { groups, engine } = draft;
  engine.memberAt = new Int32Array(groups.length + 1);
  groups.forEach((members, g) => {
    engine.memberAt[g + 1] = (engine.memberAt[g] ?? 0) + members.length;
  });
  engine.members = new Int32Array(engine.memberAt[groups.length] ?? 0);
  const records = new Int32Array(2 * engine.members.length);
  let at = 0;
  groups.forEach((members, g) => {
    for (const literal of members) {
      engine.members[at] = literal;
      records[2 * at] = literal;
      records[2 * at + 1] = g;
      at++;
    }
  });
  [engine.groupAt, engine.groups] = bucket(records, 2, 2 * engine.atomCount);
}

/** Lays all that was drafted into the engine; units are assigned, nothing is propagated yet. */
export function layDown(draft: Draft): void {
  const { engine } = draft;
  layPairs(draft);
  layGroups(draft);
  [engine.eventAt, engine.events] = bucket(draft.events, 3, 2 * engine.atomCount);
  for (const literal of draft.units) {
    if (engine.values[literal] === -1) engine.isBroken = true;
    else if (engine.values[literal] === 0) assign(engine, literal, 0);
  }
}
