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

/** Which version of a family is meant, and when it was last written: enough to find it in memory. */
export interface VersionStamp {
  readonly modelHash: string;
  readonly publishedAt: Date;
}

/** The stamp of the version that customers see, or of the one named; undefined where there is none. */
export async function findStamp(
  db: Db,
  key: {
    readonly company: string;
    readonly family: string;
    readonly modelHash?: string | undefined;
  },
): Promise<VersionStamp | undefined> {
  let query = db
    .selectFrom('family_versions')
    .select(['family_versions.model_hash', 'family_versions.published_at'])
    .where('family_versions.company', '=', key.company)
    .where('family_versions.family', '=', key.family);
  query =
    key.modelHash === undefined
      ? query.innerJoin('families', (join) =>
          join
            .onRef('families.company', '=', 'family_versions.company')
            .onRef('families.family', '=', 'family_versions.family')
            .onRef('families.model_hash', '=', 'family_versions.model_hash'),
        )
      : query.where('family_versions.model_hash', '=', key.modelHash);
  const row = await query.executeTakeFirst();
  return row && { modelHash: row.model_hash, publishedAt: row.published_at };
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
