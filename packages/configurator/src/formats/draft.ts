import type { Value } from '../expression.ts';
import type { Model, ModelRule, ModelVariable } from '../model/model.ts';
import { type Constraint, type Literal, makeProblem } from '../problem/problem.ts';

/** A model being put together: variables first, then auxiliary ones and what binds them. */
export interface Draft {
  /** Names that are taken; those of a file are put here before any other is made up. */
  readonly names: Set<string>;
  readonly variables: ModelVariable[];
  /** First option of each variable, and of the next one. */
  readonly optionAt: number[];
  /** The variable of each option. */
  readonly variableOf: number[];
  readonly constraints: Constraint[];
  readonly rules: ModelRule[];
  readonly ruleOf: number[];
  /** Set when the first auxiliary variable is made. */
  declared: number | undefined;
}

/** A model without anything. */
export function startDraft(): Draft {
  return {
    names: new Set(),
    variables: [],
    optionAt: [0],
    variableOf: [],
    constraints: [],
    rules: [],
    ruleOf: [],
    declared: undefined,
  };
}

/** Adds a variable and answers its number. */
export function addVariable(draft: Draft, name: string, values: readonly Value[]): number {
  const v = draft.variables.length;
  draft.variables.push({ name, values });
  draft.optionAt.push((draft.optionAt[v] ?? 0) + values.length);
  for (const _ of values) draft.variableOf.push(v);
  return v;
}

const TRUTHS: readonly Value[] = [false, true];

/** Adds a variable that is there or not. */
export function addFeature(draft: Draft, name: string): number {
  return addVariable(draft, name, TRUTHS);
}

/** A name that nothing has yet, near to the one that is wanted. */
export function freshName({ names }: Draft, wanted: string): string {
  let name = wanted;
  while (names.has(name)) name += "'";
  names.add(name);
  return name;
}

/** Adds an auxiliary variable, which must be defined by what is added for it; its true literal. */
export function addAuxiliary(draft: Draft): Literal {
  draft.declared ??= draft.variables.length;
  const name = freshName(draft, `#${String(draft.variables.length - draft.declared + 1)}`);
  return literalFor(draft, addFeature(draft, name), 1);
}

/** The literal that a variable has a value. */
export function literalFor(draft: Draft, variable: number, value: number): Literal {
  return 2 * ((draft.optionAt[variable] ?? 0) + value);
}

/** The opposite literal: of a variable with two values, that it has the other one. */
export function opposite(draft: Draft, literal: Literal): Literal {
  const option = literal >> 1;
  const v = draft.variableOf[option] ?? 0;
  const first = draft.optionAt[v] ?? 0;
  if ((draft.optionAt[v + 1] ?? 0) - first !== 2) return literal ^ 1;
  return 2 * (2 * first + 1 - option);
}

/** Adds a rule and answers its number. */
export function addRule(draft: Draft, rule: ModelRule): number {
  draft.rules.push(rule);
  return draft.rules.length - 1;
}

/** Adds what a rule says. */
export function bind(draft: Draft, rule: number, constraint: Constraint): void {
  draft.constraints.push(constraint);
  draft.ruleOf.push(rule);
}

/** Adds a clause, unless it always holds. */
export function bindClause(draft: Draft, rule: number, literals: Iterable<Literal>): void {
  const all = new Set(literals);
  for (const literal of all) if (all.has(opposite(draft, literal))) return;
  bind(draft, rule, { kind: 'clause', literals: Int32Array.from(all) });
}

/** The model that a draft came to. */
export function finishDraft(
  draft: Draft,
  rest: Pick<Model, 'name' | 'outside' | 'notes' | 'amounts' | 'tree'>,
): Model {
  return {
    ...rest,
    variables: draft.variables,
    declared: draft.declared ?? draft.variables.length,
    problem: makeProblem(
      draft.variables.map(({ values }) => values.length),
      draft.constraints,
    ),
    rules: draft.rules,
    ruleOf: Int32Array.from(draft.ruleOf),
  };
}
