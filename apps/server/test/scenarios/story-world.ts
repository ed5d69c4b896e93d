/** The demo companies on a clock that stands, and the verbs of the story. */
import { DAY_MS } from '@keepsake/kernel';
import { seedDemo } from '../../src/modules/operator/index.ts';
import { createPasswords } from '../../src/modules/staff/index.ts';
import type { Database } from '../../src/platform/database/database.ts';
import {
  type Answer,
  openTestServer,
  signInCustomer,
  signInStaffAs,
  type TestServer,
} from '../support/test-server.ts';

export type Choice = readonly [attribute: string, value: string | number | boolean];

/** A server with the demo companies, and how to act in it. */
export interface StoryWorld {
  readonly server: TestServer;
  readonly password: string;
  /** Calls and expects a status; answers the body. */
  ask(path: string, how?: Parameters<TestServer['call']>[1], status?: number): Promise<Answer>;
  staff(email: string): Promise<string>;
  customer(company: string, email: string): Promise<string>;
  days(count: number): void;
}

const START = '2026-12-01T09:00:00.000Z';

export async function openStory(database?: Database): Promise<StoryWorld> {
  const server = await openTestServer({
    now: START,
    ...(database === undefined ? {} : { database }),
  });
  const seeded = await seedDemo(server.deps, createPasswords(1));
  const password = /Password: (\S+)/.exec(seeded.signIn ?? '')?.[1] ?? '';
  return {
    server,
    password,
    ask: async (path, how, status = 200) => {
      const answer = await server.call(path, how);
      if (answer.status !== status) {
        throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 900)}`);
      }
      return answer;
    },
    staff: (email) => signInStaffAs(server, email, password),
    customer: (company, email) => {
      // Mails of one instant have no order: the link asked for now is to be the newest.
      server.clock.advance(1_000);
      return signInCustomer(server, company, email);
    },
    days: (count) => server.clock.advance(count * DAY_MS),
  };
}

/** Choices as the API takes them. */
export function decisionsOf(
  choices: readonly Choice[],
): readonly { readonly attribute: string; readonly value: string | number | boolean }[] {
  return choices.map(([attribute, value]) => ({ attribute, value }));
}

export const BICYCLE = '/api/c/polaris-cycles';
export const HOTEL = '/api/c/lantern-hotels';

/** The rider's choices before the one that does not go with the others. */
export const RIDER_CHOICES: readonly Choice[] = [
  ['frame_type', 'gravel'],
  ['inseam', 82],
  ['material', 'steel'],
  ['colour', 'bottle_green'],
  ['wheel_size', '700c'],
  ['tyre_width', '40'],
  ['groupset', 'sport'],
  ['brakes', 'rim'],
  ['handlebar', 'flared_drop'],
];

export const RIDER_ADDRESS = {
  name: 'Wenke Holm',
  line1: 'Fährweg 3',
  postcode: '91054',
  city: 'Erlangen',
  country: 'DE',
};

/** Quotes a design and orders it exactly as quoted. */
export async function orderDesign(
  world: StoryWorld,
  order: {
    readonly base: string;
    readonly family: string;
    readonly cookie: string;
    readonly decisions: readonly unknown[];
    readonly texts?: Readonly<Record<string, string>>;
    readonly more?: Readonly<Record<string, unknown>>;
    readonly quoted?: Readonly<Record<string, unknown>>;
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
  },
): Promise<Answer> {
  const { base, family, cookie, decisions, texts = {}, more = {}, quoted = {} } = order;
  const design = await world.ask(
    `${base}/families/${family}/designs`,
    { cookie, body: { decisions, texts } },
    201,
  );
  const quote = await world.ask(`${base}/families/${family}/quote`, {
    body: { decisions, texts, ...quoted },
  });
  return await world.ask(
    `${base}/orders`,
    {
      cookie,
      ...(order.headers === undefined ? {} : { headers: order.headers }),
      body: {
        design: design.body.id,
        version: design.body.version,
        shown: { total: quote.body.total, ready: quote.body.promise.ready },
        ...more,
      },
    },
    order.status ?? 201,
  );
}
