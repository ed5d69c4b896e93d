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
 * The fence: moves a plant from one version to the next. False when another writer was there first;
 * the row stays locked for this transaction.
 */
export async function advancePlant(
  tx: Tx,
  key: PlantKey,
  versions: { readonly from: number; readonly to: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('plants')
    .set({ version: BigInt(versions.to) })
    .where('company', '=', key.company)
    .where('site', '=', key.site)
    .where('version', '=', BigInt(versions.from))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
