import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transaction } from '@keepsake/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../space/input.ts';
import { readBase } from './base.ts';
import { findDateOrder, hasDecimalComma, parseAmount, parseDay, sayDay } from './cells.ts';
import { warningsOf } from './fit.ts';
import { PurchaseStore } from './purchase-store.ts';
import { openSource, sayColumns } from './source.ts';
import { readRows, splitRow } from './table-file.ts';
import { type Encoding, TableDecoder } from './text-decoder.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-value-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TODAY = parseDay('2026-07-01', undefined) ?? 0;

function put(text: string | Uint8Array): string {
  const file = join(folder, 'orders.csv');
  writeFileSync(file, text);
  return file;
}

function open(text: string | Uint8Array, flags = {}): ReturnType<typeof openSource> {
  return openSource(put(text), { columns: flags }, TODAY);
}

/** Customer, day and amount with its sign, as read. */
function purchasesOf(text: string | Uint8Array, flags = {}): readonly string[] {
  const source = open(text, flags);
  if (source.kind === 'histories') return ['histories'];
  const found: string[] = [];
  const say = ({ customer, day, amountMinor, kind }: Transaction): string =>
    `${customer} ${sayDay(day)} ${kind === 'return' ? '-' : ''}${amountMinor / 1e4}`;
  source.purchases.pass(
    () => {
      found.length = 0;
      return { visit: (rows) => found.push(...rows.map(say)) };
    },
    () => {},
  );
  return found;
}

function faultOf(text: string | Uint8Array, flags = {}): string {
  try {
    const source = open(text, flags);
    readBase(source, { model: 'pareto-nbd', unit: 'week', until: undefined }, () => {});
  } catch (error) {
    if (error instanceof InputError) return error.message.replaceAll(`${folder}/`, '');
    throw error;
  }
  return 'no fault';
}

const ROWS = ['a 2026-01-02 3.5', 'a 2026-02-03 -1', 'b 2026-01-05 1234.5'];

