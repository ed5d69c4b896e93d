import { dateOrderOf, isDate, readDate } from './dates.ts';
import type { ColumnKind } from './model.ts';
import { foldText, splitStreet } from './normalise.ts';
import { FREQUENT_GIVEN_NAMES, FREQUENT_SURNAMES } from './schema-contents.data.ts';

/** What stands in a column whose name says nothing. */
export interface Contents {
  readonly name: string;
  /** Values that are there, as they stand. */
  readonly values: readonly string[];
}

/** So many of the values have to look alike. */
const MOST = 0.8;
/** Of given names so many are frequent ones, and of surnames, which differ more. */
const GIVEN_MIN = 0.15;
const SURNAME_MIN = 0.04;
/** Dates of birth are spread over more years than those of what happened to customers. */
const YEARS_MIN = 20;
const FEW = 20;

/**
 * What columns hold by their values alone: dates of birth, telephone numbers, names, streets, postal
 * codes. Each kind once, the column that fits best; a kind that is there by name is not looked for.
 * Of fewer than twenty values nothing is told.
 */
export function kindsByContents(
  columns: readonly Contents[],
  there: ReadonlySet<ColumnKind>,
): ReadonlyMap<string, ColumnKind> {
  const found = new Map<string, ColumnKind>();
  for (const { kind, least, score } of TESTS) {
    if (there.has(kind)) continue;
    const open = columns.filter(({ name, values }) => !found.has(name) && values.length >= FEW);
    const scored = open
      .map((column) => ({ name: column.name, score: score(column.values) }))
      .filter((each) => each.score >= least)
      // Of equals the first, as the order of columns is that of the table.
      .sort((a, b) => b.score - a.score);
    const [best] = scored;
    if (best !== undefined) found.set(best.name, kind);
  }
  return found;
}

interface Test {
  readonly kind: ColumnKind;
  readonly least: number;
  readonly score: (values: readonly string[]) => number;
}

const TESTS: readonly Test[] = [
  { kind: 'birth', least: MOST, score: (values) => (areBirths(values) ? 1 : 0) },
  { kind: 'phone', least: MOST, score: (values) => shareOf(values, isPhone) },
  { kind: 'street', least: MOST / 2, score: (values) => shareOf(values, isStreet) },
  {
    kind: 'given',
    least: GIVEN_MIN,
    score: (values) => shareOf(values, (value) => hasWordIn(value, FREQUENT_GIVEN_NAMES)),
  },
  {
    kind: 'surname',
    least: SURNAME_MIN,
    score: (values) => shareOf(values, (value) => hasWordIn(value, FREQUENT_SURNAMES)),
  },
  { kind: 'postcode', least: MOST, score: postcodeScore },
];

function shareOf(values: readonly string[], test: (value: string) => boolean): number {
  return values.filter(test).length / Math.max(1, values.length);
}

function areBirths(values: readonly string[]): boolean {
  if (shareOf(values, isDate) < MOST) return false;
  const order = dateOrderOf(values.slice(0, 2000));
  const years = values
    .map((value) => Number(readDate(value, order).slice(0, 4)))
    .filter((year) => year > 0)
    .sort((a, b) => a - b);
  const at = (share: number): number => years[Math.floor(years.length * share)] ?? 0;
  return at(0.95) - at(0.05) >= YEARS_MIN;
}

/** Digits as they are dialled: from abroad or with the zero before. */
function isPhone(value: string): boolean {
  const text = value.trim();
  const { length } = text.replace(/\D/g, '');
  return /^(\+|\(?0)[\d\s()/.-]+$/.test(text) && length >= 7 && length <= 15;
}

const STREET =
  /\b(st|rd|ave|ln|dr|pl|ct|cres|blvd|sq|tce|hwy|pde|cct|cl|str|way|grove|rue|calle|avenida|via|weg|gasse|platz|allee)\b|str\b|(weg|gasse|platz|allee)\b/;

function isStreet(value: string): boolean {
  return STREET.test(splitStreet(value).street);
}

function hasWordIn(value: string, names: ReadonlySet<string>): boolean {
  return foldText(value)
    .split(' ')
    .some((word) => names.has(word));
}

/** Codes with digits, nearly all of one length, many of which come back. */
function postcodeScore(values: readonly string[]): number {
  const codes = values.map((value) => value.replace(/[\s-]/g, ''));
  const lengths = new Map<number, number>();
  for (const { length } of codes.filter((code) => /^[a-z\d]*\d[a-z\d]*$/i.test(code))) {
    lengths.set(length, (lengths.get(length) ?? 0) + 1);
  }
  const [usual = [0, 0]] = [...lengths].sort((a, b) => b[1] - a[1]);
  const [length, count] = usual;
  const isOften = new Set(codes).size < MOST * codes.length;
  return length >= 4 && length <= 7 && isOften ? count / codes.length : 0;
}
