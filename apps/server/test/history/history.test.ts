import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryAnswer } from '@keepsake/contract';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { findSubjectByIdentifier } from '../../src/modules/memory/index.ts';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import { sweepForText } from '../support/sweep.ts';
import {
  addTestCompany,
  openTestServer,
  signInCustomer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';

const COMPANY = 'acme';
let server: TestServer;

beforeEach(async () => {
  await server?.close();
  server = await openTestServer();
  await addTestCompany(server, COMPANY);
  await addTestCompany(server, 'other', { currency: 'JPY' });
});
afterAll(() => server.close());

type Line = Readonly<Record<string, unknown>>;

async function send(
  kind: string,
  lines: readonly (Line | string)[],
  how: { company?: string; query?: string; cookie?: string } = {},
): Promise<{ status: number; body: HistoryAnswer }> {
  const { company = COMPANY, query = 'source=shop', cookie } = how;
  const body = lines.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
  const { token } = loadOperatorToken(server.home);
  const headers = { 'content-type': 'application/x-ndjson' };
  return await server.call(`/api/c/${company}/history/${kind}?${query}`, {
    body,
    ...(cookie === undefined
      ? { headers: { ...headers, authorization: `Bearer ${token}` } }
      : { headers, cookie }),
  });
}

const order = (number: string, more: Line = {}): Line => ({
  ...{ number, kind: 'purchase', customer: 'c1', day: '2025-03-01', amount: '12.50' },
  ...more,
});
const reasons = ({ body }: { body: HistoryAnswer }) =>
  body.refused.map((one) => [one.line, one.reason]);

const kysely = () => server.deps.database.kysely;
const rowsOf = async (table: 'purchase_history' | 'service_contacts' | 'subjects') =>
  (await kysely().selectFrom(table).select('company').execute()).length;

async function find(kind: string, value: string): Promise<string | undefined> {
  return await findSubjectByIdentifier(kysely(), server.deps, { company: COMPANY, kind, value });
}

/** Everything that is kept, but for what is sealed anew each time. */
async function kept(): Promise<unknown> {
  const purchases = await kysely().selectFrom('purchase_history').selectAll().execute();
  const contacts = await kysely().selectFrom('service_contacts').selectAll().execute();
  const handles = await kysely().selectFrom('identifiers').select(['subject', 'hmac']).execute();
  const bytes = (value: Uint8Array): string => Buffer.from(value).toString('hex');
  return [
    purchases.map((row) => ({ ...row, content_sealed: bytes(row.content_sealed) })),
    contacts.map((row) => ({ ...row, content_sealed: bytes(row.content_sealed) })),
    handles,
  ];
}

describe('orders', () => {
  test('become rows of the people whom they name, with exact totals', async () => {
    const lines = [
      order('1', { amount: '0.10' }),
      order('2', { amount: '0.20', lines: 3 }),
      order('3', { amount: '99999999999.99', day: '2024-12-31' }),
      order('4', { currency: 'JPY', amount: '1200' }),
      order('5', { customer: undefined, email: 'Ann@Example.com' }),
      order('1', { kind: 'return', order: '1', amount: '0.10', ownFault: true }),
    ];
    const { status, body } = await send('orders', lines);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ accepted: 6, known: 0, refused: [] },
      totals: [
        {
          what: 'purchase',
          currency: 'EUR',
          year: 2024,
          isLeftOut: false,
          rows: 1,
          ownFault: 0,
          minor: '9999999999999',
        },
        {
          what: 'purchase',
          currency: 'EUR',
          year: 2025,
          isLeftOut: false,
          rows: 3,
          ownFault: 0,
          minor: '1280',
        },
        {
          what: 'purchase',
          currency: 'JPY',
          year: 2025,
          isLeftOut: true,
          rows: 1,
          ownFault: 0,
          minor: '1200',
        },
        {
          what: 'return',
          currency: 'EUR',
          year: 2025,
          isLeftOut: false,
          rows: 1,
          ownFault: 1,
          minor: '10',
        },
      ],
    });
    expect([await rowsOf('purchase_history'), await rowsOf('subjects')]).toEqual([6, 2]);
    expect(await find('email', 'ann@example.com')).toBeDefined();
    const rows = await kysely().selectFrom('purchase_history').selectAll().execute();
    const [back] = rows.filter((row) => row.kind === 'return');
    const [gone] = rows.filter((row) => row.lines === 1 && row.amount_minor === 10n);
    expect(back?.order_key).toBe(gone?.number_key);
    expect(back).toMatchObject({ own_fault: true, amount_minor: 10n, day: '2025-03-01' });
  });

  test('each wrong line is told by itself, and the others are taken', async () => {
    const answer = await send('orders', [
      order('1'),
      'no json',
      order('2', { amount: '-1' }),
      order('2', { amount: 1.5 }),
      order('2', { amount: '1.005' }),
      order('2', { amount: '1', currency: 'QQQ' }),
      order('2', { day: '2025-02-30' }),
      order('2', { day: '2026-03-05' }),
      order('2', { customer: undefined }),
      order('2', { kind: 'return' }),
      order('2', { nonsense: 1 }),
      order('2', { amount: '999999999999' }),
      order('2', { number: 'x'.repeat(9000) }),
      order('2', { amount: '1.500' }),
    ]);
    expect(reasons(answer)).toEqual([
      ...[
        [2, 'not-json'],
        [3, 'invalid'],
        [4, 'invalid'],
        [5, 'amount-too-precise'],
      ],
      ...[
        [6, 'unknown-currency'],
        [7, 'invalid'],
        [8, 'in-the-future'],
        [9, 'nobody-named'],
      ],
      ...[
        [10, 'order-missing'],
        [11, 'invalid'],
        [12, 'invalid'],
        [13, 'too-long'],
      ],
    ]);
    expect(answer.body.accepted).toBe(2);
    expect(answer.body.refused.find((one) => one.line === 7)?.about).toBe('day');
    expect(await rowsOf('purchase_history')).toBe(2);
  });

  test('sent again nothing changes; another content under a number is refused', async () => {
    const lines = [order('1'), order('2'), order('1')];
    expect((await send('orders', lines)).body).toMatchObject({ accepted: 2, known: 1 });
    const before = await kept();
    const again = await send('orders', [...lines, order('2', { amount: '12.51' })]);
    expect(again.body).toMatchObject({ accepted: 0, known: 3 });
    expect(reasons(again)).toEqual([[4, 'differs']]);
    expect(again.body.totals.map((one) => one.minor)).toEqual(['2500']);
    expect(await kept()).toEqual(before);
    // Another source has numbers and customers of its own.
    const other = await send('orders', lines, { query: 'source=till' });
    expect(other.body.accepted).toBe(2);
    expect(await rowsOf('subjects')).toBe(2);
  });

  test('a category is kept; without one a row is what it was before there were any', async () => {
    const lines = [order('1'), order('2', { category: 'wheels' })];
    const refused = await send('orders', [...lines, order('3', { category: 'No Slug' })]);
    expect(reasons(refused)).toEqual([[3, 'invalid']]);
    const rows = await kysely().selectFrom('purchase_history').selectAll().execute();
    expect(rows.map((row) => row.category).sort()).toEqual([null, 'wheels'].sort());
    expect((await send('orders', lines)).body).toMatchObject({ accepted: 0, known: 2 });
    const other = [order('1', { category: 'wheels' }), order('2', { category: 'frames' })];
    expect(reasons(await send('orders', [...other, order('2')]))).toEqual([
      [1, 'differs'],
      [2, 'differs'],
      [3, 'differs'],
    ]);
    const said = ['c1', undefined, '2025-03-01', '1250', 'EUR', 1, false, undefined];
    const content = `shop\0${JSON.stringify(said)}`;
    const before = server.deps.keys.hmac(COMPANY, 'history.content', content);
    expect(rows.find((row) => row.category === null)?.content_key).toBe(before);
  });

  test('a dry run answers the same and keeps nothing', async () => {
    const lines = [
      order('1'),
      order('2', { customer: 'c2' }),
      order('1'),
      order('3', { day: 'x' }),
    ];
    const empty = await kept();
    const dry = await send('orders', lines, { query: 'source=shop&dryRun=true' });
    expect(await kept()).toEqual(empty);
    expect(await rowsOf('subjects')).toBe(0);
    const real = await send('orders', lines);
    expect(dry.body).toEqual(real.body);
    expect(real.body.accepted).toBe(2);
  });

  test('several at once make each row and person once', async () => {
    const lines = Array.from({ length: 40 }, (_, at) => order(`${at}`, { customer: `c${at % 7}` }));
    const answers = await Promise.all([1, 2, 3].map(() => send('orders', lines)));
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200]);
    const accepted = answers.reduce((sum, one) => sum + one.body.accepted, 0);
    expect(accepted).toBe(40);
    expect([await rowsOf('purchase_history'), await rowsOf('subjects')]).toEqual([40, 7]);
  });

  test('companies know nothing of each other, and only the operator may', async () => {
    await send('orders', [order('1')]);
    const other = await send('orders', [order('1', { amount: '5' })], { company: 'other' });
    expect(other.body).toMatchObject({ accepted: 1, known: 0 });
    expect(other.body.totals[0]).toMatchObject({ currency: 'JPY', isLeftOut: false, minor: '5' });
    expect((await send('orders', [order('1')], { company: 'nobody' })).status).toBe(404);
    const cookie = await signInStaff(server, COMPANY, 'owner');
    expect((await send('orders', [order('1')], { cookie })).status).toBe(401);
    expect((await send('orders', [order('1')], { query: 'source=Not a name' })).status).toBe(400);
    const many = Array.from({ length: 2001 }, () => '{}');
    expect((await send('orders', many)).status).toBe(413);
  });
});

