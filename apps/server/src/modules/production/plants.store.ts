import type { Db, Tx } from '../../platform/database/schema.ts';
import type { PlantKey } from './stock.store.ts';

declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly plants: PlantsTable;
  }
}

interface PlantsTable {
  readonly company: string;
  readonly site: string;
  readonly version: bigint;
}

export async function insertPlant(tx: Tx, key: PlantKey): Promise<void> {
  await tx
    .insertInto('plants')
    .values({ ...key, version: 0n })
    .execute();
}

/** The version of a plant, or undefined where there is none. */
export async function findPlantVersion(db: Db, key: PlantKey): Promise<number | undefined> {
  const row = await db
    .selectFrom('plants')
    .select('version')
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .executeTakeFirst();
  return row && Number(row.version);
}

/** Every plant there is. */
export async function listPlants(db: Db): Promise<readonly PlantKey[]> {
  return await db
    .selectFrom('plants')
    .select(['company', 'site'])
    .orderBy('company')
    .orderBy('site')
    .execute();
}

/**
 * The version of a plant, which nobody else can move until this transaction ends: a second writer
 * waits here. Undefined where there is no such plant.
 */
export async function lockPlant(tx: Tx, key: PlantKey): Promise<number | undefined> {
  const row = await tx
    .selectFrom('plants')
    .select('version')
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .forUpdate()
    .executeTakeFirst();
  return row && Number(row.version);
}

/** Writes the version of a plant whose lock this transaction holds. */
export async function savePlantVersion(tx: Tx, key: PlantKey, version: number): Promise<void> {
  await tx
    .updateTable('plants')
    .set({ version: BigInt(version) })
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .execute();
}
