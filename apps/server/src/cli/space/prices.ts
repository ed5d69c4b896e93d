import { readJson } from './input.ts';
import type { Names } from './names.ts';

/** What values add to the price, as whole units of which `perUnit` are one of the file's. */
export interface Prices {
  /** By option: the values of all variables, numbered through. */
  readonly amounts: Float64Array;
  /** Of every design. */
  readonly base: number;
  /** A power of ten: sums are whole numbers, and so exact. */
  readonly perUnit: number;
}

const DIGITS_MAX = 6;
const AMOUNT_MAX = 1e9;

/**
 * Reads `{"variable": {"value": amount}}`; what is not there costs nothing. Throws `InputError` with
 * file and line for names that the model does not have, and for what is no amount: a number within a
 * billion, with at most six digits after the point.
 */
export function readPrices(file: string, names: Names, optionAt: Int32Array): Prices {
  const { value, fault } = readJson(file);
  if (!isRecord(value)) throw fault([], 'is not of the form {"variable": {"value": amount}}');
  const found: { readonly option: number; readonly amount: number }[] = [];
  for (const [variable, amounts] of Object.entries(value)) {
    if (!isRecord(amounts)) throw fault([variable], `'${variable}' has no amounts by value`);
    for (const [name, amount] of Object.entries(amounts)) {
      const path = [variable, name];
      const decision = names.find({ variable, value: name });
      if (typeof decision === 'string') throw fault(path, decision);
      if (!isAmount(amount)) {
        throw fault(path, `'${name}' of '${variable}' has no amount of ${DIGITS_MAX} digits`);
      }
      found.push({ option: (optionAt[decision.variable] ?? 0) + decision.value, amount });
    }
  }
  const perUnit = 10 ** Math.max(0, ...found.map(({ amount }) => digitsOf(amount)));
  const amounts = new Float64Array(optionAt.at(-1) ?? 0);
  for (const { option, amount } of found) amounts[option] = Math.round(amount * perUnit);
  return { amounts, base: 0, perUnit };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAmount(value: unknown): value is number {
  return (
    typeof value === 'number' && Math.abs(value) <= AMOUNT_MAX && digitsOf(value) <= DIGITS_MAX
  );
}

/** Digits after the point that a number needs; seven stand for too many. */
function digitsOf(amount: number): number {
  for (let digits = 0; digits <= DIGITS_MAX; digits++) {
    if (Number(amount.toFixed(digits)) === amount) return digits;
  }
  return DIGITS_MAX + 1;
}

/** An amount in the units of the file. */
export function inUnits(amount: number, { perUnit }: Prices): number {
  return amount / perUnit;
}
