/** Takes over what earlier systems know of customers. */
import type { HistoryAnswer, HistoryKind } from '@keepsake/contract';
import { DAY_MS } from '@keepsake/kernel';
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { seal } from '../../platform/keys.ts';
import { findCompany } from '../companies/index.ts';
import { type EnsuredPerson, ensurePeople, inTurns, type NamedPerson } from '../memory/index.ts';
import {
  hasTooManyLines,
  type ReadHistory,
  type Reading,
  type Refusal,
  type RowDraft,
  readContacts,
  readCustomers,
  readPurchases,
  refuse,
  rowId,
  settleRows,
  totalsOf,
} from './history.rules.ts';
import {
  findContacts,
  findPurchases,
  insertContacts,
  insertPurchases,
  type PurchaseHistoryTable,
  type ServiceContactsTable,
} from './history.store.ts';

/** What taking over needs of the platform. */
export type HistoryDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random'>;

/** What was sealed for history opens nowhere else. */
export const SEALED_FOR = 'history.content';

/** Lines of JSON from an earlier system. */
export interface HistoryInput {
  readonly company: string;
  /** Which system: its keys and numbers are its own. */
  readonly source: string;
  readonly kind: HistoryKind;
  readonly text: string;
  /** Nothing of it is kept. */
  readonly isDryRun: boolean;
}

/** What became of the lines. */
export type HistoryRecorded =
  | { readonly kind: 'answered'; readonly answer: HistoryAnswer }
  | { readonly kind: 'company-not-found' }
  | { readonly kind: 'too-many-lines' };

/** Ends a transaction that was only to tell what it would do. */
class DryRunDone extends Error {
  readonly answer: HistoryAnswer;

  constructor(answer: HistoryAnswer) {
    super('a dry run keeps nothing');
    this.answer = answer;
  }
}

/**
 * Takes over lines: those that can be taken in one transaction, the others told with their reason.
 * Sending lines again changes nothing. A dry run does the same work and takes it back. Some ten
 * statements, however many lines.
 */
export async function recordHistory(
  deps: HistoryDeps,
  input: HistoryInput,
): Promise<HistoryRecorded> {
  const company = await findCompany(deps.database.kysely, input.company);
  if (company === undefined) return { kind: 'company-not-found' };
  if (hasTooManyLines(input.text)) return { kind: 'too-many-lines' };
  const reading = readingOf(deps, input, company.currency);
  try {
    const answer = await inTurns(deps, async (tx) => {
      const taken = await takeLines(tx, deps, input, reading);
      if (input.isDryRun) throw new DryRunDone(taken);
      return taken;
    });
    return { kind: 'answered', answer };
  } catch (error) {
    if (error instanceof DryRunDone) return { kind: 'answered', answer: error.answer };
    throw error;
  }
}

function readingOf(
  deps: HistoryDeps,
  { company, source }: HistoryInput,
  currency: string,
): Reading {
  // Wherever on earth the lines come from, their day has not begun two days ahead.
  const lastDay = new Date(deps.clock.now() + DAY_MS).toISOString().slice(0, 10);
  const keyOf = (kind: 'number' | 'content', text: string): string =>
    deps.keys.hmac(company, `history.${kind}`, `${source}\0${text}`);
  return { source, currency, lastDay, keyOf };
}

async function takeLines(
  tx: Tx,
  deps: HistoryDeps,
  input: HistoryInput,
  reading: Reading,
): Promise<HistoryAnswer> {
  const { currency } = reading;
  switch (input.kind) {
    case 'customers':
      return await takeCustomers(tx, deps, input, readCustomers(input.text, reading));
    case 'orders': {
      const read = readPurchases(input.text, reading);
      const table = { find: findPurchases, insert: insertPurchases, rowOf: purchaseRow };
      return await takeRows(tx, deps, { input, read, table, currency });
    }
    case 'contacts': {
      const read = readContacts(input.text, reading);
      const table = { find: findContacts, insert: insertContacts, rowOf: contactRow };
      return await takeRows(tx, deps, { input, read, table, currency });
    }
  }
}

