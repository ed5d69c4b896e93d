/** A company with a simulated base, which grows from one stage of the bench to the next. */
import { DAY_MS } from '@keepsake/kernel';
import { BASE_COSTS } from '@keepsake/value/testing';
import { sql } from 'kysely';
import { insertCompany } from '../../apps/server/src/modules/companies/index.ts';
import { addMember, createPasswords } from '../../apps/server/src/modules/staff/index.ts';
import { putDocument } from '../../apps/server/src/modules/terms/index.ts';
import { systemRandom } from '../../apps/server/src/platform/chance.ts';
import { type SettableClock, settableClock } from '../../apps/server/src/platform/clock.ts';
import { type Config, readConfig } from '../../apps/server/src/platform/config.ts';
import { type Database, openDatabase } from '../../apps/server/src/platform/database/database.ts';
import { addBase } from '../../apps/server/test/value/base-world.ts';
import { postmasterOf } from '../orders/postgres.ts';
import { benchCompany } from '../support/company.ts';
import { cpuSecondsOf, mainThreadSeconds } from '../support/processes.ts';

/** The company of the bench. */
export const COMPANY = 'acme';
/** Who opens the portfolio. */
export const MANAGER = { email: 'marketing@acme.example', password: 'a password for benches' };

/** One stage: which database, how much is there, and when it is. */
export interface Stage {
  readonly home: string;
  /** Null: the embedded database, in the home. */
  readonly databaseUrl: string | null;
  /** Persons that are there, and that are to be there. */
  readonly from: number;
  readonly to: number;
  /** The last day of the base is that of this instant. */
  readonly until: number;
  /** The clock stands so many days later: what was put in before is no news any more. */
  readonly days: number;
}

/** An open database, and what has been asked of it. */
export interface World {
  readonly config: Config;
  readonly database: Database;
  readonly clock: SettableClock;
  /** What has been used until now. */
  readonly used: () => Used;
}

/** Processor time in seconds, and statements, since the beginning of the process. */
export interface Used {
  readonly seconds: number;
  readonly statements: number;
  /** Of all threads of this process, and of the first one; the latter on Linux alone. */
  readonly process: number;
  readonly firstThread: number | undefined;
  /** Of a PostgreSQL; undefined on the embedded database, and where the system does not tell. */
  readonly postgres: number | undefined;
}

const STATEMENT_MS_MAX = 600_000;
/** Persons that are put in with one statement of each kind. */
const PART = 10_000;

/** Opens the database of a stage. */
export async function openStage({ home, databaseUrl, until, days }: Stage): Promise<World> {
  const config = readConfig({
    ...{ KEEPSAKE_HOME: home, KEEPSAKE_DEMO: 'no', LOG_LEVEL: 'error', PORT: '0' },
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  });
  let statements = 0;
  const database = await openDatabase({
    source: config.database,
    statementLimitMs: STATEMENT_MS_MAX,
    onStatement: () => {
      statements++;
    },
  });
  const store = databaseUrl === null ? undefined : await postmasterOf(database.kysely);
  return {
    ...{ config, database, clock: settableClock(until + days * DAY_MS) },
    used: () => {
      const { user, system } = process.cpuUsage();
      return {
        ...{ seconds: performance.now() / 1000, statements, process: (user + system) / 1e6 },
        firstThread: mainThreadSeconds(),
        postgres: store === undefined ? undefined : cpuSecondsOf(store),
      };
    },
  };
}

/** What was used between two moments. */
export function usedBetween(before: Used, after: Used): Used {
  const less = (of: 'firstThread' | 'postgres'): number | undefined => {
    const [from, to] = [before[of], after[of]];
    return from === undefined || to === undefined ? undefined : to - from;
  };
  return {
    seconds: after.seconds - before.seconds,
    statements: after.statements - before.statements,
    process: after.process - before.process,
    firstThread: less('firstThread'),
    postgres: less('postgres'),
  };
}

/** Adds the company, with its costs and who opens the portfolio. */
export async function foundCompany({ database, clock }: World): Promise<void> {
  const deps = { clock, random: systemRandom };
  const passwordHash = await createPasswords(1).hash(MANAGER.password);
  await database.transaction(async (tx) => {
    const record = benchCompany(COMPANY, { kind: 'goods', currency: 'EUR' });
    await insertCompany(tx, record, { position: 0, createdAt: new Date(clock.now()) });
    const document = { ...BASE_COSTS, validFrom: '2020-01-01' };
    await putDocument(tx, deps, { company: COMPANY, kind: 'costs', document, by: null });
    const person = { name: 'Marketing', email: MANAGER.email, passwordHash };
    await addMember(tx, deps, { company: COMPANY, roles: ['marketing'], person });
  });
}

/** Adds persons until as many are there as the stage says; answers rows of purchases and contacts. */
export async function growBase({ database }: World, { from, to, until }: Stage): Promise<number> {
  for (let at = from; at < to; at += PART) {
    const customers = Math.min(PART, to - at);
    await addBase(database, { company: COMPANY, customers, until, seed: 5 + at, from: at });
  }
  await sql`analyze`.execute(database.kysely);
  const { rows } = await sql<{ count: number }>`
    select ((select count(*) from purchase_history) + (select count(*) from service_contacts))::int
      as count`.execute(database.kysely);
  return rows[0]?.count ?? 0;
}
