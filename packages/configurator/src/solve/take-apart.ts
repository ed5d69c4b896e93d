import { evaluate, type Operator, type Tree, type Value } from '../expression.ts';
import { boxesOf, type Row, scopeOf, TUPLES_MAX } from './boxes.ts';
import { formOf, sumOf } from './linear-form.ts';
import type { Bench, Piece } from './pieces.ts';
import type { Variable } from './variable.ts';

/** Results that a number may have that is tabulated because it is no sum, and rows at most. */
const RESULTS_MAX = 1_001;
const ROWS_MAX = 20_000;

/** One relation on its way to pieces: equal parts share what stands in for them. */
interface Work {
  readonly bench: Bench;
  readonly pieces: Piece[];
  readonly standIns: Map<string, number>;
}

function not(of: Tree): Tree {
  return { kind: 'not', of };
}

function binary(op: Operator, left: Tree, right: Tree): Tree {
  return { kind: 'binary', op, left, right };
}

function isConnective(tree: Tree): tree is Tree & { kind: 'binary' } {
  return tree.kind === 'binary' && (tree.op === 'and' || tree.op === 'or');
}

const TRUTHS: readonly Operator[] = ['and', 'or', '=', '!=', '<', '<=', '>', '>='];

function isTruth(tree: Tree): boolean {
  return tree.kind === 'not' || tree.kind === 'in' || isOperator(tree, TRUTHS);
}

function isOperator(tree: Tree, operators: readonly Operator[]): boolean {
  return tree.kind === 'binary' && operators.includes(tree.op);
}

/** The attribute that stands for a part, made once for each part of the relation. */
function standFor(
  work: Work,
  tree: Tree,
  make: () => number | undefined,
): (Tree & { kind: 'attribute' }) | undefined {
  const key = JSON.stringify(tree);
  const v = work.standIns.get(key) ?? make();
  const id = work.bench.lookup.variables[v ?? -1]?.id;
  if (v === undefined || id === undefined) return undefined;
  work.standIns.set(key, v);
  return { kind: 'attribute', id };
}

/** A number over some variables: its results, and for each row which of them it leads to. */
interface Results {
  readonly values: readonly Value[];
  readonly rows: readonly { readonly result: number; readonly row: Row }[];
}

/** Values of all variables but the last, and those of the last, that lead to the same result. */
interface Group {
  readonly fixed: Row;
  readonly of: Set<number>;
}

function resultsOf(tree: Tree, scope: readonly number[], bench: Bench): Results | undefined {
  const { tuplesMax = TUPLES_MAX, variables } = bench.lookup;
  const sizes = scope.map((v) => variables[v]?.values.length ?? 0);
  if (sizes.reduce((product, size) => product * size, 1) > tuplesMax) return undefined;
  const last = scope.at(-1) ?? -1;
  const found = new Map<Value, Group[]>();
  const trial: Record<string, Value> = {};
  const note = (fixed: Row, i: number): void => {
    const result = evaluate({ source: '', tree }, trial);
    const groups = found.get(result) ?? [];
    found.set(result, groups);
    const group = groups.at(-1);
    if (group?.fixed === fixed) group.of.add(i);
    else groups.push({ fixed, of: new Set([i]) });
  };
  const walk = (p: number, fixed: Row): void => {
    const v = scope[p] ?? -1;
    const variable = variables[v];
    variable?.values.forEach((value, i) => {
      trial[variable.id] = value;
      if (v === last) note(fixed, i);
      else walk(p + 1, new Map(fixed).set(v, new Set([i])));
    });
  };
  walk(0, new Map());
  const rows = [...found.values()].flatMap((groups, result) =>
    groups.map(({ fixed, of }) => ({ result, row: new Map(fixed).set(last, of) })),
  );
  if (found.size > RESULTS_MAX || rows.length > ROWS_MAX) return undefined;
  return { values: [...found.keys()], rows };
}

