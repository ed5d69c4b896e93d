import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryAnswer, HistoryKind, HistoryTotal } from '@keepsake/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { InputError } from '../space/input.ts';
import { findColumns } from './columns.ts';
import { readExactAmount } from './exact-amount.ts';
import { describeImport, sayAmount } from './import-report.ts';
import { createRowReader } from './row-lines.ts';
import { SeenRows } from './seen-rows.ts';
import { sendRows } from './send-rows.ts';
import { openTable, readTable } from './table.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-import-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string | Uint8Array): string {
  const path = join(folder, 'table.csv');
  writeFileSync(path, text);
  return path;
}

/** Every row as what would be sent, or as its fault, after its line. */
async function read(kind: HistoryKind, text: string, dates?: 'dmy' | 'mdy') {
  const table = openTable(file(text));
  const columns = findColumns('table.csv', kind, table.header);
  const reader = createRowReader(kind, table, { columns, dates });
  const found: [number, unknown][] = [];
  for await (const { line, values } of readTable(table, () => {})) {
    const row = reader(values);
    const said = row.kind === 'fault' ? row.reason : JSON.parse(JSON.stringify(row.body));
    found.push([line, said]);
  }
  return found;
}

const faultOf = async (work: () => Promise<unknown>): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof InputError) return error.message.replaceAll(`${folder}/`, '');
    throw error;
  }
  return '';
};

describe('reading a table of orders', () => {
  test('columns are found by name in any order, in two languages, however parted', async () => {
    const body = { number: '7', kind: 'purchase', customer: 'K1', day: '2025-03-01' };
    const wanted = [[2, { ...body, amount: '1234.5', lines: 2, ownFault: false }]];
    const german =
      '\uFEFFPositionen;Datum;Kunde;Bestellnummer;Nettobetrag;Eigenverschulden;Farbe\r\n2;01.03.2025;K1;7;1.234,50;nein;rot\r\n';
    expect(await read('orders', german)).toEqual(wanted);
    const english =
      'Order No.\tLines\tCustomer-ID\tOrder date\tNet amount\townFault\n7\t2\tK1\t2025-03-01T10:00\t"1,234.50"\tno';
    expect(await read('orders', english)).toEqual(wanted);
  });

  test('what is missing is named with what is there', async () => {
    expect(await faultOf(() => read('orders', 'Number,Colour\n1,red\n'))).toBe(
      [
        'table.csv:1 there is no column for the customer or e-mail; call it customerkey, customerid, customernumber, customerno, customernr or alike',
        'table.csv:1 there is no column for the date; call it date, orderdate, invoicedate, purchasedate, transactiondate or alike',
        'table.csv:1 there is no column for the net amount; call it netamount, net, amountnet, nettotal, amount or alike',
        "table.csv:1 the columns are 'Number', 'Colour'",
      ].join('\n'),
    );
    expect(await faultOf(() => read('orders', ''))).toContain('is empty');
    expect(await faultOf(() => read('orders', 'number\n1\n2\n'))).toContain('one column only');
  });

  test('each wrong row is a fault with its own line', async () => {
    const text = [
      'number,customer,date,amount,currency,lines,kind,own fault',
      '1,c,2025-01-01,1.00,EUR,1,sale,no',
      '2,c,2025-02-30,1.00,EUR,1,sale,no',
      '"a\r\nb",c,2025-01-01,one,EUR,1,sale,no',
      '3,,2025-01-01,1.00,EUR,1,sale,no',
      '4,c,2025-01-01,1.00,EUR,0,sale,no',
      '',
      '5,c,2025-01-01,1.00,EUR,1,gift,no',
      '6,c,2025-01-01,-1.00,EUR,1,sale,no',
      '7,c,2025-01-01,1.00,EUR,1,sale,perhaps',
      '8,c,2025-01-01,1.00 USD,EUR,1,sale,no',
      '9,c,2025-01-01,1.00,EUR,1,sale,no,more',
      '10,c',
      '11,c,2025-01-01,$1.00,,1,sale,no',
      '12,say "c",2025-01-01,1.00,,,,',
    ].join('\r\n');
    const found = await read('orders', text);
    expect(found.map(([line, said]) => [line, typeof said === 'string' ? said : 'ready'])).toEqual([
      [2, 'ready'],
      [3, "'2025-02-30' is no date; write it as 2026-03-01"],
      [4, "'one' is no amount"],
      [6, 'nobody is named: the customer is missing'],
      [7, "'0' is no number of lines from 1 to 10000"],
      [9, "'gift' is neither a purchase nor a return"],
      [10, 'a purchase is below zero; is it a return?'],
      [11, "'perhaps' is neither yes nor no (own fault)"],
      [12, 'the amount is in USD, the column says EUR'],
      [
        13,
        'has 9 values where the header names 8 columns; put quotes around those that hold what parts them',
      ],
      [14, 'the net amount is missing: the line has 2 of 8 values'],
      [15, "'$' is no currency; add a column with its code, such as EUR"],
      [16, 'ready'],
    ]);
    expect(found.at(-1)?.[1]).toMatchObject({ customer: 'say "c"', amount: '1' });
  });

  test('a return names its order: by its column, else by its own number', async () => {
    const head = 'number,customer,date,amount';
    const returned = { number: '1', kind: 'return', amount: '5' };
    expect(await read('orders', `${head}\n1,c,2025-01-01,-5.00\n`)).toMatchObject([
      [2, { ...returned, order: '1' }],
    ]);
    const named = `${head},order\n1,c,2025-01-01,(5),A-9\n1,c,2025-01-01,-5,\n`;
    expect(await read('orders', named)).toMatchObject([
      [2, { ...returned, order: 'A-9' }],
      [3, 'the returned order is missing'],
    ]);
  });

  test('a category becomes a word without signs; an empty one is none', async () => {
    const head = 'number;customer;date;net;Warengruppe';
    const rows = ['1;c;2025-01-01;1;Räder & Teile', '2;c;2025-01-01;1;', '3;c;2025-01-01;1;???'];
    const body = { kind: 'purchase', customer: 'c', day: '2025-01-01', amount: '1' };
    expect(await read('orders', [head, ...rows].join('\n'))).toEqual([
      [2, { number: '1', ...body, category: 'rader-teile' }],
      [3, { number: '2', ...body }],
      [4, "'???' is no category; write a word such as accessories"],
    ]);
  });

  test('dates that can be read in two ways are asked about', async () => {
    const text = 'number,customer,date,amount\n1,c,03/04/2025,1\n';
    expect(await faultOf(() => read('orders', text))).toBe(
      "table.csv: does '03/04/2025' begin with the day or the month? Say --dates dmy or --dates mdy",
    );
    expect(await read('orders', text, 'dmy')).toMatchObject([[2, { day: '2025-04-03' }]]);
    expect(await read('orders', text, 'mdy')).toMatchObject([[2, { day: '2025-03-04' }]]);
  });

  test('a quote that does not end and bytes that are no text are told', async () => {
    const text = `number,customer,date,amount\n1,c,2025-01-01,1\n2,"c${',x\n'.repeat(40_000)}`;
    expect(await faultOf(() => read('orders', text))).toContain('begins and does not end');
    const bytes = Buffer.concat([
      Buffer.from('number,customer,date,amount\n1,c,2025-01-01,1\n'),
      Buffer.from([0x31, 0x2c, 0xff, 0xfe, 0x2c]),
    ]);
    const path = file(bytes);
    expect(await faultOf(async () => openTable(path))).toContain('is not UTF-8 text');
  });
});