describe('purchases', () => {
  test.each([
    ['commas', 'customer,date,amount\na,2026-01-02,3.5\na,2026-02-03,-1\nb,2026-01-05,1234.50\n'],
    ['no header', 'a,2026-01-02,3.5\na,2026-02-03,-1\nb,2026-01-05,1234.5'],
    ['blanks', ' 7 a 20260102 1 3.50\n 7 a 20260203 1 -1.00\n 8 b 20260105 3 1234.50\n'],
    [
      'semicolons, decimal commas, points',
      'Kunde;Datum;Betrag\na;02.01.2026;3,50\na;03.02.2026;-1,00\nb;05.01.2026;1.234,50\n',
    ],
    [
      'names, other columns, currencies',
      'order,Customer ID,Order Date,country,Total\n1,a,2026-01-02T10:00,UK,$3.50\n2,a,2026-02-03,UK,($1.00)\n3,b,2026-01-05,UK,"$1,234.50"\n',
    ],
    [
      'price and quantity, month first',
      'InvoiceNo,Quantity,InvoiceDate,UnitPrice,CustomerID\n1,7,1/2/2026 8:26,0.5,a\n2,-2,2/3/2026 9:00,0.5,a\n3,3,1/5/2026 9:00,411.5,b\n4,1,1/25/2026 9:00,0,c\n',
    ],
    [
      'a line for spreadsheets',
      'sep=;\r\ncustomer;date;amount\r\na;2026-01-02;3.5\r\na;2026-02-03;-1\r\nb;2026-01-05;1234.5\r\n',
    ],
    ['counts of seconds', 'a,1767312000,3.5\na,1770076800,-1\nb,1767571200,1234.5\n'],
    [
      'names that nobody knows',
      'foo,bar,baz_eur\na,2026-01-02,3.5\na,2026-02-03,-1\nb,2026-01-05,1234.5\n',
    ],
    [
      'whole amounts of unknown name',
      'customer_id,date,amount_x\na,2026-01-02,3.5\na,2026-02-03,-1\nb,2026-01-05,1234.5\n',
    ],
    [
      'a byte order mark, quotes, carriage returns, empty lines',
      '\uFEFF"customer","date","amount"\r\n\r\n"a","2026-01-02","3.5"\r\na,2026-02-03,-1\r\n,,\r\nb,2026-01-05,1234.5\r\n',
    ],
  ])('with %s', (kind, text) => {
    const flags = kind.startsWith('blanks')
      ? { customer: '2' }
      : kind.startsWith('semicolons')
        ? { customer: 'Kunde', date: 'Datum', amount: 'Betrag' }
        : {};
    const found = purchasesOf(text, flags);
    expect(found.slice(0, 3)).toEqual(ROWS);
  });

  test('columns that no name tells are said; where several could be, none is taken', () => {
    const told = (text: string): string => {
      const source = open(text);
      const base = readBase(source, { model: 'nbd', unit: 'week', until: undefined }, () => {});
      return warningsOf(source, base).join('\n').replaceAll(`${folder}/`, '');
    };
    expect(told('customer,date,cents\na,2026-01-02,350\n')).toBe(
      'orders.csv: column cents is taken for the amount; --amount names another',
    );
    expect(told('customer,date,amount\na,2026-01-02,350\n')).toBe('');
    const two = open('customer,date,foo,bar\na,2026-01-02,350,1\n');
    expect(two.kind === 'purchases' && two.purchases.columns.amount).toBeUndefined();
  });

  test('a second currency is found in a column of any name, or of none', () => {
    const lines = 'a,2026-01-02,3,EUR\nb,2026-01-02,3,eur\nc,2026-01-02,3,USD\n';
    expect(faultOf(lines)).toContain('orders.csv:3 the amount is in USD, that of line 1 in EUR');
    expect(faultOf(`customer,date,amount,ccy\n${lines}`)).toContain(
      'orders.csv:4 the amount is in USD',
    );
  });

  test('in any order they come customer by customer, those of one in the order of the file', () => {
    const text = 'b,2026-01-05,2\na,2026-01-02,1\nb,2026-01-01,3\nc,2026-01-01,4\na,2026-01-09,5\n';
    const found = purchasesOf(text).map((each) => each.replace(/2026-01-0/, ''));
    expect(found).toEqual(['b 5 2', 'b 1 3', 'a 2 1', 'a 9 5', 'c 1 4']);
  });

  test('sorted or not, as text or as numbers, a file comes to the same', () => {
    const lines = Array.from({ length: 300 }, (_, i) => {
      const month = 1 + (i % 6);
      return `${1 + Math.floor(i / 4)},2026-0${month}-${10 + (i % 17)},${(i % 13) - 1}`;
    });
    const read = (order: readonly string[]): unknown => {
      const options = { model: 'pareto-nbd', unit: 'week', until: undefined } as const;
      const { facts, logIntervals, notices, ...base } = readBase(
        open(order.join('\n')),
        options,
        () => {},
      );
      expect(logIntervals).toBeGreaterThan(0);
      return { ...base, order: undefined, counts: notices?.counts, zero: facts?.zero };
    };
    const shuffled = lines.map((line, i) => [(i * 7919) % 301, line] as const);
    shuffled.sort(([a], [b]) => a - b);
    const sorted = read(lines);
    expect(read(shuffled.map(([, line]) => line))).toEqual(sorted);
    expect(read([...lines].sort())).toEqual(sorted);
  });

  test('lines without a customer are counted and left out', () => {
    const source = open('customer,date,amount\na,2026-01-02,3\n,2026-01-03,3\n,2026-01-04,3\n');
    if (source.kind === 'histories') throw new Error('purchases');
    const { facts } = source.purchases.pass(
      () => ({ visit: () => {} }),
      () => {},
    );
    expect(facts).toMatchObject({ purchases: 1, withoutCustomer: 2, firstWithoutCustomer: 3 });
  });

  test.each([
    ['', 'orders.csv: is empty'],
    ['\n \n', 'orders.csv: is empty'],
    ['customer,date,amount\n', 'a line of names and no purchase'],
    ['a:2026-01-01:3\n', 'orders.csv:1 has one column only'],
    ['a,b\nc,d\n', 'has no column of dates'],
    ['a,01/02/2026,3\n', "does '01/02/2026' begin with the day or the month"],
    [
      `customer,date,amount\na,12/25/2025,3\n${'a,01/02/2026,3\n'.repeat(500)}a,25/12/2025,3\n`,
      "orders.csv:503 '25/12/2025' is no date with the month first; if all are the other way, say --dates dmy",
    ],
    [
      'customer,date,amount\na,2026-01-02,3\na,45292,3\n',
      "'45292' is no date; if it is a spreadsheet's count of days",
    ],
    [
      'customer,date,amount\na,31/12/25,3\na,01/08/26,3\n',
      "orders.csv:3 the date 2026-08-01, written '01/08/26', is in the future",
    ],
    [
      'customer,date,amount\na,2026-01-02,3\nb,2026-01\n',
      'orders.csv:3 has 2 of 3 values: the line is cut short',
    ],
    ['customer,date,amount\na,2026-01-02,3\nb,2026-01,4\n', "orders.csv:3 '2026-01' is no date"],
    [
      'customer,date,amount\na,2026-01-02,3\nb,2026-02-30,4\n',
      "orders.csv:3 '2026-02-30' is no date",
    ],
    ['customer,date,amount\na,2026-01-02,3\nb,2026-01-03,4.\n', "orders.csv:3 '4.' is no amount"],
    ['customer,date,amount\na,2026-01-02,3\nb,2026-01-03,\n', 'orders.csv:3 the amount is missing'],
    [
      'customer,date,amount\na,2026-01-02,3\nb,2027-01-03,4\n',
      'orders.csv:3 the date 2027-01-03 is in the future: today is 2026-07-01',
    ],
    [
      'customer,date,amount\na,2026-01-02,$3\nb,2026-01-03,€4\n',
      'orders.csv:3 the amount is in EUR, that of line 2 in $',
    ],
    [
      'customer,date,amount,currency\na,2026-01-02,3,USD\nb,2026-01-03,4,EUR\n',
      'in EUR, that of line 2 in USD',
    ],
    [
      'customer,date,amount\na,2026-01-02,3\n"b,2026-01-03,4\n',
      'orders.csv:3 a quoted value begins and does not end',
    ],
    [
      'customer,date,amount\n"a"x,2026-01-02,3\n',
      'orders.csv:2 has a quoted value with more after it',
    ],
    [
      'customer,date,amount\na,2026-01-02,3\nb,2026-01-03,4,5,6\n',
      'orders.csv:3 has 5 values where others have 3',
    ],
    ['customer,date,amount\na,2026-01-02,\0\n', 'orders.csv:2 is not text'],
    [`customer,date,amount\na,2026-01-02,"${'x\n'.repeat(70_000)}`, 'a quoted value begins'],
    ['ID,x,t_x,T\n1,2,5,4\n', 'the last purchase (5) is after the end (4)'],
    ['ID,x,t_x,T\n1,2,3,4\n2,1.5,3,4\n', 'orders.csv:3 a frequency is a whole number'],
    ['ID,x,t_x,T\n1,2,3,4\n2,1\n', 'orders.csv:3 has 2 of 4 values'],
  ])('refused %#', (text, said) => {
    expect(faultOf(text)).toContain(said);
  });

  test('what is no text is told as such, and a column that is not there', () => {
    const zip = Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0x0a, 0x00);
    expect(faultOf(zip)).toContain('orders.csv: is a spreadsheet or an archive; save the table as');
    expect(faultOf(Buffer.from('customer,date,amount\na,2026-01-02,3\n', 'utf16le'))).toContain(
      'orders.csv:1 is not text, or of an encoding that is not told; save it as CSV UTF-8',
    );
    expect(faultOf('who,date,amount\na,2026-01-01,3\n', { customer: 'date' })).toBe(
      'orders.csv: date is taken for the customer and for the date; name the columns with --customer and --date',
    );
    expect(faultOf('a,2026-01-01,3\n', { customer: 'guest' })).toBe(
      "--customer: there is no column 'guest'; there are columns 1 to 3",
    );
  });
});

