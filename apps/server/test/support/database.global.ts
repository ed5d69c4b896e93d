/** Prepares, once for a test run, what `openTestDatabase` opens: a template on each backend. */
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../src/platform/database/database.ts';
import { readMigrations } from '../../src/platform/database/migrations.ts';
import { ensureTemplate } from '../../src/platform/database/template.ts';
import { checkoutFolder } from '../../src/platform/paths.ts';
import { findPostgres, startPostgres } from './postgres-servers.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of the throw-away server, or undefined where the suite runs embedded. */
    readonly postgresUrl: string | undefined;
    readonly templateDatabase: string;
    readonly cacheFolder: string;
  }
}

/** Vitest's global set-up: the project's name says which backend it is for. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cacheFolder = join(checkoutFolder, '.cache');
  const templateDatabase = `keepsake_template_${process.pid}`;
  project.provide('cacheFolder', cacheFolder);
  project.provide('templateDatabase', templateDatabase);
  const version = /^db-postgres-(.+)$/.exec(project.name)?.[1];
  if (version === undefined) {
    project.provide('postgresUrl', undefined);
    await ensureTemplate({ cacheFolder, migrations: readMigrations() });
    return async () => undefined;
  }
  const installation = findPostgres().find((each) => each.version === version);
  if (installation === undefined) throw new Error(`There is no PostgreSQL ${version} here.`);
  const server = await startPostgres(installation);
  await makeTemplate(server.url, templateDatabase);
  project.provide('postgresUrl', server.url);
  return async () => {
    if (installation.kind === 'url') await run(server.url, `drop database ${templateDatabase}`);
    await server.stop();
  };
}

async function makeTemplate(url: string, name: string): Promise<void> {
  await run(url, `create database ${name}`);
  const at = new URL(url);
  at.pathname = `/${name}`;
  const database = await openDatabase({ source: { kind: 'postgres', url: at.href } });
  await database.close();
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
