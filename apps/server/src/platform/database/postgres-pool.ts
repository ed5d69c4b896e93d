import { createHash } from 'node:crypto';
import { Client, Pool, types } from 'pg';

/** How to reach a PostgreSQL server. */
export interface PostgresOptions {
  readonly url: string;
  readonly connectionsMax: number;
  readonly statementLimitMs: number;
  /** Told of a connection that broke, in use or not. */
  readonly onLost: (error: Error) => void;
}

const INT8 = 20;
const BYTEA = 17;
const DATE = 1082;

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, (text) => BigInt(text)],
  [DATE, (text) => text],
  [BYTEA, (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))],
]);

/** A statement that begins so is planned once for each connection; its text is always the same. */
const PREPARED = '/* prepared */';
const names = new Map<string, string>();

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `keepsake ${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
  names.set(text, name);
  return name;
}

/** A connection that gives such statements their name. */
class PreparingClient extends Client {
  override query(...asked: unknown[]): never {
    const [text, values, ...rest] = asked;
    const isPrepared = typeof text === 'string' && text.startsWith(PREPARED);
    const query = isPrepared ? [{ name: nameOf(text), text, values }, ...rest] : asked;
    // Whatever form it was asked in is passed on as it is.
    return Reflect.apply(super.query, this, query) as never;
  }
}

/** A pool whose rows look just like those of the embedded engine. Nothing is connected yet. */
export function postgresPool(options: PostgresOptions): Pool {
  const pool = new Pool({
    Client: PreparingClient,
    connectionString: options.url,
    application_name: 'keepsake',
    max: options.connectionsMax,
    connectionTimeoutMillis: 10_000,
    statement_timeout: options.statementLimitMs,
    idle_in_transaction_session_timeout: 60_000,
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        (format ?? 'text') === 'text'
          ? (parsers.get(oid) ?? types.getTypeParser(oid, 'text'))
          : types.getTypeParser(oid, 'binary')) as typeof types.getTypeParser,
    },
  });
  // The pool listens to connections that nobody uses alone. One that breaks in use fails its query,
  // and says so a second time by itself: unheard, that would end the process.
  pool.on('connect', (client) => client.on('error', options.onLost));
  pool.on('error', () => undefined);
  return pool;
}