describe('histories', () => {
  test.each([
    ['ID,frequency,recency,T\n7,2,3.5,5\n8,0,0,5\n', [1, 1]],
    ['x,t.x,T.cal,custs\n2,3.5,5,4\n0,0,5,2\n', [2, 4]],
    ['frequency,recency,periods,weights\n2,3.5,5,4\n0,0,5,2\n', [2, 4]],
  ])('%j', (text, counts) => {
    const source = open(text);
    expect(source.kind).toBe('histories');
    const base = readBase(source, { model: 'bg-nbd', unit: 'week', until: undefined }, () => {});
    expect([...base.statistics.frequency]).toEqual([0, 2]);
    expect([...base.statistics.recency]).toEqual([0, 3.5]);
    expect([...base.statistics.count]).toEqual(counts);
  });

  test('columns are told by name', () => {
    const source = open('ID,x,t_x,T,zbar\n1,1,2,3,9\n');
    if (source.kind !== 'histories') throw new Error('histories');
    expect(sayColumns(source.histories.columns)).toEqual({
      ...{ customer: 'ID', frequency: 'x', recency: 't_x', age: 'T', spend: 'zbar' },
    });
  });
});

describe('cells', () => {
  test.each([
    ['3', false, 3],
    ['-3.25', false, -3.25],
    ['(3.25)', false, -3.25],
    ['$1,234.50', false, 1234.5],
    ['-€2', false, -2],
    ['12.50 EUR', false, 12.5],
    ["1'234.50", false, 1234.5],
    ['1.234,50', true, 1234.5],
    ['3,5', true, 3.5],
    ['1,2,3', false, undefined],
    ['--3', false, undefined],
    ['3.', false, undefined],
    ['1e5', false, undefined],
    ['', false, undefined],
    ['9'.repeat(30), false, undefined],
  ])('%s', (text, comma, value) => {
    expect(parseAmount(text, comma)?.minor).toBe(value === undefined ? value : value * 10_000);
  });

  test('days and months are told apart where the dates allow it', () => {
    expect(findDateOrder(['2026-01-01', '20260101'])).toBe('iso');
    expect(findDateOrder(['1/2/2026', '13/2/2026'])).toBe('dmy');
    expect(findDateOrder(['1/2/2026', '2/13/2026'])).toBe('mdy');
    expect(findDateOrder(['1.2.2026'])).toBe('dmy');
    expect(findDateOrder(['1/2/2026'])).toBe('ambiguous');
    expect(findDateOrder(['13/2/2026', '2/13/2026'])).toBe('no-dates');
    expect(parseDay('1970-01-02', undefined)).toBe(1);
    expect(parseDay('3/1/70', 'dmy')).toBe(2);
    expect(parseDay('2025-02-29', undefined)).toBeUndefined();
  });

  test('dates with names of months, and counts of seconds, are dates', () => {
    const day = parseDay('2026-03-02', undefined);
    for (const text of [
      ...['2 Mar 2026', '02-MAR-26', '2. März 2026', 'March 2, 2026', 'Mar 2, 2026 10:15'],
      ...['1772409600', '1772409600123', '1772495999.5'],
    ]) {
      expect(parseDay(text, undefined), text).toBe(day);
    }
    for (const text of ['2 Mrt 2026', '31 Feb 2026', 'item 2, 2026', '177240960', '17724096001']) {
      expect(parseDay(text, undefined), text).toBeUndefined();
    }
  });

  test('points part thousands where amounts below one have none', () => {
    expect(hasDecimalComma(['1.250', '980', '12.000'])).toBe(true);
    expect(hasDecimalComma(['1.250.000', '2.300'])).toBe(true);
    for (const texts of [
      ['1.250', '0.125', '3'],
      ['1.250', '1250'],
      ['1.250', '2.5', '3'],
      ['7'],
    ]) {
      expect(hasDecimalComma(texts), texts.join(' ')).toBe(false);
    }
  });

  test('values are cut as they are quoted', () => {
    expect(splitRow('a, "b,""c""" ,d', ',')).toEqual(['a', 'b,"c"', 'd']);
    expect(splitRow('a,', ',')).toEqual(['a', '']);
    expect(splitRow('"a" b,c', ',')).toBeUndefined();
    expect(splitRow(' a \t b ', 'blank')).toEqual(['a', 'b']);
    expect(splitRow('"a b" "" c"d "e""f"', 'blank')).toEqual(['a b', '', 'c"d', 'e"f']);
  });

  test('lines are counted through quoted line ends, and across chunks', () => {
    const file = put(`a,"x\ny"\n${'b,ü\n'.repeat(150_000)}c,z`);
    const lines: number[] = [];
    readRows(
      file,
      ',',
      (values, line) => {
        if (values[0] !== 'b' || values[1] !== 'ü') lines.push(line);
        return true;
      },
      { encoding: 'utf-8' },
    );
    expect(lines).toEqual([1, 150_003]);
  });
});

