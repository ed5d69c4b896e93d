/** A frame builder who also lets a room, behind a whole server, with everybody signed in. */
import { PROBLEMS, Problem } from '@keepsake/contract';
import { alwaysOpen, checkPlant } from '@keepsake/production';
import { sql } from 'kysely';
import { publishFamily } from '../../src/modules/families/index.ts';
import { putOntology } from '../../src/modules/memory/index.ts';
import { createPlants, installPlant, type Plants } from '../../src/modules/production/index.ts';
import type { Db } from '../../src/platform/database/schema.ts';
import { testOntology } from '../memory/memory-world.ts';
import {
  type Answer,
  addTestCompany,
  type Call,
  openTestServer,
  signInCustomer,
  signInStaff,
  type TestServer,
  type TestServerOptions,
} from '../support/test-server.ts';

export const COMPANY = 'framers';
export const BASE = `/api/c/${COMPANY}`;
export const SITE = { company: COMPANY, site: 'main' } as const;

export const FRAME = `
keepsake: 1
family: frame
name: { en: Frame, de: Rahmen }
summary: A frame made to order.
currency: EUR
taxClass: standard
basePrice: 100.00
groups: [{ id: main, name: Frame }]
attributes:
  - id: colour
    name: { en: Colour, de: Farbe }
    group: main
    type: choice
    values: [{ id: red, name: Red }, { id: blue, name: Blue, price: 5.00 }]
    default: red
  - { id: width, name: Width, group: main, type: integer, min: 10, max: 60, step: 1, unit: cm }
  - { id: depth, name: Depth, group: main, type: decimal, min: 0, max: 2, step: 0.1, unit: cm }
  - { id: glass, name: Glass, group: main, type: boolean, price: 9.00 }
  - { id: engraving, name: Engraving, group: main, type: text, maxLength: 24, optional: true }
  - { id: greeting, name: Greeting, group: main, type: text, maxLength: 24, optional: true }
rules:
  - { id: wide-needs-glass, text: A wide frame needs glass, when: width > 50, then: glass = true }
components:
  - { item: wood, name: Wood, quantity: 2, unit: piece }
operations:
  - id: cut
    name: Cut
    workCentre: bench
    minutes: 60
  - id: engrave
    name: Engrave
    workCentre: bench
    minutes: 30
    when: engraving != ''
    after: [cut]
    instruction: { en: 'Engrave “{engraving}” on {colour}', de: '„{engraving}“ auf {colour}' }
instructions:
  - { predicate: minibar.wish, operation: cut, text: 'Put in: {value}' }
demand: order
picture:
  width: 100
  height: 100
  alt: A frame
  layers: [{ text: engraving, x: 10, y: 10, size: 12, fill: '#222222' }]
`;

export const ROOM = `
keepsake: 1
family: room
name: Room
summary: A room for some nights.
currency: EUR
taxClass: standard
basePrice: 80.00
groups: [{ id: main, name: Room }]
attributes:
  - { id: crib, name: Crib, group: main, type: boolean, default: false }
operations:
  - { id: keep, name: Keep the room, workCentre: rooms, minutes: stay }
  - { id: make-bed, name: Make the bed, workCentre: house, minutes: 15 }
demand: stay
`;

