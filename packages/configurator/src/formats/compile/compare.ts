import { ANY } from '../../problem/problem.ts';
import { addAuxiliary, bind, type Draft, literalFor } from '../draft.ts';
import type { Aggregate, Comparison, Condition, Term } from '../feature-tree.ts';
import type { Formula } from '../formula.ts';
import { assignmentsOf, countAssignments } from './assignments.ts';
import type { Place } from './instances.ts';
import { type LinearForm, simplifyForm, subtractForms, wholeForm } from './linear.ts';
import { add, compare as compareNumbers, type Rational, ZERO } from './rational.ts';
import {
  evaluateTerm,
  type Held,
  linearTerm,
  OutsideError,
  type TermWorld,
  variablesIn,
} from './terms.ts';

/** Combinations that a comparison is tabulated over at most. */
const TABLE_MAX = 4_096;

type Compare = Condition & { kind: 'compare' };

/** Where a comparison goes. */
export interface Binding {
  readonly draft: Draft;
  readonly rule: number;
  readonly world: TermWorld;
}

function obeys(op: Comparison, sign: number): boolean {
  switch (op) {
    case '==':
      return sign === 0;
    case '!=':
      return sign !== 0;
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
  }
}

function holds(op: Comparison, left: Held, right: Held): boolean {
  if (typeof left !== 'string' && typeof right !== 'string') {
    return obeys(op, compareNumbers(left, right));
  }
  if (typeof left !== typeof right) throw new OutsideError('it compares a number with a text');
  if (op === '==' || op === '!=') return (left === right) === (op === '==');
  throw new OutsideError('it asks which text comes first');
}

function truth(is: boolean): Formula {
  return { kind: 'truth', is };
}

/** That a variable has one of some values. */
function anyValue(draft: Draft, variable: number, fits: readonly boolean[]): Formula {
  if (fits.every((fit) => fit)) return truth(true);
  const of = fits.flatMap((fit, x): Formula[] =>
    fit ? [{ kind: 'literal', literal: literalFor(draft, variable, x) }] : [],
  );
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind: 'any', of };
}

function tableFormula(binding: Binding, condition: Compare, place: Place): Formula {
  const { draft, rule, world } = binding;
  const { op, left, right } = condition;
  const mentioned = [...variablesIn(world, left, place), ...variablesIn(world, right, place)];
  const scope = [...new Set(mentioned)];
  if (countAssignments(draft, scope) > TABLE_MAX) {
    throw new OutsideError('it is no sum and depends on too much to be tabulated');
  }
  const rows: number[] = [];
  const fits: boolean[] = [];
  for (const assigned of assignmentsOf(draft, scope)) {
    const at = { place, assigned };
    const fit = holds(op, evaluateTerm(world, left, at), evaluateTerm(world, right, at));
    fits.push(fit);
    for (const v of scope) rows.push(assigned.get(v) ?? ANY);
    rows.push(fit ? 1 : 0);
  }
  const [only] = scope;
  if (fits.every((fit) => fit === fits[0])) return truth(fits[0] === true);
  if (only !== undefined && scope.length === 1) return anyValue(draft, only, fits);
  const literal = addAuxiliary(draft);
  const auxiliary = draft.variables.length - 1;
  const columns = Int32Array.of(...scope, auxiliary);
  bind(draft, rule, { kind: 'table', scope: columns, rows: Int32Array.from(rows) });
  return { kind: 'literal', literal };
}

