import { type CostTable, DEFAULT_TIER_POLICY, findCostTable } from '@keepsake/value';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS, DOCUMENT_BYTES_MAX } from '../../src/modules/terms/terms.rules.ts';
import { findTerms, latestDocument, putDocument } from '../../src/modules/terms/terms.service.ts';
import {
  type Answer,
  addTestCompany,
  openTestServer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';

const COMPANY = 'acme';
let server: TestServer;
let cookie: string;

beforeEach(async () => {
  await server?.close();
  server = await openTestServer();
  await addTestCompany(server, COMPANY);
  cookie = await signInStaff(server, COMPANY, 'marketing');
});
afterAll(() => server.close());

const table = (version: string, validFrom: string, more: Partial<CostTable> = {}): CostTable => ({
  ...{ version, validFrom, currency: 'EUR', minorPerUnit: 100, marginBasisPoints: 4000 },
  ...{ marginBasisPointsByCategory: { robes: 5500 }, perOrderMinor: 400, perLineMinor: 50 },
  ...{ perReturnMinor: 900, perContactMinor: { phone: 600 }, paymentBasisPoints: 150 },
  ...{ discountBasisPointsPerYear: 1000, ...more },
});
const policy = (version: string, more: object = {}) => ({
  ...DEFAULT_TIER_POLICY,
  version,
  ...more,
});

const ask = (path = 'terms', company = COMPANY): Promise<Answer> =>
  server.call(`/api/c/${company}/value/${path}`, { cookie });
const put = (path: string, body: object, as = cookie, company = COMPANY): Promise<Answer> =>
  server.call(`/api/c/${company}/value/${path}`, { method: 'PUT', body, cookie: as });
const putCosts = (document: object) => put('costs', { document });
const termsOn = (day: string) => findTerms(server.deps.database.kysely, COMPANY, day);
const putPlan = (document: unknown) =>
  server.deps.database.transaction((tx) =>
    putDocument(tx, server.deps, { company: COMPANY, kind: 'treatments', document, by: null }),
  );

describe('what is reckoned by', () => {
  test('is the policy and the settings to begin with, and no cost table', async () => {
    expect(await termsOn('2026-03-02')).toEqual({
      ...{ costs: undefined, policy: DEFAULT_TIER_POLICY, settings: DEFAULT_SETTINGS },
      plan: undefined,
    });
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ costs: [], policies: [], policy: JSON.parse(JSON.stringify(DEFAULT_TIER_POLICY)) },
      settings: DEFAULT_SETTINGS,
    });
  });

  test('is the cost table that holds on a day, and the newest policy and settings', async () => {
    const tables = [
      table('b', '2026-01-01'),
      table('a', '2025-01-01'),
      table('c', '2026-01-01', { perOrderMinor: 500 }),
      table('z', '2027-01-01'),
    ];
    for (const one of tables) expect((await putCosts(one)).status).toBe(200);
    for (const day of ['2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01', '2027-06-01']) {
      expect((await termsOn(day)).costs).toEqual(findCostTable(tables, day));
    }
    await put('policy', { document: policy('2') });
    await put('policy', { document: policy('1', { runsToChange: 3 }) });
    await put('settings', { settings: { ...DEFAULT_SETTINGS, newWeeks: 8 } });
    await put('settings', { settings: { ...DEFAULT_SETTINGS, newWeeks: 6 } });
    const terms = await termsOn('2026-03-02');
    expect([terms.policy.version, terms.policy.runsToChange]).toEqual(['1', 3]);
    expect(terms.settings.newWeeks).toBe(6);
    const { body } = await ask();
    const versions = (list: readonly { version: string }[]) => list.map(({ version }) => version);
    expect(versions(body.costs)).toEqual(['z', 'c', 'a', 'b']);
    expect(versions(body.policies)).toEqual(['1', '2']);
    expect([body.policy.version, body.settings.newWeeks]).toEqual(['1', 6]);
  });

  test('says who made a version and when; the same again is the same version', async () => {
    const first = await putCosts(table('a', '2026-01-01'));
    expect(first.body).toEqual({
      ...{ version: 'a', madeAt: '2026-03-02T09:00:00.000Z', madeBy: 'The marketing' },
      document: table('a', '2026-01-01'),
    });
    server.clock.advance(1000);
    await putCosts(table('b', '2026-01-01'));
    const again = await putCosts(Object.fromEntries(Object.entries(first.body.document).reverse()));
    expect(again.body).toEqual(first.body);
    expect((await termsOn('2026-03-02')).costs?.version).toBe('b');
    const other = await putCosts(table('a', '2026-01-02'));
    expect([other.status, other.body.type]).toEqual([409, 'valuation/version-taken']);
  });

  test('two who state a version at once state it once, and one of them hears it', async () => {
    const answers = await Promise.all([
      putCosts(table('a', '2026-01-01')),
      putCosts(table('a', '2026-01-02')),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  test('a plan of treatments is a document, too', async () => {
    const plan = { version: 'spring', grounds: [], treatments: [] };
    expect(await putPlan(plan)).toMatchObject({ kind: 'made', document: { madeBy: null } });
    expect((await termsOn('2026-03-02')).plan).toEqual(plan);
    const { kysely } = server.deps.database;
    expect((await latestDocument(kysely, COMPANY, 'treatments'))?.version).toBe('spring');
    expect(await putPlan({ ...plan, grounds: 7 })).toMatchObject({
      kind: 'refused',
      issues: [{ code: 'not-a-list', path: 'grounds' }],
    });
  });

  test('settings that hold already are no new version', async () => {
    const settings = { ...DEFAULT_SETTINGS, horizonWeeks: 52 };
    expect((await put('settings', { settings: DEFAULT_SETTINGS })).body).toEqual(DEFAULT_SETTINGS);
    for (let time = 0; time < 3; time++) {
      expect((await put('settings', { settings })).body).toEqual(settings);
    }
    const rows = await server.deps.database.kysely
      .selectFrom('value_documents')
      .select('version')
      .execute();
    expect(rows).toEqual([{ version: '2026-03-02T09:00:00.000Z' }]);
  });
});

describe('what cannot be reckoned by is refused', () => {
  const pathsOf = ({ body }: Answer): unknown =>
    body.issues.map(({ path }: { path: string }) => path);

  test('with all that is wrong, each with its path', async () => {
    const { marginBasisPoints: _, ...rest } = table('a', '2026-13-01', { perOrderMinor: -1 });
    const answer = await putCosts({ ...rest, extra: 1 });
    expect([answer.status, answer.body.type]).toEqual([422, 'valuation/terms-refused']);
    expect(pathsOf(answer)).toEqual(['validFrom', 'marginBasisPoints', 'perOrderMinor', 'extra']);
    const wrong = await put('policy', { document: policy('a', { gates: { keep: 0.4 } }) });
    expect(pathsOf(wrong)).toEqual(['gates.keep', 'gates.grow', 'gates.belowZero']);
  });

  test('in another currency than the company has, or in other units of it', async () => {
    expect(pathsOf(await putCosts(table('a', '2026-01-01', { currency: 'USD' })))).toEqual([
      'currency',
    ]);
    expect(pathsOf(await putCosts(table('a', '2026-01-01', { minorPerUnit: 1 })))).toEqual([
      'minorPerUnit',
    ]);
    await addTestCompany(server, 'yen', { currency: 'JPY' });
    cookie = await signInStaff(server, 'yen', 'marketing');
    const yen = table('a', '2026-01-01', { currency: 'JPY', minorPerUnit: 1 });
    expect((await put('costs', { document: yen }, cookie, 'yen')).status).toBe(200);
  });

  test('too large, or of texts that cannot be kept', async () => {
    const names = Array.from({ length: 20_000 }, (_, i) => [`a-rather-long-category-${i}`, 1]);
    const huge = { marginBasisPointsByCategory: Object.fromEntries(names) };
    expect(JSON.stringify(huge).length).toBeGreaterThan(DOCUMENT_BYTES_MAX);
    expect(pathsOf(await putCosts(table('a', '2026-01-01', huge)))).toEqual(['']);
    for (const name of ['a\u0000b', '\ud800']) {
      const answer = await putCosts(table('a', '2026-01-01', { perContactMinor: { [name]: 1 } }));
      expect([answer.status, pathsOf(answer)]).toEqual([422, ['']]);
    }
    const kept = table('a', '2026-01-01', { perContactMinor: { '\\u0000': 1 } });
    expect((await putCosts(kept)).body.document).toEqual(kept);
    for (const version of ['a\u0000', 'a\nb', ' a', 'x'.repeat(101)]) {
      expect(pathsOf(await put('policy', { document: policy(version) }))).toContain('version');
    }
    expect(pathsOf(await putCosts(table('d', '0000-01-01')))).toEqual(['validFrom']);
  });

  test('under the name of the policy to begin with', async () => {
    const same = await put('policy', { document: policy(DEFAULT_TIER_POLICY.version) });
    expect(same.status).toBe(200);
    const own = policy(DEFAULT_TIER_POLICY.version, { runsToChange: 5 });
    expect((await put('policy', { document: own })).body.type).toBe('valuation/version-taken');
  });

  test('of anybody who is not of marketing, and of no company', async () => {
    const clerk = await signInStaff(server, COMPANY, 'clerk');
    expect((await put('costs', { document: table('a', '2026-01-01') }, clerk)).status).toBe(403);
    const settings = { settings: { ...DEFAULT_SETTINGS, horizonWeeks: 5 } };
    expect((await put('settings', settings)).body.type).toBe('request/invalid');
    expect(await putDocumentOf('nobody')).toEqual({ kind: 'company-not-found' });
  });
});

const putDocumentOf = (company: string) =>
  server.deps.database.transaction((tx) =>
    putDocument(tx, server.deps, {
      ...{ company, kind: 'costs', document: table('a', '2026-01-01'), by: null },
    }),
  );