/** A variable with the results of a number that is no sum, such as a product; if they are few. */
function tabulateNumber(work: Work, tree: Tree): number | undefined {
  const { bench } = work;
  const scope = scopeOf(tree, bench.lookup);
  const results = resultsOf(tree, scope, bench);
  if (results === undefined || results.values.some((value) => typeof value === 'string')) {
    return undefined;
  }
  const v = bench.add(results.values);
  const rows = results.rows.map(({ result, row }) => new Map(row).set(v, new Set([result])));
  work.pieces.push({ kind: 'boxes', scope: [...scope, v], rows });
  return v;
}

/** A variable that stands in for a part of a number: a truth counts 1 or 0. */
function standInNumber(work: Work, tree: Tree): number | undefined {
  const stand = standFor(work, tree, () =>
    isTruth(tree) ? tellTruth(work, tree) : tabulateNumber(work, tree),
  );
  return stand && work.bench.lookup.indexOf.get(stand.id);
}

/** A sum, read on trial: what stands in for its parts is kept only if it is one. */
function sumIn(work: Work, tree: Tree): ReturnType<typeof sumOf> {
  const { lookup } = work.bench;
  // Parts that could not be read leave no trace: a form is asked for without stand-ins first.
  const plain = sumOf(tree, { lookup, standIn: () => undefined });
  if (plain !== undefined || tree.kind !== 'binary') return plain;
  const standIn = (part: Tree): number | undefined => standInNumber(work, part);
  const areForms = [tree.left, tree.right].every((side) => canStand(work, side));
  return areForms ? sumOf(tree, { lookup, standIn }) : undefined;
}

/** Stands in on trial, where only whether there is a form is asked. */
const ANYTHING: Variable = {
  kind: 'auxiliary',
  id: 'auxiliary:any',
  values: [false, true],
  amountsMinor: [0, 0],
  wish: -1,
};

/** Whether a number is a sum once its parts are stood in for, without making anything. */
function canStand(work: Work, tree: Tree): boolean {
  const { variables } = work.bench.lookup;
  const lookup = { ...work.bench.lookup, variables: [...variables, ANYTHING] };
  const isFew = (part: Tree): boolean =>
    isTruth(part) || resultsOf(part, scopeOf(part, lookup), work.bench) !== undefined;
  const standIn = (part: Tree): number | undefined => (isFew(part) ? variables.length : undefined);
  return formOf(tree, { lookup, standIn }) !== undefined;
}

/** Makes a two-valued variable true exactly where a condition holds. */
function tie(work: Work, tree: Tree, v: number): void {
  const { lookup } = work.bench;
  const own: Tree = { kind: 'attribute', id: lookup.variables[v]?.id ?? '' };
  const sum = sumIn(work, tree);
  if (sum !== undefined) {
    work.pieces.push({ kind: 'sum', ...sum, whether: v });
    return;
  }
  const both = binary('or', binary('and', own, tree), binary('and', not(own), not(tree)));
  const rows = boxesOf(both, true, lookup);
  const scope = scopeOf(both, lookup);
  if (rows !== undefined) work.pieces.push({ kind: 'boxes', scope, rows });
  else if (tree.kind === 'not' || isConnective(tree)) tie(work, condense(work, tree), v);
  else work.pieces.push({ kind: 'condition', scope, tree: both });
}

/** A new variable that is true exactly where a condition holds. */
function tellTruth(work: Work, tree: Tree): number {
  const simpler = simplify(work, tree, isWide);
  const v = work.bench.add([false, true]);
  tie(work, simpler, v);
  return v;
}

type Judge = (work: Work, tree: Tree) => boolean;

/** Whether a condition has no boxes. */
const isWide: Judge = (work, tree) => boxesOf(tree, true, work.bench.lookup) === undefined;

/** Whether a condition is about more than one variable. */
const isJoint: Judge = (work, tree) => scopeOf(tree, work.bench.lookup).length > 1;

/** Conditions of which comparisons are made that are sums, where they are none themselves. */
function asSums(tree: Tree): Tree | undefined {
  if (tree.kind === 'binary' && tree.op === '!=') {
    return binary('or', binary('<', tree.left, tree.right), binary('>', tree.left, tree.right));
  }
  if (tree.kind !== 'in' || tree.options.some((option) => typeof option === 'string')) {
    return undefined;
  }
  return tree.options
    .map((value) => binary('=', tree.of, { kind: 'literal', value }))
    .reduce((left, right) => binary('or', left, right));
}

