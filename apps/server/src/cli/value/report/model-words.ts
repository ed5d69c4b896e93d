import type { ModelFit, SpendFit } from '@keepsake/value';
import { sayVerdict } from '../answers.ts';
import { scrolling } from './data-table.ts';
import type { ReportData } from './report-data.ts';
import { escapeText } from './svg.ts';
import { moneyWords, sayShare } from './words.ts';

const TITLES: Readonly<Record<string, string>> = {
  nbd: 'NBD (Ehrenberg 1959): customers buy at rates of their own, and nobody stops',
  'bg-nbd':
    'BG/NBD (Fader, Hardie and Lee 2005): customers buy at rates of their own, and may stop after each repeat purchase',
  'mbg-nbd':
    'MBG/NBD (Batislam, Denizel and Filiztekin 2007): customers buy at rates of their own, and may stop after each purchase',
  'pareto-nbd':
    'Pareto/NBD (Schmittlein, Morrison and Colombo 1987): customers buy at rates of their own, and may stop at any time',
  'mbg-cnbd-k':
    'MBG/CNBD-k (Platzer and Reutterer 2016): customers buy with a regularity, and may stop after each purchase',
  'bg-bb':
    'BG/BB (Fader, Hardie and Shang 2010): each period is an occasion to buy, before which customers may stop',
};

/** The verdict, the model and its parameters, in plain words. */
export function modelSection({ fit, spend, unit, facts }: ReportData): string {
  const isSure = fit.verdict === 'identified';
  const verdict = isSure
    ? 'The data identify the model: they show that customers stop, and how customers differ.'
    : `${sayVerdict(fit).replace(/^d/, 'D')}. Every customer is then taken for one who still buys, so the figures are upper bounds.`;
  const bound =
    fit.atBound.length === 0
      ? ''
      : ` On their bounds, and without a standard error: ${fit.atBound.join(', ')}.`;
  const rows = Object.entries(fit.model.parameters).map(([name, value]) => {
    const error = fit.standardErrors[name];
    const range = error === undefined ? '–' : `± ${sayFigure(error, 2)}`;
    return `<tr><th scope="row">${name}</th><td>${sayFigure(value)}</td><td>${range}</td><td class="words">${meaningOf(name, fit)}</td></tr>`;
  });
  return `<p>${TITLES[fit.model.name] ?? fit.model.name}.</p>
<div class="verdict${isSure ? '' : ' doubt'}"><p>${escapeText(verdict + bound)}</p></div>
<p>${escapeText(inWords(fit, unit))}</p>
${scrolling('Parameters', PARAMETER_HEAD, [...rows, typeof spend === 'string' ? '' : spendRows(spend)])}
<p class="quiet">Log-likelihood ${fit.logLikelihood.toFixed(4)}; dropout adds ${sayFigure(fit.dropoutEvidence / 2)} to it. Time counts in ${unit}s.</p>
${typeof spend === 'string' ? `<p>No value is told: ${escapeText(spend)}.</p>` : spendWords(spend, facts?.currency)}`;
}

const PARAMETER_HEAD =
  '<th scope="col">Parameter</th><th scope="col">Estimate</th><th scope="col">Standard error</th><th scope="col" class="words">What it says</th>';

function sayFigure(value: number, digits = 4): string {
  return value === 0 ? '0' : String(Number(value.toPrecision(digits)));
}

function inWords({ model }: ModelFit, unit: string): string {
  const {
    r = 0,
    alpha = 0,
    a = 0,
    b = 0,
    s = 0,
    beta = 0,
    gamma = 0,
    delta = 0,
  } = model.parameters;
  if (model.name === 'bg-bb') {
    const take = sayShare(alpha / (alpha + beta));
    return `A customer who is one takes ${take} of occasions on average, and is gone before the next with ${sayShare(gamma / (gamma + delta))}.`;
  }
  const { k = 1 } = model.parameters;
  const every = `While they are customers, they buy once in ${sayFigure((alpha * k) / r, 2)} ${unit}s on average`;
  const differ = r < 1 ? ', and differ greatly: most buy far less often, a few far more' : '';
  if (model.name === 'nbd') return `${every}${differ}.`;
  if (model.name === 'pareto-nbd') {
    const half = beta * (2 ** (1 / s) - 1);
    return `${every}${differ}. Half of new customers have stopped after ${sayFigure(half, 2)} ${unit}s.`;
  }
  return `${every}${differ}. After a purchase ${sayShare(a / (a + b))} of customers stop, on average over new ones.`;
}

/** What a parameter says, apart from how the models call it. */
function meaningOf(name: string, { model }: ModelFit): string {
  if (model.name === 'bg-bb') {
    const isBuying = name === 'alpha' || name === 'beta';
    return isBuying
      ? 'how customers differ in taking occasions'
      : 'how customers differ in stopping';
  }
  return MEANINGS[name] ?? '';
}

const MEANINGS: Readonly<Record<string, string>> = {
  r: 'how alike purchase rates are: below 1 a few buy often and most seldom',
  alpha: 'the scale of rates: the mean rate is r / alpha',
  a: 'how many stop after a purchase: on average a / (a + b)',
  b: 'with a: how alike customers are in that',
  s: 'how alike rates of stopping are',
  beta: 'the scale of stopping: the mean rate is s / beta',
  k: 'how regular purchases come: 1 is chance',
};

function spendRows({ model, standardErrors }: SpendFit): string {
  const meanings = {
    p: 'how alike the purchases of one customer are in value',
    q: 'how alike customers are in what they spend',
    v: 'the scale of spend',
  };
  return (['p', 'q', 'v'] as const)
    .map(
      (name) =>
        `<tr><th scope="row">${name} (spend)</th><td>${sayFigure(model.parameters[name])}</td><td>± ${sayFigure(standardErrors[name], 2)}</td><td class="words">${meanings[name]}</td></tr>`,
    )
    .join('');
}

const SPEND_DOUBTS: Readonly<Record<string, string>> = {
  'spend-follows-frequency':
    'Spend goes with frequency, which the model does not know of: values of frequent customers may be off.',
  'differences-not-identified':
    'The data do not tell differences between customers from those between purchases: values of single customers are rough.',
};

function spendWords(
  { verdict, model, correlation }: SpendFit,
  currency: string | undefined,
): string {
  const { p, q, v } = model.parameters;
  const mean =
    q > 1
      ? `A purchase is worth ${moneyWords(currency).say((p * v) / (q - 1))} on average over customers. `
      : '';
  const doubt = SPEND_DOUBTS[verdict];
  const said = `${mean}Frequency and mean spend go together with a correlation of ${correlation.toFixed(2)}; the Gamma-Gamma model supposes none.`;
  const kind = doubt === undefined ? 'verdict' : 'verdict doubt';
  return `<div class="${kind}"><p>${escapeText(`${said}${doubt === undefined ? '' : ` ${doubt}`}`)}</p></div>`;
}
