/** A table with a header, read line by line. */
import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { InputError, reasonOf } from '../space/input.ts';
import { sampleTable } from '../value/table-file.ts';

/** A table whose values are parted by one sign. */
export interface Table {
  readonly file: string;
  readonly delimiter: string;
  /** What the first line names. */
  readonly header: readonly string[];
  /** The first lines after it. */
  readonly sample: readonly (readonly string[])[];
}

/** A line of a table. */
export interface TableRow {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly values: readonly string[];
}

/** A line, or a quoted value over several, is no longer than this. */
const ROW_CHARS_MAX = 1 << 16;

/** Looks at the first lines. Throws `InputError` where a file is no table with a header. */
export function openTable(file: string): Table {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size === 0) throw new InputError(`${file}: is empty; its first line names the columns`);
  const { delimiter, rows } = sampleTable(file);
  if (delimiter === 'blank') {
    const what = 'has one column only: values are parted by comma, semicolon, tab or bar';
    throw new InputError(`${file}:1 ${what}`);
  }
  const [header = [], ...sample] = rows;
  return { file, delimiter, header, sample };
}

interface ReadRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * The lines after the header, in memory of one chunk: quoted values may hold what parts values, quotes
 * written twice and line ends. `tell` hears how far it has come. Throws `InputError` with the line.
 */
export async function* readTable(
  { file, delimiter }: Table,
  tell: (share: number) => void,
): AsyncGenerator<TableRow> {
  const parser = parse({
    ...{ delimiter, info: true, trim: true, relaxColumnCount: true, relaxQuotes: true },
    ...{ skipEmptyLines: true, maxRecordSize: ROW_CHARS_MAX },
  });
  const source = Readable.from(textOf(file, tell));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let isHeader = true;
  try {
    for await (const row of parser) {
      // With `info` each row comes with the line where it ends.
      const { record, info } = row as ReadRow;
      const before = record.reduce((sum, value) => sum + value.split('\n').length - 1, 0);
      if (!isHeader && record.some((value) => value !== '')) {
        yield { line: info.lines - before, values: record };
      }
      isHeader = false;
    }
  } catch (error) {
    throw faultOf(file, error);
  } finally {
    source.destroy();
  }
}

/** The text, its line ends as one sign: the parser counts both signs of a pair within quotes. */
async function* textOf(file: string, tell: (share: number) => void): AsyncGenerator<string> {
  const size = Math.max(1, statSync(file).size);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let done = 0;
  let rest = '';
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
    const bytes = chunk as Buffer;
    const text = rest + decoder.decode(bytes, { stream: true });
    rest = text.endsWith('\r') ? '\r' : '';
    yield text.slice(0, text.length - rest.length).replaceAll('\r\n', '\n');
    done += bytes.length;
    tell(done / size);
  }
  yield rest + decoder.decode();
}

const NOT_UTF8 = 'ERR_ENCODING_INVALID_ENCODED_DATA';

function faultOf(file: string, error: unknown): unknown {
  if (error instanceof InputError) return error;
  if (error instanceof TypeError && 'code' in error && error.code === NOT_UTF8) {
    return new InputError(`${file}: is not UTF-8 text; save it as CSV UTF-8`);
  }
  if (!(error instanceof CsvError)) {
    const isSystem = error instanceof Error && 'code' in error;
    return isSystem ? new InputError(`${file}: cannot be read: ${reasonOf(error)}`) : error;
  }
  const line = typeof error['lines'] === 'number' ? error['lines'] : 1;
  const isOpen = ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'].includes(error.code);
  const what = isOpen ? 'a quoted value begins and does not end; close it with "' : error.message;
  return new InputError(`${file}:${line} ${what}`);
}
