import type { Family } from '@keepsake/configurator';
import { type ColumnType, sql } from 'kysely';
import type { Db, Tx } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly families: FamiliesTable;
    readonly family_versions: FamilyVersionsTable;
  }
}

interface FamiliesTable {
  readonly company: string;
  readonly family: string;
  readonly model_hash: string;
  readonly position: number;
  readonly published_at: Date;
}

interface FamilyVersionsTable {
  readonly company: string;
  readonly family: string;
  readonly model_hash: string;
  readonly model: ColumnType<Family, string, string>;
  readonly layers: ColumnType<Readonly<Record<string, string>>, string, string>;
  readonly source: string;
  readonly published_at: Date;
}

/** A version of a family as it is stored. */
export interface FamilyVersion {
  readonly company: string;
  readonly family: string;
  readonly modelHash: string;
  readonly model: Family;
  readonly layers: Readonly<Record<string, string>>;
  readonly publishedAt: Date;
}

/** The hash of the version that customers see, or undefined where the family is not sold. */
export async function findPublishedHash(
  db: Db,
  company: string,
  family: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('families')
    .select('model_hash')
    .where('company', '=', company)
    .where('family', '=', family)
    .executeTakeFirst();
  return row?.model_hash;
}

/** The families of a company in the order in which they were first published. */
export async function listPublished(
  db: Db,
  company: string,
): Promise<readonly { readonly family: string; readonly modelHash: string }[]> {
  const rows = await db
    .selectFrom('families')
    .select(['family', 'model_hash'])
    .where('company', '=', company)
    .orderBy('position')
    .orderBy('family')
    .execute();
  return rows.map((row) => ({ family: row.family, modelHash: row.model_hash }));
}

/** One version of a family. */
export async function findVersion(
  db: Db,
  key: { readonly company: string; readonly family: string; readonly modelHash: string },
): Promise<FamilyVersion | undefined> {
  const row = await db
    .selectFrom('family_versions')
    .selectAll()
    .where('company', '=', key.company)
    .where('family', '=', key.family)
    .where('model_hash', '=', key.modelHash)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { company, family, model, layers, published_at } = row;
  return { company, family, modelHash: row.model_hash, model, layers, publishedAt: published_at };
}

/** Keeps a version, and makes it the one that customers see. Publishing it again changes nothing. */
export async function savePublished(
  tx: Tx,
  version: FamilyVersion & { readonly source: string },
): Promise<void> {
  const { company, family, modelHash, publishedAt } = version;
  await tx
    .insertInto('family_versions')
    .values({
      company,
      family,
      model_hash: modelHash,
      model: JSON.stringify(version.model),
      layers: JSON.stringify(version.layers),
      source: version.source,
      published_at: publishedAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['company', 'family', 'model_hash']).doUpdateSet((row) => ({
        layers: sql<string>`excluded.layers`,
        source: row.ref('excluded.source'),
      })),
    )
    .execute();
  const { count } = await tx
    .selectFrom('families')
    .select((row) => row.fn.countAll<bigint>().as('count'))
    .where('company', '=', company)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('families')
    .values({
      company,
      family,
      model_hash: modelHash,
      position: Number(count),
      published_at: publishedAt,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['company', 'family'])
        .doUpdateSet({ model_hash: modelHash, published_at: publishedAt }),
    )
    .execute();
}
