import {
  type CountedRows,
  CountTable,
  CustomerLedger,
  createNoticeBook,
  type PurchaseStatistics,
  PurchaseTotals,
  type SpendStatistics,
  type Transaction,
  type TransactionNotices,
} from '@keepsake/value';
import { MINOR_PER_UNIT } from './cells.ts';
import type { ValueOptions } from './flags.ts';
import { readHistories } from './history-file.ts';
import type { CustomerVisitor, FileFacts } from './purchase-file.ts';
import type { ValueSource } from './source.ts';
import { createSummarize, type Summarize, type SummaryTerms } from './summaries.ts';
import { exactUnit } from './time-unit.ts';

/** What models are fitted to, and what was found on the way. */
export interface Base {
  readonly statistics: PurchaseStatistics;
  readonly spend: SpendStatistics;
  readonly logIntervals: number;
  readonly customers: number;
  /** Customers, or lines that stand for several of one history. */
  readonly rows: number;
  /** The end of observation; undefined of histories, which know only how long they are. */
  readonly until: number | undefined;
  readonly facts: FileFacts | undefined;
  readonly notices: TransactionNotices | undefined;
}

type Tell = (share: number) => void;
type BaseOptions = Pick<ValueOptions, 'model' | 'unit' | 'until'>;

/** Reads a file into what models are fitted to. Throws `InputError` with the line. */
export function readBase(source: ValueSource, options: BaseOptions, tell: Tell): Base {
  if (source.kind === 'histories') return readHistoryBase(source, tell);
  const { purchases } = source;
  if (options.model !== 'bg-bb') {
    const { visitor, facts } = purchases.pass(() => new DayTotals(options), tell);
    return visitor.base(facts);
  }
  // Periods end with observation, which has to be known before they are counted.
  const until = options.until ?? purchases.pass(() => ({ visit: () => {} }), tell).facts.lastDay;
  const { visitor, facts } = purchases.pass(() => new PeriodTotals({ ...options, until }), tell);
  return visitor.base(facts);
}

class DayTotals implements CustomerVisitor {
  readonly #options: BaseOptions;
  readonly #until: number;
  readonly #totals = new PurchaseTotals();
  readonly #ledger = new CustomerLedger();
  readonly #notices = createNoticeBook();

  constructor(options: BaseOptions) {
    this.#options = options;
    this.#until = options.until ?? Number.POSITIVE_INFINITY;
  }

  visit(rows: readonly Transaction[]): void {
    for (const row of rows) if (row.day <= this.#until) this.#ledger.add(row);
    if (this.#ledger.isEmpty) return;
    const history = this.#ledger.close(this.#notices);
    if (history !== undefined) this.#totals.add(history);
  }

  base(facts: FileFacts): Base {
    const unit = exactUnit(this.#options.unit);
    const until = this.#options.until ?? facts.lastDay;
    return {
      statistics: this.#totals.statistics({ until, unit }),
      spend: this.#totals.spendStatistics(MINOR_PER_UNIT),
      logIntervals: this.#totals.logIntervals(unit),
      customers: this.#totals.customers,
      rows: this.#totals.customers,
      ...{ until, facts, notices: this.#notices.read() },
    };
  }
}

class PeriodTotals implements CustomerVisitor {
  readonly #terms: SummaryTerms;
  readonly #notices = createNoticeBook();
  readonly #summarize: Summarize;
  readonly #tables = new SummaryTables();

  constructor(terms: SummaryTerms) {
    this.#terms = terms;
    this.#summarize = createSummarize(terms, this.#notices);
  }

  visit(rows: readonly Transaction[]): void {
    const summary = this.#summarize(rows);
    if (summary !== undefined) this.#tables.add({ ...summary, count: 1 });
  }

  base(facts: FileFacts): Base {
    const { until } = this.#terms;
    return { ...this.#tables.read(), until, facts, notices: this.#notices.read() };
  }
}

function readHistoryBase(
  source: Extract<ValueSource, { readonly kind: 'histories' }>,
  tell: Tell,
): Base {
  const tables = new SummaryTables();
  readHistories(source.histories, (row) => tables.add(row), tell);
  return { ...tables.read(), until: undefined, facts: undefined, notices: undefined };
}

/** Counts equal histories. */
class SummaryTables {
  readonly #purchases = new CountTable();
  readonly #spend = new CountTable();
  #customers = 0;
  #rows = 0;

  add(row: {
    readonly frequency: number;
    readonly recency: number;
    readonly age: number;
    readonly spendCount: number;
    readonly meanSpend: number;
    readonly count: number;
  }): void {
    if (row.count === 0) return;
    this.#customers += row.count;
    this.#rows += 1;
    this.#purchases.add(row.frequency, row.recency, row.age, row.count);
    if (row.spendCount > 0) {
      this.#spend.add(row.spendCount, row.meanSpend, row.frequency, row.count);
    }
  }

  read(): Pick<Base, 'statistics' | 'spend' | 'logIntervals' | 'customers' | 'rows'> {
    const purchases: CountedRows = this.#purchases.rows();
    const spend: CountedRows = this.#spend.rows();
    return {
      statistics: {
        frequency: purchases.first,
        recency: purchases.second,
        age: purchases.third,
        count: purchases.count,
      },
      spend: {
        spendCount: spend.first,
        meanSpend: spend.second,
        frequency: spend.third,
        count: spend.count,
      },
      logIntervals: 0,
      customers: this.#customers,
      rows: this.#rows,
    };
  }
}