describe('customers', () => {
  test('are found by what the source proves; a telephone proves nothing', async () => {
    const phone = '+1 555 0100';
    const { body } = await send('customers', [
      { customer: 'c1', name: 'Ann Berry', email: 'ann@example.com', phone, loyalty: 'L-1' },
      { customer: 'c2', name: 'Ben Berry', phone },
    ]);
    expect(body).toEqual({ accepted: 2, known: 0, refused: [], totals: [] });
    const ann = await find('source.shop', 'c1');
    expect(ann).toBeDefined();
    expect(await find('email', 'ANN@example.com')).toBe(ann);
    expect(await find('loyalty', 'L-1')).toBe(ann);
    expect(await find('phone', phone)).toBeUndefined();
    expect(await find('source.shop', 'c2')).not.toBe(ann);
    const cookie = await signInStaff(server, COMPANY, 'clerk');
    const found = await server.call(`/api/c/${COMPANY}/guests?q=berry`, { cookie });
    expect(found.body.items.map((one: { name: string }) => one.name).sort()).toEqual([
      'Ann Berry',
      'Ben Berry',
    ]);
  });

  test('sent again are known, and learn what is new but no other name', async () => {
    const ann = { customer: 'c1', name: 'Ann Berry', email: 'ann@example.com', phone: '1' };
    await send('customers', [ann]);
    const before = await kept();
    expect((await send('customers', [ann])).body).toMatchObject({ accepted: 0, known: 1 });
    expect(await kept()).toEqual(before);
    const more = await send('customers', [{ ...ann, name: 'A. B.', loyalty: 'L-2' }]);
    expect(more.body).toMatchObject({ accepted: 1, known: 0 });
    expect(await find('loyalty', 'L-2')).toBe(await find('source.shop', 'c1'));
    const cookie = await signInStaff(server, COMPANY, 'clerk');
    const found = await server.call(`/api/c/${COMPANY}/guests?q=ann`, { cookie });
    expect(found.body.items[0].name).toBe('Ann Berry');
  });

  test('who ordered here and who is known there are one person where both are proved', async () => {
    const cookie = await signInCustomer(server, COMPANY, 'cleo@example.com');
    await send('orders', [order('7', { customer: 'c9' })]);
    await send('customers', [{ customer: 'c9', email: 'cleo@example.com' }]);
    const mine = await server.call(`/api/c/${COMPANY}/me/export`, { cookie });
    expect(mine.status).toBe(200);
    expect(mine.body['keepsake:purchaseHistory']).toMatchObject([{ number: '7', source: 'shop' }]);
  });
});

