/** A frame builder who also lets a room, behind a whole server, with a maker who is signed in. */

import type { BoardCard } from '@keepsake/contract';
import { alwaysOpen } from '@keepsake/production';
import { publishFamily } from '../../src/modules/families/index.ts';
import { putOntology, recordInteractions } from '../../src/modules/memory/index.ts';
import { installPlant } from '../../src/modules/production/index.ts';
import { testOntology } from '../memory/memory-world.ts';
import {
  type Answer,
  addTestCompany,
  openTestServer,
  signInCustomer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';

export const COMPANY = 'framers';
export const SITE = `/api/c/${COMPANY}/sites/main`;

const FRAME = `
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
    values: [{ id: red, name: { en: Red, de: Rot } }, { id: blue, name: { en: Blue, de: Blau } }]
    default: red
  - { id: engraving, name: Engraving, group: main, type: text, maxLength: 24, optional: true }
  - { id: greeting, name: Greeting, group: main, type: text, maxLength: 24, optional: true }
components:
  - { item: tube, name: Tube from the list, quantity: 2, unit: piece }
  - { item: lug, name: Lug, quantity: 4, unit: piece }
operations:
  - { id: weld, name: { en: Weld, de: Schweißen }, workCentre: bench, minutes: 60 }
  - id: engrave
    name: Engrave
    workCentre: bench
    minutes: 30
    when: engraving != ''
    after: [weld]
    instruction: { en: 'Engrave “{engraving}” on {colour}', de: '„{engraving}“ auf {colour}' }
  - { id: pack, name: Pack, workCentre: packing, minutes: 10, after: [weld, engrave] }
instructions:
  - { predicate: minibar.wish, operation: pack, text: 'Put in: {value}' }
demand: order
picture:
  width: 100
  height: 100
  alt: A frame
  layers: [{ text: engraving, x: 10, y: 10, size: 12, fill: '#222222' }]
`;

const ROOM = `
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

export interface WorkshopWorld {
  readonly server: TestServer;
  /** Calls the API as the maker; a path without a leading slash is under the site. */
  make(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  board(workCentre?: string): Promise<readonly BoardCard[]>;
  /** Orders something as a customer who is signed in; answers the order. */
  order(family: string, more?: OrderMore): Promise<Answer['body']>;
  /** Does something with an operation, and expects a status. */
  act(card: BoardCard, verb: string, body?: unknown, status?: number): Promise<Answer['body']>;
  /** Has the customer remembered as wishing for something. */
  remember(wish: string): Promise<void>;
  readonly customer: string;
}

interface OrderMore {
  readonly texts?: Readonly<Record<string, string>>;
  readonly colour?: string;
  readonly stay?: { readonly arrive: string; readonly depart: string };
}

export async function openWorkshop(): Promise<WorkshopWorld> {
  const server = await openTestServer();
  await found(server);
  const maker = await signInStaff(server, COMPANY, 'maker');
  const customer = await signInCustomer(server, COMPANY, 'rider@example.com');
  const make: WorkshopWorld['make'] = (path, body, headers = {}) =>
    server.call(path.startsWith('/') ? path : `${SITE}/${path}`, { body, cookie: maker, headers });
  return {
    ...{ server, make, customer },
    board: async (workCentre) => {
      const query = workCentre === undefined ? '' : `?workCentre=${workCentre}`;
      return expectStatus(await make(`board${query}`), 200).cards;
    },
    act: async (card, verb, body = {}, status = 200) =>
      expectStatus(await make(`/api/c/${COMPANY}/operations/${card.id}/${verb}`, body), status),
    order: (family, more) => placeOrder(server, customer, family, more),
    remember: (wish) => remember(server, customer, wish),
  };
}

async function found(server: TestServer): Promise<void> {
  const centre = (id: string, units: number) => ({
    ...{ id, units, name: { en: `The ${id}` }, calendar: alwaysOpen },
  });
  const workCentres = [
    centre('bench', 1),
    centre('packing', 2),
    centre('rooms', 2),
    centre('house', 1),
  ];
  const names = { name: { en: 'Workshop' }, place: 'de/by/erlangen' };
  await addTestCompany(server, COMPANY, {
    sites: [{ id: 'main', ...names, timeZone: 'Europe/Berlin', plant: { workCentres, stock: [] } }],
    deliveries: [
      {
        ...{ id: 'pickup', name: { en: 'Collected' }, countries: [] },
        ...{ feeMinor: 0n, days: 0, needsAddress: false },
      },
    ],
    taxes: [{ country: null, region: null, taxClass: null, label: 'VAT', basisPoints: 1_900 }],
    families: ['frame', 'room'],
  });
  const key = { company: COMPANY, site: 'main' };
  await server.deps.database.transaction(async (tx) => {
    await putOntology(tx, server.deps, COMPANY, testOntology());
    await installPlant(tx, key, [
      { item: 'tube', name: { en: 'Tube' }, unit: 'piece', bin: 'A1', onHand: 4, leadTimeDays: 10 },
      { item: 'lug', name: { en: 'Lug' }, unit: 'piece', bin: null, onHand: 99, leadTimeDays: 3 },
    ]);
  });
  for (const [family, yaml] of [
    ['frame', FRAME],
    ['room', ROOM],
  ] as const) {
    const published = await publishFamily(server.deps, { company: COMPANY, family, yaml });
    if (published.kind !== 'published') throw new Error(JSON.stringify(published));
  }
}

async function placeOrder(
  server: TestServer,
  cookie: string,
  family: string,
  { texts = {}, colour, stay }: OrderMore = {},
): Promise<Answer['body']> {
  const base = `/api/c/${COMPANY}`;
  const decisions = colour === undefined ? [] : [{ attribute: 'colour', value: colour }];
  const body = { decisions, texts };
  const about = { delivery: 'pickup', ...(stay === undefined ? {} : { stay }) };
  const call = (path: string, sent: unknown) =>
    server.call(`${base}/${path}`, { cookie, body: sent });
  const design = expectStatus(await call(`families/${family}/designs`, body), 201);
  const quote = expectStatus(await call(`families/${family}/quote`, { ...body, ...about }), 200);
  const shown = { total: quote.total, ready: quote.promise.ready };
  const { id, version } = design;
  return expectStatus(await call('orders', { design: id, version, shown, ...about }), 201);
}

async function remember(server: TestServer, cookie: string, wish: string): Promise<void> {
  const session = await server.call(`/api/c/${COMPANY}/session`, { cookie });
  const source = { channel: 'studio', touchpoint: 'test', actor: { kind: 'customer' } } as const;
  await server.deps.database.transaction((tx) =>
    recordInteractions(tx, server.deps, {
      ...{ company: COMPANY, subject: session.body.customer.guest, ...source },
      bodies: [
        {
          kind: 'consent-granted',
          purpose: 'personalisation',
          basis: 'consent',
          wording: { en: 'yes' },
          receiptId: 'receipt',
        },
        { kind: 'fact', basis: 'stated', predicate: 'minibar.wish', value: wish },
      ],
    }),
  );
}

/** The body of an answer that must have a status. */
export function expectStatus(answer: Answer, status: number): Answer['body'] {
  if (answer.status !== status) {
    throw new Error(`${answer.status} ${JSON.stringify(answer.body).slice(0, 900)}`);
  }
  return answer.body;
}

/** The card of an operation of an order. */
export function cardOf(cards: readonly BoardCard[], order: string, operation: string): BoardCard {
  const card = cards.find((each) => each.order === order && each.operation === operation);
  if (card === undefined) throw new Error(`there is no ${operation} of ${order} on the board`);
  return card;
}
