import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from './database.ts';
import { type Migration, readMigrations } from './migrations.ts';
import { ensureTemplate } from './template.ts';

const migrations = readMigrations().slice(0, 1);
let cacheFolder: string;
beforeAll(() => {
  cacheFolder = mkdtempSync(join(tmpdir(), 'keepsake-cache-'));
});
afterAll(() => rmSync(cacheFolder, { recursive: true, force: true }));

test('is built once, rebuilt when damaged, and replaced when the schema changes', async () => {
  const options = { cacheFolder, migrations };
  const [tar, same] = await Promise.all([ensureTemplate(options), ensureTemplate(options)]);
  expect(same).toBe(tar);
  const built = statSync(tar);
  expect(await ensureTemplate(options)).toBe(tar);
  expect(statSync(tar).ino).toBe(built.ino);

  truncateSync(tar, built.size - 1);
  expect(await ensureTemplate(options)).toBe(tar);
  expect(statSync(tar).size).toBe(built.size);

  const database = await openDatabase({ source: { kind: 'memory', cacheFolder }, migrations });
  const ledger = await database.kysely.selectFrom('schema_migrations').select('name').execute();
  await database.close();
  expect(ledger).toEqual(migrations.map(({ name }) => ({ name })));

  const more: Migration = { number: 9000, name: '9000_x_create', hash: 'x', sql: 'select 1' };
  const other = await ensureTemplate({ cacheFolder, migrations: [...migrations, more] });
  expect(other).not.toBe(tar);
  const kept = readdirSync(join(cacheFolder, 'template')).filter((name) => name.includes('.tar'));
  expect(kept).toHaveLength(2);
  expect(readFileSync(`${other}.sha256`, 'utf8')).toMatch(/^[0-9a-f]{64}$/);
}, 180_000);
