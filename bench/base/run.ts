/** A whole run on a server, what its requests wait for meanwhile, and the pages afterwards. */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startServer } from '../../apps/server/src/server.ts';
import type { LoadAnswer, LoadTask } from '../choice/load.ts';
import { runChild } from '../support/child.ts';
import { type Distribution, distributionOf, pause } from '../support/measure.ts';
import { COMPANY, MANAGER, type Used, usedBetween, type World } from './world.ts';

/** What a run took. */
export interface RunFigures {
  readonly used: Used;
  /** Resident memory before and at most, in megabytes. */
  readonly before: number;
  readonly most: number;
  /** How much later than due the first thread came to what was due, in milliseconds. */
  readonly delay: Distribution;
}

/** What a list or page took, asked one after the other. */
export interface PageFigures {
  readonly what: string;
  readonly ms: Distribution;
  readonly failures: string;
}

interface Run {
  readonly run: string;
  readonly state: string;
}

const RUN_SECONDS_MAX = 900;
const [DELAY_EVERY_MS, MEMORY_EVERY_MS, ASKED_EVERY_MS] = [5, 20, 250];
/** Times that a page is asked for before it is measured. */
const WARM_UP = 10;
const LOAD_FILE = join(import.meta.dirname, '../choice/load.ts');

const PAGES: readonly (readonly [what: string, path: string])[] = [
  ['portfolio', ''],
  ['customers by value', '/customers'],
  ['open reviews', '/reviews'],
  ['customers by growth', '/customers?sort=growth'],
  ['customers by what is at stake', '/customers?sort=atStake'],
  ['customers to maintain', '/customers?tier=maintain'],
  ['customers below zero', '/customers?tier=below-zero&sort=belowZero'],
];

/** For how long each page is asked for, and how many of them are. */
export interface PagesWish {
  readonly pageSeconds: number;
  readonly pagesMax: number;
}

/** Starts a server on the database, runs, and asks for pages, if any. */
export async function measureRun(
  world: World,
  { pageSeconds, pagesMax }: PagesWish,
): Promise<{ readonly run: RunFigures; readonly pages: readonly PageFigures[] }> {
  const { config, database, clock } = world;
  const server = await startServer(config, { database, clock });
  try {
    const base = `${server.url}/api/c/${COMPANY}/value`;
    const cookie = await signIn(server.url);
    const run = await runOnce(world, { base, cookie });
    const pages: PageFigures[] = [];
    for (const [what, path] of PAGES.slice(0, pagesMax)) {
      for (let i = 0; i < WARM_UP; i++) {
        await (await fetch(base + path, { headers: { cookie } })).text();
      }
      const of = { url: server.url, path: `${new URL(base).pathname}${path}`, cookie };
      pages.push({ what, ...(await ask({ ...of, seconds: pageSeconds })) });
    }
    // Requests that were cut off at the end of their time are still being answered.
    await pause(2_000);
    return { run, pages };
  } finally {
    await server.close();
  }
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(MANAGER),
  });
  if (!response.ok) throw new Error(`nobody was signed in: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function runOnce(
  { used }: World,
  { base, cookie }: { readonly base: string; readonly cookie: string },
): Promise<RunFigures> {
  const headers = { cookie, 'content-type': 'application/json' };
  const call = async (path: string, body?: object): Promise<Run> => {
    const how = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(base + path, { ...how, headers });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    // What the endpoint answers is the contract's matter.
    return (await response.json()) as Run;
  };
  const resident = (): number => process.memoryUsage().rss / 1e6;
  const before = resident();
  let most = before;
  const memory = setInterval(() => {
    most = Math.max(most, resident());
  }, MEMORY_EVERY_MS);
  const delays = monitorEventLoopDelay({ resolution: DELAY_EVERY_MS });
  delays.enable();
  const begun = used();
  try {
    const { run } = await call('/runs', { months: 0 });
    let state = 'queued';
    while (state === 'queued' || state === 'running') {
      if (used().seconds - begun.seconds > RUN_SECONDS_MAX) throw new Error('a run takes too long');
      await pause(ASKED_EVERY_MS);
      ({ state } = await call(`/runs/${run}`));
    }
    const took = usedBetween(begun, used());
    if (state !== 'done') throw new Error(`a run ${state}`);
    // It is told how long lies between two looks.
    const late = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - DELAY_EVERY_MS);
    const [p50, p99, max] = [delays.percentile(50), delays.percentile(99), delays.max].map(late);
    const delay = { count: delays.count, p50: p50 ?? 0, p99: p99 ?? 0, max: max ?? 0 };
    return { used: took, before, most, delay };
  } finally {
    clearInterval(memory);
    delays.disable();
  }
}

async function ask(of: {
  readonly url: string;
  readonly path: string;
  readonly cookie: string;
  readonly seconds: number;
}): Promise<Omit<PageFigures, 'what'>> {
  const { url, path, cookie, seconds } = of;
  const lists = [[{ method: 'GET', path, headers: { cookie } }]];
  const task: LoadTask = { url, lists, seconds };
  const answer = await runChild<LoadTask, LoadAnswer>(LOAD_FILE, task, seconds + 60);
  const failures = Object.entries(answer.failures).map(([what, times]) => `${what}: ${times}`);
  return { ms: distributionOf(answer.durationsMs), failures: failures.join(', ') || 'none' };
}