/** A condition in which a variable stands for each comparison that is judged too large. */
function simplify(work: Work, tree: Tree, isLarge: Judge): Tree {
  if (!isLarge(work, tree)) return tree;
  if (tree.kind === 'not') return not(simplify(work, tree.of, isLarge));
  if (isConnective(tree)) {
    return binary(tree.op, simplify(work, tree.left, isLarge), simplify(work, tree.right, isLarge));
  }
  const sums = isWide(work, tree) ? asSums(tree) : undefined;
  if (sums !== undefined) return simplify(work, sums, isLarge);
  return standFor(work, tree, () => tellLeaf(work, tree)) ?? tree;
}

function tellLeaf(work: Work, tree: Tree): number {
  const v = work.bench.add([false, true]);
  tie(work, tree, v);
  return v;
}

/** A condition as one variable: connectives too become variables, each tied by a small table. */
function condense(work: Work, tree: Tree): Tree {
  if (!isJoint(work, tree)) return tree;
  if (tree.kind === 'not') return not(condense(work, tree.of));
  if (!isConnective(tree)) return simplify(work, tree, isJoint);
  const flat = binary(tree.op, condense(work, tree.left), condense(work, tree.right));
  return standFor(work, flat, () => tellLeaf(work, flat)) ?? flat;
}

function demand(work: Work, tree: Tree, wanted: boolean): void {
  const { lookup } = work.bench;
  if (tree.kind === 'not') {
    demand(work, tree.of, !wanted);
    return;
  }
  const rows = boxesOf(tree, wanted, lookup);
  if (rows !== undefined) {
    work.pieces.push({ kind: 'boxes', scope: scopeOf(tree, lookup), rows });
    return;
  }
  if (isConnective(tree) && (tree.op === 'and') === wanted) {
    demand(work, tree.left, wanted);
    demand(work, tree.right, wanted);
    return;
  }
  const sum = wanted ? sumIn(work, tree) : undefined;
  if (sum !== undefined) work.pieces.push({ kind: 'sum', ...sum });
  else demandWide(work, tree, wanted);
}

/** A condition that is neither boxes nor a sum as it stands. */
function demandWide(work: Work, tree: Tree, wanted: boolean): void {
  const { lookup } = work.bench;
  const simpler = simplify(work, tree, isWide);
  const few = boxesOf(simpler, wanted, lookup);
  const short = few === undefined ? condense(work, simpler) : simpler;
  const rows = few ?? boxesOf(short, wanted, lookup);
  const scope = scopeOf(short, lookup);
  if (rows !== undefined) work.pieces.push({ kind: 'boxes', scope, rows });
  else work.pieces.push({ kind: 'condition', scope, tree: wanted ? short : not(short) });
}

function openWork(bench: Bench): Work {
  return { bench, pieces: [], standIns: new Map() };
}

/**
 * A condition as constraints that hold together exactly where it does: boxes where it is small, sums
 * where comparisons are too wide for boxes, with auxiliary variables for comparisons and numbers
 * inside of others. A design has one way to set these. What is none of it stays a condition.
 */
export function takeApart(bench: Bench, tree: Tree): readonly Piece[] {
  const work = openWork(bench);
  demand(work, tree, true);
  const anchor = scopeOf(tree, bench.lookup).slice(0, 1);
  return work.pieces.flatMap((piece) => anchored(piece, anchor));
}

/**
 * What is about no variable would be in no component: where it holds it says nothing, and where it
 * does not, it is said of another variable of the condition that it has no value.
 */
function anchored(piece: Piece, anchor: readonly number[]): readonly Piece[] {
  if (piece.kind !== 'boxes' || piece.scope.length > 0) return [piece];
  if (piece.rows.length > 0) return [];
  return [{ ...piece, scope: anchor }];
}

/** Constraints that make a two-valued variable true exactly where a condition holds. */
export function tieTo(bench: Bench, tree: Tree, v: number): readonly Piece[] {
  const work = openWork(bench);
  tie(work, simplify(work, tree, isWide), v);
  return work.pieces;
}
