import type { Tx } from '../../platform/database/schema.ts';
import { insertPlant } from './plants.store.ts';
import { insertStock, type NewStock, type PlantKey } from './stock.store.ts';

/** Sets up the plant of a new site with what lies in its bins. */
export async function installPlant(
  tx: Tx,
  key: PlantKey,
  stock: readonly NewStock[],
): Promise<void> {
  await insertPlant(tx, key);
  await insertStock(tx, key, stock);
}
