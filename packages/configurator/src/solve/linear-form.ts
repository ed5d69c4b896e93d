import { evaluate, type Operator, type Tree, type Value } from '../expression.ts';
import { scopeOf } from './boxes.ts';
import type { ValueSum } from './pieces.ts';
import type { Lookup } from './variable.ts';

/**
 * A number as a sum: a constant, and for each variable what each of its values adds. `NaN` is
 * *absent*. `digits` is how many digits after the point the parts need at most.
 */
export interface LinearForm {
  readonly constant: number;
  readonly terms: ReadonlyMap<number, Float64Array>;
  readonly digits: number;
}

/** Digits after the point that the language keeps. */
const DIGITS_MAX = 9;
/** Numbers beyond it are not rounded to digits: then only whole ones are taken. */
const TIDY_MAX = 9e6;
/** Amounts of a sum at most, as the engines take them. */
const AMOUNT_MAX = 2 ** 40;

/** Stands in for a part that is no sum of single variables; undefined where nothing can. */
export type StandIn = (tree: Tree) => number | undefined;

/** What a form is read with. */
interface Frame {
  readonly lookup: Lookup;
  readonly standIn: StandIn;
}

function digitsOf(value: number): number {
  for (let digits = 0; digits < DIGITS_MAX; digits++) {
    const scaled = value * 10 ** digits;
    // Noise of a product of doubles is forgiven, but not the ninth digit.
    const noise = 5e-10 + Math.abs(scaled) * 2.3e-16;
    if (Math.abs(scaled - Math.round(scaled)) < noise) return digits;
  }
  return DIGITS_MAX;
}

function toAmount(value: Value): number {
  return value === null ? Number.NaN : Number(value);
}

/** A part that one variable decides, by trying each of its values. */
function tabulate(tree: Tree, v: number, lookup: Lookup): LinearForm | undefined {
  const variable = lookup.variables[v];
  if (variable === undefined) return undefined;
  const results = variable.values.map((value) =>
    evaluate({ source: '', tree }, { [variable.id]: value }),
  );
  if (results.some((result) => typeof result === 'string')) return undefined;
  const amounts = Float64Array.from(results, toAmount);
  const present = amounts.filter((amount) => !Number.isNaN(amount));
  const digits = present.reduce((most, amount) => Math.max(most, digitsOf(amount)), 0);
  return { constant: 0, terms: new Map([[v, amounts]]), digits };
}

function constantOf(tree: Tree): LinearForm | undefined {
  const value = evaluate({ source: '', tree }, {});
  if (value === null || typeof value === 'string') return undefined;
  const constant = Number(value);
  return { constant, terms: new Map(), digits: digitsOf(constant) };
}

function add(a: LinearForm, b: LinearForm, sign: 1 | -1): LinearForm {
  const terms = new Map(a.terms);
  for (const [v, amounts] of b.terms) {
    const own = terms.get(v);
    terms.set(
      v,
      amounts.map((amount, i) => (own?.[i] ?? 0) + sign * amount),
    );
  }
  const digits = Math.max(a.digits, b.digits);
  return { constant: a.constant + sign * b.constant, terms, digits };
}

/** A form times a number; undefined where digits would be rounded away, for that is no sum. */
function times(form: LinearForm, factor: number): LinearForm | undefined {
  const digits = form.digits + digitsOf(factor);
  if (digits > DIGITS_MAX) return undefined;
  const scale = 10 ** digits;
  const scaled = (amount: number): number => Math.round(amount * factor * scale) / scale;
  const terms = new Map([...form.terms].map(([v, amounts]) => [v, amounts.map(scaled)]));
  return { constant: scaled(form.constant), terms, digits };
}

function product(a: LinearForm, b: LinearForm): LinearForm | undefined {
  if (a.terms.size === 0) return times(b, a.constant);
  return b.terms.size === 0 ? times(a, b.constant) : undefined;
}

function quotient(a: LinearForm, b: LinearForm): LinearForm | undefined {
  if (b.terms.size > 0 || b.constant === 0) return undefined;
  const factor = Math.round(10 ** DIGITS_MAX / b.constant) / 10 ** DIGITS_MAX;
  return Math.abs(factor * b.constant - 1) < 1e-12 ? times(a, factor) : undefined;
}

const ARITHMETIC: readonly Operator[] = ['+', '-', '*', '/'];

function arithmeticForm(tree: Tree & { kind: 'binary' }, frame: Frame): LinearForm | undefined {
  const a = formOf(tree.left, frame);
  const b = a && formOf(tree.right, frame);
  if (a === undefined || b === undefined) return undefined;
  if (tree.op === '*') return product(a, b);
  if (tree.op === '/') return quotient(a, b);
  return add(a, b, tree.op === '+' ? 1 : -1);
}

