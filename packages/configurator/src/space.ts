import { invariant } from '@keepsake/kernel';
import type { RuleReference } from './answers.ts';
import { diagramBackend } from './diagram/backend.ts';
import type { Tree, Value } from './expression.ts';
import { type ConditionalPrice, type Family, familyHash } from './family.ts';
import { groupsOf } from './problem/scopes.ts';
import { boundsConstraint } from './solve/bounds.ts';
import { boxesOf, scopeOf, TUPLES_MAX } from './solve/boxes.ts';
import { type Classes, classify, toClasses, toClassSum, type ValueBoxes } from './solve/classes.ts';
import { formulaTree, listVariables, priceTree, ruleTree, tableRows } from './solve/compile.ts';
import { componentSearches } from './solve/component-search.ts';
import { boxConstraint, type Constraint } from './solve/constraint.ts';
import { layOut } from './solve/domains.ts';
import { buildNetwork } from './solve/network.ts';
import { type Bench, openBench, type Piece, scopeOfPiece } from './solve/pieces.ts';
import type { Backend, Problem } from './solve/problem.ts';
import { sumConstraint } from './solve/sums.ts';
import { takeApart, tieTo } from './solve/take-apart.ts';
import { type Lookup, priceVariable, tellTexts } from './solve/variable.ts';

/** A relation of the family: what it says, and who says it (no one, for a conditional price). */
export interface Relation {
  readonly owner: RuleReference | undefined;
  readonly scope: readonly number[];
  /** The condition; missing for a table. */
  readonly tree: Tree | undefined;
  /** Its boxes, where it is small enough to be said by them alone. */
  readonly boxes: ValueBoxes | undefined;
}

/** The finite-domain problem of a family, compiled once and shared by all its sessions. */
export interface Space extends Problem {
  readonly family: Family;
  readonly modelHash: string;
  readonly relations: readonly Relation[];
  readonly backend: Backend;
}

/** A relation and the constraints that say it. */
interface Taken {
  readonly relation: Relation;
  readonly pieces: readonly Piece[];
}

function fromPieces(
  owner: RuleReference | undefined,
  tree: Tree,
  of: { readonly lookup: Lookup; readonly pieces: readonly Piece[] },
): Taken {
  const scope = scopeOf(tree, of.lookup);
  const [only] = of.pieces;
  const boxes = of.pieces.length === 1 && only?.kind === 'boxes' ? only : undefined;
  return { relation: { owner, scope, tree, boxes }, pieces: of.pieces };
}

/** A conditional price: its variable is true where, and only where, it applies. */
function takePrice(price: ConditionalPrice, bench: Bench): Taken {
  const { lookup } = bench;
  const when = tellTexts(price.when.tree);
  const v = lookup.indexOf.get(priceVariable(price.id)) ?? -1;
  const tree = priceTree(price.id, price.when.tree);
  const isSmall = boxesOf(when, true, lookup) !== undefined;
  const pieces = isSmall ? takeApart(bench, tree) : tieTo(bench, when, v);
  return fromPieces(undefined, tree, { lookup, pieces });
}

function takeAll(family: Family, bench: Bench): readonly Taken[] {
  const { lookup } = bench;
  const isOptional = (id: string): boolean => {
    const variable = lookup.variables[lookup.indexOf.get(id) ?? -1];
    return variable?.values.includes(null) ?? false;
  };
  const fromTree = (owner: RuleReference, tree: Tree): Taken =>
    fromPieces(owner, tree, { lookup, pieces: takeApart(bench, tree) });
  const taken: Taken[] = [];
  for (const rule of family.rules) {
    taken.push(fromTree({ kind: 'rule', id: rule.id, text: rule.text }, ruleTree(rule)));
  }
  for (const table of family.tables) {
    const owner: RuleReference = { kind: 'table', id: table.id, text: table.text };
    const scope = table.columns.map((id) => lookup.indexOf.get(id) ?? -1);
    const boxes = { scope, rows: tableRows(table, lookup) };
    const relation: Relation = { owner, scope, tree: undefined, boxes };
    taken.push({ relation, pieces: [{ kind: 'boxes', ...boxes }] });
  }
  for (const formula of family.formulas) {
    const owner: RuleReference = { kind: 'formula', id: formula.id, text: formula.text };
    taken.push(fromTree(owner, formulaTree(formula, isOptional)));
  }
  for (const price of family.prices) taken.push(takePrice(price, bench));
  return taken;
}

