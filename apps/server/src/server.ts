/** The composition root: builds what there is, from settings, and puts it together. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Clock, Random } from '@keepsake/kernel';
import type { RunningModules } from './modules/register.ts';
import { systemRandom } from './platform/chance.ts';
import { systemClock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import { type Database, openDatabase } from './platform/database/database.ts';
import type { Deps } from './platform/deps.ts';
import { type App, createApp } from './platform/http/app.ts';
import { createKeys } from './platform/keys.ts';
import { createLog, type Log } from './platform/log.ts';
import { assertKeysFit, loadMasterKey } from './platform/master-key.ts';
import { createMetrics } from './platform/metrics.ts';
import { loadOperatorToken } from './platform/operator-token.ts';
import { announceServer, withdrawServer } from './platform/running-server.ts';

/** What tests put in place of the machine's own. A given database is not closed with the server. */
export interface ServerOverrides {
  readonly database?: Database;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly log?: Log;
}

/** A server without a socket: `app.request('/healthz')` asks it. */
export interface BuiltServer {
  readonly app: App;
  readonly deps: Deps;
  /** Ends background work and closes the database. */
  close(): Promise<void>;
}

/** Opens the database, brings it up to date and builds the application on it. */
export async function buildServer(
  config: Config,
  overrides: ServerOverrides = {},
): Promise<BuiltServer> {
  const log = overrides.log ?? createLog(config.logLevel);
  const clock = overrides.clock ?? systemClock;
  const random = overrides.random ?? systemRandom;
  const metrics = createMetrics();
  const opening =
    overrides.database ??
    openDatabase({
      source: config.database,
      onStatement: metrics.statement,
      onLost: (error) => log.warn({ error }, 'a database connection was lost'),
    });
  // The embedded engine opens in a thread of its own: meanwhile this one reads the modules.
  const [database, { registerModules }] = await Promise.all([
    opening,
    import('./modules/register.ts'),
  ]);
  const closeDatabase = async (): Promise<void> => {
    if (overrides.database === undefined) await database.close();
  };
  try {
    const keys = createKeys(config.masterKey ?? loadMasterKey(config.home), clock);
    await assertKeysFit(database, keys);
    const deps: Deps = { config, database, keys, clock, random, log, metrics };
    let modules: RunningModules | undefined;
    const app = createApp(deps, loadOperatorToken(config.home), (into) => {
      modules = registerModules(into, deps);
    });
    await modules?.start();
    return {
      app,
      deps,
      close: async () => {
        await modules?.stop();
        await closeDatabase();
      },
    };
  } catch (error) {
    await closeDatabase();
    throw error;
  }
}

/** A server that listens. */
export interface StartedServer extends BuiltServer {
  /** Where it listens; the port is the real one, also where the settings said 0. */
  readonly url: string;
}

/** For how long requests that are being answered may go on once the server is told to stop. */
const DRAIN_MS = 10_000;

/** Builds the server and listens. `close` lets requests finish for up to 10 s before it ends. */
export async function startServer(
  config: Config,
  overrides: ServerOverrides = {},
): Promise<StartedServer> {
  const built = await buildServer(config, overrides);
  const listener = getRequestListener((request, bindings) =>
    // Over TCP the bindings are those of HTTP/1.
    built.app.fetch(request, bindings as HttpBindings),
  );
  const http = createServer(listener);
  http.requestTimeout = 60_000;
  try {
    await new Promise<void>((resolve, reject) => {
      http.once('error', reject);
      http.listen(config.port, config.host, resolve);
    });
  } catch (error) {
    await built.close();
    throw error;
  }
  // A server that listens on TCP has an address of this shape.
  const { port } = http.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  announceServer(config.home, { pid: process.pid, url: `http://${localName(host)}:${port}` });
  return {
    ...built,
    url: config.publicUrl.endsWith(':0') ? `http://${localName(host)}:${port}` : config.publicUrl,
    close: async () => {
      withdrawServer(config.home);
      await new Promise<void>((resolve) => {
        const force = setTimeout(() => http.closeAllConnections(), DRAIN_MS);
        http.close(() => {
          clearTimeout(force);
          resolve();
        });
        http.closeIdleConnections();
      });
      await built.close();
    },
  };
}

/** A name under which this machine reaches a listening address. */
function localName(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  return host === '[::]' ? '[::1]' : host;
}
