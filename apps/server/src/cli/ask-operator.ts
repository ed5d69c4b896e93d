import { type Config, readConfig } from '../platform/config.ts';
import { loadOperatorToken } from '../platform/operator-token.ts';
import { findRunningServer } from '../platform/running-server.ts';
import { askServer, readReply } from './operator-client.ts';

/** What an operator asks for. */
export interface OperatorQuestion {
  /** For example `/api/operator/seed`. */
  readonly path: string;
  readonly body: object;
}

/**
 * Asks the server that runs on the home of the environment; where none runs, one is built for this
 * question alone, without a socket. Throws `OperatorError` where it refuses.
 */
export async function askOperator(question: OperatorQuestion): Promise<unknown> {
  const config = readConfig();
  const server = await findRunningServer(config.home);
  if (server === undefined) return await askHere(config, question);
  const reply = await askServer({ server, home: config.home, ...question });
  return await reply.json();
}

async function askHere(config: Config, { path, body }: OperatorQuestion): Promise<unknown> {
  const { buildServer } = await import('../server.ts');
  const { app, close } = await buildServer({ ...config, logLevel: 'error' });
  try {
    const reply = await app.request(path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${loadOperatorToken(config.home).token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    return await (await readReply(reply)).json();
  } finally {
    await close();
  }
}
