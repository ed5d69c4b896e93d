/** What customers are worth: fits of purchase models beside published ones, as bases grow, intervals, and decisions. */
import { bench } from './support/bench.ts';
import { measureBrokenFiles } from './value/broken-file.ts';
import { measureCoverage } from './value/coverage.ts';
import { measureDecisions } from './value/decisions.ts';
import { measureFits } from './value/fits.ts';
import { measureHoldOut } from './value/holdout.ts';
import { measurePublished } from './value/published.ts';
import { drawStreams, measureStreams, streamCharts } from './value/stream.ts';

await bench('value', async ({ isQuick }) => {
  const published = measurePublished();
  const holdOut = measureHoldOut();
  const streams = measureStreams(isQuick ? [100_000] : [100_000, 1_000_000, 10_000_000]);
  const charts = streamCharts(streams);
  if (!isQuick) drawStreams(charts);
  return {
    charts,
    tables: [
      ...(published === undefined ? [] : [published]),
      ...(holdOut === undefined ? [] : [holdOut]),
      measureFits(isQuick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000]),
      streams,
      await measureBrokenFiles(isQuick ? [100_000] : [1_000_000, 10_000_000]),
      measureCoverage(isQuick ? 20_000 : 60_000),
      measureDecisions({ isQuick }),
    ],
  };
});