describe('bytes', () => {
  const textsOf = (bytes: Uint8Array, pieces: readonly number[], encoding: Encoding) => {
    const decoder = new TableDecoder('orders.csv', encoding);
    const ends = [...pieces, bytes.length];
    const texts = ends.map((end, i) =>
      decoder.take(Buffer.from(bytes.subarray(ends[i - 1] ?? 0, end))),
    );
    return { text: texts.join('') + decoder.take(Buffer.alloc(0)), facts: decoder.facts };
  };

  test('become the same text, however they come in pieces', () => {
    const text = 'a,Zoë\nb,ü€𝄞\n\nc';
    const latin = Buffer.from('a,Zo\u00eb\nb,x\nc,\u00fc', 'latin1');
    for (let cut = 1; cut < Buffer.byteLength(text); cut++) {
      expect(textsOf(Buffer.from(text), [cut], 'utf-8').text).toBe(text);
      const wide = Buffer.from(`\uFEFF${text}`, 'utf16le');
      expect(textsOf(wide, [Math.max(2, cut)], 'any').text).toBe(text);
      const { text: read, facts } = textsOf(latin, [Math.min(cut, latin.length)], 'any');
      expect(read).toBe('a,Zoë\nb,x\nc,ü');
      expect(facts).toEqual({ otherLines: 2, firstOther: 1 });
    }
    expect(() => textsOf(Buffer.concat([Buffer.from('a\nb\n'), latin]), [], 'utf-8')).toThrow(
      'orders.csv:3 is not UTF-8 text; save it as CSV UTF-8',
    );
  });
});

test('the store keeps returns of nothing apart from purchases of nothing', () => {
  const store = new PurchaseStore();
  const row = { customer: 'a', day: 1, amountMinor: 0 } as const;
  store.add({ ...row, kind: 'return' });
  store.add({ ...row, kind: 'purchase' });
  const kinds: string[] = [];
  store.visit((rows) => kinds.push(...rows.map(({ kind }) => kind)));
  expect(kinds).toEqual(['return', 'purchase']);
});
