/** Customers who order as fast as they are answered, in a process of their own. */
import { answerParent } from '../support/child.ts';

/** A customer who is signed in, with designs that are saved. */
export interface Client {
  readonly company: string;
  readonly family: string;
  readonly delivery: string;
  readonly cookie: string;
  readonly designs: readonly {
    readonly id: string;
    readonly version: number;
    readonly decisions: readonly object[];
  }[];
}

export interface OrdersTask {
  readonly url: string;
  readonly clients: readonly Client[];
  /** All clients together stop after so many tries, or after so many seconds. */
  readonly tries: number;
  readonly seconds: number;
}

export interface OrdersAnswer {
  readonly seconds: number;
  readonly quoteMs: readonly number[];
  readonly placeMs: readonly number[];
  /** When each order was accepted, in milliseconds from the beginning. */
  readonly acceptedAt: readonly number[];
  readonly acceptedIds: readonly { readonly company: string; readonly id: string }[];
  /** Answers *the date has moved*, each followed by another try at the new date. */
  readonly moved: number;
  /** All other refusals, by code. */
  readonly refusals: Readonly<Record<string, number>>;
}

const MOVES_MAX = 8;

interface Reply {
  readonly status: number;
  readonly ms: number;
  /** The fields of quotes, orders and problems that are read here. */
  readonly body: {
    readonly id?: string;
    readonly type?: string;
    readonly total?: object;
    readonly ready?: string;
    readonly promise?: { readonly ready: string };
  };
}

interface Shown {
  readonly total: unknown;
  readonly ready: unknown;
}

answerParent(async (task: OrdersTask): Promise<OrdersAnswer> => {
  const begun = performance.now();
  const since = (): number => performance.now() - begun;
  const quoteMs: number[] = [];
  const placeMs: number[] = [];
  const acceptedAt: number[] = [];
  const acceptedIds: { company: string; id: string }[] = [];
  const refusals: Record<string, number> = {};
  let moved = 0;
  let left = task.tries;

  const refuse = ({ status, body }: Reply): void => {
    const code = String(body.type ?? status);
    refusals[code] = (refusals[code] ?? 0) + 1;
  };

  const place = async (client: Client, design: Client['designs'][number]): Promise<void> => {
    const quoted = await quote(task.url, client, design);
    if (quoted.status !== 200) return refuse(quoted);
    quoteMs.push(quoted.ms);
    let shown: Shown = { total: quoted.body.total, ready: quoted.body.promise?.ready };
    for (let move = 0; ; move++) {
      const placed = await order(task.url, { client, design, shown });
      placeMs.push(placed.ms);
      if (placed.status === 201) {
        acceptedAt.push(since());
        acceptedIds.push({ company: client.company, id: String(placed.body.id) });
        return;
      }
      if (placed.body.type !== 'promise/moved' || move === MOVES_MAX) return refuse(placed);
      moved += 1;
      shown = { ...shown, ready: placed.body.ready };
    }
  };

  await Promise.all(
    task.clients.map(async (client) => {
      for (let i = 0; left > 0 && since() < task.seconds * 1000; i++) {
        left -= 1;
        const design = client.designs[i % client.designs.length];
        if (design !== undefined) await place(client, design);
      }
    }),
  );
  const seconds = since() / 1000;
  return { seconds, quoteMs, placeMs, acceptedAt, acceptedIds, moved, refusals };
});

async function quote(
  url: string,
  { company, family, delivery, cookie }: Client,
  { decisions }: Client['designs'][number],
): Promise<Reply> {
  const path = `/api/c/${company}/families/${family}/quote`;
  return await post(url + path, cookie, { decisions, delivery });
}

async function order(
  url: string,
  { client, design, shown }: { client: Client; design: Client['designs'][number]; shown: Shown },
): Promise<Reply> {
  const { company, delivery, cookie } = client;
  const { id, version } = design;
  return await post(`${url}/api/c/${company}/orders`, cookie, {
    ...{ design: id, version, delivery, shown, remember: false },
  });
}

async function post(url: string, cookie: string, body: object): Promise<Reply> {
  const start = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
  const answer = (await response.json()) as Reply['body'];
  return { status: response.status, ms: performance.now() - start, body: answer };
}
