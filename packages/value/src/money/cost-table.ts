import { type Currency, ok, type Result, refused } from '@keepsake/kernel';

/**
 * What orders bring and customers cost, as a company states it, from a day on. Amounts are whole minor
 * units of the currency, ratios whole basis points (1/10,000).
 */
export interface CostTable {
  /** Names this version of the table; goes with every value that was worked out by it. */
  readonly version: string;
  /** The first day it holds for, `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly currency: Currency;
  /** Minor units in one unit of the currency: 100 for EUR, 1 for JPY. */
  readonly minorPerUnit: number;
  /** What is left of net revenue after the goods, of categories that are not listed. */
  readonly marginBasisPoints: number;
  readonly marginBasisPointsByCategory: Readonly<Record<string, number>>;
  readonly perOrderMinor: number;
  readonly perLineMinor: number;
  readonly perReturnMinor: number;
  /** One contact with service, by channel. */
  readonly perContactMinor: Readonly<Record<string, number>>;
  /** The share of what is paid that goes to who handles the payment. */
  readonly paymentBasisPoints: number;
  /** What money a year from now is worth less, for each year. */
  readonly discountBasisPointsPerYear: number;
}

/** What is wrong with a field of a cost table, and what was expected there. */
export interface CostTableIssue {
  readonly path: string;
  readonly problem: 'missing' | 'unknown-field' | 'wrong';
  readonly expected: string;
}

type Field = { readonly expected: string; readonly holds: (value: unknown) => boolean };

function whole(low: number, high: number, expected: string): Field {
  const holds = (value: unknown): boolean =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= low && value <= high;
  return { expected, holds };
}

function text(pattern: RegExp, expected: string): Field {
  return { expected, holds: (value) => typeof value === 'string' && pattern.test(value) };
}

const AMOUNT = whole(0, 1e12, 'a whole number of minor units, 0 or more');
const MARGIN = whole(-10_000, 10_000, 'whole basis points from -10000 to 10000');
const SHARE = whole(0, 10_000, 'whole basis points from 0 to 10000');

const FIELDS: Readonly<Record<string, Field>> = {
  version: text(/^\S.{0,99}$/u, 'a text of 1 to 100 characters'),
  validFrom: { expected: 'a day, YYYY-MM-DD', holds: isDay },
  currency: text(/^[A-Z]{3}$/, 'an ISO 4217 code'),
  minorPerUnit: {
    expected: '1, 10, 100, 1000 or 10000',
    holds: (value) => [1, 10, 100, 1_000, 10_000].some((one) => one === value),
  },
  marginBasisPoints: MARGIN,
  perOrderMinor: AMOUNT,
  perLineMinor: AMOUNT,
  perReturnMinor: AMOUNT,
  paymentBasisPoints: SHARE,
  discountBasisPointsPerYear: whole(0, 100_000, 'whole basis points from 0 to 100000'),
};

const MAPS: Readonly<Record<string, Field>> = {
  marginBasisPointsByCategory: MARGIN,
  perContactMinor: AMOUNT,
};

/**
 * Reads a cost table from data. Every field is required (the two maps may be empty) and none is
 * unknown; all that is wrong is told at once, each with its path.
 */
export function parseCostTable(data: unknown): Result<CostTable, readonly CostTableIssue[]> {
  if (!isRecord(data)) return refused([{ path: '', problem: 'wrong', expected: 'an object' }]);
  const issues: CostTableIssue[] = [];
  for (const [path, field] of Object.entries(FIELDS)) check(data, path, field, issues);
  for (const [name, field] of Object.entries(MAPS)) checkMap(data, name, field, issues);
  for (const path of Object.keys(data)) {
    if (Object.hasOwn(FIELDS, path) || Object.hasOwn(MAPS, path)) continue;
    issues.push({ path, problem: 'unknown-field', expected: 'no such field' });
  }
  // Every field of the type has just been checked, and there is no other.
  return issues.length > 0 ? refused(issues) : ok(data as unknown as CostTable);
}

/**
 * The table that holds on a day (`YYYY-MM-DD`): the one valid from the latest day that is not after
 * it, and of two from one day the later in the list. Undefined before the first.
 */
export function findCostTable(tables: readonly CostTable[], day: string): CostTable | undefined {
  let found: CostTable | undefined;
  for (const table of tables) {
    const begun = table.validFrom <= day;
    if (begun && (found === undefined || table.validFrom >= found.validFrom)) found = table;
  }
  return found;
}

function check(
  data: Readonly<Record<string, unknown>>,
  name: string,
  field: Field,
  issues: CostTableIssue[],
): void {
  const value = Object.hasOwn(data, name) ? data[name] : undefined;
  if (value === undefined) {
    issues.push({ path: name, problem: 'missing', expected: field.expected });
  } else if (!field.holds(value)) {
    issues.push({ path: name, problem: 'wrong', expected: field.expected });
  }
}

function checkMap(
  data: Readonly<Record<string, unknown>>,
  name: string,
  field: Field,
  issues: CostTableIssue[],
): void {
  const expected = `an object whose every value is ${field.expected}`;
  check(data, name, { expected, holds: isRecord }, issues);
  const map = Object.hasOwn(data, name) ? data[name] : undefined;
  if (!isRecord(map)) return;
  for (const [key, value] of Object.entries(map)) {
    if (field.holds(value)) continue;
    issues.push({ path: `${name}.${key}`, problem: 'wrong', expected: field.expected });
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(value);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}
