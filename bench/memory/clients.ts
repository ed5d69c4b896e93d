/** Systems that send lines, and touchpoints that read, in a process of their own. */
import { Agent, request as httpRequest } from 'node:http';
import { answerParent } from '../support/child.ts';
import { requestOf } from './lines.ts';

/** What the clients do until the time or the work is over. */
export interface ClientsTask {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly clients: number;
  readonly seconds: number;
  readonly work:
    | {
        readonly kind: 'lines';
        /** Requests from this one on, so many. */
        readonly first: number;
        readonly count: number;
        readonly linesEach: number;
        /** Lines of every customer. */
        readonly factsEach: number;
      }
    /** These bodies, round and round; each with its cookie, if any. */
    | {
        readonly kind: 'bodies';
        readonly bodies: readonly string[];
        readonly cookies?: readonly string[];
      };
}

export interface ClientsAnswer {
  readonly seconds: number;
  readonly ms: readonly number[];
  readonly accepted: number;
  readonly refused: number;
}

answerParent(async (task: ClientsTask): Promise<ClientsAnswer> => {
  const agent = new Agent({ keepAlive: true, maxSockets: task.clients });
  const begun = performance.now();
  const end = begun + task.seconds * 1000;
  const ms: number[] = [];
  let [next, accepted, refused] = [0, 0, 0];
  const one = async (sent: Sent): Promise<void> => {
    const start = performance.now();
    const text = await post(task, agent, sent);
    ms.push(performance.now() - start);
    if (task.work.kind !== 'lines') return;
    // What the endpoint answers is the contract's matter.
    const answer = JSON.parse(text) as { accepted: number; refused: number };
    accepted += answer.accepted;
    refused += answer.refused;
  };
  const client = async (): Promise<void> => {
    while (performance.now() < end) {
      const sent = sentAt(task.work, next++);
      if (sent === undefined) return;
      await one(sent);
    }
  };
  await Promise.all(Array.from({ length: task.clients }, client));
  agent.destroy();
  return { seconds: (performance.now() - begun) / 1000, ms, accepted, refused };
});

/** What is sent as the request of this number; nothing once the work is over. */
function sentAt(work: ClientsTask['work'], index: number): Sent | undefined {
  if (work.kind === 'lines') {
    if (index >= work.count) return undefined;
    const { first, linesEach, factsEach } = work;
    return { body: requestOf(first + index, linesEach, factsEach), cookie: undefined };
  }
  const { bodies, cookies } = work;
  return { body: bodies[index % bodies.length] ?? '', cookie: cookies?.[index % cookies.length] };
}

interface Sent {
  readonly body: string;
  readonly cookie: string | undefined;
}

/** Node's own client: that of `fetch` costs as much as the server it asks. */
async function post(task: ClientsTask, agent: Agent, { body, cookie }: Sent): Promise<string> {
  const url = new URL(task.path, task.url);
  const headers = {
    ...task.headers,
    ...(cookie === undefined ? {} : { cookie }),
    'content-length': Buffer.byteLength(body),
  };
  return await new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${task.path} answered ${response.statusCode}: ${text}`));
      });
    });
    sent.setTimeout(60_000, () => sent.destroy(new Error('no answer within a minute')));
    sent.once('error', reject);
    sent.end(body);
  });
}
