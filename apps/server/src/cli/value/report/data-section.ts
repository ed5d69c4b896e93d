import type { TransactionNotices } from '@keepsake/value';
import { sayDay } from '../cells.ts';
import type { FileFacts } from '../purchase-file.ts';
import type { ReportData } from './report-data.ts';
import { escapeText } from './svg.ts';
import { sayNumber } from './words.ts';

type Entry = readonly [name: string, text: string];

/** The name of a file, without its folder. */
export function nameOf(file: string): string {
  if (file === '-') return 'standard input';
  return file.split(/[\\/]/).at(-1) ?? file;
}

/** What was read, what was left out, and what was put up with. */
export function dataSection({ file, facts, notices, until, unit }: ReportData): string {
  const entries: readonly Entry[] = [
    ['File', nameOf(file)],
    ...(facts === undefined
      ? [['Kind', `histories of customers, summed up by somebody else, in ${unit}s`] as const]
      : factEntries(facts, until ?? facts.lastDay)),
    ...(notices === undefined ? [] : noticeEntries(notices)),
    ['Purchases of one day', 'of one customer count as one'],
  ];
  const list = entries.map(([name, text]) => `<dt>${name}</dt><dd>${escapeText(text)}</dd>`);
  return `<dl>${list.join('')}</dl>`;
}

function factEntries(facts: FileFacts, until: number): readonly Entry[] {
  const { firstDay, lastDay, purchases, returns, currency, zero, withoutCustomer } = facts;
  const after = lastDay > until ? `; the file goes on to ${sayDay(lastDay)}` : '';
  return [
    ['Window', `${sayDay(firstDay)} to ${sayDay(until)}${after}`],
    ['Lines', `${sayNumber(purchases)} purchases, ${sayNumber(returns)} returns`],
    ['Currency', currency ?? 'not named'],
    ['Returns', returns === 0 ? 'none' : 'taken from the latest purchases before them'],
    ['Purchases of nothing', some(zero, 'count as purchases, and not for spend')],
    ['Without customer', some(withoutCustomer, 'lines, left out')],
  ];
}

function noticeEntries({ counts }: TransactionNotices): readonly Entry[] {
  const excess = counts['refund-exceeds-order'] + counts['refund-without-purchase'];
  const alike =
    'lines are as one before them, of one customer, day and amount. They count: look whether they should';
  return [
    ['Alike', some(counts.duplicate, alike)],
    [
      'Returned too much',
      some(excess, 'returns of more than was bought before; the rest is left out'),
    ],
    ['Returns only', some(counts['only-returns'], 'customers, left out')],
  ];
}

function some(count: number, what: string): string {
  return count === 0 ? 'none' : `${sayNumber(count)} ${what}`;
}
