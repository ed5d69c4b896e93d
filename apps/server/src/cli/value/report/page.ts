import { sayDay } from '../cells.ts';
import { aliveChart, spendChart } from './behaviour-charts.ts';
import { medianOf, rankBestFirst } from './best-first.ts';
import { calibrationChart, trackingChart } from './check-charts.ts';
import { groupTable, topTable } from './customer-tables.ts';
import { dataSection, nameOf } from './data-section.ts';
import { type GroupName, groupCustomers } from './groups.ts';
import { checkSentence, readingGuide, subtitle, summary, tiles, worthOf } from './headline.ts';
import { modelSection } from './model-words.ts';
import type { ReportData } from './report-data.ts';
import { STYLE } from './style.ts';
import { escapeText } from './svg.ts';
import { tenthsChart, tenthsOf, tenthsTable } from './tenths.ts';
import { distributionChart, whaleChart } from './value-charts.ts';
import { moneyWords, sayNumber, sayShare } from './words.ts';

/** A report as one page of HTML: no script, nothing loaded from elsewhere. */
export function reportPage(data: ReportData): string {
  const title = 'What our customers are worth';
  const sections = sectionsOf(data).filter(({ body }) => body !== '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title} – ${escapeText(nameOf(data.file))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<header><h1>${title}</h1><p class="quiet">${escapeText(subtitle(data))}</p></header>
${tiles(data)}
<p class="lead">${escapeText(summary(data))}</p>
<nav aria-label="Contents"><ul>${sections.map(({ id, name }) => `<li><a href="#${id}">${name}</a></li>`).join('')}</ul></nav>
${sections.map(({ id, name, body }) => `<section aria-labelledby="${id}"><h2 id="${id}">${name}</h2>\n${body}</section>`).join('\n')}
<footer>Made by Keepsake on ${sayDay(data.today)} from ${escapeText(nameOf(data.file))}. Intervals hold what comes nine times of ten, as far as the model is right.</footer>
</main>
</body>
</html>
`;
}

interface Section {
  readonly id: string;
  readonly name: string;
  /** Empty where there is nothing to say. */
  readonly body: string;
}

function sectionsOf(data: ReportData): readonly Section[] {
  return [
    { id: 'reading', name: 'How to read this', body: readingGuide(data) },
    { id: 'groups', name: 'Whom to keep, and who is at risk', body: groupSection(data) },
    { id: 'value', name: 'Where value is', body: valueSection(data) },
    { id: 'check', name: 'Can this be trusted?', body: checkSection(data) },
    { id: 'behaviour', name: 'How customers behave', body: behaviourSection(data) },
    { id: 'model', name: 'The model', body: modelSection(data) },
    { id: 'data', name: 'The data', body: dataSection(data) },
    { id: 'limits', name: 'What this does not say', body: limits(data) },
  ];
}

function groupSection(data: ReportData): string {
  const groups = groupCustomers(data.customers);
  const named = (name: GroupName) => groups.find((group) => group.name === name);
  const lists = topTable(named('keep'), data) + topTable(named('risk'), data);
  return `${groupTable(groups, data)}<div class="grid lists">${lists}</div>`;
}

function behaviourSection(data: ReportData): string {
  const { age, count } = data.customers;
  const alive = aliveChart(data.fit.model, medianOf({ value: age, count }), data.unit);
  return `<div class="grid">${alive}${spendFigure(data)}</div>`;
}

function valueSection(data: ReportData): string {
  if (data.totals.value === undefined) return '';
  const worth = worthOf(data);
  const money = moneyWords(data.facts?.currency);
  const whale = whaleChart(rankBestFirst(data.customers), worth);
  const tenths = tenthsOf(data.customers);
  const charts = [whale, distributionChart(data.customers, worth, money)];
  const parts = [tenthsChart(tenths, worth, money), tenthsTable(tenths, money)];
  return `<div class="grid">${charts.join('')}</div><div class="grid top">${parts.join('')}</div>`;
}

function checkSection({ check }: ReportData): string {
  if (typeof check === 'string')
    return `<p>The model could not be tried on time that it had not seen: ${escapeText(check)}.</p>`;
  return `<p>${escapeText(checkSentence(check))} Its figures for who orders how much are beside what happened below. Levels are what such models are good at; who comes first in a list, frequency alone tells nearly as well.</p>
<div class="grid">${trackingChart(check)}${calibrationChart(check)}</div>`;
}

function spendFigure({ spend, spendStatistics, facts }: ReportData): string {
  if (typeof spend === 'string') return '';
  return spendChart(spend, spendStatistics, moneyWords(facts?.currency));
}

function limits({ terms, totals }: ReportData): string {
  const items = [
    'Only customers of the file count. Whoever comes new adds to revenue, and is not in these figures.',
    'Things are supposed to go on as they did: seasons, campaigns, new prices and competitors are not known to the model.',
    `One customer can hardly be foreseen: of ${sayNumber(totals.customers)}, most intervals begin at 0. Sums are far surer than their parts.`,
    terms.margin === 1
      ? 'Value is revenue. What orders, returns and service cost is not taken off: give --margin for a first step.'
      : `The margin of ${sayShare(terms.margin)} is the same for all customers and orders.`,
    'What customers spend elsewhere is not known, and so neither is what they could be worth.',
    'Nothing here says what a campaign would change. Try it on some customers drawn by lot, and compare.',
    'Figures of a person are personal data. Decide nothing about one by these figures alone.',
  ];
  return `<ul class="plain">${items.map((item) => `<li>${escapeText(item)}</li>`).join('')}</ul>`;
}
