/** A company whose customers are valued, with rows as a run leaves them. */
import { randomUUID } from 'node:crypto';
import type { Role } from '@keepsake/contract';
import { DAY_MS, instantToText } from '@keepsake/kernel';
import { type Drivers, type ReviewItem, type Tier, valueOfDrivers } from '@keepsake/value';
import {
  addIdentifier,
  createSubject,
  linkSubjects,
  writeName,
} from '../../src/modules/memory/index.ts';
import { putDocument } from '../../src/modules/terms/index.ts';
import type { RunBody, ScoreBody } from '../../src/modules/value/run-body.ts';
import {
  type Answer,
  addTestCompany,
  openTestServer,
  signInCustomer,
  signInStaff,
  type TestServer,
  type TestServerOptions,
} from '../support/test-server.ts';

export const COMPANY = 'acme';
export const OTHER = 'other';

/** By what the runs of the tests were worked out. */
export const COSTS = {
  ...{ version: 'costs-1', validFrom: '2025-01-01', currency: 'EUR', minorPerUnit: 100 },
  ...{ marginBasisPoints: 4_000, marginBasisPointsByCategory: {}, perOrderMinor: 400 },
  ...{ perLineMinor: 50, perReturnMinor: 600, perContactMinor: { phone: 700, web: 20 } },
  ...{ paymentBasisPoints: 200, discountBasisPointsPerYear: 1_000 },
};

export const RATES: Readonly<
  Record<'perOrder' | 'perLine' | 'perReturn' | 'payment' | 'emptied', number>
> = { perOrder: 4, perLine: 0.5, perReturn: 6, payment: 0.02, emptied: 0.5 };

export const COHORT: Drivers = {
  ...{ alive: 0.5, purchases: 4, spend: 60, margin: 0.4, returnRate: 0.1, lines: 2 },
  contactCost: 1.5,
};

export const DRIVERS: Drivers = {
  ...{ alive: 0.9, purchases: 6, spend: 85, margin: 0.45, returnRate: 0.3, lines: 3 },
  contactCost: 0.5,
};

/** What a run says of one customer; what is not said is that of an ordinary one. */
export interface Scored {
  readonly person: string;
  readonly tier?: Tier;
  readonly value?: number;
  readonly growth?: number;
  readonly atStake?: number;
  readonly drivers?: Drivers;
  readonly since?: Date;
  readonly expires?: Date;
  readonly candidate?: Tier;
  /** All subjects of the person. */
  readonly subjects?: readonly string[];
}

