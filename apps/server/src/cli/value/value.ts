import type { Command } from 'commander';
import { InputError } from '../space/input.ts';
import type { Fitted } from './fit.ts';
import type { ValueFlags, ValueOptions } from './flags.ts';
import type { ValueSource } from './source.ts';

const FILES = `FILE is a table with a line for each purchase: customer, date, amount; with a line of names or without,
values parted by comma, semicolon, tab, bar or blanks. Amounts below zero are returns. Or it has a line
for each customer: frequency, recency and T (x, t_x and T, n for bg-bb), perhaps mean spend, and how many.
FILE may be - for standard input. Nothing else is needed: no server, no store, no network.`;

const FIT_EXAMPLES = `
For example
  keepsake value fit orders.csv
  keepsake value fit orders.csv --model mbg-nbd --until 2026-06-30 --spend --json
  keepsake value fit donors.csv --model bg-bb --json

${FILES}`;

const SCORE_EXAMPLES = `
For example
  keepsake value score orders.csv --horizon 39w --out scores.csv
  keepsake value score orders.csv --horizon 1y --margin 35% --discount 8% --out scores.csv

Value is what purchases within the horizon are expected to bring: expected purchases, discounted, times
expected spend, times the margin. value_low and value_high hold nine customers of ten.

${FILES}`;

const REPORT_EXAMPLES = `
For example
  keepsake value report orders.csv --out report.html
  keepsake value report orders.csv --until 2026-03-31 --horizon 26w --margin 35% --out report.html

What lies after --until is what the model is checked by; without it, the model is checked by the second
half of the file, and then fitted to all of it.

${FILES}`;

/** `keepsake value …`: what customers are worth, from a file of purchases. */
export function addValue(program: Command): void {
  const value = program
    .command('value')
    .description('find out what customers are worth')
    .addHelpText('after', `\n${FILES}`);
  withFile(value, 'fit', 'fit a model of repeat purchases', '<transactions>')
    .option('--spend', 'fit spend as well (Gamma-Gamma)')
    .option('--json', 'answer as JSON')
    .addHelpText('after', FIT_EXAMPLES)
    .action(fit);
  withTerms(withFile(value, 'score', 'tell what each customer is worth', '<transactions>'))
    .requiredOption('--out <file>', 'write a line for each customer there (CSV)')
    .option('--json', 'answer what was fitted as JSON')
    .addHelpText('after', SCORE_EXAMPLES)
    .action(score);
  withTerms(withFile(value, 'report', 'write a page on what customers are worth', '<transactions>'))
    .requiredOption('--out <file>', 'write the page there (HTML)')
    .addHelpText('after', REPORT_EXAMPLES)
    .action(report);
}

function withFile(value: Command, name: string, about: string, argument: string): Command {
  return value
    .command(name)
    .description(about)
    .argument(argument, 'the table (CSV)')
    .option('--model <name>', 'pareto-nbd, bg-nbd, mbg-nbd, mbg-cnbd-k, bg-bb or nbd', 'pareto-nbd')
    .option('--until <date>', 'the last day that counts; the last of the file where left out')
    .option('--unit <unit>', 'day, week, month or year: what times are counted in', 'week')
    .option('--customer <column>', 'the column of customers, by name or number')
    .option('--date <column>', 'the column of dates')
    .option('--amount <column>', 'the column of amounts')
    .option('--dates <order>', 'dmy or mdy: which comes first in dates such as 1/2/2026');
}

function withTerms(command: Command): Command {
  return command
    .option('--horizon <time>', 'how far to look ahead: 90d, 39w, 6m, 2y; a year where left out')
    .option('--margin <share>', 'what is kept of revenue: 0.35 or 35%; 1 is revenue', '1')
    .option('--discount <share>', 'by how much a later year counts less', '10%');
}

const MS_PER_DAY = 86_400_000;

function today(): number {
  return Math.floor(Date.now() / MS_PER_DAY);
}

