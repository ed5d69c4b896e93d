/** A server on a PostgreSQL whose commits wait for the disk, with the company of the bench. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { loadOperatorToken } from '../../apps/server/src/platform/operator-token.ts';
import type { StartedServer } from '../../apps/server/src/server.ts';
import { findPostgres, startPostgres } from '../../apps/server/test/support/postgres-servers.mjs';
import {
  createDatabase,
  describeDurability,
  dropDatabase,
  postmasterOf,
  startDurable,
} from '../orders/postgres.ts';
import { runChild } from '../support/child.ts';
import { startDemoServer } from '../support/demo-server.ts';
import { cpuSecondsOf } from '../support/processes.ts';
import type { ClientsAnswer, ClientsTask } from './clients.ts';
import { COMPANY, emailOf, foundCompany } from './world.ts';

const CLIENTS_FILE = join(import.meta.dirname, 'clients.ts');

/** The server, and how to ask it. */
export interface MemoryServer {
  readonly server: StartedServer;
  readonly description: string;
  /** Runs clients in a process of their own. */
  ask(what: Asking): Promise<Asked>;
  close(): Promise<void>;
}

/** What clients do. */
export interface Asking extends Pick<ClientsTask, 'clients' | 'seconds' | 'work'> {
  /** Of the company's part of the API. */
  readonly path: string;
  readonly type: 'application/json' | 'application/x-ndjson';
}

/** What they found, with the CPU seconds that server and PostgreSQL took meanwhile. */
export interface Asked extends ClientsAnswer {
  readonly serverCpu: number;
  readonly storeCpu: number;
}

/** Undefined where there is no PostgreSQL. */
export async function startMemoryServer(): Promise<MemoryServer | undefined> {
  const [installation] = findPostgres();
  if (installation === undefined) return undefined;
  const quick = await startPostgres(installation);
  const durable = await startDurable(installation, quick);
  const name = `keepsake_bench_${process.pid}`;
  const url = await createDatabase(durable, name);
  const server = await startDemoServer(url);
  await foundCompany(server.deps);
  const { token } = loadOperatorToken(server.deps.config.home);
  const store = await postmasterOf(server.deps.database.kysely);
  return {
    server,
    description: `PostgreSQL ${installation.version}, ${await describeDurability(url)}`,
    ask: async ({ path, type, clients, seconds, work }) => {
      const isCustomer = work.kind === 'bodies' && work.cookies !== undefined;
      const task: ClientsTask = {
        ...{ url: server.url, path: `/api/c/${COMPANY}/${path}`, clients, seconds, work },
        headers: {
          'content-type': type,
          ...(isCustomer ? {} : { authorization: `Bearer ${token}` }),
        },
      };
      const before = { server: process.cpuUsage(), store: cpuSecondsOf(store) ?? 0 };
      const answer = await runChild<ClientsTask, ClientsAnswer>(CLIENTS_FILE, task, seconds + 120);
      const { user, system } = process.cpuUsage(before.server);
      return {
        ...answer,
        serverCpu: (user + system) / 1e6,
        storeCpu: (cpuSecondsOf(store) ?? 0) - before.store,
      };
    },
    close: async () => {
      await server.close();
      await dropDatabase(durable, name);
      if (durable !== quick) await durable.stop();
      await quick.stop();
    },
  };
}

/** The numbers of some customers, spread over all there are. */
export function someCustomers(count: number, most: number): readonly number[] {
  const chosen = Math.min(most, count);
  return Array.from({ length: chosen }, (_, i) => Math.floor((i * count) / chosen));
}

/** Signs customers in without their mails; answers their cookies. */
export async function signIn(
  { deps }: StartedServer,
  customers: readonly number[],
): Promise<readonly string[]> {
  const { lookupOf } = await import('../../apps/server/src/modules/memory/identity.service.ts');
  const rows = customers.map((customer) => {
    const handle = { company: COMPANY, kind: 'email', value: emailOf(customer) };
    const token = createHash('sha256').update(`bench ${customer}`).digest('base64url');
    const hash = createHash('sha256').update(token).digest('hex');
    return { hmac: lookupOf(deps, handle), token, hash };
  });
  await sql`
    insert into customer_sessions (company, token_hash, subject, created_at, expires_at)
    select ${COMPANY}, row.hash, subject, now(), now() + interval '30 days'
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(hmac text, hash text)
    join identifiers on company = ${COMPANY} and kind = 'email' and identifiers.hmac = row.hmac
    on conflict do nothing`.execute(deps.database.kysely);
  return rows.map(({ token }) => `keepsake_customer=${token}`);
}
