/** Reads lines of history, and works out what they mean. Pure but for the keyed look-ups. */
import {
  ContactLine,
  CustomerLine,
  type HistoryAnswer,
  type HistoryRefusal,
  type HistoryTotal,
  LIMITS,
  PurchaseLine,
} from '@keepsake/contract';
import type { Money } from '@keepsake/kernel';
import type { z } from 'zod';
import type { NamedPerson } from '../memory/index.ts';

/** A line that was not taken. */
export type Refusal = HistoryAnswer['refused'][number];

/** What reading lines needs to know. */
export interface Reading {
  readonly source: string;
  /** The currency of amounts that name none. */
  readonly currency: string;
  /** What is dated after this day is refused: `YYYY-MM-DD`. */
  readonly lastDay: string;
  /** A keyed look-up value. */
  readonly keyOf: (kind: 'number' | 'content', text: string) => string;
}

interface Draft {
  readonly line: number;
  readonly person: NamedPerson;
  /** The same twice in one source is one and the same row. */
  readonly key: string;
  /** Of everything that the line says. */
  readonly contentKey: string;
  readonly day: string;
  readonly ownFault: boolean;
  /** What is sealed: the words of the source. */
  readonly words: Readonly<Record<string, string>>;
}

/** A purchase or a return that can be read. */
export interface PurchaseDraft extends Draft {
  readonly what: 'purchase' | 'return';
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly lines: number;
  /** Null where it is not told. */
  readonly category: string | null;
  /** Of a return: the key of its order. */
  readonly orderKey: string | null;
}

/** A contact that can be read. */
export interface ContactDraft extends Draft {
  readonly what: 'contact';
  readonly channel: string;
}

export type RowDraft = PurchaseDraft | ContactDraft;

/** What could be read, and the other lines. */
export interface ReadHistory<T> {
  readonly drafts: readonly T[];
  readonly refused: readonly Refusal[];
}

/** An answer that a line is not taken. */
export function refuse(line: number, reason: HistoryRefusal, about: string | null = null): Refusal {
  return { line, reason, about };
}

/** Whether a text has more lines than one request may. */
export function hasTooManyLines(text: string): boolean {
  return text.split('\n').filter((line) => line.trim() !== '').length > LIMITS.bulkLinesMax;
}

/** Reads customers, each by itself. */
export function readCustomers(text: string, reading: Reading): ReadHistory<NamedPerson> {
  return readLines(text, CustomerLine, ({ customer, name, email, phone, loyalty }, line) => {
    const proved = { email, loyalty };
    const handles = Object.entries(proved).flatMap(([kind, value]) =>
      value === undefined ? [] : [{ kind, value, isProved: true }],
    );
    // One telephone rings for several people: it says nothing of who is who.
    const claims = phone === undefined ? [] : [{ kind: 'phone', value: phone, isProved: false }];
    const own = { kind: `source.${reading.source}`, value: customer, isProved: true };
    return { line, handles: [own, ...handles, ...claims], name };
  });
}

/** Reads purchases and returns, each by itself. */
export function readPurchases(text: string, reading: Reading): ReadHistory<PurchaseDraft> {
  return readLines(text, PurchaseLine, (said, line) => {
    const person = personOf(said, line, reading);
    if (person === undefined) return refuse(line, 'nobody-named');
    if (said.day > reading.lastDay) return refuse(line, 'in-the-future', 'day');
    const money = moneyOf(said, line, reading.currency);
    if (isRefusal(money)) return money;
    if (said.kind === 'return' && said.order === undefined) {
      return refuse(line, 'order-missing', 'order');
    }
    return { line, person, ...purchaseOf(said, money, reading) };
  });
}

function purchaseOf(
  said: PurchaseLine,
  { minor, currency }: Money,
  { keyOf }: Reading,
): Omit<PurchaseDraft, 'line' | 'person'> {
  const { number, kind, day, lines = 1, ownFault = false, category } = said;
  const order = kind === 'return' ? said.order : undefined;
  const content = [said.customer, said.email, day, minor.toString(), currency, lines];
  // What is not told adds nothing: rows from before there were categories are known again.
  const all = [...content, ownFault, order, ...(category === undefined ? [] : [category])];
  return {
    ...{ what: kind, day, amountMinor: minor, currency, lines, ownFault },
    key: keyOf('number', number),
    category: category ?? null,
    orderKey: order === undefined ? null : keyOf('number', order),
    contentKey: keyOf('content', JSON.stringify(all)),
    words: order === undefined ? { number } : { number, order },
  };
}

/** The amount of a line, exact. */
function moneyOf(said: PurchaseLine, line: number, own: string): Money | Refusal {
  const { currency = own, amount } = said;
  if (!CURRENCIES.has(currency)) return refuse(line, 'unknown-currency', currency);
  const minor = minorOf(amount, digitsOf(currency));
  if (minor === undefined) return refuse(line, 'amount-too-precise', 'amount');
  return { currency, minor };
}