interface Opened {
  readonly options: ValueOptions;
  readonly source: ValueSource;
  readonly fitted: Fitted;
}

async function open(file: string, flags: ValueFlags, withSpend: boolean): Promise<Opened> {
  const { readOptions } = await import('./flags.ts');
  const { openSource } = await import('./source.ts');
  const { fitSource, warningsOf } = await import('./fit.ts');
  const options = readOptions(flags, today());
  const source = openSource(file, options, today());
  if (withSpend && !hasAmounts(source)) {
    const { names } =
      source.kind === 'purchases' ? source.purchases.columns : source.histories.columns;
    const there = names.length > 0 ? `; there are ${names.join(', ')}` : '';
    throw new InputError(`${file}: has no column of amounts; name it with --amount${there}`);
  }
  if (source.kind === 'histories' && options.until !== undefined) {
    throw new InputError(`--until: ${file} holds histories, which know no dates`);
  }
  const fitted = fitSource(source, options, withSpend);
  for (const warning of warningsOf(source, fitted.base)) console.error(`warning: ${warning}`);
  return { options, source, fitted };
}

function hasAmounts(source: ValueSource): boolean {
  if (source.kind === 'purchases') return source.purchases.columns.amount !== undefined;
  return source.histories.columns.spend !== undefined;
}

async function fit(file: string, flags: ValueFlags): Promise<void> {
  const withSpend = flags.spend === true;
  const { options, source, fitted } = await open(file, flags, withSpend);
  const { answerOf, describeFit } = await import('./answers.ts');
  const { sayColumns } = await import('./source.ts');
  if (flags.json === true) {
    console.log(JSON.stringify(answerOf(fitted, options, withSpend)));
    return;
  }
  const found = source.kind === 'purchases' ? source.purchases.columns : source.histories.columns;
  const columns = sayColumns(found);
  console.log(describeFit(file, fitted, { columns, withSpend }).join('\n'));
}

async function score(file: string, flags: ValueFlags): Promise<void> {
  const { outBeside, writeWhole } = await import('./whole-file.ts');
  const out = outBeside(file, flags.out);
  const { readOptions, readTerms } = await import('./flags.ts');
  const { forecastSource, hasCounts, scoreHeader, scoreLine, usableFit, usableSpend } =
    await import('./score.ts');
  readTerms(flags, readOptions(flags, today()).unit);
  const { options, source, fitted } = await openWithSpend(file, flags);
  const terms = readTerms(flags, options.unit);
  usableFit(file, fitted);
  const found = usableSpend(fitted);
  const spend = typeof found === 'string' ? undefined : found;
  if (typeof found === 'string') {
    const why = hasAmounts(source) ? found : 'there is no column of amounts';
    console.error(`warning: ${file}: no value is told: ${why}`);
  }
  writeWhole(out, (write) => {
    write(scoreHeader(source));
    const isCounted = hasCounts(source);
    forecastSource(source, fitted, { options, terms, spend }, (customer, forecast, count) =>
      write(scoreLine(customer, forecast, isCounted ? count : undefined)),
    );
  });
  const { answerOf, sayVerdict } = await import('./answers.ts');
  if (flags.json === true) console.log(JSON.stringify(answerOf(fitted, options, true)));
  else {
    console.log(`Wrote ${out}: ${fitted.base.customers} customers, ${terms.horizonWords} ahead`);
    console.log(`The model is ${fitted.fit.requested}, ${sayVerdict(fitted.fit)}`);
  }
}

/** Spend is fitted where there are amounts. */
async function openWithSpend(file: string, flags: ValueFlags): Promise<Opened> {
  const { readOptions } = await import('./flags.ts');
  const { openSource } = await import('./source.ts');
  const source = openSource(file, readOptions(flags, today()), today());
  return open(file, flags, hasAmounts(source));
}

async function report(file: string, flags: ValueFlags): Promise<void> {
  const { writeReport } = await import('./report/write-report.ts');
  writeReport(file, flags, today());
  console.log(`Wrote ${flags.out ?? ''}`);
}
