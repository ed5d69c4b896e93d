import { narrowRows, rowsOf, type State, type TableQuestion } from './table-question.ts';
import {
  allowsValue,
  drop,
  keepRows,
  type LeftRows,
  tableAt,
  valuesLeft,
  valuesNear,
} from './table-rules.ts';

/** Values that keep some rules, or rules of them that leave none. */
export type Tested =
  | { readonly kind: 'solution'; readonly values: Int32Array }
  | { readonly kind: 'conflict'; readonly rules: Int32Array }
  | { readonly kind: 'unknown' };

/** A search for values that keep some rules. */
interface Run {
  readonly question: TableQuestion;
  readonly rules: readonly number[];
  /** Of variables that several of them mention: these rules. */
  readonly sharing: ReadonlyMap<number, readonly number[]>;
  /** By variable: the value to try first. */
  readonly from: Int32Array;
  /** Rules that took values away, and of which variables, since the first decision and before. */
  readonly log: (readonly [rule: number, variables: readonly number[]])[];
  /** Rules behind the conflicts met. */
  readonly behind: Set<number>;
}

/** Drops what a rule does not allow of what is shared, and tells of which; nothing in a conflict. */
function revise(
  { question, sharing }: Run,
  state: State,
  rule: number,
): readonly number[] | undefined {
  const { of, base } = question;
  const { scope, table } = tableAt(of, rule);
  const before = state.rows[rule];
  const rows = narrowRows(question, rule, before ?? rowsOf(question, rule), {
    domains: state,
    since: before?.left ?? base.left,
  });
  if (rows === before) return [];
  if (rows.at.length === 0) return;
  const changed = [...scope].filter((v, place) => {
    const own = state.left[v];
    if (own === 1 || !sharing.has(v)) return false;
    for (const x of valuesLeft(of.problem, state, v)) {
      if (!allowsValue(rows, table, place, x)) drop(state, v, (of.problem.optionAt[v] ?? 0) + x);
    }
    return state.left[v] !== own;
  });
  state.rows[rule] = { ...rows, left: state.left.slice() };
  return changed;
}

/** Notes the rules that a conflict of one goes back to, by the variables they took values of. */
function blame({ question, log, behind }: Run, rule: number): void {
  const needed = new Set(tableAt(question.of, rule).scope);
  behind.add(rule);
  for (let i = log.length - 1; i >= 0; i--) {
    const [other, variables] = log[i] ?? [0, []];
    if (!variables.some((v) => needed.has(v))) continue;
    behind.add(other);
    for (const v of tableAt(question.of, other).scope) needed.add(v);
  }
}

/** Narrows by rules until nothing changes (generalised arc consistency); false in a conflict. */
function narrow(run: Run, state: State, rules: Iterable<number>): boolean {
  const waiting = new Set(rules);
  for (const rule of waiting) {
    const changed = revise(run, state, rule);
    if (changed === undefined) {
      blame(run, rule);
      return false;
    }
    if (changed.length > 0) run.log.push([rule, changed]);
    for (const other of changed.flatMap((v) => run.sharing.get(v) ?? [])) waiting.add(other);
    waiting.delete(rule);
  }
  return true;
}

/** A row of each rule, where all that they share is decided. */
function complete({ question, rules, from }: Run, state: State): Int32Array {
  const { of, meter } = question;
  const values = valuesNear(of.problem, state, from);
  for (const rule of rules) {
    const { scope, table } = tableAt(of, rule);
    let rows: LeftRows = state.rows[rule] ?? rowsOf(question, rule);
    scope.forEach((v, place) => {
      if (state.left[v] === 1) return;
      const left = [values[v] ?? 0, ...valuesLeft(of.problem, state, v)];
      const x = left.find((value) => allowsValue(rows, table, place, value)) ?? 0;
      rows = keepRows(rows, table, { place, values: [x], meter });
      values[v] = x;
    });
  }
  return values;
}

/** Values that keep the rules; nothing where there are none. */
function search(run: Run, state: State, rules: readonly number[]): Int32Array | undefined {
  const { problem } = run.question.of;
  const noted = run.log.length;
  if (run.question.meter.left <= 0 || !narrow(run, state, rules)) return;
  const open = [...run.sharing.keys()].filter((own) => state.left[own] !== 1);
  const [v] = open.sort((a, b) => (state.left[a] ?? 0) - (state.left[b] ?? 0));
  if (v === undefined) return complete(run, state);
  const first = problem.optionAt[v] ?? 0;
  const own = run.from[v];
  const values = valuesLeft(problem, state, v).sort((x) => (x === own ? -1 : 0));
  for (const x of values) {
    const [possible, left] = [state.possible.slice(), state.left.slice()];
    for (const y of values) if (y !== x) drop({ possible, left }, v, first + y);
    const next = { possible, left, rows: [...state.rows] };
    const found = search(run, next, run.sharing.get(v) ?? []);
    if (found !== undefined) return found;
  }
  run.log.length = noted;
  return;
}

/**
 * Values that keep some rules and the literals, near to `from` where that costs nothing, or rules of
 * them that leave none; nothing where the meter ended. Keeps arc consistency (Sabin & Freuder, ECAI
 * 1994); nothing is learnt, so that it is for few rules, or much that is decided.
 */
export function searchTables(
  question: TableQuestion,
  rules: readonly number[],
  from: Int32Array,
): Tested {
  const { of, base } = question;
  const all = new Map<number, number[]>();
  for (const rule of rules) {
    for (const v of tableAt(of, rule).scope) {
      if (base.left[v] !== 1) all.set(v, [...(all.get(v) ?? []), rule]);
    }
  }
  const sharing = new Map([...all].filter(([, own]) => own.length > 1));
  const state = { possible: base.possible.slice(), left: base.left.slice(), rows: [] };
  const run: Run = { question, rules, sharing, from, log: [], behind: new Set() };
  const values = search(run, state, rules);
  if (values !== undefined) return { kind: 'solution', values };
  if (question.meter.left <= 0) return { kind: 'unknown' };
  return { kind: 'conflict', rules: Int32Array.from(run.behind) };
}
