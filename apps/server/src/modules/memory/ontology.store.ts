import type { Ontology } from '@keepsake/memory';
import type { ColumnType } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

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

/** The vocabulary of a company, or undefined where none was given to it. */
export async function findOntology(db: Db, company: string): Promise<Ontology | undefined> {
  const row = await db
    .selectFrom('ontologies')
    .select('body')
    .where('company', '=', company)
    .executeTakeFirst();
  return row?.body;
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
