import type { Tier } from '@keepsake/value';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_tiers: ValueTiersTable;
    readonly value_months: ValueMonthsTable;
    readonly value_month_totals: ValueMonthTotalsTable;
  }
}

/** The tier of one customer: `TierState` of `@keepsake/value`. */
export interface ValueTiersTable {
  readonly company: string;
  readonly person: string;
  readonly tier: Tier;
  readonly since: Date;
  readonly expires: Date;
  readonly last_run: Date;
  readonly candidate: Tier | null;
  readonly candidate_runs: number | null;
  readonly contested_at: Date | null;
  readonly contest_sealed: Uint8Array | null;
  readonly set_by: string | null;
}

/** A customer at the end of a month; `month` is its first day. */
export interface ValueMonthsTable {
  readonly company: string;
  readonly month: string;
  readonly person: string;
  readonly tier: Tier;
  readonly value: number;
}

/** A base at the end of a month. */
export interface ValueMonthTotalsTable {
  readonly company: string;
  readonly month: string;
  readonly customers: number;
  readonly equity: number;
  readonly profit: number;
}
