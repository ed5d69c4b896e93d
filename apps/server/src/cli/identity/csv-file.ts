import type { LinkageRecord } from '@keepsake/memory/linkage';
import { CsvError, parse } from 'csv-parse/sync';
import { InputError, readText } from '../space/input.ts';

/** Records of a table, and what was odd about it. */
export interface People {
  readonly records: readonly LinkageRecord[];
  /** Names of the columns but for the one of ids. */
  readonly columns: readonly string[];
  readonly idColumn: string;
  /** Sentences; what they tell of was put up with. */
  readonly warnings: readonly string[];
}

const DELIMITERS = [',', ';', '\t', '|'] as const;
type Delimiter = (typeof DELIMITERS)[number];
const DELIMITER_NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};
/** Enough of a file to tell how its values are parted. */
const SAMPLE_LINES = 50;
const SAMPLE_CHARS = 200_000;

/**
 * Reads a table of records with a header: values parted by comma, semicolon, tab or bar, quoted or
 * not, with or without a byte order mark. The ids are those of `idColumn`, or of the first column.
 * Throws `InputError` with the line where the file cannot be used.
 */
export function readPeople(file: string, idColumn?: string): People {
  const text = readText(file).replace(/^\uFEFF/, '');
  if (text.trim() === '') {
    throw new InputError(`${file}: is empty; its first line names the columns`);
  }
  if (text.includes('\0')) throw new InputError(`${file}: is not a table of text`);
  const delimiter = delimiterOf(text);
  const lines = readLines(file, text, delimiter);
  const [header, ...rows] = lines;
  const names = columnNames(header?.values ?? []);
  const value = names.find(isValue);
  if (value !== undefined) {
    const what = `must name the columns, but '${value}' is a value`;
    throw new InputError(`${file}:${header?.line ?? 1} ${what}; put a line of names before it`);
  }
  if (names.length < 2) {
    const why = 'has one column only: values are parted by comma, semicolon, tab or bar';
    throw new InputError(`${file}:1 ${why}, and there is nothing to compare besides ids`);
  }
  const idAt = idColumn === undefined ? 0 : names.indexOf(idColumn);
  if (idAt < 0) {
    throw new InputError(`--id: there is no column '${idColumn}'; there are ${names.join(', ')}`);
  }
  const warnings = shortRows(file, rows, names.length);
  const records = rows.map((row) => recordOf(file, row, { names, idAt, delimiter }));
  refuseRepeated(file, rows, records);
  return {
    records,
    columns: names.filter((_, i) => i !== idAt),
    idColumn: names[idAt] ?? '',
    warnings,
  };
}

interface Line {
  readonly line: number;
  readonly values: readonly string[];
}

interface ReadRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

const OPTIONS = { info: true, trim: true, relaxColumnCount: true, skipEmptyLines: true } as const;

function readLines(file: string, text: string, delimiter: Delimiter): readonly Line[] {
  try {
    // With `info` each row comes with the line where it ends.
    const rows = parse(text, { ...OPTIONS, delimiter }) as unknown as readonly ReadRow[];
    return rows
      .map(({ record, info }) => ({ line: info.lines, values: record }))
      .filter(({ values }) => values.some((value) => value !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
    throw new InputError(`${file}:${line} cannot be read as a table: ${sayCsv(error)}`);
  }
}

function sayCsv({ code, message }: CsvError): string {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quoted value does not end; close it with "';
  if (code === 'INVALID_OPENING_QUOTE') {
    return 'there is a " within a value; put the value in quotes and write its quotes twice';
  }
  if (code === 'CSV_INVALID_CLOSING_QUOTE') {
    return 'after a quoted value there is more before the next; write quotes within it twice';
  }
  return message;
}

/** What parts most values, the same number in each line; of equals the first. */
function delimiterOf(text: string): Delimiter {
  const sample = text.slice(0, SAMPLE_CHARS);
  let best: { readonly delimiter: Delimiter; readonly score: number } = {
    delimiter: ',',
    score: 0,
  };
  for (const delimiter of DELIMITERS) {
    const score = scoreOf(sample, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function scoreOf(sample: string, delimiter: Delimiter): number {
  const rows = sampleRows(sample, delimiter);
  const width = rows[0]?.length ?? 0;
  if (width < 2) return 0;
  const alike = rows.filter(({ length }) => length === width).length / rows.length;
  // Lines that agree count more than columns: a comma within a text makes columns, too.
  return alike * 1000 + Math.min(width, 999);
}

function sampleRows(sample: string, delimiter: Delimiter): readonly (readonly string[])[] {
  try {
    return parse(sample, {
      ...{ delimiter, to: SAMPLE_LINES, relaxColumnCount: true, skipEmptyLines: true },
      ...{ relaxQuotes: true, trim: true, skipRecordsWithError: true },
    });
  } catch {
    // The sample may end within a quoted value; the header tells enough then.
    return [(sample.split('\n')[0] ?? '').split(delimiter)];
  }
}

/** A date or an e-mail address is no name of a column. */
function isValue(name: string): boolean {
  return /^\S+@\S+\.\S+$|^\d{1,4}([-./])\d{1,2}\1\d{1,4}$|^(18|19|20)\d{6}$/.test(name);
}

/** Names without a column are called by their position, repeated ones get a number. */
function columnNames(header: readonly string[]): readonly string[] {
  const names: string[] = [];
  header.forEach((text, i) => {
    const name = text === '' ? `column ${i + 1}` : text;
    const again = names.filter((each) => each === name || each.startsWith(`${name} (`)).length;
    names.push(again === 0 ? name : `${name} (${again + 1})`);
  });
  return names;
}

function shortRows(file: string, rows: readonly Line[], width: number): readonly string[] {
  const short = rows.filter(({ values }) => values.length < width);
  const [first] = short;
  if (first === undefined) return [];
  const more = short.length === 1 ? '' : `, and so have ${short.length - 1} more lines`;
  const what = `has ${first.values.length} of ${width} values${more}; the others count as missing`;
  return [`${file}:${first.line} ${what}`];
}

interface Shape {
  readonly names: readonly string[];
  readonly idAt: number;
  readonly delimiter: Delimiter;
}

function recordOf(file: string, row: Line, { names, idAt, delimiter }: Shape): LinkageRecord {
  const { line, values } = row;
  const extra = values.slice(names.length);
  if (extra.some((value) => value !== '')) {
    const what = `has ${values.length} values where the header names ${names.length} columns`;
    const advice = `values are parted by ${DELIMITER_NAMES[delimiter]}; put quotes around those that hold one`;
    throw new InputError(`${file}:${line} ${what}; ${advice}`);
  }
  const id = values[idAt] ?? '';
  if (id === '') {
    throw new InputError(`${file}:${line} has no id in column '${names[idAt]}'; see --id`);
  }
  const fields = names.flatMap((name, i) => (i === idAt ? [] : [[name, values[i] ?? ''] as const]));
  return { id, fields: Object.fromEntries(fields) };
}

function refuseRepeated(
  file: string,
  rows: readonly Line[],
  records: readonly LinkageRecord[],
): void {
  const lines = new Map<string, number>();
  records.forEach(({ id }, i) => {
    const line = rows[i]?.line ?? 0;
    const earlier = lines.get(id);
    if (earlier !== undefined) {
      const what = `has the id '${id}' of line ${earlier}`;
      throw new InputError(`${file}:${line} ${what}; name the column of unique ids with --id`);
    }
    lines.set(id, line);
  });
}