function classesOf(lookup: Lookup, pieces: readonly Piece[]): Classes {
  const boxes = pieces.filter((piece) => piece.kind === 'boxes');
  const sums = pieces.filter((piece) => piece.kind === 'sum');
  const wide = pieces.filter((piece) => piece.kind === 'condition');
  return classify(lookup, { boxes, sums, apart: new Set(wide.flatMap(({ scope }) => scope)) });
}

function toTable(piece: Piece, classes: Classes): Problem['tables'][number] {
  const scope = scopeOfPiece(piece);
  if (piece.kind === 'boxes') return { scope, rows: toClasses(piece, classes) };
  return piece.kind === 'sum' ? { scope, sum: toClassSum(piece, classes) } : { scope };
}

/**
 * Compiles a family to its space: tables and conditions to boxes of values where they are small
 * enough, to sums where they compare sums, to bounds propagation where neither; values that nothing
 * tells apart to one class; and the whole to connected components. `makeBackend` chooses who
 * answers; search always can, and does so until `prepareSpace` has compiled a diagram.
 * Deterministic; cost grows with the tuples tried, at most `tuplesMax` a condition.
 */
export function compileSpace(
  family: Family,
  makeBackend: (problem: Problem) => Backend = diagramBackend,
  tuplesMax: number = TUPLES_MAX,
): Space {
  const bench = openBench({ ...listVariables(family), tuplesMax });
  const { lookup } = bench;
  const taken = takeAll(family, bench);
  const pieces = taken.flatMap((each) => each.pieces);
  const classes = classesOf(lookup, pieces);
  const layout = layOut(classes.members.map((groups) => groups.length));
  const tables = pieces.map((piece) => toTable(piece, classes));
  const constraints = pieces.map((piece, k): Constraint => {
    const { rows, scope, sum } = tables[k] ?? {};
    if (rows !== undefined && scope !== undefined) return boxConstraint(layout, { scope, rows });
    if (sum !== undefined) return sumConstraint(layout, sum);
    invariant(piece.kind === 'condition', 'a piece is boxes, a sum or a condition');
    return boundsConstraint({ layout, lookup, tree: piece.tree });
  });
  const components = groupsOf(lookup.variables.length, pieces.map(scopeOfPiece));
  const componentOf = new Int32Array(lookup.variables.length);
  components.forEach((variables, k) => {
    for (const v of variables) componentOf[v] = k;
  });
  const network = buildNetwork(layout, constraints);
  const ruleOf = Int32Array.from(taken.flatMap((each, k) => each.pieces.map(() => k)));
  const parts = { lookup, classes, network, tables, ruleOf, components, componentOf };
  const problem: Problem = { ...parts, search: componentSearches(parts) };
  const backend = makeBackend(problem);
  const relations = taken.map(({ relation }) => relation);
  return { ...problem, family, modelHash: familyHash(family), relations, backend };
}

/**
 * Compiles what speeds later answers up, for at most some slices of a few milliseconds each; true
 * when nothing is left. Answers are the same before, meanwhile and after: a server prepares at once,
 * a page whenever it is idle.
 */
export function prepareSpace(space: Space, slices: number = Number.POSITIVE_INFINITY): boolean {
  return space.backend.prepare?.(slices) ?? true;
}

/** The index of an attribute's value, or -1 where it has no such value. */
export function valueIndex(space: Space, v: number, value: Value): number {
  return space.lookup.variables[v]?.values.indexOf(value) ?? -1;
}
