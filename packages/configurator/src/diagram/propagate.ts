import type { Work } from '@keepsake/kernel';
import { ANY } from '../problem/problem.ts';
import { type Budget, TOO_MUCH } from './combine.ts';
import type {
  BoxRelation,
  ClauseRelation,
  Part,
  Relation,
  RowRelation,
  SumRelation,
} from './relation.ts';

/** Cells that are read between two chances to pause. */
const SLICE = 1 << 17;

const STARTING = { done: 0, of: 1 };

/** What a relation still asks for: itself, fewer rows, or nothing any more. */
type Revised = Relation | 'holds';

/** Domains that shrink. */
interface Domains {
  readonly budget: Budget;
  readonly alive: readonly Uint8Array[];
  readonly counts: Int32Array;
  /** Takes values that are not marked out of a domain. */
  keep(variable: number, kept: Uint8Array): void;
}

function isAlive({ alive }: Domains, variable: number, value: number): boolean {
  return alive[variable]?.[value] === 1;
}

function emptyMarks({ alive }: Domains, scope: Int32Array): readonly Uint8Array[] {
  return Array.from(scope, (v) => new Uint8Array(alive[v]?.length ?? 0));
}

function keepAll(domains: Domains, scope: Int32Array, marks: readonly Uint8Array[]): void {
  scope.forEach((v, p) => {
    domains.keep(v, marks[p] ?? new Uint8Array(0));
  });
}

function isRowAlive(domains: Domains, { scope, rows }: RowRelation, at: number): boolean {
  for (let p = 0; p < scope.length; p++) {
    const cell = rows[at + p] ?? ANY;
    if (cell !== ANY && !isAlive(domains, scope[p] ?? 0, cell)) return false;
  }
  return true;
}

function markRow(marks: readonly Uint8Array[], rows: Int32Array, at: number): void {
  for (let p = 0; p < marks.length; p++) {
    const own = marks[p];
    const cell = rows[at + p] ?? ANY;
    if (own === undefined) continue;
    if (cell === ANY) own.fill(1);
    else own[cell] = 1;
  }
}

/** Rows that can still be had, and what they support. Rows are copied where one goes. */
function* reviseRows(domains: Domains, relation: RowRelation): Work<Revised> {
  const { scope, rows } = relation;
  const width = scope.length;
  const marks = emptyMarks(domains, scope);
  const kept: Int32Array = rows.slice();
  let end = 0;
  let cells = 0;
  for (let at = 0; at < rows.length; at += width) {
    cells += width;
    if (cells >= SLICE) {
      domains.budget.stepsLeft -= cells / width;
      if (domains.budget.stepsLeft < 0) return relation;
      cells = 0;
      yield STARTING;
    }
    if (!isRowAlive(domains, relation, at)) continue;
    markRow(marks, rows, at);
    if (end !== at) kept.copyWithin(end, at, at + width);
    end += width;
  }
  domains.budget.stepsLeft -= cells / width;
  keepAll(domains, scope, marks);
  return end === rows.length ? relation : { kind: 'rows', scope, rows: kept.slice(0, end) };
}

function* reviseBoxes(domains: Domains, relation: BoxRelation): Work<Revised> {
  const { scope, rows } = relation;
  const marks = emptyMarks(domains, scope);
  const live: (readonly Int32Array[])[] = [];
  let cells = 0;
  for (const row of rows) {
    const own = row.map((cell, p) => cell.filter((x) => isAlive(domains, scope[p] ?? 0, x)));
    cells += row.reduce((sum, cell) => sum + cell.length, 0);
    if (cells >= SLICE) {
      cells = 0;
      yield STARTING;
    }
    if (own.some((cell) => cell.length === 0)) continue;
    live.push(own);
    own.forEach((cell, p) => {
      for (const x of cell) (marks[p] ?? cell)[x] = 1;
    });
  }
  keepAll(domains, scope, marks);
  return { kind: 'boxes', scope, rows: live };
}

/** Holds where some variable has only sufficing values; binds where one alone has any. */
function reviseClause(domains: Domains, relation: ClauseRelation): Revised {
  const { scope, suffices } = relation;
  const open: number[] = [];
  for (let p = 0; p < scope.length; p++) {
    const live = domains.alive[scope[p] ?? 0] ?? new Uint8Array(0);
    const enough = suffices[p] ?? live;
    if (live.every((is, x) => is === 0 || enough[x] === 1)) return 'holds';
    if (live.some((is, x) => is === 1 && enough[x] === 1)) open.push(p);
  }
  if (open.length > 1) return relation;
  const [only = 0] = open;
  domains.keep(
    scope[only] ?? 0,
    open.length === 0 ? new Uint8Array(0) : (suffices[only] ?? new Uint8Array(0)),
  );
  return 'holds';
}

interface Range {
  readonly min: number;
  readonly max: number;
}

