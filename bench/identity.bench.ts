/** Identity resolution: what is joined beside the truth, how it grows, and one record more. */
import { measureGrowth, measureOneByOne } from './identity/growth.ts';
import { measureQuality } from './identity/quality.ts';
import { bench } from './support/bench.ts';

await bench('identity', async ({ isQuick }) => ({
  tables: [
    ...measureQuality(isQuick ? 1000 : 4000),
    measureGrowth(isQuick ? [1000, 5000] : [1000, 5000, 10_000, 50_000]),
    measureOneByOne(isQuick ? 2000 : 20_000),
  ],
}));
