import type { Scope } from '@keepsake/memory';
import type { ColumnType } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Who } from './memory-deps.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly applications: ApplicationsTable;
  }
}

interface ApplicationsTable {
  readonly company: string;
  readonly subject: string;
  readonly id: string;
  readonly order_id: string;
  readonly operation: string;
  readonly position: number;
  readonly predicate: string;
  readonly scope: ColumnType<Scope, string>;
  readonly fact_ids: ColumnType<readonly string[], string>;
  readonly evidence: ColumnType<readonly string[], string>;
  readonly touchpoint: string;
  readonly site: string;
  readonly applied_at: Date;
  readonly deadline_at: Date;
  readonly outcome: 'kept' | 'rejected' | null;
  readonly outcome_at: Date | null;
  readonly reason: Uint8Array | null;
}

/** An instruction given to the makers, as it is read. */
export type ApplicationRow = Omit<ApplicationsTable, 'scope' | 'fact_ids' | 'evidence'> & {
  readonly scope: Scope;
  readonly fact_ids: readonly string[];
  readonly evidence: readonly string[];
};

/** An instruction given to the makers, as it is written. */
export type ApplicationInsert = Omit<ApplicationsTable, 'scope' | 'fact_ids' | 'evidence'> & {
  readonly scope: string;
  readonly fact_ids: string;
  readonly evidence: string;
};

/** Puts these instructions in place of those of the order that have no outcome yet. */
export async function replaceApplications(
  tx: Tx,
  who: Who,
  order: string,
  rows: readonly ApplicationInsert[],
): Promise<void> {
  await tx
    .deleteFrom('applications')
    .where('company', '=', who.company)
    .where('order_id', '=', order)
    .where('outcome', 'is', null)
    .execute();
  if (rows.length === 0) return;
  await tx
    .insertInto('applications')
    .values([...rows])
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The instructions of an operation of an order that have no outcome yet, in their order. */
export async function listOpenApplications(
  db: Db,
  company: string,
  at: { readonly order: string; readonly operation: string },
): Promise<readonly ApplicationRow[]> {
  return await db
    .selectFrom('applications')
    .selectAll()
    .where('company', '=', company)
    .where('order_id', '=', at.order)
    .where('operation', '=', at.operation)
    .where('outcome', 'is', null)
    .orderBy('position')
    .execute();
}

/** Writes what became of an instruction. */
export async function updateOutcome(
  tx: Tx,
  row: Who & { readonly id: string },
  outcome: { readonly kind: 'kept' | 'rejected'; readonly at: Date } & {
    readonly reason: Uint8Array | null;
  },
): Promise<void> {
  await tx
    .updateTable('applications')
    .set({ outcome: outcome.kind, outcome_at: outcome.at, reason: outcome.reason })
    .where('company', '=', row.company)
    .where('subject', '=', row.subject)
    .where('id', '=', row.id)
    .execute();
}
