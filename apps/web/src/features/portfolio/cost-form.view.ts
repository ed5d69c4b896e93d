import type { Data } from './document.view.ts';

/** A cost table as it is typed: amounts in units of the currency, shares in percent. */
export interface CostFields {
  readonly version: string;
  /** `YYYY-MM-DD` */
  readonly validFrom: string;
  readonly margin: string;
  /** One a line: a category and its margin. */
  readonly byCategory: string;
  readonly perOrder: string;
  readonly perLine: string;
  readonly perReturn: string;
  /** One a line: a channel and what a contact costs. */
  readonly perContact: string;
  readonly payment: string;
  readonly discount: string;
}

/** What is wrong with a field: there is nothing, or no number, or a line that is none of both. */
export type CostFault =
  | { readonly kind: 'missing' }
  | { readonly kind: 'number' }
  | { readonly kind: 'line'; readonly line: number };

/** What is wrong, by field. */
export type CostFaults = Partial<Record<keyof CostFields, CostFault>>;

/** A cost table out of what was typed, or what is wrong with it. */
export type CostTyped =
  | { readonly kind: 'typed'; readonly document: Data }
  | { readonly kind: 'wrong'; readonly faults: CostFaults };

/** A currency, and how many minor units make one unit of it. */
export interface CostCurrency {
  readonly currency: string;
  readonly minorPerUnit: number;
}

const PERCENT = 100;

/** A number as people type it, with a comma or a point; undefined where it is none. */
export function typedNumber(text: string): number | undefined {
  const plain = text.trim().replace(',', '.').replace('−', '-');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** Minor units and their like in one currency, from ISO 4217 by way of the browser. */
export function currencyOf(currency: string): CostCurrency {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return { currency, minorPerUnit: 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2) };
}

interface Line {
  readonly name: string;
  readonly value: number;
}

function typedLines(text: string): readonly Line[] | CostFault {
  const found: Line[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, name = '', figure = ''] = /^\s*(.*?)[\s:=]+(\S+)\s*$/.exec(line) ?? [];
    const value = typedNumber(figure);
    if (name === '' || value === undefined) return { kind: 'line', line: index + 1 };
    found.push({ name, value });
  }
  return found;
}

const NUMBERS = ['margin', 'perOrder', 'perLine', 'perReturn', 'payment', 'discount'] as const;

/** Reads a form as a cost table; every fault is told at once. */
export function typedCosts(fields: CostFields, of: CostCurrency): CostTyped {
  const faults: { -readonly [K in keyof CostFaults]: CostFaults[K] } = {};
  const figures = new Map<string, number>();
  for (const name of NUMBERS) {
    const value = typedNumber(fields[name]);
    if (value === undefined) {
      faults[name] = { kind: fields[name].trim() === '' ? 'missing' : 'number' };
    } else figures.set(name, value);
  }
  for (const name of ['version', 'validFrom'] as const) {
    if (fields[name].trim() === '') faults[name] = { kind: 'missing' };
  }
  const categories = typedLines(fields.byCategory);
  if ('kind' in categories) faults.byCategory = categories;
  const contacts = typedLines(fields.perContact);
  if ('kind' in contacts) faults.perContact = contacts;
  if (Object.keys(faults).length > 0 || 'kind' in categories || 'kind' in contacts) {
    return { kind: 'wrong', faults };
  }
  const minor = (value: number) => Math.round(value * of.minorPerUnit);
  const points = (value: number) => Math.round(value * PERCENT);
  const figure = (name: (typeof NUMBERS)[number]) => figures.get(name) ?? 0;
  return {
    kind: 'typed',
    document: {
      version: fields.version.trim(),
      validFrom: fields.validFrom,
      currency: of.currency,
      minorPerUnit: of.minorPerUnit,
      marginBasisPoints: points(figure('margin')),
      marginBasisPointsByCategory: byName(categories, points),
      perOrderMinor: minor(figure('perOrder')),
      perLineMinor: minor(figure('perLine')),
      perReturnMinor: minor(figure('perReturn')),
      perContactMinor: byName(contacts, minor),
      paymentBasisPoints: points(figure('payment')),
      discountBasisPointsPerYear: points(figure('discount')),
    },
  };
}

function byName(
  lines: readonly Line[],
  of: (value: number) => number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(lines.map(({ name, value }) => [name, of(value)]));
}

/** A cost table as it is shown: amounts in units of the currency, shares from 0 to 1. */
export interface ShownCosts {
  readonly version: string;
  readonly validFrom: string;
  readonly margin: number;
  readonly byCategory: readonly Line[];
  readonly perOrder: number;
  readonly perLine: number;
  readonly perReturn: number;
  readonly perContact: readonly Line[];
  readonly payment: number;
  readonly discount: number;
}

const POINTS = 10_000;

function numberAt(data: Data, key: string): number {
  const value = data[key];
  return typeof value === 'number' ? value : 0;
}

function linesAt(data: Data, key: string, per: number): readonly Line[] {
  const map = data[key];
  if (typeof map !== 'object' || map === null) return [];
  return Object.entries(map).flatMap(([name, value]) =>
    typeof value === 'number' ? [{ name, value: value / per }] : [],
  );
}

/** Reads a cost table that is kept. */
export function shownCosts(data: Data): ShownCosts {
  const per = numberAt(data, 'minorPerUnit') || 1;
  const text = (key: string) => (typeof data[key] === 'string' ? data[key] : '');
  return {
    version: text('version'),
    validFrom: text('validFrom'),
    margin: numberAt(data, 'marginBasisPoints') / POINTS,
    byCategory: linesAt(data, 'marginBasisPointsByCategory', POINTS),
    perOrder: numberAt(data, 'perOrderMinor') / per,
    perLine: numberAt(data, 'perLineMinor') / per,
    perReturn: numberAt(data, 'perReturnMinor') / per,
    perContact: linesAt(data, 'perContactMinor', per),
    payment: numberAt(data, 'paymentBasisPoints') / POINTS,
    discount: numberAt(data, 'discountBasisPointsPerYear') / POINTS,
  };
}

/** A figure as it is typed again, with no more digits than it has. */
function typedText(value: number): string {
  return String(Number(value.toFixed(4)));
}

/** The fields for a new table, filled with what holds now. */
export function costFields(
  known: ShownCosts | undefined,
  next: { readonly version: string; readonly validFrom: string },
): CostFields {
  const share = (value: number | undefined) =>
    value === undefined ? '' : typedText(value * PERCENT);
  const amount = (value: number | undefined) => (value === undefined ? '' : typedText(value));
  return {
    ...next,
    margin: share(known?.margin),
    byCategory: (known?.byCategory ?? [])
      .map((one) => `${one.name} ${share(one.value)}`)
      .join('\n'),
    perOrder: amount(known?.perOrder),
    perLine: amount(known?.perLine),
    perReturn: amount(known?.perReturn),
    perContact: (known?.perContact ?? [])
      .map((one) => `${one.name} ${amount(one.value)}`)
      .join('\n'),
    payment: share(known?.payment),
    discount: share(known?.discount),
  };
}
