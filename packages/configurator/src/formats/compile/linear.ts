import type { Rational } from './rational.ts';
import { add, compare, divisorOf, minus, times, ZERO } from './rational.ts';

/** A sum of amounts by the values of variables, and a constant. */
export interface LinearForm {
  readonly constant: Rational;
  /** Of each variable: the amount of each of its values. */
  readonly parts: ReadonlyMap<number, readonly Rational[]>;
}

/** A form that is the same for all values. */
export function constantForm(constant: Rational): LinearForm {
  return { constant, parts: new Map() };
}

/** The form of one variable. */
export function partForm(variable: number, amounts: readonly Rational[]): LinearForm {
  return { constant: ZERO, parts: new Map([[variable, amounts]]) };
}

/** a + b */
export function addForms(a: LinearForm, b: LinearForm): LinearForm {
  const parts = new Map(a.parts);
  for (const [variable, amounts] of b.parts) {
    const own = parts.get(variable);
    parts.set(
      variable,
      own === undefined ? amounts : own.map((x, i) => add(x, amounts[i] ?? ZERO)),
    );
  }
  return { constant: add(a.constant, b.constant), parts };
}

/** a · factor */
export function scaleForm(a: LinearForm, factor: Rational): LinearForm {
  const scaled = [...a.parts].map(
    ([variable, amounts]) => [variable, amounts.map((x) => times(x, factor))] as const,
  );
  return { constant: times(a.constant, factor), parts: new Map(scaled) };
}

/** The same form without variables of whose values all have one amount. */
export function simplifyForm(form: LinearForm): LinearForm {
  let { constant } = form;
  const parts = new Map<number, readonly Rational[]>();
  for (const [variable, amounts] of form.parts) {
    const [first = ZERO] = amounts;
    if (amounts.every((amount) => compare(amount, first) === 0)) constant = add(constant, first);
    else parts.set(variable, amounts);
  }
  return { constant, parts };
}

/** A form as whole numbers, multiplied by whatever makes them whole and smallest. */
export interface WholeForm {
  readonly constant: number;
  readonly scope: readonly number[];
  readonly amounts: readonly Float64Array[];
}

const AMOUNT_MAX = 2n ** 40n;

function absolute(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** A form in whole numbers of the same sign; undefined where they are beyond 2^40. */
export function wholeForm(form: LinearForm): WholeForm | undefined {
  const all = [form.constant, ...[...form.parts.values()].flat()];
  const shared = all.reduce((d, a) => (d / divisorOf(d, a.d)) * a.d, 1n);
  const lift = ({ n, d }: Rational): bigint => n * (shared / d);
  const step = all.reduce((g, a) => divisorOf(g, absolute(lift(a))), 0n);
  const least = step === 0n ? 1n : step;
  if (all.some((a) => absolute(lift(a)) / least > AMOUNT_MAX)) return undefined;
  const toWhole = (a: Rational): number => Number(lift(a) / least);
  return {
    constant: toWhole(form.constant),
    scope: [...form.parts.keys()],
    amounts: [...form.parts.values()].map((amounts) => Float64Array.from(amounts, toWhole)),
  };
}

/** a - b */
export function subtractForms(a: LinearForm, b: LinearForm): LinearForm {
  return addForms(a, scaleForm(b, minus({ n: 1n, d: 1n })));
}
