import { loadOperatorToken } from '../platform/operator-token.ts';
import type { RunningServer } from '../platform/running-server.ts';

/** Thrown when the running server refuses; the message is the server's own. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What the command line needs to ask a running server. */
export interface OperatorCall {
  readonly server: RunningServer;
  readonly home: string;
  /** For example `/api/operator/backup`. */
  readonly path: string;
  readonly body: object;
}

/** Asks the server that runs on a home, with the token of that home. */
export async function askServer({ server, home, path, body }: OperatorCall): Promise<Response> {
  const reply = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${loadOperatorToken(home).token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return await readReply(reply);
}

/** What of a problem is worth reading at a terminal. */
interface ProblemWords {
  readonly type?: string;
  readonly title?: string;
  readonly advice?: string;
  readonly detail?: string;
  readonly orders?: readonly string[];
}

/** The reply itself where it is a good one; throws `OperatorError` with its words where not. */
export async function readReply(reply: Response): Promise<Response> {
  if (reply.ok) return reply;
  const problem: unknown = await reply.json().catch(() => ({}));
  const { type, title, advice, detail, orders } = problem as ProblemWords;
  const named = orders?.join(', ');
  const words = [title ?? `The server answered ${reply.status}`, advice, detail, named];
  const said = words.flatMap((each) => each?.replace(/\.$/, '') || []);
  throw new OperatorError(type ?? String(reply.status), `${said.join('. ')}.`);
}