/** What a customer wants of the frame builder. */
export interface Wish {
  readonly decisions?: readonly unknown[];
  readonly texts?: Readonly<Record<string, string>>;
  readonly family?: string;
  readonly cookie?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** The body that orders a design as it was shown. */
export interface Prepared {
  readonly design: string;
  readonly version: number;
  readonly shown: {
    readonly total: { readonly currency: string; readonly minor: string };
    readonly ready: string;
  };
  readonly delivery: string;
}

/** A server with the frame builder on it, and the verbs of a customer. */
export interface FailuresWorld {
  readonly server: TestServer;
  readonly customer: string;
  readonly owner: string;
  ask(path: string, how?: Call): Promise<Answer>;
  /** Asks, and throws unless the answer has the status. */
  expect(status: number, path: string, how?: Call): Promise<Answer['body']>;
  /** Saves and quotes a design; answers the body that orders it just as it was shown. */
  prepare(wish?: Wish): Promise<Prepared>;
  /** Prepares and orders; answers the order. */
  order(wish?: Wish): Promise<Answer['body']>;
}

/** What a world is opened with. */
export interface WorldOptions extends TestServerOptions {
  readonly wood?: number;
  readonly benches?: number;
}

export async function openFailuresWorld(options: WorldOptions = {}): Promise<FailuresWorld> {
  const server = await openTestServer({
    ...options,
    // Nobody is held back who sits at the machine itself.
    environment: { KEEPSAKE_BEHIND_PROXY: 'yes', ...options.environment },
  });
  await foundFramers(server, options);
  const near = { ...server, call: (path: string, how?: Call) => server.call(path, nearby(how)) };
  const customer = await signInCustomer(near, COMPANY, 'rider@example.com');
  const owner = await signInStaff(near, COMPANY, 'owner');
  return { ...verbsOf(near, customer), owner };
}

function nearby(how: Call = {}): Call {
  return { ...how, headers: { 'x-forwarded-for': '127.0.0.1', ...how.headers } };
}

/** The verbs of a customer at a server that has the frame builder already. */
export function verbsOf(server: TestServer, customer: string): Omit<FailuresWorld, 'owner'> {
  const ask: FailuresWorld['ask'] = (path, how) =>
    server.call(path.startsWith('/') ? path : `${BASE}/${path}`, how);
  const expectStatus: FailuresWorld['expect'] = async (status, path, how) => {
    const answer = await ask(path, how);
    if (answer.status === status) return answer.body;
    throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 900)}`);
  };
  const prepare: FailuresWorld['prepare'] = async (wish = {}) => {
    const { family = 'frame', decisions = [], texts = {}, cookie = customer, more = {} } = wish;
    const about = { delivery: 'pickup', ...more };
    const body = { decisions, texts };
    const at = `families/${family}`;
    const design = await expectStatus(201, `${at}/designs`, { cookie, body });
    const quote = await expectStatus(200, `${at}/quote`, { body: { ...body, ...about } });
    const shown = { total: quote.total, ready: quote.promise.ready };
    return { design: design.id, version: design.version, shown, ...about };
  };
  const order: FailuresWorld['order'] = async (wish = {}) => {
    const { cookie = customer } = wish;
    return await expectStatus(201, 'orders', { cookie, body: await prepare(wish) });
  };
  return { server, customer, ask, expect: expectStatus, prepare, order };
}

/** Founds the frame builder: a bench, some wood, two rooms, one vocabulary. */
export async function foundFramers(
  server: Pick<TestServer, 'deps'>,
  options: Pick<WorldOptions, 'wood' | 'benches'> = {},
): Promise<void> {
  const { wood = 1_000, benches = 4 } = options;
  const centre = (id: string, units: number) => ({
    ...{ id, units, name: { en: `The ${id}` }, calendar: alwaysOpen },
  });
  const plant = {
    workCentres: [centre('bench', benches), centre('rooms', 2), centre('house', 1)],
    stock: [],
  };
  const names = { name: { en: 'Workshop' }, place: 'de/by/erlangen' };
  const [{ deps }, company] = [server, COMPANY];
  await addTestCompany(server, company, {
    sites: [{ id: 'main', ...names, timeZone: 'Europe/Berlin', plant }],
    deliveries: [
      {
        ...{ id: 'pickup', name: { en: 'Collected' }, countries: [] },
        ...{ feeMinor: 0n, days: 0, needsAddress: false },
      },
      {
        ...{ id: 'post', name: { en: 'By post' }, countries: ['DE'] },
        ...{ feeMinor: 500n, days: 2, needsAddress: true },
      },
    ],
    taxes: [{ country: null, region: null, taxClass: null, label: 'VAT', basisPoints: 1_900 }],
    families: ['frame', 'room'],
  });
  await deps.database.transaction(async (tx) => {
    await putOntology(tx, deps, company, testOntology());
    await installPlant(tx, SITE, [
      {
        ...{ item: 'wood', name: { en: 'Wood' }, unit: 'piece', bin: 'A1' },
        ...{ onHand: wood, leadTimeDays: 10 },
      },
    ]);
  });
  for (const [family, yaml] of Object.entries({ frame: FRAME, room: ROOM })) {
    const published = await publishFamily(deps, { company, family, yaml });
    if (published.kind !== 'published') throw new Error(JSON.stringify(published));
  }
}

/** Checks that an answer is a whole problem of the catalogue; answers its code. */
export function problemOf(answer: Answer): string {
  const type = answer.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json')) {
    throw new Error(`${answer.status} is no problem but ${type}: ${JSON.stringify(answer.body)}`);
  }
  const problem = Problem.parse(answer.body);
  const known = PROBLEMS[problem.type as keyof typeof PROBLEMS];
  const isWhole =
    problem.status === answer.status &&
    known.status === problem.status &&
    problem.title === known.title &&
    problem.advice === known.advice &&
    problem.instance !== undefined;
  if (!isWhole) throw new Error(`not as the catalogue has it: ${JSON.stringify(problem)}`);
  return problem.type;
}

/** How many rows of each of some tables there are. */
export async function countRows(
  server: Pick<TestServer, 'deps'>,
  ...tables: readonly ('orders' | 'work_orders' | 'stock_deliveries' | 'designs')[]
): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const table of tables) {
    const row = await server.deps.database.kysely
      .selectFrom(table)
      .select((all) => all.fn.countAll<bigint>().as('count'))
      .where('company', '=', COMPANY)
      .executeTakeFirstOrThrow();
    counts.push(Number(row.count));
  }
  return counts;
}

/** What the kernel's own check finds wrong in a plant that is loaded from the database. */
export async function faultsOfPlant(
  deps: TestServer['deps'],
  plants: Plants = createPlants(deps),
): Promise<readonly unknown[]> {
  const answer = await plants.read(SITE, checkPlant);
  if (answer === undefined) throw new Error('there is no such plant');
  return answer;
}

/** What is wrong with the orders of a database: each is there whole, or not at all. */
export async function halfOrders(db: Db): Promise<readonly unknown[]> {
  const { rows } = await sql`
    select o.id, o.number from orders o where
      (select count(*) from work_orders w where w.order_id = o.id) <> 1
      or (select count(*) from work_operations p where p.order_id = o.id and p.start_at is not null) < 1
      or (select count(*) from reservations r where r.order_id = o.id and r.quantity = 2) <> 1
      or (select count(*) from order_promises p where p.order_id = o.id) < 1
    union all
    select w.order_id, 'a work order without an order' from work_orders w
      where not exists (select from orders o where o.id = w.order_id)
    union all
    select null, 'mails or journal' from (
      select (select count(*) from orders) as orders,
        (select count(*) from mails where kind = 'order-confirmed') as mails,
        (select count(*) from interactions where touchpoint like 'order %' and kind = 'event') as lines
    ) counted where orders <> mails or orders <> lines`.execute(db);
  return rows;
}
