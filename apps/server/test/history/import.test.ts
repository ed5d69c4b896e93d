import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryAnswer, type HistoryKind } from '@keepsake/contract';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { findColumns } from '../../src/cli/history/columns.ts';
import { createRowReader } from '../../src/cli/history/row-lines.ts';
import { type Imported, sendRows } from '../../src/cli/history/send-rows.ts';
import { openTable, readTable } from '../../src/cli/history/table.ts';
import { loadOperatorToken } from '../../src/platform/operator-token.ts';
import { addTestCompany, openTestServer, type TestServer } from '../support/test-server.ts';

const ROWS = 3_000;
let server: TestServer;
let folder: string;

beforeEach(async () => {
  await server?.close();
  server = await openTestServer();
  await addTestCompany(server, 'acme');
  folder = mkdtempSync(join(tmpdir(), 'keepsake-history-'));
  return () => rmSync(folder, { recursive: true, force: true });
});
afterAll(() => server.close());

/** As the command does it; after so many batches the command is gone. */
async function importFile(
  kind: HistoryKind,
  text: string,
  { isDryRun = false, batchesMax = Number.POSITIVE_INFINITY } = {},
): Promise<Imported> {
  const file = join(folder, `${kind}.csv`);
  writeFileSync(file, text);
  const table = openTable(file);
  const columns = findColumns(file, kind, table.header);
  const { token } = loadOperatorToken(server.home);
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/x-ndjson',
  };
  const path = `/api/c/acme/history/${kind}?source=shop${isDryRun ? '&dryRun=true' : ''}`;
  let batches = 0;
  const rows = readTable(table, () => {});
  return await sendRows(rows, {
    ...{ file, kind, done: () => {} },
    read: createRowReader(kind, table, { columns, dates: undefined }),
    send: async (lines) => {
      batches += 1;
      if (batches > batchesMax) throw new Error('killed');
      const answer = await server.call(path, { body: lines, headers });
      expect(answer.status).toBe(200);
      return HistoryAnswer.parse(answer.body);
    },
  });
}

async function stored() {
  return await server.deps.database.kysely
    .selectFrom('purchase_history')
    .select(['number_key', 'kind', 'subject', 'amount_minor', 'order_key', 'lines'])
    .orderBy('number_key')
    .orderBy('kind')
    .execute();
}

/** Orders of years, some of them returned, one number twice, and two rows that cannot be taken. */
function orders(): string {
  const lines = ['number,customer,date,amount,order,kind'];
  for (let at = 0; at < ROWS; at++) {
    const date = `20${15 + (at % 10)}-0${1 + (at % 9)}-1${at % 10}`;
    const amount = `${at % 97}.${String(at % 100).padStart(2, '0')}`;
    const isReturn = at % 10 === 9;
    const kind = isReturn ? `refund` : 'order';
    lines.push(`N${at},C${at % 321},${date},${amount},${isReturn ? `N${at - 1}` : ''},${kind}`);
  }
  const [, first = ''] = lines;
  lines.push(first, `${first.replace('0.00', '0.01')}`, 'N-x,C1,2025-01-01,none,,order');
  return lines.join('\n');
}

/** The totals by a second way: floating point never comes near. */
function expectedMinor(): bigint {
  let sum = 0n;
  for (let at = 0; at < ROWS; at++) {
    if (at % 10 !== 9) sum += BigInt((at % 97) * 100 + (at % 100));
  }
  return sum;
}

test('a file is taken over once, by any number of runs, broken off or not', async () => {
  const dry = await importFile('orders', orders(), { isDryRun: true });
  expect(await stored()).toEqual([]);
  await expect(importFile('orders', orders(), { batchesMax: 1 })).rejects.toThrow('killed');
  const part = await stored();
  expect(part.length).toBe(2_000);

  const rest = await importFile('orders', orders());
  expect(rest).toMatchObject({ rows: ROWS + 3, accepted: ROWS - 2_000, known: 2_001, refused: 2 });
  expect(rest.refusals.map(({ line }) => line)).toEqual([ROWS + 3, ROWS + 4]);
  const whole = await stored();
  expect(whole.length).toBe(ROWS);
  const again = await importFile('orders', orders());
  expect(again).toMatchObject({ accepted: 0, known: ROWS + 1, refused: 2 });
  expect(await stored()).toEqual(whole);

  // Every run tells the same totals, the one that kept nothing included.
  expect(dry).toMatchObject({ accepted: ROWS, known: 1, refused: 2, refusals: rest.refusals });
  expect([rest.totals, again.totals]).toEqual([dry.totals, dry.totals]);
  const purchases = dry.totals.filter((one) => one.what === 'purchase');
  const told = purchases.reduce((sum, one) => sum + BigInt(one.minor ?? 0), 0n);
  expect(told).toBe(expectedMinor());
  const kept = whole.filter((row) => row.kind === 'purchase');
  expect(kept.reduce((sum, row) => sum + row.amount_minor, 0n)).toBe(told);
  const keys = new Set(kept.map((row) => row.number_key));
  expect(whole.every((row) => row.order_key === null || keys.has(row.order_key))).toBe(true);
});

test('customers, then their orders and contacts, are the same people', async () => {
  const customers = 'id,Customer key,Name,Email\n1,C1,Ann Berry,ann@example.com\n2,C2,Ben Coe,\n';
  expect(await importFile('customers', customers)).toMatchObject({ accepted: 2, refused: 0 });
  await importFile(
    'orders',
    'number;customer;date;net\n1;C1;2025-01-01;1,50\n2;C3;2025-01-01;2,00\n',
  );
  await importFile('orders', 'number,email,date,net\n3,ANN@example.com,2025-01-01,2.00\n');
  await importFile('contacts', 'id,customer,date,channel\nk,C2,2025-01-01,Phone\n');
  const { kysely } = server.deps.database;
  const subjects = await kysely.selectFrom('subjects').select('id').execute();
  expect(subjects.length).toBe(3);
  const rows = await stored();
  expect(new Set(rows.map((row) => row.subject)).size).toBe(2);
  expect(rows.map((row) => row.amount_minor).sort()).toEqual([150n, 200n, 200n]);
});
