import type { Tree, Value } from '../expression.ts';
import { mentionedIn } from '../expression.ts';
import type { Attribute, Cell, Family, Formula, Rule, Table } from '../family.ts';
import { type Lookup, priceVariable, tellTexts, textVariable, type Variable } from './variable.ts';

/** The numbers of a grid, each rounded to the digits that the grid needs. */
export function gridOf(of: { min: number; max: number; step: number; digits: number }): number[] {
  const count = Math.floor((of.max - of.min) / of.step + 1e-9) + 1;
  const scale = 10 ** of.digits;
  return Array.from({ length: count }, (_, k) => {
    return Math.round((of.min + k * of.step) * scale) / scale;
  });
}

/** Half away from zero: the one rounding of a price per unit. */
export function unitAmount(pricePerUnitMinor: number, value: number): number {
  const amount = pricePerUnitMinor * value;
  return Math.sign(amount) * Math.floor(Math.abs(amount) + 0.5 + 1e-9) + 0;
}

interface Kept {
  readonly values: readonly Value[];
  readonly amountsMinor: readonly number[];
}

/** An attribute's variable; *absent* stands last where it may be, and is then the first wish. */
function variableFrom(
  attribute: Exclude<Attribute, { readonly type: 'text' }>,
  kept: Kept,
): Variable {
  const { default: own, id, optional = false } = attribute;
  const values = optional ? [...kept.values, null] : kept.values;
  const amountsMinor = optional ? [...kept.amountsMinor, 0] : kept.amountsMinor;
  const wish = values.indexOf(own === undefined ? null : own);
  return { kind: 'attribute', id, values, amountsMinor, wish };
}

function variableOf(attribute: Attribute): Variable {
  switch (attribute.type) {
    case 'choice':
      return variableFrom(attribute, {
        values: attribute.values.map((value) => value.id),
        amountsMinor: attribute.values.map((value) => value.priceMinor),
      });
    case 'boolean':
      return variableFrom(attribute, {
        values: [false, true],
        amountsMinor: [0, attribute.priceMinor],
      });
    case 'integer':
    case 'decimal': {
      const values = gridOf(attribute);
      const unit = attribute.pricePerUnitMinor;
      return variableFrom(attribute, {
        values,
        amountsMinor: values.map((value) => unitAmount(unit, value)),
      });
    }
    case 'text':
      return {
        kind: 'text',
        id: textVariable(attribute.id),
        values: [false, true],
        amountsMinor: [0, attribute.priceMinor],
        wish: -1,
      };
  }
}

/** The variables of a family: its attributes in order, then its conditional prices. */
export function listVariables(family: Family): Lookup {
  const variables = family.attributes.map(variableOf);
  for (const price of family.prices) {
    variables.push({
      kind: 'price',
      id: priceVariable(price.id),
      values: [false, true],
      amountsMinor: [0, price.priceMinor],
      wish: -1,
    });
  }
  return { variables, indexOf: new Map(variables.map((variable, v) => [variable.id, v])) };
}

function not(of: Tree): Tree {
  return { kind: 'not', of };
}

function join(op: 'and' | 'or', trees: readonly Tree[]): Tree {
  const empty: Tree = { kind: 'literal', value: op === 'and' };
  if (trees.length === 0) return empty;
  return trees.reduce((left, right) => ({ kind: 'binary', op, left, right }));
}

function compare(left: Tree, op: '=' | '>' | '<=', value: string | number): Tree {
  return { kind: 'binary', op, left, right: { kind: 'literal', value } };
}

/** A rule as the condition that every design must obey. */
export function ruleTree(rule: Rule): Tree {
  if (rule.kind === 'require') return rule.require.tree;
  return join('or', [not(rule.when.tree), rule.then.tree]);
}

function tieBySteps(formula: Formula, target: Tree): Tree {
  let above: number | undefined;
  const cases: Tree[] = [];
  for (const step of formula.steps ?? []) {
    const parts = [compare(target, '=', step.is)];
    if (above !== undefined) parts.push(compare(formula.value.tree, '>', above));
    if (step.upTo !== undefined) parts.push(compare(formula.value.tree, '<=', step.upTo));
    cases.push(join('and', parts));
    if (step.upTo === undefined) break;
    above = step.upTo;
  }
  return join('or', cases);
}

/**
 * A formula as a condition: where `when` holds and nothing it mentions is absent, the attribute has
 * the value. `x = x` says that x is given, for a comparison with *absent* is false.
 */
export function formulaTree(formula: Formula, isOptional: (id: string) => boolean): Tree {
  const target: Tree = { kind: 'attribute', id: formula.attribute };
  const mentioned = new Set(mentionedIn(formula.value.tree));
  if (formula.when) for (const id of mentionedIn(formula.when.tree)) mentioned.add(id);
  const binds: Tree[] = formula.when ? [formula.when.tree] : [];
  for (const id of mentioned) {
    const of: Tree = { kind: 'attribute', id };
    if (isOptional(id)) binds.push({ kind: 'binary', op: '=', left: of, right: of });
  }
  const tie: Tree =
    formula.steps === undefined
      ? { kind: 'binary', op: '=', left: target, right: formula.value.tree }
      : tieBySteps(formula, target);
  return binds.length === 0 ? tie : join('or', [not(join('and', binds)), tie]);
}

/** A conditional price as a condition: its variable is true where, and only where, it applies. */
export function priceTree(id: string, when: Tree): Tree {
  const applies: Tree = { kind: 'attribute', id: priceVariable(id) };
  const condition = tellTexts(when);
  return join('or', [
    join('and', [applies, condition]),
    join('and', [not(applies), not(condition)]),
  ]);
}

/** A cell as value indexes; undefined where every value fits. */
function cellIndexes(cell: Cell, variable: Variable): ReadonlySet<number> | undefined {
  if (cell === '*') return undefined;
  return new Set(cell.any.map((value) => variable.values.indexOf(value)).filter((i) => i >= 0));
}

/** The rows of a table as boxes over value indexes. */
export function tableRows(
  table: Table,
  lookup: Lookup,
): ReadonlyMap<number, ReadonlySet<number>>[] {
  const columns = table.columns.map((id) => lookup.indexOf.get(id) ?? -1);
  return table.rows.map((cells) => {
    const row = new Map<number, ReadonlySet<number>>();
    cells.forEach((cell, p) => {
      const v = columns[p] ?? -1;
      const variable = lookup.variables[v];
      const indexes = variable && cellIndexes(cell, variable);
      if (indexes !== undefined) row.set(v, indexes);
    });
    return row;
  });
}
