/** Sends the rows of a table in batches, and gathers what became of them. */
import {
  type HistoryAnswer,
  type HistoryKind,
  type HistoryRefusal,
  type HistoryTotal,
  LIMITS,
} from '@keepsake/contract';
import { InputError } from '../space/input.ts';
import type { ReadyLine, RowReader } from './row-lines.ts';
import { SeenRows } from './seen-rows.ts';
import type { TableRow } from './table.ts';

/** Lines of one file: some 300 MB to know repetitions by. */
export const FILE_ROWS_MAX = 10_000_000;
/** Refusals that are kept in words; the rest are counted. */
export const REFUSALS_MAX = 20;
/** Below what a request may be, as a line more may come. */
const BATCH_BYTES_MAX = LIMITS.bodyBytesMax - LIMITS.bulkLineBytesMax - 1;

/** A line of the file that was not taken, and why. */
export interface RefusedRow {
  readonly line: number;
  readonly reason: string;
}

/** What became of a file. */
export interface Imported {
  readonly rows: number;
  readonly accepted: number;
  readonly known: number;
  readonly refused: number;
  /** The first of them. */
  readonly refusals: readonly RefusedRow[];
  /** Over what was accepted and known already. */
  readonly totals: readonly HistoryTotal[];
}

/** How lines go to the server: answers what became of them. */
export type SendLines = (lines: string) => Promise<HistoryAnswer>;

/** What sending needs to know. */
export interface Sending {
  readonly file: string;
  readonly kind: HistoryKind;
  readonly read: RowReader;
  readonly send: SendLines;
  /** Hears of the line up to which everything is answered. */
  readonly done: (line: number) => void;
}

interface Pending {
  readonly row: TableRow;
  readonly ready: ReadyLine;
  readonly text: string;
}

/** Sends rows in memory of one batch; each batch is taken whole or not at all. */
export async function sendRows(rows: AsyncIterable<TableRow>, sending: Sending): Promise<Imported> {
  const batches = new Batches(sending);
  for await (const row of rows) {
    const read = sending.read(row.values);
    await batches.add(row, read);
  }
  return await batches.end();
}

class Batches {
  readonly #sending: Sending;
  readonly #seen = new SeenRows();
  #pending: Pending[] = [];
  #bytes = 0;
  #line = 0;
  #counts = { rows: 0, accepted: 0, known: 0, refused: 0 };
  #refusals: RefusedRow[] = [];
  readonly #totals = new Map<string, HistoryTotal>();

  constructor(sending: Sending) {
    this.#sending = sending;
  }

  async add(row: TableRow, read: ReturnType<RowReader>): Promise<void> {
    this.#counts.rows += 1;
    this.#line = row.line;
    if (this.#counts.rows > FILE_ROWS_MAX) {
      throw new InputError(
        `${this.#sending.file}:${row.line} one file has at most ${FILE_ROWS_MAX} rows; divide it`,
      );
    }
    if (read.kind === 'fault') return this.#refuse(row.line, read.reason);
    const text = JSON.stringify(read.body);
    if (Buffer.byteLength(text) > LIMITS.bulkLineBytesMax) {
      return this.#refuse(row.line, sayRefusal({ reason: 'too-long', about: null }));
    }
    const seen = this.#seen.find(read.id, text);
    if (seen === 'same') {
      this.#counts.known += 1;
    } else if (seen === 'other' && this.#sending.kind !== 'customers') {
      this.#refuse(row.line, sayRefusal({ reason: 'differs', about: null }));
    } else {
      this.#pending.push({ row, ready: read, text });
      this.#bytes += Buffer.byteLength(text) + 1;
      const isFull = this.#pending.length >= LIMITS.bulkLinesMax || this.#bytes >= BATCH_BYTES_MAX;
      if (isFull) await this.#flush();
    }
  }

  async end(): Promise<Imported> {
    await this.#flush();
    const refusals = [...this.#refusals].sort((a, b) => a.line - b.line).slice(0, REFUSALS_MAX);
    const totals = [...this.#totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
    return { ...this.#counts, refusals, totals };
  }

  async #flush(): Promise<void> {
    const batch = this.#pending;
    if (batch.length > 0) {
      const answer = await this.#sending.send(batch.map(({ text }) => text).join('\n'));
      this.#counts.accepted += answer.accepted;
      this.#counts.known += answer.known;
      this.#gather(batch, answer);
    }
    this.#pending = [];
    this.#bytes = 0;
    this.#sending.done(this.#line);
  }

  #gather(batch: readonly Pending[], answer: HistoryAnswer): void {
    const refused = new Set(answer.refused.map(({ line }) => line - 1));
    for (const one of answer.refused) {
      this.#refuse(batch[one.line - 1]?.row.line ?? 0, sayRefusal(one));
    }
    batch.forEach(({ ready, text }, at) => {
      if (!refused.has(at)) this.#seen.add(ready.id, text);
    });
    for (const total of answer.totals) this.#add(total);
  }

  #refuse(line: number, reason: string): void {
    this.#counts.refused += 1;
    this.#refusals.push({ line, reason });
    // Rows that cannot be read are told before those of their batch: room for both.
    if (this.#refusals.length > 4 * LIMITS.bulkLinesMax) {
      this.#refusals = this.#refusals.sort((a, b) => a.line - b.line).slice(0, REFUSALS_MAX);
    }
  }

  #add(total: HistoryTotal): void {
    const id = `${total.what} ${total.currency} ${total.year}`;
    const before = this.#totals.get(id);
    if (before === undefined) {
      this.#totals.set(id, total);
      return;
    }
    const isMoney = before.minor !== null && total.minor !== null;
    this.#totals.set(id, {
      ...total,
      rows: before.rows + total.rows,
      ownFault: before.ownFault + total.ownFault,
      minor: isMoney ? (BigInt(before.minor ?? 0) + BigInt(total.minor ?? 0)).toString() : null,
    });
  }
}

const REASONS: Readonly<Record<HistoryRefusal, string>> = {
  'not-json': 'cannot be sent',
  invalid: 'is not taken',
  'too-long': 'is too long',
  'nobody-named': 'nobody is named: the customer is missing',
  'order-missing': 'is a return and does not name its order',
  erased: 'is about somebody who had everything erased',
  'in-the-future': 'the date is in the future',
  'unknown-currency': 'the currency is not known',
  'amount-too-precise': 'the amount is finer than the smallest coin of its currency',
  differs: 'another row says something else under this number',
};

function sayRefusal({
  reason,
  about,
}: {
  readonly reason: HistoryRefusal;
  readonly about: string | null;
}): string {
  if (reason === 'invalid' && about !== null) return `the ${about} cannot be taken as it is`;
  if (reason === 'unknown-currency') return `'${about}' is no currency`;
  return REASONS[reason];
}
