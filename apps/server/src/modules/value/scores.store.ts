import type { Tier } from '@keepsake/value';
import { sql } from 'kysely';
import { type Column, insertRows } from '../../platform/database/insert-rows.ts';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { ScoreBody } from './run-body.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_scores: ValueScoresTable;
  }
}

/** What the last run says of one customer. Amounts are in units of the currency. */
export interface ValueScoresTable {
  readonly company: string;
  readonly person: string;
  readonly run: string;
  readonly tier: Tier;
  readonly value: number;
  /** Central interval of nine tenths. */
  readonly low: number;
  readonly high: number;
  readonly below_zero: number;
  readonly alive: number;
  readonly growth: number;
  readonly potential: number;
  readonly at_stake: number;
  readonly main_driver: string | null;
  readonly main_amount: number | null;
  readonly body: ScoreBody;
  /** What the run gives when it ends; null where it leaves the tier that stands. */
  readonly next_tier?: Tier | null | undefined;
  readonly next_since?: Date | null | undefined;
  readonly next_expires?: Date | null | undefined;
  readonly next_candidate?: Tier | null | undefined;
  readonly next_candidate_runs?: number | null | undefined;
  /** The version of the tier that this follows from: see `StandingTier`. */
  readonly stood?: string | null | undefined;
}

/** A row whose body is JSON already. */
export type ScoreRow = Omit<ValueScoresTable, 'body'> & { readonly body: string };

const COLUMNS: readonly Column<ScoreRow>[] = [
  { name: 'person', type: 'uuid', of: (row) => row.person },
  { name: 'company', type: 'text', of: (row) => row.company },
  { name: 'run', type: 'uuid', of: (row) => row.run },
  { name: 'tier', type: 'text', of: (row) => row.tier },
  { name: 'value', type: 'double precision', of: (row) => row.value },
  { name: 'low', type: 'double precision', of: (row) => row.low },
  { name: 'high', type: 'double precision', of: (row) => row.high },
  { name: 'below_zero', type: 'double precision', of: (row) => row.below_zero },
  { name: 'alive', type: 'double precision', of: (row) => row.alive },
  { name: 'growth', type: 'double precision', of: (row) => row.growth },
  { name: 'potential', type: 'double precision', of: (row) => row.potential },
  { name: 'at_stake', type: 'double precision', of: (row) => row.at_stake },
  { name: 'main_driver', type: 'text', of: (row) => row.main_driver },
  { name: 'main_amount', type: 'double precision', of: (row) => row.main_amount },
  { name: 'body', type: 'jsonb', of: (row) => row.body },
  { name: 'next_tier', type: 'text', of: (row) => row.next_tier ?? null },
  { name: 'next_since', type: 'timestamptz', of: (row) => row.next_since ?? null },
  { name: 'next_expires', type: 'timestamptz', of: (row) => row.next_expires ?? null },
  { name: 'next_candidate', type: 'text', of: (row) => row.next_candidate ?? null },
  { name: 'next_candidate_runs', type: 'integer', of: (row) => row.next_candidate_runs ?? null },
  { name: 'stood', type: 'text', of: (row) => row.stood ?? null },
];

/** Adds what a run says of customers who are there: see `lockPresent`. */
export async function insertScores(tx: Tx, rows: readonly ScoreRow[]): Promise<void> {
  await insertRows(tx, 'value_scores', rows, COLUMNS);
}

/**
 * Those of these persons who have not been erased, locked so that nobody is before this transaction
 * has ended. In the order of their ids, like everybody who locks several.
 */
export async function lockPresent(
  tx: Tx,
  company: string,
  persons: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from subjects
    where company = ${company} and id = any(${`{${persons.join(',')}}`}::uuid[])
    order by id for key share`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Deletes what a run said so far. */
export async function deleteScores(tx: Tx, company: string, run: string): Promise<void> {
  await tx
    .deleteFrom('value_scores')
    .where('company', '=', company)
    .where('run', '=', run)
    .execute();
}

/** Deletes what all other runs said. */
export async function deleteOtherScores(tx: Tx, company: string, run: string): Promise<void> {
  await tx
    .deleteFrom('value_scores')
    .where('company', '=', company)
    .where('run', '<>', run)
    .execute();
}

/** How many customers a run scored, and what they are worth together. */
export async function sumScores(
  db: Db,
  company: string,
  run: string,
): Promise<{ readonly customers: number; readonly equity: number }> {
  const { rows } = await sql<{ customers: number; equity: number }>`
    select count(*)::int as customers, coalesce(sum(value order by person), 0) as equity
    from value_scores where company = ${company} and run = ${run}`.execute(db);
  return rows[0] ?? { customers: 0, equity: 0 };
}
