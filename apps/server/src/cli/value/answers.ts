import {
  CUSTOMERS_MIN,
  type ModelFit,
  type NoModelFit,
  REPEAT_BUYERS_MIN,
  type SpendFit,
} from '@keepsake/value';
import { sayDay } from './cells.ts';
import type { Fitted } from './fit.ts';
import type { ValueOptions } from './flags.ts';
import type { TimeUnit } from './time-unit.ts';

/** What `keepsake value fit --json` writes. */
export interface FitAnswer {
  readonly model: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly logLikelihood: number | null;
  readonly verdict: ModelFit['verdict'] | NoModelFit['verdict'];
  readonly customers: number;
  readonly ms: number;
  /** The model that was asked for. */
  readonly requested: string;
  readonly standardErrors: Readonly<Record<string, number>>;
  /** Parameters that ended on a bound. */
  readonly atBound: readonly string[];
  readonly unit: TimeUnit;
  readonly until: string | null;
  readonly spend?: SpendAnswer | null;
}

/** The Gamma–Gamma fit. */
export interface SpendAnswer {
  readonly parameters: { readonly p: number; readonly q: number; readonly v: number };
  readonly logLikelihood: number;
  readonly verdict: SpendFit['verdict'];
  /** With a purchase of some value after the first. */
  readonly customers: number;
  /** Of frequency and mean spend. */
  readonly correlation: number;
  readonly standardErrors: { readonly p: number; readonly q: number; readonly v: number };
}

/** The answer as it is written. */
export function answerOf(
  { base, fit, spend, ms }: Fitted,
  { unit }: ValueOptions,
  withSpend: boolean,
): FitAnswer {
  const isFitted = fit.verdict !== 'too-little-data';
  return {
    model: isFitted ? fit.model.name : fit.requested,
    parameters: isFitted ? fit.model.parameters : {},
    logLikelihood: isFitted ? fit.logLikelihood : null,
    verdict: fit.verdict,
    customers: fit.customers,
    ms,
    requested: fit.requested,
    standardErrors: isFitted ? fit.standardErrors : {},
    atBound: isFitted ? fit.atBound : [],
    unit,
    until: base.until === undefined ? null : sayDay(base.until),
    ...(withSpend ? { spend: spend === undefined ? null : spendAnswer(spend) } : {}),
  };
}

function spendAnswer(spend: SpendFit): SpendAnswer {
  const { verdict, customers, correlation, logLikelihood, standardErrors } = spend;
  const { p, q, v } = spend.model.parameters;
  return {
    parameters: { p, q, v },
    ...{ logLikelihood, verdict, customers, correlation, standardErrors },
  };
}

/** What a verdict means, as a sentence. */
export function sayVerdict(fit: ModelFit | NoModelFit): string {
  if (fit.verdict === 'too-little-data') {
    const came = fit.repeatBuyers === 0 ? 'nobody came' : `${fit.repeatBuyers} came`;
    const needed = `${CUSTOMERS_MIN} customers are needed, ${REPEAT_BUYERS_MIN} of whom came again`;
    return `too little data: ${count(fit.customers, 'customer')}, ${came} again; ${needed}`;
  }
  if (fit.verdict === 'identified') return 'identified';
  const used = fit.model.name === fit.requested ? 'a model in which nobody stops' : 'NBD';
  return `dropout not identified: the data do not show that customers stop; ${used} is used`;
}

const SPEND_VERDICTS: Readonly<Record<SpendFit['verdict'], string>> = {
  identified: 'identified',
  'too-little-data': 'too few customers bought again for money; nothing is said of it',
  'mean-not-finite': 'spend differs so much that it has no mean; no value is told',
  'differences-not-identified': 'the data do not tell customers and purchases apart',
  'spend-follows-frequency': 'spend goes with frequency, which the model does not know of',
};

/** What the verdict on spend means, as a sentence. */
export function saySpendVerdict({ verdict }: SpendFit): string {
  return SPEND_VERDICTS[verdict];
}

/** The fit for people. */
export function describeFit(
  file: string,
  fitted: Fitted,
  facts: { readonly columns: Readonly<Record<string, string>>; readonly withSpend: boolean },
): readonly string[] {
  const { base, fit, spend, ms } = fitted;
  const columns = Object.entries(facts.columns).map(([role, name]) => `${role} ${name}`);
  const window =
    base.facts === undefined
      ? ''
      : `, ${sayDay(base.facts.firstDay)} to ${base.until === undefined ? '' : sayDay(base.until)}`;
  return [
    `${file}: ${count(base.customers, 'customer')}${window}`,
    `  columns   ${columns.join(', ')}`,
    `  verdict   ${sayVerdict(fit)}`,
    ...(fit.verdict === 'too-little-data' ? [] : describeModel(fit)),
    ...(facts.withSpend ? describeSpend(spend) : []),
    `  took      ${ms} ms`,
  ];
}

function describeModel(fit: ModelFit): readonly string[] {
  const { model, standardErrors, logLikelihood, atBound } = fit;
  const parameters = Object.entries(model.parameters).map(([name, value]) => {
    const error = standardErrors[name];
    const note = atBound.includes(name) ? ' (on its bound)' : '';
    return `${name} ${digits(value)}${error === undefined ? '' : ` ± ${digits(error, 2)}`}${note}`;
  });
  return [
    `  model     ${model.name}: ${parameters.join(', ')}`,
    `  fit       log-likelihood ${logLikelihood.toFixed(2)}`,
  ];
}

function describeSpend(spend: SpendFit | undefined): readonly string[] {
  if (spend === undefined) return ['  spend     nobody spent anything after the first purchase'];
  if (spend.verdict === 'too-little-data') return [`  spend     ${saySpendVerdict(spend)}`];
  const { p, q, v } = spend.model.parameters;
  return [
    `  spend     ${saySpendVerdict(spend)}`,
    `            p ${digits(p)}, q ${digits(q)}, v ${digits(v)}; log-likelihood ${spend.logLikelihood.toFixed(2)}; ${spend.customers} customers; correlation with frequency ${spend.correlation.toFixed(3)}`,
  ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function digits(value: number, size = 4): string {
  return value === 0 ? '0' : String(Number(value.toPrecision(size)));
}
