import type { Choice, Explanation, RuleReference } from './answers.ts';
import { explainContradiction } from './explain.ts';
import type { Tree } from './expression.ts';
import type { Cell } from './family.ts';
import { createSearch, solve } from './search/search.ts';
import { type Budget, DEFAULT_BUDGET } from './session.ts';
import { boxesOf } from './solve/boxes.ts';
import type { Meter } from './solve/network.ts';
import type { Decided, Sweep, Trilean } from './solve/problem.ts';
import type { Relation, Space } from './space.ts';
import { onlyIndex, validitiesOf } from './view.ts';

/** What only solving shows about a family. */
export interface ModelFindings {
  /** Minimal sets of rules that no design obeys together; none when designs are possible. */
  readonly contradictions: readonly Explanation[];
  /** Values that no design has. */
  readonly dead: readonly Choice[];
  /** Values that every design has. */
  readonly forced: readonly Choice[];
  /** Rules that exclude nothing which the other rules allow. Those too wide to tell are left out. */
  readonly idle: readonly RuleReference[];
  /** False when the budget ran out, so that more may be wrong. */
  readonly isComplete: boolean;
}

/** The condition under which a table is broken, where every cell is a plain comparison. */
function tableTree(space: Space, id: string): Tree | undefined {
  const table = space.family.tables.find((each) => each.id === id);
  if (table === undefined) return undefined;
  const cellTree = (column: string, cell: Cell): Tree => {
    const of: Tree = { kind: 'attribute', id: column };
    if (cell === '*') return { kind: 'literal', value: true };
    const options = cell.any.filter((value) => value !== null);
    const within: Tree = { kind: 'in', of, options };
    if (options.length === cell.any.length) return within;
    const given: Tree = { kind: 'binary', op: '=', left: of, right: of };
    return { kind: 'binary', op: 'or', left: within, right: { kind: 'not', of: given } };
  };
  const and = (left: Tree, right: Tree): Tree => ({ kind: 'binary', op: 'and', left, right });
  const or = (left: Tree, right: Tree): Tree => ({ kind: 'binary', op: 'or', left, right });
  const rows = table.rows.map((row) =>
    table.columns.map((column, p) => cellTree(column, row[p] ?? '*')).reduce(and),
  );
  return rows.length === 0 ? { kind: 'literal', value: false } : rows.reduce(or);
}

/** Rows of a table up to which it is asked whether it binds; beyond, its negation is too large. */
const IDLE_ROWS_MAX = 200;

/** Whether some assignment obeys all relations but this one, and breaks it. */
function binds(space: Space, k: number, meter: Meter): Trilean {
  const relation: Relation | undefined = space.relations[k];
  if (relation === undefined || (relation.boxes?.rows.length ?? 0) > IDLE_ROWS_MAX)
    return 'unknown';
  const tree = relation.tree ?? tableTree(space, relation.owner?.id ?? '');
  const rows = tree && boxesOf(tree, false, space.lookup);
  if (rows === undefined) return 'unknown';
  // No relation tells the members of a class apart, nor does the negation of one.
  const broken = {
    kind: 'boxes' as const,
    scope: Int32Array.from(relation.scope),
    rows: rows.map((row) =>
      relation.scope.map((v) => {
        const of = space.classes.classOf[v] ?? new Int32Array(0);
        const taken = row.get(v);
        const list = taken === undefined ? of : Array.from(taken, (i) => of[i] ?? 0);
        return Int32Array.from(new Set(list)).sort();
      }),
    ),
  };
  const { problem, ruleOf } = space.search(space.componentOf[relation.scope[0] ?? 0] ?? 0);
  const others = problem.constraints.filter((_, i) => ruleOf[i] !== k);
  const search = createSearch({ ...problem, constraints: [...others, broken] });
  const { kind } = solve(search, { assumed: new Int32Array(0) }, meter);
  return kind === 'unknown' ? 'unknown' : kind === 'solution';
}

function listValues(
  space: Space,
  sweeps: readonly Sweep[],
): Pick<ModelFindings, 'dead' | 'forced'> {
  const dead: Choice[] = [];
  const forced: Choice[] = [];
  space.lookup.variables.forEach((variable, v) => {
    if (variable.kind !== 'attribute') return;
    const validities = validitiesOf(space, sweeps, v);
    validities.forEach((validity, i) => {
      const value = variable.values[i] ?? null;
      if (validity === 'invalid') dead.push({ attribute: variable.id, value });
    });
    const only = onlyIndex(validities);
    if (only < 0 || validities.length === 1) return;
    forced.push({ attribute: variable.id, value: variable.values[only] ?? null });
  });
  return { dead, forced };
}

function listContradictions(
  space: Space,
  sweeps: readonly Sweep[],
  meter: Meter,
): { readonly contradictions: Explanation[]; readonly isComplete: boolean } {
  const contradictions: Explanation[] = [];
  let isComplete = true;
  sweeps.forEach((sweep, component) => {
    if (sweep.outcome === 'unknown') isComplete = false;
    if (sweep.outcome !== 'impossible') return;
    const reason = explainContradiction(space, component, meter);
    if (typeof reason === 'string') isComplete = false;
    else contradictions.push(reason);
  });
  return { contradictions, isComplete };
}

function listIdle(space: Space, meter: Meter): RuleReference[] {
  return space.relations.flatMap(({ owner, scope }, k) => {
    if (owner === undefined || scope.length === 0 || meter.left <= 0) return [];
    return binds(space, k, meter) === false ? [owner] : [];
  });
}

/**
 * What an author should know: contradictions, values that can never be chosen or must always be, and
 * rules that never bind. Of a contradictory family only the contradictions are told, for the rest
 * would be all of it.
 */
export function checkModel(space: Space, budget: Budget = DEFAULT_BUDGET): ModelFindings {
  const meter = { left: budget.steps };
  const nothing: Decided = new Int32Array(space.lookup.variables.length).fill(-1);
  const sweeps = space.components.map((_, k) => space.backend.sweep(k, nothing, meter));
  const { contradictions, isComplete } = listContradictions(space, sweeps, meter);
  if (contradictions.length > 0) {
    return { contradictions, dead: [], forced: [], idle: [], isComplete };
  }
  const values = listValues(space, sweeps);
  const idle = listIdle(space, meter);
  return { contradictions, ...values, idle, isComplete: isComplete && meter.left > 0 };
}
