/** The solution space of models: compiling, every answer after a choice, and who else answers. */

import { measureFeatures } from './space/features.ts';
import { drawGrowth, measureGrowth } from './space/growth.ts';
import { comparePeers } from './space/peer-tables.ts';
import { measureBundles, sizesTable } from './space/sizes.ts';
import { measureTables } from './space/tables.ts';
import { bench } from './support/bench.ts';

await bench('space', async (options) => {
  const tables = await measureTables(options);
  const features = await measureFeatures(options);
  const peers = await comparePeers(options);
  const bundles = await measureBundles();
  const growth = await measureGrowth(options);
  if (!options.isQuick) drawGrowth(growth);
  return {
    tables: [
      tables.table,
      features,
      peers,
      sizesTable([...bundles, ...tables.files]),
      ...growth.tables,
    ],
    charts: growth.charts,
  };
});
