import { readConfig } from '../platform/config.ts';
import { loadOperatorToken } from '../platform/operator-token.ts';
import { findRunningServer } from '../platform/running-server.ts';
import { OperatorError, readReply } from './operator-client.ts';

/** A server that is asked many times. */
export interface OperatorSession {
  /** Sends lines of JSON; answers what the server does. Throws `OperatorError` where it refuses. */
  send(path: string, lines: string): Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Goes to the server that runs on the home of the environment; where none runs, one is built without
 * a socket until `close`.
 */
export async function openOperator(): Promise<OperatorSession> {
  const config = readConfig();
  const server = await findRunningServer(config.home);
  const requestOf = (lines: string): RequestInit => ({
    method: 'POST',
    headers: {
      authorization: `Bearer ${loadOperatorToken(config.home).token}`,
      'content-type': 'application/x-ndjson',
    },
    body: lines,
  });
  if (server !== undefined) {
    return {
      send: async (path, lines) => {
        const reply = await fetch(`${server.url}${path}`, requestOf(lines)).catch(lost);
        return await (await readReply(reply)).json();
      },
      close: async () => {},
    };
  }
  const { buildServer } = await import('../server.ts');
  const { app, close } = await buildServer({ ...config, logLevel: 'error' });
  return {
    send: async (path, lines) =>
      await (await readReply(await app.request(path, requestOf(lines)))).json(),
    close,
  };
}

function lost(cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new OperatorError('server/lost', `The server does not answer any more: ${why}.`);
}