/** A sum counts nothing for what is absent. */
function sumForm(tree: Tree & { kind: 'call' }, frame: Frame): LinearForm | undefined {
  let total: LinearForm | undefined = { constant: 0, terms: new Map(), digits: 0 };
  for (const operand of tree.of) {
    const own = formOf(operand, frame);
    if (own === undefined || total === undefined) return undefined;
    // An absent part of several would take the others with it: only single terms can be skipped.
    const isSingle = own.terms.size <= 1;
    const mayBeAbsent = [...own.terms.values()].some((amounts) => amounts.some(Number.isNaN));
    if (mayBeAbsent && !isSingle) return undefined;
    total = add(total, mayBeAbsent ? withoutGaps(own) : own, 1);
  }
  return total;
}

/** A form of one term that is nothing where it was absent, its constant included. */
function withoutGaps({ constant, digits, terms }: LinearForm): LinearForm {
  const counted = [...terms].map(
    ([v, amounts]) =>
      [v, amounts.map((amount) => (Number.isNaN(amount) ? 0 : amount + constant))] as const,
  );
  return { constant: 0, digits, terms: new Map(counted) };
}

function structureOf(tree: Tree, frame: Frame): LinearForm | undefined {
  if (tree.kind === 'minus') {
    const of = formOf(tree.of, frame);
    return of && times(of, -1);
  }
  if (tree.kind === 'binary' && ARITHMETIC.includes(tree.op)) return arithmeticForm(tree, frame);
  if (tree.kind === 'call' && tree.name === 'sum') return sumForm(tree, frame);
  return undefined;
}

/** A number as a sum over single variables; undefined where it is none, even with stand-ins. */
export function formOf(tree: Tree, frame: Frame): LinearForm | undefined {
  const scope = scopeOf(tree, frame.lookup);
  const [only] = scope;
  if (only === undefined) return constantOf(tree);
  if (scope.length === 1) return tabulate(tree, only, frame.lookup);
  const form = structureOf(tree, frame);
  if (form !== undefined) return form;
  const v = frame.standIn(tree);
  const variable = frame.lookup.variables[v ?? -1];
  if (v === undefined || variable === undefined) return undefined;
  return tabulate({ kind: 'attribute', id: variable.id }, v, frame.lookup);
}

/** How far a sum may go, by operator, for the left side less the right one against nothing. */
const BOUNDS: Readonly<Partial<Record<Operator, readonly [number, number]>>> = {
  '=': [0, 0],
  '<=': [Number.NEGATIVE_INFINITY, 0],
  '<': [Number.NEGATIVE_INFINITY, -1],
  '>=': [0, Number.POSITIVE_INFINITY],
  '>': [1, Number.POSITIVE_INFINITY],
};

function extreme(amounts: Float64Array, better: (a: number, b: number) => number): number {
  const present = amounts.filter((amount) => !Number.isNaN(amount));
  return present.length === 0 ? 0 : present.reduce((a, b) => better(a, b));
}

/** Gives absent values an amount that puts every sum out of bounds: their comparison is false. */
function withoutAbsent(
  amounts: readonly Float64Array[],
  [min, max]: readonly [number, number],
): readonly Float64Array[] {
  const isCapped = max < Number.POSITIVE_INFINITY;
  const ends = amounts.map((own) => extreme(own, isCapped ? Math.min : Math.max));
  const whole = ends.reduce((sum, end) => sum + end, 0);
  return amounts.map((own, p) => {
    const rest = whole - (ends[p] ?? 0);
    const far = extreme(own, isCapped ? Math.max : Math.min);
    const away = isCapped ? Math.max(far, max - rest + 1) : Math.min(far, min - rest - 1);
    return own.map((amount) => (Number.isNaN(amount) ? away : amount));
  });
}

/**
 * A comparison as bounds of a sum of whole amounts: exact, digits after the point included. Undefined
 * where it is no comparison of sums, or needs larger numbers than are kept exact.
 */
export function sumOf(tree: Tree, frame: Frame): ValueSum | undefined {
  const bounds = tree.kind === 'binary' ? BOUNDS[tree.op] : undefined;
  if (tree.kind !== 'binary' || bounds === undefined) return undefined;
  const left = formOf(tree.left, frame);
  const right = left && formOf(tree.right, frame);
  if (left === undefined || right === undefined) return undefined;
  const { constant, digits, terms } = add(left, right, -1);
  const scale = 10 ** digits;
  const scope = [...terms.keys()];
  const scaled = [...terms.values()].map((own) => own.map((amount) => Math.round(amount * scale)));
  const offset = Math.round(constant * scale);
  const [min, max] = [bounds[0] - offset, bounds[1] - offset];
  const amounts = withoutAbsent(scaled, [min, max]);
  const most = amounts.reduce(
    (sum, own) => sum + own.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
    Math.abs(offset),
  );
  if (most > AMOUNT_MAX || (digits > 0 && most / scale > TIDY_MAX)) return undefined;
  return { scope, amounts, min, max };
}
