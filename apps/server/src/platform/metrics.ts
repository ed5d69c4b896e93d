import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What the server measures of itself, in the text format of Prometheus. */
export interface Metrics {
  readonly registry: Registry;
  /** One answered request: its route pattern (never its path), method, status and seconds. */
  request(route: string, method: string, status: number, seconds: number): void;
  /** One statement: its seconds and whether it was refused. */
  statement(seconds: number, isRefused: boolean): void;
  /** A gauge that is read when it is asked for. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** A counter; names end in `_total`. */
  counter(name: string, help: string, labels?: readonly string[]): Counter;
}

const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const STATEMENT_SECONDS = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** Makes the measures of one server; each has a registry of its own. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'keepsake_http_request_seconds',
    help: 'How long requests took, by route pattern, method and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const statements = new Histogram({
    name: 'keepsake_database_statement_seconds',
    help: 'How long database statements took, by outcome.',
    labelNames: ['outcome'],
    buckets: STATEMENT_SECONDS,
    registers,
  });
  return {
    registry,
    request: (route, method, status, seconds) => {
      requests.observe({ route, method, status: String(status) }, seconds);
    },
    statement: (seconds, isRefused) => {
      statements.observe({ outcome: isRefused ? 'refused' : 'ok' }, seconds);
    },
    gauge: (name, help, read) => {
      const gauge: Gauge = new Gauge({
        name,
        help,
        registers,
        collect: async () => gauge.set(await read()),
      });
    },
    counter: (name, help, labels = []) =>
      new Counter({ name, help, labelNames: labels, registers }),
  };
}
