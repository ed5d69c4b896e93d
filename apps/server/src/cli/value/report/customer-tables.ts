import { scrolling } from './data-table.ts';
import { ALIVE_LIKELY, ALIVE_UNLIKELY, type Group, type GroupName, stakeOf } from './groups.ts';
import type { CustomerColumns, ReportData } from './report-data.ts';
import { escapeText } from './svg.ts';
import { moneyWords, sayFine, sayNumber, sayShare } from './words.ts';

const NAMES: Readonly<Record<GroupName, string>> = {
  keep: 'Keep',
  active: 'Still with us',
  risk: 'At risk',
  gone: 'Likely gone',
};

const MEANINGS: Readonly<Record<GroupName, string>> = {
  keep: `At least ${sayShare(ALIVE_LIKELY)} likely to be customers still, and of the best fifth. Losing one costs most.`,
  active: `At least ${sayShare(ALIVE_LIKELY)} likely to be customers still, and worth less so far. Room to grow.`,
  risk: `Between ${sayShare(ALIVE_UNLIKELY)} and ${sayShare(ALIVE_LIKELY)} likely: silent for longer than is usual for them. Ask now.`,
  gone: `Less than ${sayShare(ALIVE_UNLIKELY)} likely. Cheap reminders at most.`,
};

/** Who is to be kept, and who is at risk: each customer in one group. */
export function groupTable(groups: readonly Group[], data: ReportData): string {
  const money = moneyWords(data.facts?.currency);
  const hasValue = data.totals.value !== undefined;
  const all = data.totals.customers;
  const total = data.totals.value?.expected ?? 0;
  const rows = groups.map(({ name, size, value, atStake, purchases }) => {
    const share = total > 0 ? value / total : 0;
    const cells = [
      `<td>${sayNumber(size)}</td><td>${sayShare(size / all)}</td>`,
      `<td>${sayNumber(purchases)}</td>`,
      hasValue ? `<td>${money.say(Math.round(value))}</td><td>${sayShare(share)}</td>` : '',
      hasValue ? `<td>${money.say(Math.round(atStake))}</td>` : '',
    ];
    return `<tr><th scope="row"><i class="tag ${name}"></i>${NAMES[name]}</th>${cells.join('')}</tr>`;
  });
  const head = [
    '<th scope="col">Group</th>',
    '<th scope="col">Customers</th><th scope="col">Share</th><th scope="col">Orders expected</th>',
    hasValue ? '<th scope="col">Value</th><th scope="col">Share of value</th>' : '',
    hasValue ? '<th scope="col">At stake</th>' : '',
  ].join('');
  const meanings = groups.map(({ name }) => `<dt>${NAMES[name]}</dt><dd>${MEANINGS[name]}</dd>`);
  const note = hasValue
    ? 'At stake is what more they would bring if all of them were certain to be customers still.'
    : 'No value is told, so the best are those of whom most orders are expected.';
  return `<p class="quiet">${note}</p>${scrolling('Groups of customers', head, rows)}<dl>${meanings.join('')}</dl>`;
}

const LISTED = 10;

/** The first customers of a group. */
export function topTable(group: Group | undefined, data: ReportData): string {
  if (group === undefined || group.rows.length === 0) return '';
  const isRisk = group.name === 'risk';
  const title = isRisk ? 'At risk: most at stake' : 'Keep: worth most';
  const hasValue = data.totals.value !== undefined;
  const rows = [...group.rows.subarray(0, LISTED)].map((i) => rowOf(i, isRisk, data));
  const head = [
    '<th scope="col">Customer</th><th scope="col">Orders</th>',
    `<th scope="col">Silent, ${data.unit}s</th><th scope="col">Still here</th>`,
    hasValue
      ? `<th scope="col">${isRisk ? 'At stake' : 'Value'}</th>`
      : '<th scope="col">Orders expected</th>',
    hasValue && !isRisk ? '<th scope="col">Range</th>' : '',
  ].join('');
  const more = `${Math.min(LISTED, group.rows.length)} of ${sayNumber(group.rows.length)}`;
  return `<div><h3>${title}</h3><p class="quiet">${more}</p>${scrolling(title, head, rows)}</div>`;
}

function rowOf(i: number, isRisk: boolean, data: ReportData): string {
  const { customers, totals, facts } = data;
  const money = moneyWords(facts?.currency);
  const of = (column: Exclude<keyof CustomerColumns, 'names'>): number => customers[column][i] ?? 0;
  const name = customers.names[i] ?? '';
  const cells = [
    `<td>${sayNumber(of('frequency') + 1)}</td><td>${of('silence').toFixed(data.unit === 'week' ? 1 : 0)}</td>`,
    `<td>${of('alive') > 0.99 ? '&gt; 99\u00a0%' : sayShare(of('alive'))}</td>`,
  ];
  if (totals.value === undefined) cells.push(`<td>${sayFine(of('purchases'))}</td>`);
  else if (isRisk) cells.push(`<td>${money.say(Math.round(stakeOf(customers, i)))}</td>`);
  else {
    cells.push(`<td>${money.say(Math.round(of('value')))}</td>`);
    cells.push(
      `<td>${money.say(Math.round(of('low')))} to ${money.say(Math.round(of('high')))}</td>`,
    );
  }
  const shown = name.length > NAME_MAX ? `${name.slice(0, NAME_MAX)}…` : name;
  const many = of('count') > 1 ? ` <small>${sayNumber(of('count'))} alike, each</small>` : '';
  return `<tr><th scope="row">${escapeText(shown)}${many}</th>${cells.join('')}</tr>`;
}

/** Longer names of customers are cut. */
const NAME_MAX = 40;
