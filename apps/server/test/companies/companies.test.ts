import { Company } from '@keepsake/contract';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findCompany, insertCompany } from '../../src/modules/companies/index.ts';
import {
  addTestCompany,
  openTestServer,
  type TestServer,
  testCompany,
} from '../support/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.close());

const changes = {
  taxNumber: 'DE000000000',
  deliveries: [
    {
      id: 'post',
      name: { en: 'Post', de: 'Post' },
      countries: ['DE'],
      feeMinor: 10n ** 17n,
      days: 2,
      needsAddress: true,
    },
  ],
  taxes: [{ country: 'DE', region: null, taxClass: 'standard', label: 'MwSt.', basisPoints: 1900 }],
  families: ['chair', 'table'],
};

test('a company is read as it was written', async () => {
  const written = await addTestCompany(server, 'acme', changes);
  expect(await findCompany(server.deps.database.kysely, 'acme')).toEqual(written);
});

test('adding it again changes nothing and says so', async () => {
  const written = await addTestCompany(server, 'acme', changes);
  const again = testCompany('acme', { name: 'Another' });
  const more = { position: 9, createdAt: new Date(0) };
  const isNew = await server.deps.database.transaction((tx) => insertCompany(tx, again, more));
  expect(isNew).toBe(false);
  expect(await findCompany(server.deps.database.kysely, 'acme')).toEqual(written);
});

test('everybody sees its look, sites and deliveries, and nothing of its plants and taxes', async () => {
  await addTestCompany(server, 'acme', changes);
  const { status, body } = await server.call('/api/c/acme');
  expect(status).toBe(200);
  expect(Company.strict().parse(body).deliveries).toMatchObject([
    { id: 'post', fee: { currency: 'EUR', minor: '100000000000000000' } },
  ]);
  expect(Object.keys(body.sites[0]).sort()).toEqual(['id', 'name', 'place', 'timeZone']);
  expect(body).not.toHaveProperty('taxes');
  const list = await server.call('/api/companies');
  expect(list.body.items).toEqual([body]);
});

test('one that there is not is not found', async () => {
  const { status, body } = await server.call('/api/c/nowhere');
  expect([status, body.type]).toEqual([404, 'company/not-found']);
});
