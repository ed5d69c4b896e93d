import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchmarkText } from '@keepsake/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf } from './answers.ts';
import { parseDay, sayDay } from './cells.ts';
import { fitSource, warningsOf } from './fit.ts';
import { readOptions, type ValueFlags } from './flags.ts';
import { openSource } from './source.ts';

/** The layouts in which histories of purchases are published, each with the same purchases. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-value-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TODAY = parseDay('2026-07-01', undefined) ?? 0;

function fit(text: string | Uint8Array, flags: Partial<ValueFlags> = {}) {
  const file = join(folder, 'table');
  writeFileSync(file, text);
  const options = readOptions({ model: 'mbg-nbd', unit: 'week', ...flags }, TODAY);
  const source = openSource(file, options, TODAY);
  const fitted = fitSource(source, options, true);
  return { answer: answerOf(fitted, options, true), warnings: warningsOf(source, fitted.base) };
}

interface Bought {
  readonly id: number;
  readonly day: number;
  readonly units: number;
  readonly amount: number;
}

const FIRST = parseDay('2010-12-01', undefined) ?? 0;

/** A year of purchases of 120 customers, some of whom stop, by customer and day. */
const BOUGHT: readonly Bought[] = (() => {
  let seed = 11;
  const chance = (): number => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  return Array.from({ length: 120 }, (_, i) => {
    const [end, pace] = [i % 2 === 0 ? 360 : 60 + chance() * 200, 8 + chance() * 60];
    const rows: Bought[] = [];
    for (let t = chance() * 60; rows.length === 0 || t < end; t += 1 - pace * Math.log(chance())) {
      const units = 1 + Math.floor(chance() * 4);
      const amount = (units * Math.round(100 + chance() * 4000)) / 100;
      rows.push({ id: i + 1, day: FIRST + Math.floor(t), units, amount });
    }
    return rows;
  }).flat();
})();
const BY_DAY = [...BOUGHT].sort((a, b) => a.day - b.day);

type Line = (bought: Bought, index: number) => string;
const lines = (line: Line, rows = BOUGHT): string => rows.map(line).join('\n');
const padded = (id: number): string => String(id).padStart(5, '0');
const compact = (day: number): string => sayDay(day).replaceAll('-', '');

/** 12/1/2010: the month first, without zeros. */
function american(day: number): string {
  const [year, month, date] = sayDay(day).split('-').map(Number);
  return `${month}/${date}/${year}`;
}

function german({ day, amount }: Bought): string {
  const date = sayDay(day).split('-').reverse().join('/');
  return `${date};${amount.toFixed(2).replace('.', ',')}`;
}

