import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY_MS } from '@keepsake/kernel';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createComparer } from '../../src/modules/memory/index.ts';
import { readDemoHistory, readDemoNames } from '../../src/modules/operator/demo-history.files.ts';
import { makeUpLives } from '../../src/modules/operator/demo-history.rules.ts';
import {
  examplesFolder,
  resumeDemoHistory,
  seedDemoHistory,
} from '../../src/modules/operator/index.ts';
import { addTestCompany, openTestServer, type TestServer } from '../support/test-server.ts';

const COMPANIES = ['harbour-roasters', 'polaris-cycles'];
const CUSTOMERS = 130;
/** The day before the test clock. */
const UNTIL = '2026-03-01';
let server: TestServer;
let folder: string;

/** The examples with far fewer customers. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keepsake-examples-'));
  for (const part of ['companies', 'histories']) {
    cpSync(join(examplesFolder, part), join(folder, part), { recursive: true });
  }
  for (const company of COMPANIES) {
    const file = join(folder, 'histories', `${company}.yaml`);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/^ {2}customers: \d+$/m, `  customers: ${CUSTOMERS}`));
  }
});
beforeEach(async () => {
  await server?.close();
  server = await openTestServer();
  await addTestCompany(server, 'harbour-roasters', { currency: 'GBP' });
  await addTestCompany(server, 'polaris-cycles', { currency: 'EUR' });
  await addTestCompany(server, 'another');
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const kysely = () => server.deps.database.kysely;

/** What is there of a company, in the words of the shape. */
async function countsOf(company: string) {
  const rows = await kysely()
    .selectFrom('purchase_history')
    .select(['kind', 'amount_minor', 'own_fault', 'day', 'category', 'subject'])
    .where('company', '=', company)
    .execute();
  const contacts = await kysely()
    .selectFrom('service_contacts')
    .select(['own_fault', 'day'])
    .where('company', '=', company)
    .execute();
  const sum = (kind: string) =>
    rows.reduce((all, row) => all + (row.kind === kind ? row.amount_minor : 0n), 0n);
  return {
    buyers: new Set(rows.map((row) => row.subject)).size,
    purchases: [rows.filter((row) => row.kind === 'purchase').length, sum('purchase')],
    returns: [rows.filter((row) => row.kind === 'return').length, sum('return')],
    contacts: contacts.length,
    ownFault: [...rows, ...contacts].filter((row) => row.own_fault).length,
    lastDay: [...rows, ...contacts]
      .map((row) => row.day)
      .sort()
      .at(-1),
    categories: [...new Set(rows.map((row) => row.category))].sort(),
  };
}

/** The same, as it was made up. */
function expectedOf(company: string): Awaited<ReturnType<typeof countsOf>> {
  const { shape } = readDemoHistory(folder, company);
  const about = { until: UNTIL, digits: 2 };
  const lives = [...makeUpLives(shape, readDemoNames(folder), about)];
  const lines = lives.flatMap((life) => life.purchases);
  const contacts = lives.flatMap((life) => life.contacts);
  const of = (kind: string) => {
    const some = lines.filter((line) => line.kind === kind);
    const minor = some.map((line) => BigInt(line.amount.replace('.', '')));
    return [some.length, minor.reduce((all, one) => all + one, 0n)];
  };
  return {
    buyers: CUSTOMERS,
    purchases: of('purchase'),
    returns: of('return'),
    contacts: contacts.length,
    ownFault: [...lines, ...contacts].filter((line) => line.ownFault === true).length,
    lastDay: [...lines, ...contacts]
      .map((line) => line.day)
      .sort()
      .at(-1),
    categories: [...new Set(lines.map((line) => line.category ?? null))].sort(),
  };
}

test('all that was made up is there, once, and of nobody else', async () => {
  const told: number[] = [];
  const seeded = await seedDemoHistory(server.deps, {
    ...{ folder, companies: ['harbour-roasters', 'nobody', 'another'] },
    onProgress: ({ company, done, of }) => {
      expect([company, of]).toEqual(['harbour-roasters', CUSTOMERS]);
      told.push(done);
    },
  });
  expect(seeded).toEqual({ companies: ['harbour-roasters'], isStopped: false });
  expect(await countsOf('harbour-roasters')).toEqual(expectedOf('harbour-roasters'));
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.at(-1)).toBe(CUSTOMERS);
  const subjects = await kysely().selectFrom('subjects').select(['company', 'name']).execute();
  expect(subjects.map((row) => [row.company, row.name !== null])).toEqual(
    Array.from({ length: CUSTOMERS }, () => ['harbour-roasters', true]),
  );
  const again = await seedDemoHistory(server.deps, { folder, companies: ['harbour-roasters'] });
  expect(again).toEqual({ companies: [], isStopped: false });
  // Nobody is taken for somebody else.
  await createComparer(server.deps).wake();
  expect(await kysely().selectFrom('comparisons_due').selectAll().execute()).toEqual([]);
  expect(await kysely().selectFrom('duplicates').selectAll().execute()).toEqual([]);
});

test('what was broken off goes on where it was, days later too, and others at the same time', async () => {
  let asked = 0;
  const stopped = await seedDemoHistory(server.deps, { folder, isStopping: () => ++asked > 4 });
  expect(stopped).toEqual({ companies: [], isStopped: true });
  const part = await countsOf('harbour-roasters');
  const whole = expectedOf('harbour-roasters');
  expect(part.purchases[0]).toBeGreaterThan(0);
  expect(part.purchases[0]).toBeLessThan(Number(whole.purchases[0]));
  server.clock.set(server.clock.now() + 3 * DAY_MS);
  const [first, second] = await Promise.all([
    resumeDemoHistory(server.deps, { folder }),
    resumeDemoHistory(server.deps, { folder }),
  ]);
  // Whichever came first did all of it.
  expect([...first.companies, ...second.companies]).toEqual(COMPANIES);
  for (const company of COMPANIES) {
    expect(await countsOf(company)).toEqual(expectedOf(company));
  }
  expect(await resumeDemoHistory(server.deps, { folder })).toEqual({
    ...{ companies: [], isStopped: false },
  });
});
