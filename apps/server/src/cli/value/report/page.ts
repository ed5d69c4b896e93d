import { sayDay } from '../cells.ts';
import { aliveChart, spendChart } from './behaviour-charts.ts';
import { medianOf, rankBestFirst } from './best-first.ts';
import { calibrationChart, trackingChart } from './check-charts.ts';
import { groupTable, topTable } from './customer-tables.ts';
import { dataSection, nameOf } from './data-section.ts';
import { groupCustomers } from './groups.ts';
import { modelSection } from './model-words.ts';
import type { Check, ReportData } from './report-data.ts';
import { STYLE } from './style.ts';
import { escapeText } from './svg.ts';
import { distributionChart, whaleChart } from './value-charts.ts';
import { moneyWords, sayNumber, sayRange, sayShare } from './words.ts';

/** A report as one page of HTML: no script, nothing loaded from elsewhere. */
export function reportPage(data: ReportData): string {
  const groups = groupCustomers(data.customers);
  const keep = groups.find(({ name }) => name === 'keep');
  const risk = groups.find(({ name }) => name === 'risk');
  const lists = topTable(keep, data) + topTable(risk, data);
  const title = 'What our customers are worth';
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
<h2>Whom to keep, and who is at risk</h2>
${groupTable(groups, data)}
<div class="grid lists">${lists}</div>
${valueSection(data)}
<h2>Can this be trusted?</h2>
${checkSection(data)}
<h2>How customers behave</h2>
<div class="grid">${aliveChart(data.fit.model, medianOf({ value: data.customers.age, count: data.customers.count }), data.unit)}${spendFigure(data)}</div>
<h2>The model</h2>
${modelSection(data)}
<h2>The data</h2>
${dataSection(data)}
<h2>What this does not say</h2>
${limits(data)}
<footer>Made by Keepsake on ${sayDay(data.today)} from ${escapeText(nameOf(data.file))}. Intervals hold what comes nine times of ten, as far as the model is right.</footer>
</main>
</body>
</html>
`;
}

/** Revenue or margin: what value counts. */
function worthOf({ terms }: ReportData): string {
  return terms.margin === 1 ? 'revenue' : 'margin';
}

function subtitle({ file, facts, until, terms, totals }: ReportData): string {
  const span =
    facts === undefined || until === undefined
      ? ''
      : `, purchases from ${sayDay(facts.firstDay)} to ${sayDay(until)}`;
  return `${sayNumber(totals.customers)} customers of ${nameOf(file)}${span}. Looking ${terms.horizonWords} ahead.`;
}

function tiles(data: ReportData): string {
  const { totals, terms, facts } = data;
  const money = moneyWords(facts?.currency);
  const { alive, purchases, revenue, value, customers } = totals;
  const ahead = `next ${terms.horizonWords}`;
  const discount = `discounted by ${sayShare(terms.discountPerYear)} a year`;
  const kept =
    terms.margin === 1
      ? `as revenue, ${discount}: no margin was given`
      : `at a margin of ${sayShare(terms.margin)}, ${discount}`;
  const list = [
    ...(value === undefined
      ? []
      : [
          tile(
            'Customer equity',
            money.say(Math.round(value.expected)),
            `${sayRange(value, (v) => money.say(Math.round(v)))}; ${kept}`,
          ),
        ]),
    tile(
      'Still customers',
      sayShare(alive.expected / customers),
      `${sayNumber(alive.expected)} of ${sayNumber(customers)}; ${sayRange(alive, sayNumber)}`,
    ),
    tile(`Orders, ${ahead}`, sayNumber(purchases.expected), sayRange(purchases, sayNumber)),
    ...(revenue === undefined
      ? []
      : [
          tile(
            `Revenue, ${ahead}`,
            money.say(Math.round(revenue.expected)),
            `${sayRange(revenue, (v) => money.say(Math.round(v)))}; not discounted`,
          ),
        ]),
  ];
  return `<ul class="tiles">${list.join('')}</ul>`;
}

function tile(name: string, figure: string, about: string): string {
  return `<li class="tile"><span>${escapeText(name)}</span><b>${escapeText(figure)}</b><small>${escapeText(about)}</small></li>`;
}

function summary(data: ReportData): string {
  const { totals, customers, terms, check } = data;
  const { alive } = totals;
  const sentences = [
    `Of ${sayNumber(totals.customers)} customers about ${sayNumber(alive.expected)} still are. In the next ${terms.horizonWords} they are expected to order ${sayNumber(totals.purchases.expected)} times.`,
  ];
  if (totals.value !== undefined) {
    sentences.push(
      `The best fifth hold ${sayShare(rankBestFirst(customers).shareOfBest(0.2))} of that ${worthOf(data)}.`,
    );
  }
  if (typeof check !== 'string') sentences.push(checkSentence(check));
  return sentences.join(' ');
}

function checkSentence({ predicted, actual, calibratedUntil, heldUntil }: Check): string {
  const gap =
    actual === 0
      ? ''
      : `, ${sayShare(Math.abs(predicted / actual - 1))} ${predicted < actual ? 'too few' : 'too many'}`;
  return `Tried on time that it had not seen, ${sayDay(calibratedUntil)} to ${sayDay(heldUntil)}, the model predicted ${sayNumber(predicted)} orders and ${sayNumber(actual)} came${gap}.`;
}

function valueSection(data: ReportData): string {
  if (data.totals.value === undefined) return '';
  const worth = worthOf(data);
  const money = moneyWords(data.facts?.currency);
  const whale = whaleChart(rankBestFirst(data.customers), worth);
  return `<h2>Where value is</h2><div class="grid">${whale}${distributionChart(data.customers, worth, money)}</div>`;
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
