import { Counter } from 'prom-client';
import type { Metrics } from '../../platform/metrics.ts';

const ASKS = 'keepsake_memory_answers_total';
const REPEATS = 'keepsake_memory_repeat_asks_total';

/** Counts what memory answered, and the questions put although their answer was there. */
export function countAsks(metrics: Metrics, outcomes: readonly string[], repeats: number): void {
  const asks = once(metrics, ASKS, 'What memory answered to a need, by outcome.', ['outcome']);
  const repeated = once(metrics, REPEATS, 'Questions put although their answer was known.', []);
  for (const outcome of outcomes) asks.inc({ outcome });
  repeated.inc(repeats);
}

/** The counter of this name; a registry takes each name once. */
function once(metrics: Metrics, name: string, help: string, labels: readonly string[]): Counter {
  const known = metrics.registry.getSingleMetric(name);
  return known instanceof Counter ? known : metrics.counter(name, help, labels);
}
