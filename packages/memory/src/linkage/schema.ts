import { dateOrderOf, isDate } from './dates.ts';
import type { ColumnKind, LinkageColumn, LinkageRecord, LinkageSchema } from './model.ts';
import { foldEmail, foldPhone, foldText } from './normalise.ts';
import { kindsByContents } from './schema-contents.ts';
import { COLUMN_NAMES, UNIQUE_NAMES } from './schema-names.data.ts';

/** More values of a column are not looked at. */
const LOOK_MAX = 20_000;
/** Fewer different values are a category, such as a language. */
const CATEGORY_MAX = 30;
/** So many columns of no known meaning are compared. */
const VAGUE_MAX = 20;
/** Below this share of different values an identifier is none of a person. */
const IDENTIFYING_MIN = 0.3;
/** So many of the values have to be what the column is taken for. */
const MOST = 0.6;

/**
 * What the columns of records hold, told by their names and by what stands in them. Columns without
 * evidence are `ignored`: empty ones, numbers of rows, and where the name says nothing, those that
 * are the same everywhere or different in every record.
 */
export function chooseSchema(records: readonly LinkageRecord[]): LinkageSchema {
  const names = new Set<string>();
  for (const { fields } of records) for (const name of Object.keys(fields)) names.add(name);
  const looks = new Map([...names].map((name) => [name, lookAt(records, name)]));
  const told = [...looks].map(([name, look]) => columnOf(name, look));
  const open = told.filter(({ kind }) => kind === 'text').map(({ name }) => name);
  const unnamed = open.filter((name) => kindByName(name) === undefined);
  const there = new Set(told.map(({ kind }) => kind));
  const found = kindsByContents(
    unnamed.map((name) => ({ name, values: looks.get(name)?.values ?? [] })),
    // A full name has both parts, a year of birth stands for the date.
    new Set([
      ...there,
      ...(there.has('name') ? NAME_PARTS : []),
      ...(there.has('birthYear') ? (['birth'] as const) : []),
    ]),
  );
  const columns = told.map((column) => {
    const kind = found.get(column.name);
    return kind === undefined ? column : shaped(column.name, kind, looks.get(column.name));
  });
  return { columns: withoutExcess(withoutRepetition(columns, looks), looks) };
}

/** Of texts and categories, those that tell most apart, so that the work is bounded. */
function withoutExcess(
  columns: readonly LinkageColumn[],
  looks: ReadonlyMap<string, Look>,
): readonly LinkageColumn[] {
  const isVague = ({ kind }: LinkageColumn): boolean => kind === 'text' || kind === 'category';
  const differentIn = ({ name }: LinkageColumn): number => looks.get(name)?.different ?? 0;
  const vague = columns.filter(isVague).sort((a, b) => differentIn(b) - differentIn(a));
  const excess = new Set(vague.slice(VAGUE_MAX));
  return columns.map((column) =>
    excess.has(column) ? { name: column.name, kind: 'ignored' } : column,
  );
}

const NAME_PARTS: readonly ColumnKind[] = ['given', 'surname'];

interface Look {
  /** Values that are there, as they stand. */
  readonly values: readonly string[];
  /** Their number of different ones. */
  readonly different: number;
}

function lookAt(records: readonly LinkageRecord[], name: string): Look {
  // Spread over the whole, so that a sorted file looks like any other.
  const step = Math.max(1, Math.floor(records.length / LOOK_MAX));
  const values: string[] = [];
  for (let i = 0; i < records.length; i += step) {
    const value = records[i]?.fields[name] ?? '';
    if (foldText(value) !== '') values.push(value);
  }
  return { values, different: new Set(values.map(foldText)).size };
}

/** `dateOfBirth`, `date_of_birth` and `Date of birth` are one name. */
function wordsOf(name: string): string {
  return foldText(name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/([a-z])(\d)/gi, '$1 $2'));
}

function kindByName(name: string): ColumnKind | undefined {
  const words = wordsOf(name);
  return COLUMN_NAMES.find(([pattern]) => pattern.test(words))?.[1];
}

function columnOf(name: string, look: Look): LinkageColumn {
  const told = kindByName(name);
  return shaped(name, told === 'ignored' ? told : kindOf(told, look), look);
}

function shaped(name: string, kind: ColumnKind, look: Look | undefined): LinkageColumn {
  if (kind === 'birth') {
    return { name, kind, dateOrder: dateOrderOf(look?.values.slice(0, 2000) ?? []) };
  }
  if (kind === 'identifier') return { name, kind, isUnique: UNIQUE_NAMES.test(wordsOf(name)) };
  return { name, kind };
}

function kindOf(told: ColumnKind | undefined, look: Look): ColumnKind {
  if (look.different === 0) return 'ignored';
  if (told === undefined) return unknownKind(look);
  if (told === 'identifier') return identifierKind(look);
  return fits(told, look) ? told : unknownKind(look);
}

/** Whether what stands in a column is what its name promises. */
function fits(kind: ColumnKind, { values }: Look): boolean {
  const test = CONTENTS[kind];
  return test === undefined || values.filter(test).length >= MOST * values.length;
}

const CONTENTS: Readonly<Partial<Record<ColumnKind, (value: string) => boolean>>> = {
  email: (value) => foldEmail(value) !== '',
  phone: (value) => foldPhone(value) !== '',
  birth: (value) => isDate(value) || /\b(18|19|20)\d\d\b/.test(value),
  birthYear: (value) => /^\s*(18|19|20)\d\d/.test(value),
  birthMonth: (value) => /^\s*\d{1,2}(\.0)?\s*$/.test(value),
  birthDay: (value) => /^\s*\d{1,2}(\.0)?\s*$/.test(value),
};

function identifierKind(look: Look): ColumnKind {
  const { different, values } = look;
  if (different < IDENTIFYING_MIN * values.length) return unknownKind(look);
  return isNeverAgain(look) ? 'ignored' : 'identifier';
}

/** A number of rows: it says nothing about any two of them. */
function isNeverAgain({ different, values }: Look): boolean {
  return different === values.length && values.length >= 20;
}

function unknownKind(look: Look): ColumnKind {
  const { different, values } = look;
  if (different < 2) return 'ignored';
  if (fits('email', look)) return 'email';
  if (isNeverAgain(look)) return 'ignored';
  return different <= CATEGORY_MAX && values.length >= 4 * different ? 'category' : 'text';
}

/** One date of birth, and full names only where there are no parts of them. */
function withoutRepetition(
  columns: readonly LinkageColumn[],
  looks: ReadonlyMap<string, Look>,
): readonly LinkageColumn[] {
  const has = (kind: ColumnKind): boolean => columns.some((column) => column.kind === kind);
  const firstOf = (kind: ColumnKind): string | undefined =>
    columns.find((column) => column.kind === kind)?.name;
  return columns.map((column) => {
    const { name, kind } = column;
    if (/^birth[YMD]/.test(kind) && has('birth')) return { name, kind: 'ignored' };
    if (kind !== 'name') return column;
    if (firstOf('name') !== name || (has('given') && has('surname'))) {
      return { name, kind: 'ignored' };
    }
    // A name beside one part of it is the other part, unless it is the whole.
    if (!isOneWord(looks.get(name)) || has('given') === has('surname')) return column;
    return { name, kind: has('surname') ? 'given' : 'surname' };
  });
}

function isOneWord(look: Look | undefined): boolean {
  const values = look?.values ?? [];
  return values.filter((value) => !foldText(value).includes(' ')).length >= MOST * values.length;
}
