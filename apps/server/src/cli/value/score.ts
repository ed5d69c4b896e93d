import {
  type CustomerForecast,
  Forecaster,
  forecastTerms,
  GROUP_DRAWN_MAX,
  type ModelFit,
  type PurchaseSummary,
  type SpendFit,
} from '@keepsake/value';
import { InputError } from '../space/input.ts';
import { openBar } from '../space/progress-bar.ts';
import { saySpendVerdict, sayVerdict } from './answers.ts';
import type { Fitted } from './fit.ts';
import type { MoneyTerms, ValueOptions } from './flags.ts';
import { readHistories } from './history-file.ts';
import type { CustomerVisitor } from './purchase-file.ts';
import type { ValueSource } from './source.ts';
import { createSummarize, type Summarize } from './summaries.ts';

/** The fit, where there is one to predict with. Throws `InputError` with the verdict where not. */
export function usableFit(file: string, { fit }: Fitted): ModelFit {
  if (fit.verdict !== 'too-little-data') return fit;
  throw new InputError(`${file}: ${sayVerdict(fit)}`);
}

/** The fit of spend where value can be told by it; else why not. */
export function usableSpend({ spend }: Fitted): SpendFit | string {
  if (spend === undefined) return 'nobody spent anything after the first purchase';
  const { verdict } = spend;
  const isUsable = verdict !== 'too-little-data' && spend.model.parameters.q > 1;
  return isUsable ? spend : saySpendVerdict(spend);
}

/** What is told of each customer, or of so many who share a history, in the order of the file. */
export type EachForecast = (
  customer: PurchaseSummary,
  forecast: CustomerForecast,
  count: number,
) => void;

/** What forecasts are made by. */
export interface ForecastOptions {
  readonly options: ValueOptions;
  readonly terms: MoneyTerms;
  readonly spend: SpendFit | undefined;
}

/**
 * Forecasts every customer of a file that was fitted before, one after the other. Answers what tells
 * the totals.
 */
export function forecastSource(
  source: ValueSource,
  fitted: Fitted,
  given: ForecastOptions,
  each: EachForecast,
): Forecaster {
  const { options, terms, spend } = given;
  const fit = usableFit(source.file, fitted);
  const { customers, rows, until = 0 } = fitted.base;
  const drawn = Math.min(customers, rows * GROUP_DRAWN_MAX);
  const forecaster = new Forecaster(fit, spend, forecastTerms(terms, drawn));
  let done = 0;
  const bar = openBar(`scoring ${source.file}`, () => performance.now());
  const score = (summary: PurchaseSummary, count = 1): void => {
    each(summary, forecaster.forecast(summary, count), count);
    done += 1;
    if (done % 64 === 0) bar.tell(done / rows);
  };
  try {
    if (source.kind === 'histories') {
      readHistories(
        source.histories,
        (row) => {
          if (row.count > 0) score(row, row.count);
        },
        () => {},
      );
    } else {
      const summarize = createSummarize({ model: options.model, unit: options.unit, until });
      source.purchases.pass(
        () => new Scores(summarize, score),
        () => {},
      );
    }
  } finally {
    bar.end();
  }
  return forecaster;
}

class Scores implements CustomerVisitor {
  readonly #summarize: Summarize;
  readonly #score: (summary: PurchaseSummary) => void;

  constructor(summarize: Summarize, score: (summary: PurchaseSummary) => void) {
    this.#summarize = summarize;
    this.#score = score;
  }

  visit(rows: Parameters<Summarize>[0]): void {
    const summary = this.#summarize(rows);
    if (summary !== undefined) this.#score(summary);
  }
}

/** The columns of a file of scores. */
const SCORE_COLUMNS =
  'customer,frequency,recency,age,p_alive,expected_transactions,expected_spend,value,value_low,value_high';

/** Whether the lines of a source stand for several customers each. */
export function hasCounts(source: ValueSource): boolean {
  return source.kind === 'histories' && source.histories.columns.count !== undefined;
}

/** The first line of a file of scores; the last column says how many customers a line is of. */
export function scoreHeader(source: ValueSource): string {
  return `${SCORE_COLUMNS}${hasCounts(source) ? ',customers' : ''}\n`;
}

/**
 * One line of a file of scores; what is not known is left empty. Figures are those of one customer,
 * also where a line is of many.
 */
export function scoreLine(
  customer: PurchaseSummary,
  forecast: CustomerForecast,
  count?: number,
): string {
  const { frequency, recency, age } = customer;
  const { alive, purchases, spend, value, valueLow, valueHigh } = forecast;
  const cells = [
    quote(customer.customer),
    number(frequency, 0),
    number(recency, 4),
    number(age, 4),
    number(alive, 6),
    number(purchases, 6),
    ...[spend, value, valueLow, valueHigh].map((money) => number(money, 4)),
    ...(count === undefined ? [] : [String(count)]),
  ];
  return `${cells.join(',')}\n`;
}

function number(value: number | undefined, digits: number): string {
  return value === undefined || !Number.isFinite(value)
    ? ''
    : String(Number(value.toFixed(digits)));
}

function quote(text: string): string {
  return /[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
