import { ALIVE_LIKELY, ALIVE_UNLIKELY, type Group, type GroupName, stakeOf } from './groups.ts';
import type { CustomerColumns, ReportData } from './report-data.ts';
import { escapeText } from './svg.ts';
import { moneyWords, sayFine, sayNumber, sayShare } from './words.ts';

const NAMES: Readonly<Record<GroupName, string>> = {
  keep: 'Keep',
  active: 'Active',
  risk: 'At risk',
  gone: 'Likely gone',
};

const MEANINGS: Readonly<Record<GroupName, string>> = {
  keep: `Customers by at least ${sayShare(ALIVE_LIKELY)}, and among the best fifth. Losing one costs most.`,
  active: `Customers by at least ${sayShare(ALIVE_LIKELY)}, worth less so far. Room to grow.`,
  risk: `Between ${sayShare(ALIVE_UNLIKELY)} and ${sayShare(ALIVE_LIKELY)}: silent for longer than is usual for them. Ask now.`,
  gone: `Below ${sayShare(ALIVE_UNLIKELY)}. Cheap reminders at most.`,
};

/** Who is to be kept, and who is at risk: each customer in one group. */
export function groupTable(groups: readonly Group[], data: ReportData): string {
  const money = moneyWords(data.facts?.currency);
  const hasValue = data.totals.value !== undefined;
  const all = data.totals.customers;
  const total = data.totals.value?.expected ?? 0;
  const rows = groups.map(({ name, customers, value, atStake, purchases }) => {
    const share = total > 0 ? value / total : 0;
    const cells = [
      `<td>${sayNumber(customers.length)}</td><td>${sayShare(customers.length / all)}</td>`,
      `<td>${sayNumber(purchases)}</td>`,
      hasValue ? `<td>${money.say(Math.round(value))}</td><td>${sayShare(share)}</td>` : '',
      hasValue ? `<td>${money.say(Math.round(atStake))}</td>` : '',
    ];
    return `<tr><th scope="row"><i class="tag ${name}"></i>${NAMES[name]}</th><td class="words">${MEANINGS[name]}</td>${cells.join('')}</tr>`;
  });
  const head = [
    '<th scope="col">Group</th><th scope="col" class="words">Who they are</th>',
    '<th scope="col">Customers</th><th scope="col">Share</th><th scope="col">Orders expected</th>',
    hasValue ? '<th scope="col">Value</th><th scope="col">Share of value</th>' : '',
    hasValue ? '<th scope="col">At stake</th>' : '',
  ].join('');
  const note = hasValue
    ? 'At stake is what more they would bring if all of them were certain to be customers still.'
    : 'No value is told, so the best are those of whom most orders are expected.';
  return `<div class="scroll"><table><caption>${note}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const LISTED = 10;

/** The first customers of a group. */
export function topTable(group: Group | undefined, data: ReportData): string {
  if (group === undefined || group.customers.length === 0) return '';
  const isRisk = group.name === 'risk';
  const title = isRisk ? 'At risk: most at stake' : 'Keep: worth most';
  const hasValue = data.totals.value !== undefined;
  const rows = [...group.customers.subarray(0, LISTED)].map((i) => rowOf(i, isRisk, data));
  const head = [
    '<th scope="col">Customer</th><th scope="col">Orders</th>',
    `<th scope="col">Silent, ${data.unit}s</th><th scope="col">Active</th>`,
    hasValue
      ? `<th scope="col">${isRisk ? 'At stake' : 'Value'}</th>`
      : '<th scope="col">Orders expected</th>',
    hasValue && !isRisk ? '<th scope="col">Nine of ten times</th>' : '',
  ].join('');
  const more = `${Math.min(LISTED, group.customers.length)} of ${sayNumber(group.customers.length)}`;
  return `<div class="scroll"><table><caption><b>${title}</b>${more}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function rowOf(i: number, isRisk: boolean, data: ReportData): string {
  const { customers, totals, facts } = data;
  const money = moneyWords(facts?.currency);
  const of = (column: Exclude<keyof CustomerColumns, 'names'>): number => customers[column][i] ?? 0;
  const name = customers.names[i] ?? '';
  const cells = [
    `<td>${sayNumber(of('frequency') + 1)}</td><td>${sayFine(Math.round(of('silence') * 10) / 10)}</td>`,
    `<td>${sayShare(Math.min(of('alive'), 0.999))}</td>`,
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
  return `<tr><th scope="row">${escapeText(shown)}</th>${cells.join('')}</tr>`;
}

/** Longer names of customers are cut. */
const NAME_MAX = 40;
