import { sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

/** By what a month was reckoned; what is not there is not known. */
export interface MonthTerms {
  /** Version of the cost table that equity was reckoned by, at the end of the month. */
  readonly costs?: string;
  /** Version of the one that what the month brought was reckoned by. */
  readonly profitCosts?: string;
  readonly horizonWeeks?: number;
}

/** A month of which something was written, and not by what. */
export interface UnsaidMonth {
  /** Its first day. */
  readonly month: string;
  /** Null where equity was written; else what was brought alone. */
  readonly terms: MonthTerms | null;
}

/** Months that were written since anybody said by what, the oldest first. */
export async function listUnsaidMonths(db: Db, company: string): Promise<readonly UnsaidMonth[]> {
  const { rows } = await sql<UnsaidMonth>`
    select month, terms from value_month_totals
    where company = ${company}
      and (terms is null or (terms <> '{}' and terms -> 'profitCosts' is null))
    order by month`.execute(db);
  return rows;
}

/** Says by what a month was reckoned. */
export async function saveMonthTerms(
  tx: Tx,
  { company, month }: { readonly company: string; readonly month: string },
  terms: MonthTerms,
): Promise<void> {
  await sql`
    update value_month_totals set terms = ${JSON.stringify(terms)}::jsonb
    where company = ${company} and month = ${month}::date`.execute(tx);
}
