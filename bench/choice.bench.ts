/** How long a customer waits for the answer to a choice: in the engine alone, and over HTTP. */
import { measureAnswers } from './choice/answers.ts';
import { measureBackends } from './choice/backends.ts';
import { measureGrowth } from './choice/growth.ts';
import { measureHttp } from './choice/http.ts';
import { bench } from './support/bench.ts';

await bench('choice', async (options) => {
  const answers = measureAnswers(options);
  const backends = measureBackends(options);
  const growth = measureGrowth(options);
  const http = await measureHttp(options);
  return { tables: [...answers, backends, growth.table, http], charts: [growth.chart] };
});