async function takeCustomers(
  tx: Tx,
  deps: HistoryDeps,
  { company }: HistoryInput,
  read: ReadHistory<NamedPerson>,
): Promise<HistoryAnswer> {
  const { people, erased } = await ensurePeople(tx, deps, company, read.drafts);
  const accepted = [...people.values()].filter((one) => one.isNews).length;
  const refused = inOrder([...read.refused, ...erased.map((line) => refuse(line, 'erased'))]);
  return { accepted, known: people.size - accepted, refused, totals: [] };
}

/** What a row needs beside its draft. */
interface About {
  readonly company: string;
  readonly source: string;
  readonly person: EnsuredPerson;
  readonly now: Date;
}

interface Taking<T extends RowDraft, R> {
  readonly input: HistoryInput;
  readonly read: ReadHistory<T>;
  /** The company's. */
  readonly currency: string;
  readonly table: {
    readonly find: typeof findPurchases;
    readonly insert: (tx: Tx, rows: readonly R[]) => Promise<void>;
    readonly rowOf: (draft: T, about: About) => R;
  };
}

async function takeRows<T extends RowDraft, R>(
  tx: Tx,
  deps: HistoryDeps,
  { input, read, table, currency }: Taking<T, R>,
): Promise<HistoryAnswer> {
  const { company, source } = input;
  const keys = read.drafts.map(({ what, key }) => ({ what, key }));
  const stored = await table.find(tx, { company, source }, keys);
  const settled = settleRows(
    read.drafts,
    new Map(stored.map((row) => [rowId(row), row.contentKey])),
  );
  const named = settled.fresh.map((draft) => draft.person);
  const { people } = await ensurePeople(tx, deps, company, named);
  const now = new Date(deps.clock.now());
  const taken: T[] = [];
  const rows: R[] = [];
  const erased = new Set<string>();
  for (const draft of settled.fresh) {
    const person = people.get(draft.line);
    if (person === undefined) {
      erased.add(rowId(draft));
      continue;
    }
    taken.push(draft);
    rows.push(table.rowOf(draft, { company, source, person, now }));
  }
  await table.insert(tx, rows);
  // What says the same as a line about somebody who was erased is about them, too.
  const gone = [...settled.fresh, ...settled.repeated].filter((one) => erased.has(rowId(one)));
  const refused = [...read.refused, ...settled.refused];
  const repeats = settled.repeated.length - (gone.length - erased.size);
  return {
    accepted: taken.length,
    known: settled.known.length + repeats,
    refused: inOrder([...refused, ...gone.map(({ line }) => refuse(line, 'erased'))]),
    totals: totalsOf([...taken, ...settled.known], currency),
  };
}

function inOrder(refused: readonly Refusal[]): Refusal[] {
  return [...refused].sort((a, b) => a.line - b.line);
}

type PurchaseTaken = ReturnType<typeof readPurchases>['drafts'][number];
type ContactTaken = ReturnType<typeof readContacts>['drafts'][number];

function purchaseRow(draft: PurchaseTaken, about: About): PurchaseHistoryTable {
  return {
    ...commonOf(draft, about),
    number_key: draft.key,
    kind: draft.what,
    amount_minor: draft.amountMinor,
    currency: draft.currency,
    lines: draft.lines,
    category: draft.category,
    order_key: draft.orderKey,
  };
}

function contactRow(draft: ContactTaken, about: About): ServiceContactsTable {
  return { ...commonOf(draft, about), id_key: draft.key, channel: draft.channel };
}

function commonOf(draft: RowDraft, { company, source, person, now }: About) {
  return {
    company,
    source,
    subject: person.subject,
    day: draft.day,
    own_fault: draft.ownFault,
    content_key: draft.contentKey,
    content_sealed: seal(person.key, JSON.stringify(draft.words), SEALED_FOR),
    imported_at: now,
  };
}