test('customers and contacts', async () => {
  const people = 'Kundennummer;Vorname;Nachname;E-Mail;Telefon\nK1;Ann;Berry;ann@example.com;\n';
  expect(await read('customers', `${people}K2;;Coe;nobody;1\n;A;B;;\n`)).toEqual([
    [2, { customer: 'K1', name: 'Ann Berry', email: 'ann@example.com' }],
    [3, "'nobody' is no e-mail address"],
    [4, 'the customer is missing'],
  ]);
  expect(await read('customers', 'Name,ID\nAnn,7\n')).toEqual([
    [2, { customer: '7', name: 'Ann' }],
  ]);
  const nobody = 'Number,ID,Date,Net\n1,7,2025-01-01,1\n';
  expect(await faultOf(() => read('orders', nobody))).toContain('no column for the customer');
  const contacts = 'Ticket,Customer,Date,Channel,Reason\nT1,K1,2025-01-01,E-Mail,Late\n';
  expect(await read('contacts', `${contacts}T2,K1,2025-01-01,???,\n`)).toEqual([
    [2, { id: 'T1', customer: 'K1', day: '2025-01-01', channel: 'e-mail', reason: 'Late' }],
    [3, "'???' is no channel; write a word such as phone"],
  ]);
});

describe('amounts', () => {
  const cases: readonly (readonly [string, boolean, string | undefined])[] = [
    ['1234.50', false, '1234.5'],
    ['1,234.50', false, '1234.5'],
    ['1.234,50', true, '1234.5'],
    ['1.234', true, '1234'],
    ['1.234', false, '1.234'],
    ['12.50', true, undefined],
    ['9007199254740993.01', false, '9007199254740993.01'],
    ['-0,10 €', true, '0.1'],
    ["CHF 1'000.05", false, '1000.05'],
    ['(5.00)', false, '5'],
    ['(-5.00)', false, undefined],
    ['0012', false, '12'],
    ['1,23', false, undefined],
    ['', false, undefined],
    ['1e3', false, undefined],
  ];
  test.each(cases)('%s (comma: %s) is %s', (text, comma, digits) => {
    expect(readExactAmount(text, comma)?.digits).toBe(digits);
  });

  test('signs and currencies are told; amounts are written back exactly', () => {
    expect(readExactAmount('-1.00 EUR', false)).toMatchObject({
      isBelowZero: true,
      currency: 'EUR',
    });
    expect(readExactAmount('€1', false)?.currency).toBe('EUR');
    expect(sayAmount('123456789012345678901', 'EUR')).toBe('1,234,567,890,123,456,789.01');
    expect(sayAmount('5', 'EUR')).toBe('0.05');
    expect(sayAmount('1200', 'JPY')).toBe('1,200');
  });
});