/** As a shop's export: prices of one, some lines of guests, some cancelled again. */
const invoices: Line = ({ id, day, units, amount }, i) => {
  const line = (no: string, many: number, who: string): string =>
    `${no}${536365 + i},85123A,"HEART, ""WHITE"" £",${many},${american(day)} 8:26,${amount / units},${who},UK`;
  return [
    line('', units, String(id)),
    ...(i % 50 === 0 ? [line('', 1, '')] : []),
    ...(i % 90 === 0 ? [line('', 1, String(id)), line('C', -1, String(id))] : []),
  ].join('\r\n');
};
const INVOICES = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\r\n${lines(invoices, BY_DAY)}`;

const PLAIN = lines(({ id, day, amount }) => `${id},${sayDay(day)},${amount}`);

const TRANSACTIONS: readonly (readonly [name: string, text: string | Uint8Array])[] = [
  [
    'blanks, no names, an id, a date, units and dollars',
    lines(
      (b) => ` ${padded(b.id)} ${compact(b.day)}  ${b.units} ${b.amount.toFixed(2).padStart(8)}\r`,
    ),
  ],
  [
    'blanks, and two ids',
    lines(
      (b) =>
        ` ${padded(b.id * 7)} ${padded(b.id)} ${compact(b.day)} ${b.units} ${b.amount.toFixed(2)}`,
    ),
  ],
  ['invoices, whose first dates do not tell day from month', INVOICES],
  ['invoices in Windows-1252', Buffer.from(INVOICES, 'latin1')],
  [
    'row names of R, with commas',
    `"","cust","date","sales"\n${lines((b, i) => `"${i}","${b.id}",${sayDay(b.day)},${b.amount}`)}`,
  ],
  [
    'row names of R, with blanks and no name for them',
    `"Id" "Date" "Price"\n${lines((b, i) => `"${i}" "${b.id}" "${sayDay(b.day)}" ${b.amount}`)}`,
  ],
  ['Id, Date and Price', `Id,Date,Price\n${PLAIN}`],
  [
    'times with zones',
    `customer_id,timestamp,revenue\n${lines((b) => `${b.id},${sayDay(b.day)}T22:15:00.000+02:00,${b.amount}`)}`,
  ],
  [
    'German names, days first, decimal commas',
    `Kundennr;Datum;Umsatz\n${lines((b) => `${b.id};${german(b)}`, BY_DAY)}`,
  ],
  [
    'an index without a name',
    `,customer_id,date,monetary_value\n${lines((b, i) => `${i},${b.id}.0,${sayDay(b.day)} 00:00:00,${b.amount}`)}`,
  ],
  ['UTF-16', Buffer.from(`\uFEFFcust\tdate\tsales\r\n${PLAIN.replaceAll(',', '\t')}`, 'utf16le')],
  ['carriage returns alone', `cust,date,sales\r${PLAIN.replaceAll('\n', '\r')}`],
];

describe('transactions', () => {
  const reference = (): ReturnType<typeof fit> => fit(`customer,date,amount\n${PLAIN}`);

  test.each(TRANSACTIONS)('%s', (name, text) => {
    const [found, expected] = [fit(text).answer, reference().answer];
    expect(found).toMatchObject({
      ...{ customers: 120, verdict: 'identified', until: expected.until },
      logLikelihood: expect.closeTo(expected.logLikelihood ?? 0, 6) as number,
    });
    expect(found.spend?.customers, name).toBe(expected.spend?.customers);
    // What was cancelled later on the day is taken from the line before, and so makes no difference.
    expect(found.spend?.correlation).toBeCloseTo(expected.spend?.correlation ?? 0, 6);
  });

  test('what was put up with is counted', () => {
    const told = fit(Buffer.from(INVOICES, 'latin1')).warnings.join('\n');
    expect(told).toMatch(/\d+ lines without a customer left out; the first is line 3/);
    expect(told).toMatch(/\d+ lines not UTF-8 and read as Windows-1252; the first is line 2/);
    const some = `cust,date,sales\nNA,2026-01-01,1\nnull,2026-01-01,1\na,2026-01-02,2`;
    expect(fit(some).warnings.join()).toContain('2 lines without a customer');
  });

  test('without amounts there is a model, and no spend', () => {
    const { answer } = fit(`cust,date\n${lines(({ id, day }) => `${id},${sayDay(day)}`)}`);
    expect(answer.logLikelihood).toBeCloseTo(reference().answer.logLikelihood ?? 0, 6);
    expect(answer.spend?.customers ?? 0).toBe(0);
  });
});

/** Frequency, recency and age in weeks of each customer. */
const SUMMARIES = (() => {
  const days = new Map<number, number[]>();
  for (const { id, day } of BOUGHT) {
    const known = days.get(id) ?? [];
    if (known.at(-1) !== day) known.push(day);
    days.set(id, known);
  }
  const last = BY_DAY.at(-1)?.day ?? 0;
  return [...days].map(([id, known]) => {
    const [first = 0] = known;
    const [recency, age] = [((known.at(-1) ?? 0) - first) / 7, (last - first) / 7];
    return { id, x: known.length - 1, recency, age };
  });
})();

type Summary = (typeof SUMMARIES)[number];

describe('histories', () => {
  const all = (line: (summary: Summary) => string): string => SUMMARIES.map(line).join('\n');
  const comma = (value: number): string => String(value).replace('.', ',');

  test.each([
    ['"","x","t.x","T.cal"', all((s) => `"${s.id}",${s.x},${s.recency},${s.age}`)],
    ['"x" "t.x" "T.cal"', all((s) => `"${s.id}" ${s.x} ${s.recency} ${s.age}`)],
    ['customer_id,frequency,recency,T', all((s) => `${s.id},${s.x}.0,${s.recency},${s.age}`)],
    [
      'cust,x,t.x,litt,sales,first,T.cal,T.star,x.star',
      all((s) => `${s.id},${s.x},${s.recency},1,9,2010-12-01,${s.age},20,1`),
    ],
    [
      'CustomerID,frequency_cal,recency_cal,T_cal,frequency_holdout',
      all((s) => `${s.id},${s.x},${s.recency},${s.age},3`),
    ],
    ['ID;p1x;t_x;T', all((s) => `${s.id};${s.x};${comma(s.recency)};${comma(s.age)}`)],
  ])('%s', (names, text) => {
    const { answer } = fit(`${names}\n${text}`);
    const expected = fit(`customer,date,amount\n${PLAIN}`).answer;
    expect(answer.customers).toBe(120);
    expect(answer.logLikelihood).toBeCloseTo(expected.logLikelihood ?? 0, 6);
  });

  test('of whole periods, counted or not', () => {
    const periods = SUMMARIES.map(({ x, recency, age }) => {
      const [n, last] = [
        Math.floor(age / 4),
        Math.min(Math.floor(age / 4), Math.ceil(recency / 4)),
      ];
      const taken = Math.min(x, last);
      return `${taken},${taken === 0 ? 0 : last},${n}`;
    });
    const counts = new Map<string, number>();
    for (const row of periods) counts.set(row, (counts.get(row) ?? 0) + 1);
    const counted = [...counts].map(([row, count]) => `${row},${count}`);
    const blanks = counted.map((row, i) => `"${i}" ${row.replaceAll(',', ' ')}`);
    const found = [
      `x,t_x,n\n${periods.join('\n')}`,
      `x,t.x,n.cal,custs\n${counted.join('\n')}`,
      `"x" "t.x" "n.cal" "num"\n${blanks.join('\n')}`,
    ].map((text) => fit(text, { model: 'bg-bb' }).answer);
    for (const { customers, logLikelihood } of found) {
      expect(customers).toBe(120);
      expect(logLikelihood).toBeCloseTo(found[0]?.logLikelihood ?? 0, 6);
    }
  });
});

const PUBLISHED = [
  ['CDNOW_sample.txt', 'bg-nbd', [0.24259452, 4.413602, 0.79292201, 2.4259068], -9582.4292],
  ['CDNOW_sample.txt', 'pareto-nbd', [0.55327705, 10.577683, 0.60623999, 11.668735], -9594.9762],
  ['CDNOW_sample.txt', 'mbg-nbd', [0.524843, 6.18308, 0.89136, 1.614], -9582.1357],
  ['cdnow_customers_summary.csv', 'bg-nbd', [0.242593, 4.413532, 0.792886, 2.425752], -9582.4256],
  ['donations_lifetimes.csv', 'bg-bb', [1.203522, 0.749716, 0.656718, 2.783442], -33225.5813],
] as const;

describe('published parameters, to four digits', () => {
  const isThere = benchmarkText('value', 'CDNOW_sample.txt') !== undefined;
  const remark = isThere ? '' : ' (skipped: no benchmark data)';
  const near = (value: number) => expect.closeTo(value, 4 - Math.ceil(Math.log10(value))) as number;

  test.skipIf(!isThere).each(PUBLISHED)(`%s %s${remark}`, (name, model, parameters, best) => {
    const text = benchmarkText('value', name) ?? '';
    const until = name === 'CDNOW_sample.txt' ? { until: '1997-09-30' } : {};
    const { answer } = fit(text, { model, ...until });
    expect(Object.values(answer.parameters)).toEqual(parameters.map(near));
    expect(answer.logLikelihood).toBeCloseTo(best, 3);
  });

  test.skipIf(!isThere)(`in days, rates are of days and nothing else differs${remark}`, () => {
    const text = benchmarkText('value', 'CDNOW_sample.txt') ?? '';
    const flags = { model: 'pareto-nbd', until: '1997-09-30' };
    const [weeks, days] = [fit(text, flags).answer, fit(text, { ...flags, unit: 'day' }).answer];
    const { r = 0, alpha = 0, s = 0, beta = 0 } = weeks.parameters;
    const inDays = [r, 7 * alpha, s, 7 * beta];
    expect(Object.values(days.parameters)).toEqual(
      inDays.map((each) => expect.closeTo(each, 5) as number),
    );
    expect(days.spend).toEqual(weeks.spend);
    // Each purchase after the first has its density per day.
    const repeats = ((weeks.logLikelihood ?? 0) - (days.logLikelihood ?? 0)) / Math.log(7);
    expect(repeats).toBeCloseTo(Math.round(repeats), 4);
  });
});
