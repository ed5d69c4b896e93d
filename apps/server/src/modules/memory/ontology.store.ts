import type { Ontology } from '@keepsake/memory';
import { type ColumnType, sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { ReadOntology } from './person.store.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly ontologies: OntologiesTable;
  }
}

interface OntologiesTable {
  readonly company: string;
  readonly hash: string;
  readonly body: ColumnType<Ontology, string>;
  readonly updated_at: Date;
}

/**
 * The vocabulary of a company, or null where none was given to it; without its body where the reader
 * has one of this hash.
 */
export async function findOntology(
  db: Db,
  company: string,
  hash: string,
): Promise<ReadOntology | null> {
  const { rows } = await sql<ReadOntology>`
    select hash, case when hash = ${hash} then null else body end as body
    from ontologies where company = ${company}`.execute(db);
  return rows[0] ?? null;
}

/** Puts a vocabulary in place of the one there is. */
export async function upsertOntology(
  tx: Tx,
  row: { readonly company: string; readonly hash: string; readonly updated_at: Date } & {
    readonly body: string;
  },
): Promise<void> {
  await tx
    .insertInto('ontologies')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('company').doUpdateSet((one) => ({
        hash: one.ref('excluded.hash'),
        body: one.ref('excluded.body'),
        updated_at: one.ref('excluded.updated_at'),
      })),
    )
    .execute();
}