describe('contacts', () => {
  test('are kept with channel, fault and reason', async () => {
    const line = { id: 'k1', customer: 'c1', day: '2025-05-01', channel: 'phone' };
    const lines = [line, { ...line, id: 'k2', ownFault: true, reason: 'Late again' }];
    const { body } = await send('contacts', [...lines, { ...line, id: 'k3', channel: 'No Slug' }]);
    expect(body).toMatchObject({ accepted: 2, refused: [{ line: 3, reason: 'invalid' }] });
    expect(body.totals).toEqual([
      {
        what: 'contact',
        currency: null,
        year: 2025,
        isLeftOut: false,
        rows: 2,
        ownFault: 1,
        minor: null,
      },
    ]);
    expect((await send('contacts', lines)).body).toMatchObject({ accepted: 0, known: 2 });
    const differs = await send('contacts', [{ ...line, channel: 'mail' }]);
    expect(reasons(differs)).toEqual([[1, 'differs']]);
    expect(await rowsOf('service_contacts')).toBe(2);
  });
});

describe('a person', () => {
  const EMAIL = 'wanda.quackenbush@example.com';
  const PERSONAL = [EMAIL, 'Quackenbush', 'ORDER-QX-77', 'KUNDE-QX-78', 'parrot named Archimedes'];

  test('takes their history along, and it goes with them for good', async () => {
    const customer = { customer: 'KUNDE-QX-78', name: 'Wanda Quackenbush', email: EMAIL };
    const orders = [
      order('ORDER-QX-77', { customer: customer.customer, category: 'wheels' }),
      order('ORDER-QX-77', { customer: customer.customer, kind: 'return', order: 'ORDER-QX-77' }),
      order('other', { customer: 'somebody-else' }),
    ];
    const contact = { id: 'k1', customer: customer.customer, day: '2025-05-01', channel: 'mail' };
    const contacts = [{ ...contact, reason: 'Has a parrot named Archimedes' }];
    await send('customers', [customer]);
    await send('orders', orders);
    await send('contacts', contacts);
    const folder = mkdtempSync(join(tmpdir(), 'keepsake-history-'));
    // Sealed from the first.
    expect(await sweepForText(kysely(), [folder, server.home], PERSONAL)).toEqual([]);

    const cookie = await signInCustomer(server, COMPANY, EMAIL);
    const me = (path: string, body?: object) =>
      server.call(`/api/c/${COMPANY}/me${path}`, { cookie, ...(body ? { body } : {}) });
    const taken = (await me('/export')).body;
    expect(taken['keepsake:purchaseHistory']).toMatchObject([
      {
        ...{ number: 'ORDER-QX-77', day: '2025-03-01', category: 'wheels' },
        amount: { currency: 'EUR', minor: '1250' },
      },
      { number: 'ORDER-QX-77', kind: 'return', order: 'ORDER-QX-77' },
    ]);
    expect(taken['keepsake:serviceContacts']).toMatchObject(
      contacts.map(({ reason }) => ({ reason })),
    );

    expect((await me('/erase', { confirm: 'erase everything' })).status).toBe(200);
    expect(await sweepForText(kysely(), [server.home], PERSONAL)).toEqual([]);
    expect([await rowsOf('purchase_history'), await rowsOf('service_contacts')]).toEqual([1, 0]);

    // Neither of the three brings them back.
    expect(reasons(await send('customers', [customer]))).toEqual([[1, 'erased']]);
    const again = await send('orders', [...orders, orders[0] ?? {}]);
    expect(reasons(again)).toEqual([
      [1, 'erased'],
      [2, 'erased'],
      [4, 'erased'],
    ]);
    expect(again.body).toMatchObject({ accepted: 0, known: 1 });
    expect(reasons(await send('contacts', contacts))).toEqual([[1, 'erased']]);
    expect(await rowsOf('subjects')).toBe(1);
    expect(reasons(await send('orders', [order('new', { customer: customer.customer })]))).toEqual([
      [1, 'erased'],
    ]);
    rmSync(folder, { recursive: true, force: true });
  });

  test('is not brought back by a key that was not known here, once their address stood beside it', async () => {
    const phone = '+1 555 0100';
    const cookie = await signInCustomer(server, COMPANY, EMAIL);
    await send('customers', [{ customer: 'c1', name: 'Other Berry', phone }]);
    await send('customers', [{ customer: 'old', email: EMAIL, phone, loyalty: 'L-1' }]);
    const erase = { cookie, body: { confirm: 'erase everything' } };
    expect((await server.call(`/api/c/${COMPANY}/me/erase`, erase)).status).toBe(200);
    const left = async () => [await rowsOf('subjects'), await rowsOf('purchase_history')];
    expect(await left()).toEqual([1, 0]);

    // What they were known by here: key, address, number, each by itself.
    const byWhat = [
      order('1', { customer: 'old' }),
      order('2', { customer: undefined, email: ` ${EMAIL.toUpperCase()}` }),
    ];
    expect(reasons(await send('orders', byWhat))).toEqual([
      [1, 'erased'],
      [2, 'erased'],
    ]);
    // A key of another system, beside the address: in a dry run it leaves nothing.
    const till = [
      { customer: 'K-1', loyalty: 'L-1' },
      { customer: 'K-1', name: 'Wanda' },
      { customer: 'K-2', email: EMAIL, loyalty: 'L-2' },
      { customer: 'K-3', loyalty: 'L-2' },
    ];
    const refused = [1, 2, 3, 4].map((line) => [line, 'erased']);
    const tombs = async () =>
      (await kysely().selectFrom('tombstones').select('hmac').execute()).length;
    const before = await tombs();
    const query = 'source=till';
    expect(reasons(await send('customers', till, { query: `${query}&dryRun=true` }))).toEqual(
      refused,
    );
    expect(await tombs()).toBe(before);
    expect(reasons(await send('customers', till, { query }))).toEqual(refused);
    expect(await tombs()).toBe(before + 4);
    const orders = ['K-1', 'K-2', 'K-3'].map((customer) => order(customer, { customer }));
    expect(reasons(await send('orders', orders, { query }))).toEqual([
      [1, 'erased'],
      [2, 'erased'],
      [3, 'erased'],
    ]);
    expect(await left()).toEqual([1, 0]);
    // Nobody else is taken for them: not by a telephone, nor by the same key elsewhere.
    const others = [
      { customer: 'c1', name: 'Other Berry', phone },
      { customer: 'c2', phone },
    ];
    expect((await send('customers', others)).body).toMatchObject({ accepted: 1, known: 1 });
    expect((await send('orders', [order('9', { customer: 'K-1' })])).body.accepted).toBe(1);
    expect(await left()).toEqual([3, 1]);
  });
});
