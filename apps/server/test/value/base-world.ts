/** A simulated base in the tables that earlier systems fill, on the backend of the running project. */
import { DAY_MS } from '@keepsake/kernel';
import { type Base, type BasePurchase, STEADY_BASE, simulateBase } from '@keepsake/value/testing';
import { sql } from 'kysely';
import type { Database } from '../../src/platform/database/database.ts';

/** Joining takes two years of this base, and it is looked at a little later. */
export const BASE_MONTHS = 26;
const MONTH_DAYS = 365.25 / 12;

/** The customer of a base, in the order in which they were simulated. */
export function personAt(index: number, company = 'acme'): string {
  const group = company === 'acme' ? '0000' : '0001';
  return `00000000-${group}-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

interface PurchaseRow {
  readonly number_key: string;
  readonly kind: 'purchase' | 'return';
  readonly subject: string;
  readonly day: string;
  readonly amount_minor: number;
  readonly lines: number;
  readonly category: string;
  readonly own_fault: boolean;
  readonly order_key: string | null;
}

interface ContactRow {
  readonly id_key: string;
  readonly subject: string;
  readonly day: string;
  readonly channel: string;
  readonly own_fault: boolean;
}

/** Simulates a base that ends on a day, and puts it into the tables. Answers it. */
export async function addBase(
  database: Database,
  how: {
    readonly company: string;
    readonly customers: number;
    readonly until: number;
    readonly seed?: number;
    /** What the first customer is called: so many are there already. */
    readonly from?: number;
  },
): Promise<Base> {
  const { company, customers, until, seed = 5, from = 0 } = how;
  const base = simulateBase(STEADY_BASE, { customers, months: BASE_MONTHS, seed });
  const dayOf = (month: number): string =>
    new Date(until - (BASE_MONTHS - month) * MONTH_DAYS * DAY_MS).toISOString().slice(0, 10);
  const purchases: PurchaseRow[] = [];
  const contacts: ContactRow[] = [];
  base.purchases.forEach((own, index) => {
    const subject = personAt(from + index, company);
    own.forEach((purchase, place) => {
      const day = dayOf(purchase.at);
      const key = `${from + index}-${place}`;
      purchases.push(...rowsOf(purchase, { key, subject, day }));
      contacts.push(...contactsOf(purchase, { key, subject, day }));
    });
  });
  const ids = base.customers.map((_, index) => personAt(from + index, company));
  await insertBase(database, company, { ids, purchases, contacts });
  return base;
}

interface RowOf {
  readonly key: string;
  readonly subject: string;
  readonly day: string;
}

function rowsOf(purchase: BasePurchase, { key, subject, day }: RowOf): readonly PurchaseRow[] {
  const { value, kept, lines, category, returned } = purchase;
  const minor = Math.round(value * 100);
  const row = { number_key: key, subject, day, lines, category, order_key: null };
  const bought = { ...row, kind: 'purchase' as const, amount_minor: minor, own_fault: false };
  if (returned === 'not') return [bought];
  const back = {
    ...{ ...row, number_key: `${key}-back`, kind: 'return' as const, order_key: key },
    ...{ amount_minor: kept === 0 ? minor : 0, own_fault: returned === 'by-company' },
  };
  return [bought, back];
}

function contactsOf(purchase: BasePurchase, { key, subject, day }: RowOf): readonly ContactRow[] {
  const rows: ContactRow[] = [];
  for (const own_fault of [false, true]) {
    const counts = own_fault ? purchase.companyContacts : purchase.contacts;
    for (const [channel, count] of Object.entries(counts)) {
      for (let at = 0; at < count; at++) {
        rows.push({
          ...{ id_key: `${key}-${channel}-${own_fault}-${at}`, subject, day, channel, own_fault },
        });
      }
    }
  }
  return rows;
}

async function insertBase(
  { kysely }: Database,
  company: string,
  rows: {
    readonly ids: readonly string[];
    readonly purchases: readonly PurchaseRow[];
    readonly contacts: readonly ContactRow[];
  },
): Promise<void> {
  await sql`
    insert into subjects (company, id, created_at)
    select ${company}, value::uuid, now()
    from json_array_elements_text(${JSON.stringify(rows.ids)}::json)`.execute(kysely);
  await sql`
    insert into purchase_history (company, source, number_key, kind, subject, day, amount_minor,
      currency, lines, category, own_fault, order_key, content_key, content_sealed, imported_at)
    select ${company}, 'shop', number_key, kind, subject, day, amount_minor, 'EUR', lines, category,
      own_fault, order_key, '', '', now()
    from json_to_recordset(${JSON.stringify(rows.purchases)}::json) as one(number_key text,
      kind text, subject uuid, day date, amount_minor bigint, lines integer, category text,
      own_fault boolean, order_key text)`.execute(kysely);
  await sql`
    insert into service_contacts (company, source, id_key, subject, day, channel, own_fault,
      content_key, content_sealed, imported_at)
    select ${company}, 'shop', id_key, subject, day, channel, own_fault, '', '', now()
    from json_to_recordset(${JSON.stringify(rows.contacts)}::json) as one(id_key text,
      subject uuid, day date, channel text, own_fault boolean)`.execute(kysely);
}