test('rows that were seen are known as in a map, however many', () => {
  const seen = new SeenRows(8);
  const map = new Map<string, string>();
  for (let at = 0; at < 20_000; at++) {
    const id = `row ${(at * 7919) % 12_000}`;
    const before = map.get(id);
    const content = `${at % 3}`;
    const wanted = before === undefined ? 'new' : before === content ? 'same' : 'other';
    expect(seen.find(id, content)).toBe(wanted);
    if (before === undefined) {
      seen.add(id, content);
      map.set(id, content);
    }
  }
});

test('rows go in batches; repetitions over batches are known, others are refused once', async () => {
  const sent: number[] = [];
  const take = async (lines: string): Promise<HistoryAnswer> => {
    const count = lines.split('\n').length;
    sent.push(count);
    const refused = [{ line: 1, reason: 'erased' as const, about: null }];
    const total = { what: 'purchase' as const, year: 2025, currency: 'EUR', isLeftOut: false };
    const totals = [{ ...total, ownFault: 0, rows: count - 1, minor: '9007199254740993' }];
    return { accepted: count - 1, known: 0, refused, totals };
  };
  async function* rows() {
    for (let line = 2; line < 4_502; line++) yield { line, values: [`${line % 4_400}`, '1'] };
    yield { line: 4_502, values: ['7', '2'] };
  }
  const read = ([number = '', amount = '']: readonly string[]) => ({
    ...{ kind: 'ready' as const, id: number },
    body: { number, kind: 'purchase' as const, customer: 'c', day: '2025-01-01', amount },
  });
  const done: number[] = [];
  const how = { file: 'f', kind: 'orders' as const, read, send: take };
  const imported = await sendRows(rows(), { ...how, done: (line) => done.push(line) });
  expect(sent).toEqual([2_000, 2_000, 401]);
  // Line 2 was refused, so that its repetition is sent, and refused again as the first of none.
  expect(imported).toMatchObject({ rows: 4_501, accepted: 4_398, known: 99, refused: 4 });
  expect(imported.refusals.map(({ line }) => line)).toEqual([2, 2_002, 4_002, 4_502]);
  expect(imported.totals[0]).toMatchObject({ rows: 4_398, minor: `${3n * 9007199254740993n}` });
  expect(done).toEqual([2_001, 4_001, 4_502]);
});

test('a report warns of rows that are counted in nothing, in a dry run too', () => {
  const about = {
    ...{ kind: 'orders' as const, file: 'f', company: 'acme', source: 'shop', isDryRun: true },
    ...{ header: [], columns: { width: 0, places: {}, passedOver: [] } },
  };
  const counts = { rows: 9, accepted: 9, known: 0, refused: 0, refusals: [] };
  const total = { what: 'purchase' as const, year: 2025, ownFault: 0, minor: '5' };
  const own = { ...total, currency: 'EUR', isLeftOut: false, rows: 6 };
  const yen = { ...total, currency: 'JPY', isLeftOut: true, rows: 1 };
  const francs = { ...total, what: 'return' as const, currency: 'CHF', isLeftOut: true, rows: 2 };
  const warnings = (totals: HistoryTotal[]) =>
    describeImport(about, { ...counts, totals }).filter((line) => line.startsWith('warning'));
  expect(warnings([own])).toEqual([]);
  expect(warnings([own, yen])).toEqual([
    "warning: 1 row is in JPY, and not in the company's currency",
  ]);
  expect(warnings([own, yen, francs])).toEqual([
    "warning: 3 rows are in CHF, JPY, and not in the company's currency",
  ]);
});
