import type { Work } from '@keepsake/kernel';
import {
  fitGammaGamma,
  fitModel,
  type ModelFit,
  type NoModelFit,
  type SpendFit,
} from '@keepsake/value';
import { InputError } from '../space/input.ts';
import { openBar } from '../space/progress-bar.ts';
import { type Base, readBase } from './base.ts';
import { sayDay } from './cells.ts';
import type { ValueOptions } from './flags.ts';
import type { ValueSource } from './source.ts';
import { exactUnit } from './time-unit.ts';

/** A file as read, and the models fitted to it. */
export interface Fitted {
  readonly base: Base;
  readonly fit: ModelFit | NoModelFit;
  /** Undefined where it was not asked for, or nobody spent anything. */
  readonly spend: SpendFit | undefined;
  /** Milliseconds of reading and fitting. */
  readonly ms: number;
}

/** Reads a file and fits the models. Throws `InputError` where the file cannot be used. */
export function fitSource(source: ValueSource, options: ValueOptions, withSpend: boolean): Fitted {
  const start = performance.now();
  if (source.kind === 'histories' && options.model === 'mbg-cnbd-k') {
    const what = 'learns from the times between purchases, which histories do not hold';
    throw new InputError(`--model: mbg-cnbd-k ${what}; give purchases, or take mbg-nbd`);
  }
  if (
    source.kind === 'purchases' &&
    options.model !== 'bg-bb' &&
    options.unit !== exactUnit(options.unit)
  ) {
    const what = "of purchases are bg-bb's only, as long as the calendar has them; say week or day";
    throw new InputError(`--unit: ${options.unit}s ${what}`);
  }
  const bar = openBar(`reading ${source.file}`, () => performance.now());
  const base = close(bar, () => readBase(source, options, bar.tell));
  checkBase(source, options, base);
  checkPeriods(source, options, base);
  const input = { statistics: base.statistics, logIntervals: base.logIntervals };
  const fit = runWork(`fitting ${options.model}`, fitModel(options.model, input));
  const spend = withSpend ? runWork('fitting spend', fitGammaGamma(base.spend)) : undefined;
  return { base, fit, spend, ms: Math.round(performance.now() - start) };
}

function close<T>(bar: { end(): void }, work: () => T): T {
  try {
    return work();
  } finally {
    bar.end();
  }
}

/** Does a piece of work with a bar on the terminal. */
export function runWork<T>(what: string, work: Work<T>): T {
  const bar = openBar(what, () => performance.now());
  return close(bar, () => {
    for (;;) {
      const step = work.next();
      if (step.done === true) return step.value;
      bar.tell(step.value.done / Math.max(1, step.value.of));
    }
  });
}

function checkBase({ file }: ValueSource, { until }: ValueOptions, base: Base): void {
  if (base.customers > 0) return;
  const { facts } = base;
  if (facts === undefined) throw new InputError(`${file}: has a line of names and no history`);
  if (facts.purchases === 0 && facts.returns > 0) {
    const what = 'has returns only, and no purchase: amounts below zero are money given back';
    throw new InputError(`${file}: ${what}`);
  }
  if (until !== undefined && facts.purchases > 0) {
    const range = `from ${sayDay(facts.firstDay)} to ${sayDay(facts.lastDay)}`;
    throw new InputError(`--until: ${sayDay(until)} is before all purchases, which are ${range}`);
  }
  throw new InputError(`${file}: no line names a customer`);
}

/** BG/BB counts whole periods; other histories are told before the engine refuses them. */
function checkPeriods({ file }: ValueSource, { model }: ValueOptions, { statistics }: Base): void {
  if (model !== 'bg-bb') return;
  const { frequency, recency, age } = statistics;
  for (let i = 0; i < frequency.length; i++) {
    const [x, last, whole] = [frequency[i] ?? 0, recency[i] ?? 0, age[i] ?? 0];
    if (Number.isInteger(last) && Number.isInteger(whole) && x <= last) continue;
    const found = `there is one of ${x} purchases, the last at ${last} of ${whole}`;
    throw new InputError(
      `${file}: bg-bb is of whole periods with one purchase each at most; ${found}`,
    );
  }
}

/** Sentences about what was put up with. */
export function warningsOf(source: ValueSource, { facts, notices }: Base): readonly string[] {
  const { file } = source;
  const warnings = [...guessesOf(source)];
  if (facts !== undefined && facts.withoutCustomer > 0) {
    const first = `the first is line ${facts.firstWithoutCustomer}`;
    warnings.push(`${file}: ${lines(facts.withoutCustomer)} without a customer left out; ${first}`);
  }
  if (facts !== undefined && facts.encoding.otherLines > 0) {
    const { otherLines, firstOther } = facts.encoding;
    const what = `not UTF-8 and read as Windows-1252; the first is line ${firstOther}`;
    warnings.push(`${file}: ${lines(otherLines)} ${what}`);
  }
  if (notices === undefined) return warnings;
  const { counts, first } = notices;
  const tell = (kind: keyof typeof counts, what: string): void => {
    if (counts[kind] === 0) return;
    const one = first.find((notice) => notice.kind === kind);
    const example =
      one === undefined ? '' : `, such as of customer ${one.customer} on ${sayDay(one.day)}`;
    warnings.push(`${file}: ${what}: ${counts[kind]}${example}`);
  };
  tell('duplicate', 'lines like one before in customer, day and amount, which count all the same');
  tell('refund-without-purchase', 'returns of more than was bought before, whose rest is left out');
  tell('refund-exceeds-order', 'returns of more than their order, whose rest is left out');
  tell('only-returns', 'customers with returns only, who are left out');
  return warnings;
}

/** Columns that no name tells are said, so that nobody has to find out. */
function guessesOf(source: ValueSource): readonly string[] {
  if (source.kind === 'histories') return [];
  const { columns } = source.purchases;
  return columns.guessed.flatMap((role) => {
    const at = columns[role];
    if (at === undefined) return [];
    const name = columns.names[at] ?? '';
    return [`${source.file}: column ${name} is taken for the ${role}; --${role} names another`];
  });
}

function lines(count: number): string {
  return count === 1 ? '1 line' : `${count} lines`;
}
