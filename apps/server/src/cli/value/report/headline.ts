import { sayDay } from '../cells.ts';
import { rankBestFirst } from './best-first.ts';
import { nameOf } from './data-section.ts';
import type { Check, ReportData } from './report-data.ts';
import { escapeText } from './svg.ts';
import { moneyWords, sayNumber, sayRange, sayShare } from './words.ts';

/** Revenue or margin: what value counts. */
export function worthOf({ terms }: Pick<ReportData, 'terms'>): string {
  return terms.margin === 1 ? 'revenue' : 'margin';
}

/** What was looked at, in one line. */
export function subtitle({ file, facts, until, terms, totals }: ReportData): string {
  const span =
    facts === undefined || until === undefined
      ? ''
      : `, purchases from ${sayDay(facts.firstDay)} to ${sayDay(until)}`;
  return `${sayNumber(totals.customers)} customers of ${nameOf(file)}${span}. Looking ${terms.horizonWords} ahead.`;
}

/** The figures that matter, each with its interval and what it is. */
export function tiles(data: ReportData): string {
  const { totals, terms, facts } = data;
  const money = moneyWords(facts?.currency);
  const whole = (value: number): string => money.say(Math.round(value));
  const { alive, purchases, revenue, value, customers } = totals;
  const ahead = `the next ${terms.horizonWords}`;
  const kept =
    terms.margin === 1
      ? 'as revenue: no margin was given'
      : `a margin of ${sayShare(terms.margin)}`;
  const list: Tile[] = [
    {
      name: 'Still customers',
      figure: sayShare(alive.expected / customers),
      range: `${sayRange(alive, sayNumber)} customers`,
      about: `${sayNumber(alive.expected)} of ${sayNumber(customers)} still buy, as far as their silence tells.`,
    },
    {
      name: 'Orders to come',
      figure: sayNumber(purchases.expected),
      range: sayRange(purchases, sayNumber),
      about: `What today’s customers are expected to order in ${ahead}.`,
    },
  ];
  if (value !== undefined) {
    list.unshift({
      name: 'Customer equity',
      figure: whole(value.expected),
      range: sayRange(value, whole),
      about: `What today’s customers are expected to bring in ${ahead}, ${kept}, discounted by ${sayShare(terms.discountPerYear)} a year.`,
    });
  }
  if (revenue !== undefined) {
    list.push({
      name: 'Revenue to come',
      figure: whole(revenue.expected),
      range: sayRange(revenue, whole),
      about: `What these orders come to, before costs and not discounted.`,
    });
  }
  return `<ul class="tiles">${list.map(tile).join('')}</ul>`;
}

interface Tile {
  readonly name: string;
  readonly figure: string;
  readonly range: string;
  readonly about: string;
}

function tile({ name, figure, range, about }: Tile): string {
  return `<li class="tile"><span>${escapeText(name)}</span><b>${escapeText(figure)}</b><em>${escapeText(range)}</em><small>${escapeText(about)}</small></li>`;
}

/** The page in three or four sentences. */
export function summary(data: ReportData): string {
  const { totals, customers, terms, check } = data;
  const sentences = [
    `Of ${sayNumber(totals.customers)} customers about ${sayNumber(totals.alive.expected)} still are. In the next ${terms.horizonWords} they are expected to order ${sayNumber(totals.purchases.expected)} times.`,
  ];
  if (totals.value !== undefined) {
    const share = sayShare(rankBestFirst(customers).shareOfBest(0.2));
    sentences.push(`The best fifth hold ${share} of that ${worthOf(data)}.`);
  }
  if (typeof check !== 'string') sentences.push(checkSentence(check));
  return sentences.join(' ');
}

/** How the model did on time that it had not seen. */
export function checkSentence({ predicted, actual, calibratedUntil, heldUntil }: Check): string {
  const gap =
    actual === 0
      ? ''
      : `, ${sayShare(Math.abs(predicted / actual - 1))} ${predicted < actual ? 'too few' : 'too many'}`;
  return `Tried on time that it had not seen, ${sayDay(calibratedUntil)} to ${sayDay(heldUntil)}, the model predicted ${sayNumber(predicted)} orders and ${sayNumber(actual)} came${gap}.`;
}

/** What the words and ranges of the page mean. */
export function readingGuide({ totals, terms, facts }: ReportData): string {
  const value =
    terms.margin === 1
      ? 'the revenue that a customer is expected to bring'
      : `${sayShare(terms.margin)} of the revenue that a customer is expected to bring`;
  const currency =
    facts?.currency === undefined
      ? 'The file names no currency: amounts are in the one that it was written in.'
      : `Amounts are in ${facts.currency}.`;
  const entries = [
    [
      'A range',
      'holds what comes nine times of ten, as far as the model is right. That of a sum is narrow, that of one customer wide: a few make up for many.',
    ],
    [
      'Still a customer',
      'is a probability. Nobody says goodbye; it follows from how often somebody bought and how long they have been silent since.',
    ],
    ...(totals.value === undefined
      ? []
      : [
          [
            'Value',
            `is ${value} in the next ${terms.horizonWords}. What comes in a year counts ${sayShare(1 - 1 / (1 + terms.discountPerYear))} less than what comes today. ${currency}`,
          ],
        ]),
  ];
  const list = entries.map(
    ([name = '', text = '']) => `<dt>${name}</dt><dd>${escapeText(text)}</dd>`,
  );
  return `<dl>${list.join('')}</dl>`;
}
