import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkoutFolder, serverFolder } from '../../platform/paths.ts';
import { InputError } from '../space/input.ts';
import { answerOf } from './answers.ts';
import { parseDay, sayDay } from './cells.ts';
import { fitSource, warningsOf } from './fit.ts';
import { readOptions, readTerms, type ValueFlags } from './flags.ts';
import { rankBestFirst } from './report/best-first.ts';
import { checkModel, findSplit } from './report/check.ts';
import { monthTicks } from './report/check-charts.ts';
import { groupCustomers } from './report/groups.ts';
import { reportPage } from './report/page.ts';
import { niceTicks } from './report/svg.ts';
import { tenthsOf } from './report/tenths.ts';
import { readReport } from './report/write-report.ts';
import { forecastSource, scoreHeader, scoreLine, usableFit, usableSpend } from './score.ts';
import { openSource } from './source.ts';
import { createSummarize } from './summaries.ts';
import { outBeside, writeWhole } from './whole-file.ts';

const EXAMPLE = join(checkoutFolder, 'examples', 'purchases', 'purchases.csv');
const SLOW = 60_000;
const TODAY = parseDay('2026-07-01', undefined) ?? 0;
const FLAGS: ValueFlags = { model: 'mbg-nbd', unit: 'week', horizon: '26w', margin: '35%' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-value-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

function fit(file: string, flags: Partial<ValueFlags> = {}) {
  const options = readOptions({ ...FLAGS, ...flags }, TODAY);
  const source = openSource(file, options, TODAY);
  return { options, source, fitted: fitSource(source, options, true) };
}

/** Customers who buy every so often and never stop: one in each of four paces. */
function steady(customers: number, days: number): string {
  const lines = ['customer,date,amount'];
  let seed = 1;
  const chance = (): number => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  for (let i = 0; i < customers; i++) {
    const pace = 15 * 2 ** (i % 4);
    for (let t = chance() * 60; t < days; t += pace * -Math.log(chance())) {
      const date = new Date(Date.UTC(2024, 0, 1) + Math.floor(t) * 86_400_000);
      lines.push(`c${i},${date.toISOString().slice(0, 10)},${(5 + 20 * chance()).toFixed(2)}`);
    }
  }
  return lines.join('\n');
}

describe('fit', () => {
  test('answers as the reference says', () => {
    const { options, fitted, source } = fit(EXAMPLE);
    const answer = answerOf(fitted, options, true);
    expect(Object.keys(answer).slice(0, 6)).toEqual([
      ...['model', 'parameters', 'logLikelihood', 'verdict', 'customers', 'ms'],
    ]);
    expect(answer).toMatchObject({ model: 'mbg-nbd', verdict: 'identified', customers: 400 });
    expect(Object.keys(answer.parameters)).toEqual(['r', 'alpha', 'a', 'b']);
    expect(answer.spend).toMatchObject({ verdict: 'identified' });
    expect(answer.until).toBe('2026-06-30');
    expect(warningsOf(source, fitted.base)).toEqual([]);
  });

  test('where nobody is seen to stop, it says so and falls back to NBD', () => {
    const { options, fitted } = fit(put('steady.csv', steady(300, 700)), { model: 'pareto-nbd' });
    const answer = answerOf(fitted, options, false);
    expect(answer).toMatchObject({ verdict: 'dropout-not-identified', model: 'nbd' });
    expect(answer.requested).toBe('pareto-nbd');
    expect('spend' in answer).toBe(false);
  });

  test('one customer, and customers who come once, are too little', () => {
    const once = Array.from({ length: 60 }, (_, i) => `c${i},2026-01-0${1 + (i % 9)},5`);
    const one = Array.from({ length: 20 }, (_, i) => `c,2026-01-${10 + i},5`);
    for (const lines of [once, one]) {
      const { options, fitted, source } = fit(put('few.csv', lines.join('\n')));
      expect(answerOf(fitted, options, true)).toMatchObject({
        ...{ verdict: 'too-little-data', parameters: {}, logLikelihood: null },
      });
      expect(() => usableFit(source.file, fitted)).toThrow('too little data');
    }
  });

  test('returns beyond purchases and copies of lines are told', () => {
    const file = put(
      'odd.csv',
      'a,2026-01-01,5\na,2026-01-01,5\na,2026-01-02,-20\nb,2026-01-03,-1\n',
    );
    const { source, fitted } = fit(file);
    const told = warningsOf(source, fitted.base).join('\n');
    expect(told).toContain(
      'day and amount, which count all the same: 1, such as of customer a on 2026-01-01',
    );
    expect(told).toContain('returns of more than was bought before, whose rest is left out: 2');
    expect(told).toContain('customers with returns only, who are left out: 1');
  });

  test.each([
    [{ model: 'arima' }, "--model: 'arima' is none of"],
    [{ unit: 'decade' }, "--unit: 'decade' is none of day, week, month, year"],
    [{ unit: 'year' }, "--unit: years of purchases are bg-bb's only"],
    [{ until: 'soon' }, "--until: 'soon' is no date"],
    [{ until: '2027-01-01' }, '--until: 2027-01-01 is in the future'],
    [{ until: '2020-01-01' }, '--until: 2020-01-01 is before all purchases'],
    [{ dates: 'ymd' }, "--dates: 'ymd' is neither"],
  ])('%j is refused', (flags, said) => {
    expect(() => fit(EXAMPLE, flags)).toThrow(said);
  });

  test('horizon, margin and discount are read in their units', () => {
    expect(readTerms({ ...FLAGS, horizon: '1y', discount: '8%' }, 'week')).toMatchObject({
      ...{ margin: 0.35, discountPerYear: 0.08, horizonWords: '1 year' },
    });
    expect(readTerms({ ...FLAGS, horizon: '39' }, 'week').horizon).toBe(39);
    expect(readTerms({ ...FLAGS, horizon: '91d' }, 'week').horizon).toBe(13);
    for (const flags of [
      { horizon: '0w' },
      { horizon: '3q' },
      { margin: '35' },
      { margin: '0' },
      { discount: '-1' },
    ]) {
      expect(() => readTerms({ ...FLAGS, ...flags }, 'week')).toThrow(InputError);
    }
  });
});

test('whole periods with a purchase count for bg-bb, up to the last whole one', () => {
  const until = parseDay('2026-01-31', undefined) ?? 0;
  const summarize = createSummarize({ model: 'bg-bb', unit: 'week', until });
  const day = (date: string): number => parseDay(date, undefined) ?? 0;
  const row = (date: string, amount: number) =>
    ({ customer: 'a', day: day(date), amountMinor: amount * 1e4, kind: 'purchase' }) as const;
  const rows = [
    ...[row('2026-01-01', 9), row('2026-01-02', 3), row('2026-01-08', 5)],
    ...[row('2026-01-09', 4), row('2026-01-31', 7), row('2026-02-03', 7)],
  ];
  expect(summarize(rows)).toEqual({
    ...{ customer: 'a', frequency: 2, recency: 2, age: 4, spendCount: 2, meanSpend: 6 },
  });
});

test('gifts of the year count by the calendar for bg-bb', () => {
  const day = (date: string): number => parseDay(date, undefined) ?? 0;
  const row = (date: string, amount: number) =>
    ({ customer: 'a', day: day(date), amountMinor: amount * 1e4, kind: 'purchase' }) as const;
  // Longer and shorter than a year apart; two in the first year, and one in the last, not over yet.
  const rows = [
    ...[row('2019-02-01', 3), row('2019-12-20', 9), row('2020-12-10', 5), row('2021-12-28', 7)],
    row('2024-01-02', 8),
  ];
  const at = (unit: 'month' | 'year', until: string) =>
    createSummarize({ model: 'bg-bb', unit, until: day(until) })(rows);
  expect(at('year', '2023-12-31')).toEqual({
    ...{ customer: 'a', frequency: 2, recency: 2, age: 4, spendCount: 2, meanSpend: 6 },
  });
  expect(at('year', '2024-06-30')).toMatchObject({ frequency: 2, recency: 2, age: 4 });
  expect(at('year', '2024-12-31')).toMatchObject({ frequency: 3, recency: 5, age: 5 });
  expect(at('month', '2020-12-31')).toMatchObject({ frequency: 2, recency: 22, age: 22 });
  expect(at('year', '2019-05-31')).toMatchObject({ frequency: 0, recency: 0, age: 0 });
  const terms = (horizon?: string) =>
    readTerms(
      { model: 'bg-bb', unit: 'year', ...(horizon === undefined ? {} : { horizon }) },
      'year',
    );
  expect(terms()).toMatchObject({ horizon: 1, horizonWords: '1 year' });
  expect(terms('5')).toMatchObject({
    horizon: 5,
    discount: expect.closeTo(Math.log(1.1), 9) as number,
  });
  expect(terms('30m')).toMatchObject({ horizon: 2, horizonWords: '2 years' });
  expect(() => terms('52w')).toThrow("--horizon: '52w' is less than one year");
});

describe('score', () => {
  test('one line a customer, in the order of the file, whose values sum to customer equity', () => {
    const { source, fitted, options } = fit(EXAMPLE);
    const terms = readTerms(FLAGS, 'week');
    const spend = usableSpend(fitted);
    if (typeof spend === 'string') throw new Error(spend);
    const lines: string[] = [];
    const forecaster = forecastSource(
      source,
      fitted,
      { options, terms, spend },
      (who, forecast) => {
        lines.push(scoreLine(who, forecast));
      },
    );
    expect(lines).toHaveLength(400);
    const width = scoreHeader(source).split(',').length;
    let sum = 0;
    for (const line of lines) {
      const cells = line.trim().split(',');
      expect(cells).toHaveLength(width);
      const [frequency, , , alive, , , value, low, high] = cells.slice(1).map(Number);
      expect(frequency).toBeGreaterThanOrEqual(0);
      expect(alive).toBeLessThanOrEqual(1);
      expect(low ?? 0).toBeLessThanOrEqual(value ?? -1);
      expect(high ?? 0).toBeGreaterThanOrEqual(value ?? 1e9);
      sum += value ?? 0;
    }
    expect(sum).toBeCloseTo(forecaster.totals().value?.expected ?? 0, -0.5);
    const first = readFileSync(EXAMPLE, 'utf8').split('\n')[1]?.split(',')[0] ?? 'none';
    expect(lines[0]?.startsWith(`${first},`)).toBe(true);
  });

  test(
    'lines that stand for many count as many, here as in the report',
    () => {
      const counts = [1, 3, 120];
      const histories = Array.from({ length: 60 }, (_, i) => {
        const x = i % 5;
        return `${x},${x === 0 ? 0 : 4 + i / 3},${30 + (i % 9)},${x === 0 ? 0 : 5 + (i % 11)}`;
      });
      const grouped = histories.map((line, i) => `${line},${counts[i % 3]}`);
      const single = histories.flatMap(
        (line, i) => Array(counts[i % 3] ?? 0).fill(line) as string[],
      );
      const scored = [
        `x,t_x,T,zbar,count\n${grouped.join('\n')}`,
        `x,t_x,T,zbar\n${single.join('\n')}`,
      ].map((text, i) => {
        const { source, fitted, options } = fit(put(`counted${i}.csv`, text));
        const terms = readTerms(FLAGS, 'week');
        const spend = usableSpend(fitted);
        if (typeof spend === 'string') throw new Error(spend);
        const lines: string[] = [];
        const forecaster = forecastSource(
          source,
          fitted,
          { options, terms, spend },
          (who, forecast, count) => lines.push(scoreLine(who, forecast, count)),
        );
        return { source, lines, totals: forecaster.totals() };
      });
      const [many, each] = scored;
      if (many === undefined || each === undefined) throw new Error('two files');
      expect(scoreHeader(many.source)).toMatch(/,value_high,customers\n$/);
      expect(scoreHeader(each.source)).toMatch(/,value_high\n$/);
      expect(many.lines).toHaveLength(60);
      expect(many.totals.customers).toBe(each.totals.customers);
      expect(many.totals.value?.expected).toBeCloseTo(each.totals.value?.expected ?? 0, 3);
      const sum = many.lines.reduce((all, line) => {
        const cells = line.trim().split(',').map(Number);
        return all + (cells[7] ?? 0) * (cells[10] ?? 0);
      }, 0);
      expect(sum / (each.totals.value?.expected ?? 0)).toBeCloseTo(1, 2);
      const pages = scored.map(({ source }) => reportPage(readReport(source.file, FLAGS, TODAY)));
      const figuresOf = (page = '') =>
        [...page.matchAll(/<td>[^<]*<\/td>/g)].slice(0, 20).map(([cell]) => cell);
      expect(figuresOf(pages[0]).slice(0, 3)).toEqual(figuresOf(pages[1]).slice(0, 3));
      const fifth = (page = '') => /The best fifth hold [^<]*/.exec(page)?.[0] ?? page;
      expect(fifth(pages[0])).toBe(fifth(pages[1]));
      expect(pages[0]).toContain('120 alike, each');
    },
    SLOW,
  );

  test('customers of a row share alike in what the best hold', () => {
    const counted = { value: Float64Array.of(1, 10, 4), count: Float64Array.of(6, 1, 3) };
    const { customers, shareOfBest, edgeOfBest } = rankBestFirst(counted);
    expect(customers).toBe(10);
    expect([0, 0.1, 0.2, 0.4, 0.5, 1].map((share) => shareOfBest(share) * 28)).toEqual([
      ...[0, 10, 14, 22, 23, 28].map((held) => expect.closeTo(held, 9) as number),
    ]);
    expect([0, 0.1, 0.3, 0.4, 1].map(edgeOfBest)).toEqual([10, 4, 4, 1, 1]);
  });

  test('names that hold commas and quotes stay one value; what is unknown is empty', () => {
    const who = {
      customer: 'a, "b"',
      frequency: 0,
      recency: 0,
      age: 1,
      spendCount: 0,
      meanSpend: 0,
    };
    const none = { spend: undefined, value: undefined, valueLow: undefined, valueHigh: undefined };
    expect(scoreLine(who, { alive: 0.5, purchases: 1, ...none })).toBe(
      '"a, ""b""",0,0,1,0.5,1,,,,\n',
    );
  });

  test('a file is there whole or stays as it was', () => {
    const file = put('out.csv', 'before');
    expect(() =>
      writeWhole(file, (write) => {
        write('x'.repeat(1e6));
        throw new Error('stopped');
      }),
    ).toThrow('stopped');
    expect(readFileSync(file, 'utf8')).toBe('before');
    writeWhole(file, (write) => write('after'));
    expect(readFileSync(file, 'utf8')).toBe('after');
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
    expect(() => writeWhole(join(folder, 'none', 'a'), () => {})).toThrow('cannot be written');
    expect(() => outBeside(file, join(folder, 'none', 'a'))).toThrow('there is no folder');
    expect(() => outBeside(file, file)).toThrow('the file that is read');
    for (const none of ['', '-']) expect(() => outBeside(file, none)).toThrow('is no file');
  });

  test.skipIf(process.platform === 'win32')('no link, pipe or device is replaced by a file', () => {
    const file = put('linked.csv', 'before');
    const link = join(folder, 'link.csv');
    symlinkSync(file, link);
    writeWhole(link, (write) => write('after'));
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('after');
    const pipe = join(folder, 'pipe');
    spawnSync('mkfifo', [pipe]);
    const reader = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
    writeWhole(pipe, (write) => write('through'));
    expect(lstatSync(pipe).isFIFO()).toBe(true);
    expect(readFileSync(reader, 'utf8')).toBe('through');
    closeSync(reader);
  });
});

describe('report', () => {
  test('the time held out adds up, and the model is near it', () => {
    const { source, options, fitted } = fit(EXAMPLE);
    const { facts, until = 0 } = fitted.base;
    if (source.kind === 'histories' || facts === undefined) throw new Error('purchases');
    const split = findSplit({ ...facts, until });
    if (split === undefined) throw new Error('two years and a half');
    const check = checkModel(source.purchases, options, split);
    if (typeof check === 'string') throw new Error(check);
    const count = check.byFrequency.reduce((sum, row) => sum + row.customers, 0);
    expect(count).toBe(check.customers);
    const actual = check.byFrequency.reduce((sum, row) => sum + row.customers * row.actual, 0);
    expect(actual).toBeCloseTo(check.actual, 6);
    const end = check.tracking.at(-1);
    const middle = check.tracking.findLast(({ day }) => day <= split.calibratedUntil);
    expect((end?.actual ?? 0) - (middle?.actual ?? 0)).toBeGreaterThanOrEqual(check.actual);
    expect(check.predicted / check.actual).toBeGreaterThan(0.8);
    expect(check.predicted / check.actual).toBeLessThan(1.25);
  });

  test('what follows the end of observation is what is held out', () => {
    const window = { firstDay: 0, lastDay: 400, until: 200 };
    expect(findSplit(window)).toEqual({ from: 0, calibratedUntil: 200, heldUntil: 400 });
    const whole = { from: 0, calibratedUntil: 200, heldUntil: 400 };
    expect(findSplit({ ...window, until: 400 })).toEqual(whole);
    expect(findSplit({ firstDay: 0, lastDay: 40, until: 40 })).toBeUndefined();
  });

  test(
    'is one page that loads nothing, runs nothing, and says what it should',
    () => {
      const page = reportPage(readReport(EXAMPLE, FLAGS, TODAY)).replaceAll('\u00a0', ' ');
      expect(page).not.toMatch(/<script|https?:|src=|url\(|@import|<link|NaN|undefined|Infinity/);
      for (const words of [
        ...['Customer equity', 'Still customers', 'margin of 35 %', 'discounted by 10 % a year'],
        ...['At risk', 'Whom to keep', 'The data identify the model', 'not seen by the model'],
        ...[
          '2024-01-03 to 2026-06-30',
          'What this does not say',
          'taken from the latest purchases before them',
        ],
      ]) {
        expect(page.includes(words), words).toBe(true);
      }
      expect(page.match(/<svg /g)).toHaveLength(7);
      expect(
        page.match(
          /role="img" aria-labelledby="(\w+)-t \1-d"><title id="\1-t">[^<]+<\/title><desc id="\1-d">[^<]+</g,
        ),
      ).toHaveLength(7);
      for (const [, id] of page.matchAll(/href="#(\w+)"/g))
        expect(page).toContain(`<h2 id="${id}">`);
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const tag of [
        'table',
        'tr',
        'td',
        'th',
        'div',
        'figure',
        'svg',
        'text',
        'li',
        'p',
        'dd',
      ]) {
        const open = page.match(new RegExp(`<${tag}[ >]`, 'g'))?.length;
        expect(page.match(new RegExp(`</${tag}>`, 'g'))?.length, tag).toBe(open);
      }
    },
    SLOW,
  );

  test(
    'shows names of customers and files as they are, and does not run them',
    () => {
      const bad = '<img src=x onerror=alert(1)>';
      const text = steady(80, 400).replaceAll(/^c1,/gm, `"${bad}&",`);
      const page = reportPage(readReport(put("<b>'x.csv", text), { ...FLAGS, margin: '1' }, TODAY));
      expect(page).not.toContain('<img');
      expect(page).not.toContain('<b>&');
      expect(page).toContain('&lt;b&gt;&#39;x.csv');
      expect(page).toContain('Nobody stops, as far as the data tell');
      expect(page).toContain('no margin was given');
    },
    SLOW,
  );

  test('histories have a report as well, without what only dates tell', () => {
    const lines = ['ID,x,t_x,T'];
    for (let i = 0; i < 200; i++)
      lines.push(`${i},${i % 5},${i % 5 === 0 ? 0 : 5 + (i % 23)},${30 + (i % 9)}`);
    const page = reportPage(readReport(put('h.csv', lines.join('\n')), FLAGS, TODAY));
    expect(page).toContain('the file holds histories, which know no dates');
    expect(page).not.toMatch(/NaN|undefined|Customer equity/);
    expect(page.match(/<svg /g)).toHaveLength(1);
  });

  test('each customer is in one group', () => {
    const data = readReport(EXAMPLE, FLAGS, TODAY);
    const places = groupCustomers(data.customers).flatMap(({ rows }) => [...rows]);
    expect(new Set(places).size).toBe(400);
    expect(places).toHaveLength(400);
    const value = groupCustomers(data.customers).reduce((sum, group) => sum + group.value, 0);
    expect(value).toBeCloseTo(data.totals.value?.expected ?? 0, 6);
  });

  test('tenths hold everybody once, and all value', () => {
    const { customers, totals } = readReport(EXAMPLE, FLAGS, TODAY);
    const tenths = tenthsOf(customers);
    expect(tenths.map((tenth) => tenth.customers)).toEqual(Array(10).fill(40));
    const value = tenths.reduce((sum, tenth) => sum + tenth.customers * tenth.value, 0);
    expect(value).toBeCloseTo(totals.value?.expected ?? 0, 6);
    const few = { ...customers, value: Float64Array.of(9, 1), count: Float64Array.of(1, 6) };
    expect(tenthsOf(few).map((tenth) => tenth.customers * tenth.value)).toEqual([
      9, 1, 1, 1, 1, 1, 1,
    ]);
  });

  test('ticks are round, and hold what is shown', () => {
    expect(niceTicks(0, 4340)).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
    expect(niceTicks(0, 0.61)).toEqual([0, 0.2, 0.4, 0.6, 0.8]);
    expect(niceTicks(3, 3)).toEqual([3, 4]);
    const day = (text: string): number => parseDay(text, undefined) ?? 0;
    expect(monthTicks(day('2025-11-15'), day('2027-01-01')).map(sayDay)).toEqual([
      ...['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01', '2027-01-01'],
    ]);
  });
});

test(
  'the commands need no store, and end with a code',
  () => {
    const home = join(folder, 'home');
    const run = (...args: string[]) => {
      const launcher = join(serverFolder, 'bin', 'keepsake.mjs');
      const env = { PATH: process.env['PATH'], KEEPSAKE_HOME: home };
      return spawnSync(process.execPath, [launcher, 'value', ...args], { env, encoding: 'utf8' });
    };
    const out = join(folder, 'page.html');
    const made = run('report', EXAMPLE, '--model', 'mbg-nbd', '--out', out);
    expect({ code: made.status, text: made.stdout }).toEqual({ code: 0, text: `Wrote ${out}\n` });
    expect(readFileSync(out, 'utf8')).toContain('<!doctype html>');
    const cut = put('cut.csv', `${readFileSync(EXAMPLE, 'utf8')}C0001,2026-0`);
    const failed = run('fit', cut, '--json');
    expect(failed).toMatchObject({ status: 1, stdout: '' });
    expect(failed.stderr).toBe(`${cut}:2559 has 2 of 3 values: the line is cut short\n`);
    const old = put('scores.csv', 'before');
    const unscored = run('score', cut, '--out', old);
    expect(unscored.stderr).toBe(failed.stderr);
    expect(readFileSync(old, 'utf8')).toBe('before');
    const piped = spawnSync(
      process.execPath,
      [join(serverFolder, 'bin', 'keepsake.mjs'), 'value', 'fit', '-', '--json', '--model', 'nbd'],
      { env: { PATH: process.env['PATH'] }, encoding: 'utf8', input: readFileSync(EXAMPLE) },
    );
    expect(JSON.parse(piped.stdout)).toMatchObject({ model: 'nbd', customers: 400 });
    const there = readdirSync(folder).filter((name) => /home|part/.test(name));
    expect(there).toEqual([]);
  },
  SLOW,
);