/** Reads contacts with service, each by itself. */
export function readContacts(text: string, reading: Reading): ReadHistory<ContactDraft> {
  return readLines(text, ContactLine, (said, line) => {
    const { id, day, channel, ownFault = false, reason } = said;
    const person = personOf(said, line, reading);
    if (person === undefined) return refuse(line, 'nobody-named');
    if (day > reading.lastDay) return refuse(line, 'in-the-future', 'day');
    const content = [said.customer, said.email, day, channel, ownFault, reason];
    return {
      ...{ what: 'contact', line, person, day, channel, ownFault },
      key: reading.keyOf('number', id),
      contentKey: reading.keyOf('content', JSON.stringify(content)),
      words: { id, ...(reason === undefined ? {} : { reason }) },
    };
  });
}

function readLines<S extends z.ZodType, T extends { readonly line: number }>(
  text: string,
  schema: S,
  draftOf: (said: z.infer<S>, line: number) => T | Refusal,
): ReadHistory<T> {
  const drafts: T[] = [];
  const refused: Refusal[] = [];
  text.split('\n').forEach((raw, index) => {
    if (raw.trim() === '') return;
    const read = readLine(raw, index + 1, { schema, draftOf });
    if (isRefusal(read)) refused.push(read);
    else drafts.push(read);
  });
  return { drafts, refused };
}

function isRefusal<T extends object>(read: T | Refusal): read is Refusal {
  return 'reason' in read;
}

function readLine<S extends z.ZodType, T>(
  raw: string,
  line: number,
  {
    schema,
    draftOf,
  }: { readonly schema: S; readonly draftOf: (said: z.infer<S>, line: number) => T | Refusal },
): T | Refusal {
  if (Buffer.byteLength(raw) > LIMITS.bulkLineBytesMax) return refuse(line, 'too-long');
  const json = parseJson(raw);
  if (json === undefined) return refuse(line, 'not-json');
  const parsed = schema.safeParse(json);
  if (parsed.success) return draftOf(parsed.data, line);
  const path = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
  return refuse(line, 'invalid', path === '' ? null : path);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A key of the source is its own; without one, an e-mail address says whose a line is. */
function personOf(
  {
    customer,
    email,
  }: { readonly customer?: string | undefined; readonly email?: string | undefined },
  line: number,
  { source }: Reading,
): NamedPerson | undefined {
  if (customer !== undefined) {
    return { line, handles: [{ kind: `source.${source}`, value: customer, isProved: true }] };
  }
  if (email === undefined) return undefined;
  return { line, handles: [{ kind: 'email', value: email, isProved: true }] };
}

/** An amount as digits in whole minor units; undefined where it is finer than these. Exact. */
export function minorOf(amount: string, digits: number): bigint | undefined {
  const [whole = '', fraction = ''] = amount.split('.');
  if (/[1-9]/.test(fraction.slice(digits))) return undefined;
  return BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0'));
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

const digitsKnown = new Map<string, number>();

/** Digits after the point of a currency (ISO 4217). */
function digitsOf(currency: string): number {
  const known = digitsKnown.get(currency);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  digitsKnown.set(currency, digits);
  return digits;
}

/** One text for a row. */
export function rowId({ what, key }: Pick<RowDraft, 'what' | 'key'>): string {
  return `${what} ${key}`;
}

/** What is to become of rows, before it is known who they are about. */
export interface Settled<T> {
  /** To be added. */
  readonly fresh: readonly T[];
  /** There before, and the same. */
  readonly known: readonly T[];
  /** The same as a row before them in `fresh` or `known`. */
  readonly repeated: readonly T[];
  readonly refused: readonly Refusal[];
}

/**
 * Holds rows against those that are there (content by `rowId`) and against each other: what is said
 * again is known; what says something else under the same number is refused.
 */
export function settleRows<T extends RowDraft>(
  drafts: readonly T[],
  stored: ReadonlyMap<string, string>,
): Settled<T> {
  const said = new Map(stored);
  const met = new Set<string>();
  const settled = {
    fresh: [] as T[],
    known: [] as T[],
    repeated: [] as T[],
    refused: [] as Refusal[],
  };
  for (const draft of drafts) {
    const id = rowId(draft);
    const before = said.get(id);
    if (before === undefined) settled.fresh.push(draft);
    else if (before !== draft.contentKey) settled.refused.push(refuse(draft.line, 'differs'));
    else if (met.has(id)) settled.repeated.push(draft);
    else settled.known.push(draft);
    said.set(id, before ?? draft.contentKey);
    if (before === undefined || before === draft.contentKey) met.add(id);
  }
  return settled;
}

/** Sums by what it is, currency and year, in that order; `own` is the currency of the company. */
export function totalsOf(drafts: readonly RowDraft[], own: string): HistoryTotal[] {
  const sums = new Map<string, HistoryTotal & { readonly sum: bigint }>();
  for (const draft of drafts) {
    const { what } = draft;
    const [currency, amount] =
      what === 'contact' ? [null, 0n] : [draft.currency, draft.amountMinor];
    const year = Number(draft.day.slice(0, 4));
    const id = `${what} ${currency} ${year}`;
    const { rows = 0, ownFault = 0, sum = 0n } = sums.get(id) ?? {};
    const faults = ownFault + (draft.ownFault ? 1 : 0);
    const isLeftOut = currency !== null && currency !== own;
    const added = { what, year, currency, isLeftOut, rows: rows + 1, ownFault: faults };
    sums.set(id, { ...added, minor: null, sum: sum + amount });
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { sum, ...total }]) => ({
      ...total,
      minor: total.what === 'contact' ? null : sum.toString(),
    }));
}
