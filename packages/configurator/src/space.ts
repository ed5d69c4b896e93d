import { invariant } from '@keepsake/kernel';
import type { RuleReference } from './answers.ts';
import { diagramBackend } from './diagram/backend.ts';
import type { Tree, Value } from './expression.ts';
import { type Family, familyHash } from './family.ts';
import { boundsConstraint } from './solve/bounds.ts';
import { boxesOf, scopeOf } from './solve/boxes.ts';
import { classify, toClasses, type ValueBoxes } from './solve/classes.ts';
import { formulaTree, listVariables, priceTree, ruleTree, tableRows } from './solve/compile.ts';
import { boxConstraint, type Constraint } from './solve/constraint.ts';
import { layOut } from './solve/domains.ts';
import { buildNetwork } from './solve/network.ts';
import type { Backend, Problem } from './solve/problem.ts';
import type { Lookup } from './solve/variable.ts';

/** A relation of the family: what it says, and who says it (no one, for a conditional price). */
export interface Relation {
  readonly owner: RuleReference | undefined;
  readonly scope: readonly number[];
  /** The condition; missing for a table. */
  readonly tree: Tree | undefined;
  readonly boxes: ValueBoxes | undefined;
}

/** The finite-domain problem of a family, compiled once and shared by all its sessions. */
export interface Space extends Problem {
  readonly family: Family;
  readonly modelHash: string;
  readonly relations: readonly Relation[];
  readonly backend: Backend;
}

function fromTree(owner: RuleReference | undefined, tree: Tree, lookup: Lookup): Relation {
  const scope = scopeOf(tree, lookup);
  const rows = boxesOf(tree, true, lookup);
  return { owner, scope, tree, boxes: rows && { scope, rows } };
}

function listRelations(family: Family, lookup: Lookup): Relation[] {
  const isOptional = (id: string): boolean => {
    const variable = lookup.variables[lookup.indexOf.get(id) ?? -1];
    return variable?.values.includes(null) ?? false;
  };
  const relations: Relation[] = [];
  for (const rule of family.rules) {
    const owner: RuleReference = { kind: 'rule', id: rule.id, text: rule.text };
    relations.push(fromTree(owner, ruleTree(rule), lookup));
  }
  for (const table of family.tables) {
    const owner: RuleReference = { kind: 'table', id: table.id, text: table.text };
    const scope = table.columns.map((id) => lookup.indexOf.get(id) ?? -1);
    const rows = tableRows(table, lookup);
    relations.push({ owner, scope, tree: undefined, boxes: { scope, rows } });
  }
  for (const formula of family.formulas) {
    const owner: RuleReference = { kind: 'formula', id: formula.id, text: formula.text };
    relations.push(fromTree(owner, formulaTree(formula, isOptional), lookup));
  }
  for (const price of family.prices) {
    relations.push(fromTree(undefined, priceTree(price.id, price.when.tree), lookup));
  }
  return relations;
}

/** Connected components by union-find over the scopes. */
function connect(count: number, relations: readonly Relation[]): number[][] {
  const parent = Int32Array.from({ length: count }, (_, v) => v);
  const rootOf = (v: number): number => {
    let root = v;
    while (parent[root] !== root) root = parent[root] ?? root;
    parent[v] = root;
    return root;
  };
  for (const { scope } of relations) {
    const first = scope[0];
    if (first !== undefined) for (const v of scope) parent[rootOf(v)] = rootOf(first);
  }
  const groups = new Map<number, number[]>();
  for (let v = 0; v < count; v++) {
    const root = rootOf(v);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [v]);
    else group.push(v);
  }
  return [...groups.values()];
}

/**
 * Compiles a family to its space: tables and conditions to boxes of values where they are small
 * enough, to bounds propagation where not; values that no relation tells apart to one class; and
 * the whole to connected components. `makeBackend` chooses who answers; search always can, and
 * does so until `prepareSpace` has compiled a diagram.
 * Deterministic; cost grows with the tuples tried, at most
 * 50,000 a condition.
 */
export function compileSpace(
  family: Family,
  makeBackend: (problem: Problem) => Backend = diagramBackend,
): Space {
  const lookup = listVariables(family);
  const relations = listRelations(family, lookup);
  const apart = new Set(relations.filter((r) => r.boxes === undefined).flatMap((r) => r.scope));
  const boxes = relations.flatMap((relation) => relation.boxes ?? []);
  const classes = classify(lookup, boxes, apart);
  const layout = layOut(classes.members.map((groups) => groups.length));
  const tables = relations.map(({ scope, boxes: own }) =>
    own === undefined ? { scope } : { scope, rows: toClasses(own, classes) },
  );
  const constraints = relations.map((relation, k): Constraint => {
    const rows = tables[k]?.rows;
    if (rows !== undefined) return boxConstraint(layout, { scope: relation.scope, rows });
    invariant(relation.tree !== undefined, 'only conditions can be too wide for boxes');
    return boundsConstraint({ layout, lookup, tree: relation.tree });
  });
  const components = connect(lookup.variables.length, relations);
  const componentOf = new Int32Array(lookup.variables.length);
  components.forEach((variables, k) => {
    for (const v of variables) componentOf[v] = k;
  });
  const network = buildNetwork(layout, constraints);
  const problem: Problem = { lookup, classes, network, tables, components, componentOf };
  const backend = makeBackend(problem);
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
