import { sql } from 'kysely';
import type { Db } from '../../platform/database/schema.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly family_spaces: FamilySpacesTable;
  }
}

interface FamilySpacesTable {
  readonly company: string;
  readonly family: string;
  readonly model_hash: string;
  readonly format: number;
  readonly content: Uint8Array | null;
  readonly compiled_at: Date;
}

/** Which space file is meant. */
export interface SpaceKey {
  readonly company: string;
  readonly family: string;
  readonly modelHash: string;
  /** The version of the file's format. */
  readonly format: number;
}

/** What is kept of a version's space: its file, or that there is none. */
export interface StoredSpace {
  readonly content: Uint8Array | undefined;
}

/** The space of a version; undefined where it was never compiled in this format. */
export async function findSpace(db: Db, key: SpaceKey): Promise<StoredSpace | undefined> {
  const row = await db
    .selectFrom('family_spaces')
    .select('content')
    .where('company', '=', key.company)
    .where('family', '=', key.family)
    .where('model_hash', '=', key.modelHash)
    .where('format', '=', key.format)
    .executeTakeFirst();
  return row && { content: row.content ?? undefined };
}

/** Keeps a space; the first one stays, for the same version always compiles to the same bytes. */
export async function saveSpace(
  db: Db,
  key: SpaceKey,
  space: StoredSpace & { readonly compiledAt: Date },
): Promise<void> {
  await db
    .insertInto('family_spaces')
    .values({
      company: key.company,
      family: key.family,
      model_hash: key.modelHash,
      format: key.format,
      content: space.content ?? null,
      compiled_at: space.compiledAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The versions of a family, newest first. */
export async function listVersions(
  db: Db,
  key: { readonly company: string; readonly family: string },
): Promise<readonly VersionRow[]> {
  const rows = await db
    .selectFrom('family_versions')
    .leftJoin('families', (join) =>
      join
        .onRef('families.company', '=', 'family_versions.company')
        .onRef('families.family', '=', 'family_versions.family')
        .onRef('families.model_hash', '=', 'family_versions.model_hash'),
    )
    .select([
      'family_versions.model_hash',
      'family_versions.published_at',
      sql<boolean>`families.model_hash is not null`.as('is_current'),
    ])
    .where('family_versions.company', '=', key.company)
    .where('family_versions.family', '=', key.family)
    .orderBy('family_versions.published_at', 'desc')
    .orderBy('family_versions.model_hash')
    .limit(VERSIONS_MAX)
    .execute();
  return rows.map((row) => ({
    modelHash: row.model_hash,
    publishedAt: row.published_at,
    isCurrent: row.is_current,
  }));
}

/** A published version, as a list shows it. */
export interface VersionRow {
  readonly modelHash: string;
  readonly publishedAt: Date;
  readonly isCurrent: boolean;
}

/** Versions that a list holds at most. */
const VERSIONS_MAX = 100;
