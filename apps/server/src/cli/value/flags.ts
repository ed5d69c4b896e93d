import type { PurchaseModelName } from '@keepsake/value';
import { InputError } from '../space/input.ts';
import { type DateOrder, parseDay, sayDay } from './cells.ts';
import type { ColumnFlags } from './columns.ts';
import { DAYS_PER_UNIT, TIME_UNITS, type TimeUnit } from './time-unit.ts';

/** Options of the value commands as they are written. */
export interface ValueFlags {
  readonly model: string;
  readonly until?: string;
  readonly unit: string;
  readonly customer?: string;
  readonly date?: string;
  readonly amount?: string;
  readonly dates?: string;
  readonly spend?: true;
  readonly json?: true;
  readonly out?: string;
  readonly horizon?: string;
  readonly margin?: string;
  readonly discount?: string;
}

/** The same, read. */
export interface ValueOptions {
  readonly model: PurchaseModelName;
  /** In days since 1970-01-01. */
  readonly until: number | undefined;
  readonly unit: TimeUnit;
  readonly columns: ColumnFlags;
}

export const MODELS: readonly PurchaseModelName[] = [
  'pareto-nbd',
  'bg-nbd',
  'mbg-nbd',
  'mbg-cnbd-k',
  'bg-bb',
  'nbd',
];

/** Reads what all value commands share. Throws `InputError` with what can be said instead. */
export function readOptions(flags: ValueFlags, today: number): ValueOptions {
  const model = MODELS.find((name) => name === flags.model);
  if (model === undefined) {
    throw new InputError(`--model: '${flags.model}' is none of ${MODELS.join(', ')}`);
  }
  const unit = TIME_UNITS.find((name) => name === flags.unit);
  if (unit === undefined) {
    throw new InputError(`--unit: '${flags.unit}' is none of ${TIME_UNITS.join(', ')}`);
  }
  return { model, unit, until: readUntil(flags.until, today), columns: readColumnFlags(flags) };
}

function readUntil(text: string | undefined, today: number): number | undefined {
  if (text === undefined) return undefined;
  const day = parseDay(text, undefined);
  if (day === undefined) throw new InputError(`--until: '${text}' is no date; write 2026-03-01`);
  if (day > today) {
    throw new InputError(`--until: ${text} is in the future; today is ${sayDay(today)}`);
  }
  return day;
}

function readColumnFlags({ customer, date, amount, dates }: ValueFlags): ColumnFlags {
  if (dates !== undefined && dates !== 'dmy' && dates !== 'mdy') {
    throw new InputError(`--dates: '${dates}' is neither dmy nor mdy`);
  }
  return {
    ...(customer === undefined ? {} : { customer }),
    ...(date === undefined ? {} : { date }),
    ...(amount === undefined ? {} : { amount }),
    ...(dates === undefined ? {} : { dates: dates satisfies DateOrder }),
  };
}

/** How far ahead, and at which discount, money is looked at. */
export interface MoneyTerms {
  /** In the unit of the histories. */
  readonly horizon: number;
  /** As it is said to people: 39 weeks. */
  readonly horizonWords: string;
  readonly margin: number;
  /** A share per year. */
  readonly discountPerYear: number;
  /** Continuous, per unit of the histories. */
  readonly discount: number;
}

const UNITS = { d: 'day', w: 'week', m: 'month', y: 'year' } as const;
/** A year or so, in whole units. */
const HORIZONS = { day: '52w', week: '52w', month: '12m', year: '1y' } as const;
const HORIZON_YEARS_MAX = 50;

/** Reads horizon, margin and discount. Throws `InputError` where they make no sense. */
export function readTerms(flags: ValueFlags, unit: TimeUnit): MoneyTerms {
  const discountPerYear = readShare('discount', flags.discount ?? '0.1');
  return {
    ...readHorizon(flags, unit),
    margin: readShare('margin', flags.margin ?? '1'),
    discountPerYear,
    discount: (Math.log1p(discountPerYear) * DAYS_PER_UNIT[unit]) / DAYS_PER_UNIT.year,
  };
}

function readHorizon(
  flags: ValueFlags,
  unit: TimeUnit,
): Pick<MoneyTerms, 'horizon' | 'horizonWords'> {
  const text = flags.horizon ?? HORIZONS[unit];
  const parts = /^(\d+(?:\.\d+)?)([dwmy])?$/.exec(text);
  // The expression takes no other letters.
  const letter = parts?.[2] as keyof typeof UNITS | undefined;
  const named = letter === undefined ? unit : UNITS[letter];
  const number = Number(parts?.[1] ?? Number.NaN);
  const days = number * DAYS_PER_UNIT[named];
  if (!(days > 0 && days <= HORIZON_YEARS_MAX * DAYS_PER_UNIT.year)) {
    const rule = `give days, weeks, months or years, at most ${HORIZON_YEARS_MAX} years: 90d, 39w, 6m, 2y`;
    throw new InputError(`--horizon: '${text}' is no time to look ahead; ${rule}`);
  }
  const horizon = days / DAYS_PER_UNIT[unit];
  if (flags.model !== 'bg-bb') return { horizon, horizonWords: sayTime(number, named) };
  // BG/BB knows whole periods only.
  const whole = Math.floor(horizon + 1e-9);
  if (whole >= 1) return { horizon: whole, horizonWords: sayTime(whole, unit) };
  throw new InputError(`--horizon: '${text}' is less than one ${unit}, a period of bg-bb`);
}

function sayTime(number: number, unit: TimeUnit): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

function readShare(name: 'margin' | 'discount', text: string): number {
  const parts = /^(\d+(?:\.\d+)?)(%)?$/.exec(text.trim());
  const value = Number(parts?.[1] ?? Number.NaN) / (parts?.[2] === undefined ? 1 : 100);
  const isMargin = name === 'margin';
  if (value <= 1 && (value > 0 || !isMargin)) return value;
  const range = isMargin ? 'above 0 and at most 1' : 'from 0 to 1';
  throw new InputError(`--${name}: '${text}' is no share ${range}; write 0.25 or 25%`);
}