/** The bounds of a sum of whole numbers that a comparison of it with 0 asks for. */
function boundsOf(
  op: Comparison,
  constant: number,
): { readonly min: number; readonly max: number } {
  const [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  switch (op) {
    case '<':
      return { min: low, max: -1 - constant };
    case '<=':
      return { min: low, max: -constant };
    case '>':
      return { min: 1 - constant, max: high };
    case '>=':
      return { min: -constant, max: high };
    default:
      return { min: -constant, max: -constant };
  }
}

/** That a sum compares with 0. With `isAll` the sum is bound as it is, and nothing is left. */
function sumFormula(
  { draft, rule }: Binding,
  form: LinearForm,
  { op, isAll }: { readonly op: Comparison; readonly isAll: boolean },
): Formula {
  const { constant, parts } = simplifyForm(form);
  const [single] = parts;
  if (single === undefined) return truth(obeys(op, compareNumbers(constant, ZERO)));
  if (parts.size === 1) {
    const [variable, amounts] = single;
    const fits = (amount: Rational): boolean =>
      obeys(op, compareNumbers(add(constant, amount), ZERO));
    return anyValue(draft, variable, amounts.map(fits));
  }
  const whole = wholeForm({ constant, parts });
  if (whole === undefined) throw new OutsideError('its numbers have too many digits');
  const { min, max } = boundsOf(op, whole.constant);
  const { amounts } = whole;
  const linear = {
    kind: 'linear' as const,
    scope: Int32Array.from(whole.scope),
    amounts,
    min,
    max,
  };
  if (isAll && op !== '!=') {
    bind(draft, rule, linear);
    return truth(true);
  }
  const whether = addAuxiliary(draft);
  bind(draft, rule, { ...linear, whether });
  const literal: Formula = { kind: 'literal', literal: whether };
  return op === '!=' ? { kind: 'not', of: literal } : literal;
}

/**
 * `avg(a) op c` where anything has an `a`: that the sum of `a - c` compares with 0; where nothing
 * has, that 0 compares with c.
 */
function averageFormula(
  binding: Binding,
  { op, average, other }: { op: Comparison; average: Aggregate<'average'>; other: Term },
  place: Place,
): Formula | undefined {
  const { draft, world } = binding;
  const bound = linearTerm(world, other, place);
  if (bound === undefined || bound.parts.size > 0) return undefined;
  const sum = linearTerm(world, { ...average, kind: 'sum' }, place);
  if (sum === undefined) return undefined;
  const parts = new Map(
    [...sum.parts].map(([variable, amounts]) => {
      const values = draft.variables[variable]?.values ?? [];
      const less = (amount: Rational, x: number): Rational => {
        const copies = BigInt(Number(values[x] ?? 0));
        return add(amount, { n: -bound.constant.n * copies, d: bound.constant.d });
      };
      return [variable, amounts.map(less)] as const;
    }),
  );
  const none: Formula = {
    kind: 'all',
    of: [...parts.keys()].map((variable) => ({
      kind: 'literal',
      literal: literalFor(draft, variable, 0),
    })),
  };
  const held = sumFormula(binding, { constant: ZERO, parts }, { op, isAll: false });
  const empty = truth(obeys(op, compareNumbers(ZERO, bound.constant)));
  return {
    kind: 'any',
    of: [
      { kind: 'all', of: [none, empty] },
      { kind: 'all', of: [{ kind: 'not', of: none }, held] },
    ],
  };
}

const TURNED: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

/**
 * A comparison as a formula. What it needs is bound at once: sums as `linear` with a variable that
 * says whether they hold, other terms as a table. With `isAll` it must hold by itself. Throws
 * `OutsideError` where it cannot be taken over exactly.
 */
export function compareFormula(
  binding: Binding,
  condition: Compare,
  { place, isAll }: { readonly place: Place; readonly isAll: boolean },
): Formula {
  const { world } = binding;
  const { op, left, right } = condition;
  const [first, second] = [linearTerm(world, left, place), linearTerm(world, right, place)];
  if (first !== undefined && second !== undefined) {
    return sumFormula(binding, subtractForms(first, second), { op, isAll });
  }
  const average =
    left.kind === 'average'
      ? averageFormula(binding, { op, average: left, other: right }, place)
      : right.kind === 'average'
        ? averageFormula(binding, { op: TURNED[op], average: right, other: left }, place)
        : undefined;
  return average ?? tableFormula(binding, condition, place);
}