function rangeOf(live: Uint8Array | undefined, amounts: Float64Array | undefined): Range {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  live?.forEach((is, x) => {
    if (is === 0) return;
    const amount = amounts?.[x] ?? 0;
    if (amount < min) min = amount;
    if (amount > max) max = amount;
  });
  return { min, max };
}

/** Which values that decide whether a sum holds are left: those for yes, those for no. */
function verdicts(domains: Domains, relation: SumRelation): { yes: boolean; no: boolean } {
  const { whether } = relation;
  if (whether === undefined) return { yes: true, no: false };
  const live = domains.alive[whether.variable];
  return {
    yes: live?.some((is, x) => is === 1 && whether.holds[x] === 1) ?? false,
    no: live?.some((is, x) => is === 1 && whether.holds[x] === 0) ?? false,
  };
}

function decideWhether(domains: Domains, { whether }: SumRelation, isWithin: boolean): void {
  if (whether === undefined) return;
  const kept = whether.holds.map((is) => ((is === 1) === isWithin ? 1 : 0));
  domains.keep(whether.variable, kept);
}

/** Bounds of the sum against those asked for, and values that no rest can make good. */
function reviseSum(domains: Domains, relation: SumRelation): Revised {
  const { terms, amounts, min, max } = relation;
  const ranges = Array.from(terms, (v, p) => rangeOf(domains.alive[v], amounts[p]));
  const least = ranges.reduce((sum, range) => sum + range.min, 0);
  const most = ranges.reduce((sum, range) => sum + range.max, 0);
  const { yes, no } = verdicts(domains, relation);
  if (least >= min && most <= max) {
    if (relation.whether === undefined) return 'holds';
    decideWhether(domains, relation, true);
    return 'holds';
  }
  if (most < min || least > max) {
    if (relation.whether === undefined) domains.keep(relation.scope[0] ?? 0, new Uint8Array(0));
    else decideWhether(domains, relation, false);
    return 'holds';
  }
  if (no || !yes) return relation;
  terms.forEach((v, p) => {
    const range = ranges[p] ?? { min: 0, max: 0 };
    const own = amounts[p] ?? new Float64Array(0);
    const kept = Uint8Array.from(own, (a) =>
      least - range.min + a <= max && most - range.max + a >= min ? 1 : 0,
    );
    domains.keep(v, kept);
  });
  return relation;
}

function* revise(domains: Domains, relation: Relation): Work<Revised> {
  switch (relation.kind) {
    case 'rows':
      return yield* reviseRows(domains, relation);
    case 'boxes':
      return yield* reviseBoxes(domains, relation);
    case 'clause':
      return reviseClause(domains, relation);
    case 'sum':
      return reviseSum(domains, relation);
  }
}

function relationsByVariable(part: Part): readonly (readonly number[])[] {
  const lists: number[][] = Array.from(part.alive, () => []);
  part.relations.forEach(({ scope }, r) => {
    for (const v of scope) lists[v]?.push(r);
  });
  return lists;
}

/**
 * Takes dead values and dead rows out until nothing changes, and relations that always hold. Keeps
 * every solution; undefined where a domain became empty, `TOO_MUCH` where rows are left to be read
 * and no steps. Each relation is read once and again
 * whenever a domain of its scope has shrunk.
 */
export function* propagate(part: Part, budget: Budget): Work<Part | typeof TOO_MUCH | undefined> {
  const relations: (Relation | undefined)[] = [...part.relations];
  const lists = relationsByVariable(part);
  const alive = part.alive.map((own) => own.slice());
  const counts = Int32Array.from(alive, (own) => own.reduce((sum, is) => sum + is, 0));
  const isQueued = new Uint8Array(relations.length).fill(1);
  const queue = relations.map((_, r) => r);
  let current = -1;
  const keep = (v: number, kept: Uint8Array): void => {
    let gone = 0;
    alive[v]?.forEach((is, x) => {
      if (is === 0 || kept[x] === 1) return;
      (alive[v] ?? kept)[x] = 0;
      gone++;
    });
    if (gone === 0) return;
    counts[v] = (counts[v] ?? 0) - gone;
    for (const r of lists[v] ?? []) {
      if (isQueued[r] === 1 || (r === current && relations[r]?.kind === 'rows')) continue;
      isQueued[r] = 1;
      queue.push(r);
    }
  };
  const domains: Domains = { budget, alive, counts, keep };
  for (let head = 0; head < queue.length; head++) {
    current = queue[head] ?? 0;
    isQueued[current] = 0;
    const relation = relations[current];
    if (relation === undefined) continue;
    const revised = yield* revise(domains, relation);
    if (budget.stepsLeft < 0) return TOO_MUCH;
    relations[current] = revised === 'holds' ? undefined : revised;
    if (relation.scope.some((v) => counts[v] === 0)) return undefined;
    if ((head & 255) === 255) yield STARTING;
  }
  return { ...part, alive, relations: relations.filter((relation) => relation !== undefined) };
}
