import { shapleyValues } from './shapley.ts';

/** One thing that a value depends on: the customer's figure and that of who is compared with. */
export interface Driver {
  readonly id: string;
  readonly customer: number;
  readonly cohort: number;
}

/** A figure for each driver, by its id. */
export type DriverFigures = Readonly<Record<string, number>>;

/** One statement: by how much a driver makes the customer's value differ from the cohort's. */
export interface Reason {
  readonly driver: string;
  /** In the unit of the value; above zero where the driver raises it. */
  readonly amount: number;
  readonly customer: number;
  readonly cohort: number;
}

/**
 * Why a value is what it is. `value` − `cohortValue` is the sum of the amounts, to a billionth for
 * values in the millions.
 */
export interface ValueReasons {
  readonly value: number;
  /** The value of somebody who has the cohort's figures. */
  readonly cohortValue: number;
  /** The greatest amount first, whichever its sign; equal ones as the drivers stand. */
  readonly reasons: readonly Reason[];
}

function figuresOf(drivers: readonly Driver[], coalition: number): DriverFigures {
  return Object.fromEntries(
    drivers.map(({ id, customer, cohort }, i) => [
      id,
      ((coalition >> i) & 1) === 1 ? customer : cohort,
    ]),
  );
}

/**
 * Explains a value against a cohort, in the unit of the value, exactly: Shapley values over the
 * drivers, at most `DRIVERS_MAX`. `value` is pure and is evaluated 2^drivers times, at mixtures of
 * the customer's figures and the cohort's.
 */
export function explainValue(
  drivers: readonly Driver[],
  value: (figures: DriverFigures) => number,
): ValueReasons {
  const amounts = shapleyValues(drivers.length, (coalition) =>
    value(figuresOf(drivers, coalition)),
  );
  const [own, cohortValue] = [value(figuresOf(drivers, -1)), value(figuresOf(drivers, 0))];
  const reasons = drivers.map(
    ({ id, customer, cohort }, i): Reason => ({
      driver: id,
      amount: amounts[i] ?? 0,
      customer,
      cohort,
    }),
  );
  reasons.sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  return { value: own, cohortValue, reasons };
}

/** The reasons worth a sentence, and what all others come to together. */
export interface MainReasons {
  readonly said: readonly Reason[];
  readonly rest: { readonly count: number; readonly amount: number };
}

/**
 * As many reasons, greatest first, as make up a share of all that moves the value, up or down; those
 * that move nothing are never among them.
 */
export function mainReasons(reasons: readonly Reason[], share = 0.9): MainReasons {
  const moved = reasons.reduce((sum, { amount }) => sum + Math.abs(amount), 0);
  let [count, held] = [0, 0];
  while (count < reasons.length && held < share * moved) {
    held += Math.abs(reasons[count++]?.amount ?? 0);
  }
  const left = reasons.slice(count);
  const amount = left.reduce((sum, reason) => sum + reason.amount, 0);
  return { said: reasons.slice(0, count), rest: { count: left.length, amount } };
}
