/** Asks a server from a process of its own, over as many connections as there are lists. */
import autocannon, { type Client, type Request } from 'autocannon';
import { answerParent } from '../support/child.ts';

/** What to ask: each connection goes through its own list, again and again. */
export interface LoadTask {
  readonly url: string;
  readonly lists: readonly (readonly Request[])[];
  readonly seconds: number;
}

/** How long every answer took, in milliseconds, and how many answers were not good. */
export interface LoadAnswer {
  readonly durationsMs: readonly number[];
  readonly seconds: number;
  readonly failures: Readonly<Record<string, number>>;
}

answerParent(async ({ url, lists, seconds }: LoadTask): Promise<LoadAnswer> => {
  const durationsMs: number[] = [];
  const failures: Record<string, number> = {};
  const fail = (what: string): void => {
    failures[what] = (failures[what] ?? 0) + 1;
  };
  let next = 0;
  const running = autocannon({
    url,
    connections: lists.length,
    duration: seconds,
    setupClient: (client: Client) => client.setRequests(lists[next++ % lists.length] ?? []),
  });
  running.on('response', (_client: Client, status: number, _bytes: number, ms: number) => {
    if (status === 200) durationsMs.push(ms);
    else fail(String(status));
  });
  running.on('reqError', () => fail('no answer'));
  const outcome = await running;
  return { durationsMs, seconds: outcome.duration, failures };
});
