declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_accounts: ValueAccountsTable;
    readonly value_sums: ValueSumsTable;
  }
}

/** What was counted of one customer. Days are `YYYY-MM-DD`. */
export interface ValueAccountsTable {
  readonly company: string;
  /** The smallest subject of the person. */
  readonly person: string;
  readonly subjects: readonly string[];
  readonly first_day: string;
  readonly last_day: string;
  readonly purchase_days: number;
  readonly first_minor: bigint;
  readonly spend_count: number;
  readonly spend_minor: bigint;
  readonly lines: number;
  readonly returns: number;
  readonly contacts: Readonly<Record<string, number>>;
  readonly categories: Readonly<Record<string, number>>;
  readonly added_up_at: Date;
}

interface ValueSumsTable {
  readonly company: string;
  readonly added_up_at: Date;
}
