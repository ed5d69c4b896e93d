import { InputError } from '../../space/input.ts';
import { fitSource, warningsOf } from '../fit.ts';
import { readOptions, readTerms, type ValueFlags, type ValueOptions } from '../flags.ts';
import { forecastSource, usableFit, usableSpend } from '../score.ts';
import { openSource, type ValueSource } from '../source.ts';
import { outBeside, writeWhole } from '../whole-file.ts';
import { checkModel, findSplit } from './check.ts';
import { CustomerList } from './customer-list.ts';
import { reportPage } from './page.ts';
import type { Check, ReportData } from './report-data.ts';

/** What a report is made from. Days are since 1970-01-01. */
export function readReport(file: string, flags: ValueFlags, today: number): ReportData {
  const options = readOptions(flags, today);
  const terms = readTerms(flags, options.unit);
  const source = openSource(file, options, today);
  if (source.kind === 'histories' && options.until !== undefined) {
    throw new InputError(`--until: ${file} holds histories, which know no dates`);
  }
  const fitted = fitSource(source, options, true);
  for (const warning of warningsOf(source, fitted.base)) console.error(`warning: ${warning}`);
  const fit = usableFit(file, fitted);
  const spend = usableSpend(fitted);
  const list = new CustomerList();
  const known = typeof spend === 'string' ? undefined : spend;
  const forecaster = forecastSource(
    source,
    fitted,
    { options, terms, spend: known },
    (customer, forecast, count) => list.add(customer, forecast, count),
  );
  const { base } = fitted;
  return {
    ...{ file, today, unit: options.unit, until: base.until, terms, fit, spend },
    totals: forecaster.totals(),
    spendStatistics: base.spend,
    customers: list.columns(),
    check: check(source, options, base),
    ...{ facts: base.facts, notices: base.notices },
  };
}

function check(
  source: ValueSource,
  options: ValueOptions,
  { facts, until }: Pick<ReportData, 'facts' | 'until'>,
): Check | string {
  if (source.kind === 'histories' || facts === undefined || until === undefined) {
    return 'the file holds histories, which know no dates';
  }
  if (options.model === 'bg-bb') return 'purchases in whole periods are not compared';
  const split = findSplit({ ...facts, until });
  if (split === undefined) return 'the file spans too little time';
  return checkModel(source.purchases, options, split);
}

/** Reads, fits, forecasts, and writes the page. */
export function writeReport(file: string, flags: ValueFlags, today: number): void {
  const out = outBeside(file, flags.out);
  const page = reportPage(readReport(file, flags, today));
  writeWhole(out, (write) => write(page));
}