export interface ValueWorld {
  readonly server: TestServer;
  /** Calls an endpoint of a company as somebody of a role there. */
  as(role: Role, path: string, body?: unknown, company?: string): Promise<Answer>;
  /** The cookie of somebody of a role. */
  cookieOf(role: Role, company?: string): Promise<string>;
  /** Adds a customer who may be called something and have an address; answers the subject. */
  addPerson(who?: { name?: string; email?: string; company?: string }): Promise<string>;
  /** Says that two subjects are one person; answers the person. */
  join(a: string, b: string): Promise<string>;
  /** A run that ended well, with what it says of customers. */
  run(
    scored: readonly Scored[],
    how?: { company?: string; body?: Partial<RunBody> },
  ): Promise<string>;
  /** Opens a review of a customer; answers its id. */
  addReview(person: string, item?: Partial<ReviewItem>, company?: string): Promise<string>;
  addMonths(
    month: string,
    tiers: readonly (readonly [string, Tier, number])[],
    profit?: number,
  ): Promise<void>;
  /** Calls an endpoint as a customer. */
  signIn(
    email: string,
  ): Promise<(path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>>;
}

export async function openValueWorld(options: TestServerOptions = {}): Promise<ValueWorld> {
  const server = await openTestServer(options);
  await addTestCompany(server, COMPANY);
  await addTestCompany(server, OTHER);
  const { deps } = server;
  const db = deps.database.kysely;
  for (const company of [COMPANY, OTHER]) {
    const stated = { company, kind: 'costs', document: COSTS, by: null } as const;
    await deps.database.transaction((tx) => putDocument(tx, deps, stated));
  }
  const cookies = new Map<string, Promise<string>>();
  const cookieOf = (role: Role, company: string = COMPANY): Promise<string> => {
    const id = `${role} ${company}`;
    const cookie = cookies.get(id) ?? signInStaff(server, company, role);
    cookies.set(id, cookie);
    return cookie;
  };

  return {
    server,
    cookieOf,
    as: async (role, path, body, company = COMPANY) => {
      const cookie = await cookieOf(role, company);
      return await server.call(`/api/c/${company}${path}`, { body, cookie });
    },
    addPerson: async ({ name, email, company = COMPANY } = {}) =>
      await deps.database.transaction(async (tx) => {
        const subject = await createSubject(tx, deps, company);
        if (name !== undefined) await writeName(tx, deps, { company, subject }, name);
        if (email !== undefined) {
          const handle = { company, subject, kind: 'email', value: email, by: 'staff' } as const;
          await addIdentifier(tx, deps, handle);
        }
        return subject;
      }),
    join: async (a, b) => {
      const verdict = { company: COMPANY, kind: 'same', a, b, actor: null } as const;
      await deps.database.transaction((tx) => linkSubjects(tx, deps, verdict));
      return a < b ? a : b;
    },
    run: async (scored, { company = COMPANY, body = {} } = {}) => {
      const run = randomUUID();
      const now = new Date(server.clock.now());
      await db
        .insertInto('value_runs')
        .values({
          ...{ company, id: run, state: 'done', step: 'keeping', progress: 1, months: 0 },
          ...{ wants_fit: true, asked_by: null, started_at: now, seen_at: now, ended_at: now },
          ...{ problem: null, customers: scored.length, until: '2026-03-01', costs: 'costs-1' },
          ...{ policy: 'policy-1', model: body.base === null ? null : randomUUID() },
          body: JSON.stringify({ ...runBody(), ...body }) as unknown as RunBody,
          left_out: null,
        })
        .execute();
      for (const one of scored) await keepScore(server, { company, run, now, one });
      return run;
    },
    addReview: async (person, item = {}, company = COMPANY) => {
      const id = randomUUID();
      const now = server.clock.now();
      const whole = { ...reviewItemOf(person, now), ...item };
      await db
        .insertInto('value_reviews')
        .values({
          ...{ company, id, person, opened_at: new Date(now) },
          item: JSON.stringify(whole) as unknown as ReviewItem,
          ...{ closed_at: null, closed_by: null, outcome: null, outcome_sealed: null },
        })
        .execute();
      return id;
    },
    addMonths: async (month, tiers, profit = 0) => {
      const rows = tiers.map(([person, tier, value]) => ({ person, tier, value }));
      const at = { company: COMPANY, month: `${month}-01` };
      const equity = rows.reduce((sum, { value }) => sum + value, 0);
      await db
        .insertInto('value_month_totals')
        .values({ ...at, customers: rows.length, equity, profit })
        .execute();
      if (rows.length === 0) return;
      await db
        .insertInto('value_months')
        .values(rows.map((row) => ({ ...at, ...row })))
        .execute();
    },
    signIn: async (email) => {
      const cookie = await signInCustomer(server, COMPANY, email);
      return (path, body, headers = {}) =>
        server.call(`/api/c/${COMPANY}${path}`, { body, cookie, headers });
    },
  };
}

/** What a run keeps of the base of the tests. */
export function runBody(): RunBody {
  return {
    tooLittle: null,
    settings: { horizonWeeks: 156, growthReach: 0.3, growthCost: 10, newWeeks: 12 },
    base: {
      ...{ model: 'pareto-nbd', verdict: 'identified', parameters: { r: 0.5 } },
      ...{ fittedAt: '2026-03-01T03:00:00.000Z', fittedUntil: '2026-03-01', fittedCustomers: 40 },
      ...{ cohort: COHORT, cohortValue: valueOfDrivers(COHORT, RATES), rates: RATES },
      ...{ topThreshold: 100, equity: 0, tiers: [] },
      whale: {
        ...{ customers: [0, 0.5, 1], value: [0, 30, 20], total: 20 },
        peak: { customers: 0.5, value: 30 },
      },
    },
    backTest: null,
  };
}

interface Keeping {
  readonly company: string;
  readonly run: string;
  readonly now: Date;
  readonly one: Scored;
}

async function keepScore(server: TestServer, { company, run, now, one }: Keeping): Promise<void> {
  const db = server.deps.database.kysely;
  const { person, tier = 'maintain', growth = 5, atStake = 2, drivers = DRIVERS } = one;
  const value = one.value ?? valueOfDrivers(drivers, RATES);
  const expires = one.expires ?? new Date(now.getTime() + 400 * DAY_MS);
  await db
    .insertInto('value_scores')
    .values({
      ...{ company, person, run, tier, value, low: value - 10, high: value + 10, growth },
      ...{ below_zero: value < 0 ? 0.9 : 0.1, alive: drivers.alive, potential: value + 50 },
      ...{ at_stake: atStake, main_driver: 'spend', main_amount: 12.5 },
      body: JSON.stringify(scoreBody(one, value)) as unknown as ScoreBody,
    })
    .execute();
  await db
    .insertInto('value_tiers')
    .values({
      ...{ company, person, tier, since: one.since ?? now, expires, last_run: now },
      ...{ candidate: one.candidate ?? null, candidate_runs: one.candidate ? 1 : null },
      ...{ contested_at: null, contest_sealed: null, set_by: null },
    })
    .onConflict((conflict) =>
      conflict.columns(['company', 'person']).doUpdateSet({ tier, expires, last_run: now }),
    )
    .execute();
  const counts = JSON.stringify({ phone: 2 }) as unknown as Record<string, number>;
  const bought = JSON.stringify({ shoes: 5 }) as unknown as Record<string, number>;
  await db
    .insertInto('value_accounts')
    .values({
      ...{ company, person, subjects: [...(one.subjects ?? [person])] },
      ...{ first_day: '2024-05-01', last_day: '2026-02-01', purchase_days: 5, first_minor: 4_000n },
      ...{ spend_count: 4, spend_minor: 10_000n, lines: 9, returns: 1, added_up_at: now },
      ...{ contacts: counts, categories: bought },
    })
    .onConflict((conflict) => conflict.columns(['company', 'person']).doNothing())
    .execute();
}

function scoreBody(
  { person, tier = 'maintain', drivers = DRIVERS, growth = 5, atStake = 2 }: Scored,
  value: number,
): ScoreBody {
  return {
    decision: {
      ...{ customer: person, tier, why: 'least-loss', probability: 0.8, atStake },
      probabilities: { top: 0.1, growable: 0.2, ordinary: 0.6, 'below-zero': 0.1 },
      expected: { actual: value, growth, saving: 0 },
      interval: { low: value - 10, high: value + 10 },
      losses: { keep: 3, grow: 3, maintain: 1, 'below-zero': 9, undecided: 2 },
      ...{ remedies: [], isCurable: false },
    },
    drivers,
    potentialPurchases: 9,
  };
}

function reviewItemOf(person: string, now: number): ReviewItem {
  const remedy = (id: string, saving: number) => ({
    ...{ ids: [id], words: [{ en: `The ${id}` }], saving },
    ...{ valueAfter: saving - 40, belowZeroAfter: 0.8 },
  });
  return {
    ...{ customer: person, openedAt: now, why: 'below-zero', policyVersion: 'policy-1' },
    ...{ expectedValue: -40, interval: { low: -60, high: -20 }, probability: 0.97 },
    ...{ lossOfParting: 3, remedies: [remedy('self-service', 15), remedy('fee', 5)] },
    together: { ...remedy('self-service', 18), ids: ['self-service', 'fee'] },
  };
}

/** An instant as the wire writes it. */
export const textOf = (date: Date): string => instantToText(date.getTime());
