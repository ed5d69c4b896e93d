/** Builds the modules of the server from what the platform gives, and mounts them. */
import { HOUR_MS, instantToText, MINUTE_MS } from '@keepsake/kernel';
import type { Deps } from '../platform/deps.ts';
import type { App } from '../platform/http/app.ts';
import { clientAddress } from '../platform/http/client-address.ts';
import { mountDocs } from '../platform/http/docs-page.ts';
import { failureCode } from '../platform/http/failures.ts';
import { type ApiRouter, createApiHandler, type Translate } from '../platform/http/handler.ts';
import { eraseReplies, purgeReplies } from '../platform/http/idempotency.store.ts';
import { REPLY_KEPT_MS } from '../platform/http/idempotency.ts';
import { problem } from '../platform/http/problem.ts';
import { createServeApi } from '../platform/http/serve-api.ts';
import { loadOperatorToken } from '../platform/operator-token.ts';
import { createRateLimit, type RateLimit } from '../platform/rate-limit.ts';
import { createActorResolver } from './actor.ts';
import { companiesRoutes } from './companies/index.ts';
import { designsRoutes, eraseDesigns, listDesigns } from './designs/index.ts';
import { deskRoutes } from './desk/index.ts';
import { familiesRoutes } from './families/index.ts';
import { eraseMails, smtpSender, startMailDispatcher } from './mail/index.ts';
import { type Exporter, memoryRoutes } from './memory/index.ts';
import { eraseSessions, purgeSessions, sessionsRoutes } from './sessions/index.ts';
import {
  createPasswords,
  createStaffAuth,
  mountStaffAuth,
  type Passwords,
  purgeStaff,
  staffRoutes,
} from './staff/index.ts';

/** The modules of a running server, as one. */
export interface RunningModules {
  /** Starts work that goes on in the background, once everything is mounted. */
  readonly start: () => Promise<void>;
  /** Ends that work; the database is closed after it. */
  readonly stop: () => Promise<void>;
}

/** Makes all modules and mounts them on the application. */
export function registerModules(app: App, deps: Deps): RunningModules {
  const passwords = createPasswords(2);
  const staffAuth = createStaffAuth(deps, passwords);
  const limits = createLimits();
  mountStaffAuth(app, deps, {
    auth: staffAuth,
    limits: { byAddress: limits.signInByAddress, byAccount: limits.signInByAccount },
  });
  const operatorToken = loadOperatorToken(deps.config.home);
  const serve = createServeApi(deps, {
    handle: createApiHandler(buildRouter(deps, { passwords, limits }), translator(deps)),
    resolveActor: createActorResolver(deps, { staffAuth, operatorToken }),
    limit: limits.general,
  });
  app.all('/api/*', (context) =>
    serve({
      request: context.req.raw,
      requestId: context.get('requestId'),
      address: clientAddress(context, deps.config.isBehindProxy),
    }),
  );
  mountDocs(app);
  return runInBackground(deps);
}

interface Limits {
  readonly general: RateLimit;
  readonly signInByAddress: RateLimit;
  readonly signInByAccount: RateLimit;
  readonly linksByEmail: RateLimit;
}

function createLimits(): Limits {
  return {
    general: createRateLimit({ points: 1_200, windowSeconds: 60 }),
    signInByAddress: createRateLimit({ points: 60, windowSeconds: 300 }),
    signInByAccount: createRateLimit({ points: 10, windowSeconds: 900 }),
    linksByEmail: createRateLimit({ points: 5, windowSeconds: 900 }),
  };
}

function buildRouter(
  deps: Deps,
  parts: { readonly passwords: Passwords; readonly limits: Limits },
): Partial<ApiRouter> {
  const { passwords, limits } = parts;
  return {
    companies: companiesRoutes(deps),
    families: familiesRoutes(deps),
    designs: designsRoutes(deps),
    memory: memoryRoutes(deps, {
      erasers: [eraseReplies, eraseSessions, eraseMails, eraseDesigns],
      openOrders: async () => [],
      exporters: [{ name: 'designs', read: exportDesigns(deps) }],
    }),
    desk: deskRoutes(deps, {
      listOrdersOfSubject: async () => [],
      listTasksOfSubject: async () => [],
      listArrivals: async () => [],
    }),
    session: {
      ...sessionsRoutes(deps, { byAddress: limits.signInByAddress, byEmail: limits.linksByEmail }),
      ...staffRoutes(deps, { passwords, signInLimit: limits.signInByAddress }),
    },
  };
}

/** A customer's saved designs, to take along. */
function exportDesigns(deps: Pick<Deps, 'keys'>): Exporter['read'] {
  return async (db, company, subject) => {
    const designs = await listDesigns(db, deps, company, subject);
    return designs.map((design) => ({ ...design, updatedAt: instantToText(design.updatedAt) }));
  };
}

/** What nobody expected is logged by its id; the store being away is told apart from a bug. */
function translator(deps: Pick<Deps, 'log'>): Translate {
  return (error) => {
    const code = failureCode(error);
    deps.log.error({ code, error }, 'a request failed');
    return problem(code);
  };
}

const HOUSEKEEPING_EVERY_MS = 10 * MINUTE_MS;

function runInBackground(deps: Deps): RunningModules {
  const { smtpUrl } = deps.config;
  let mails: ReturnType<typeof startMailDispatcher> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  return {
    start: async () => {
      if (smtpUrl !== undefined) mails = startMailDispatcher(deps, smtpSender(smtpUrl));
      timer = setInterval(() => {
        running = keepHouse(deps);
      }, HOUSEKEEPING_EVERY_MS);
      timer.unref();
    },
    stop: async () => {
      clearInterval(timer);
      await running;
      await mails?.stop();
    },
  };
}

/** Deletes what has run out. It is of no use by then: failing to delete it does no harm. */
async function keepHouse(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  const db = deps.database.kysely;
  try {
    await purgeReplies(db, new Date(now - REPLY_KEPT_MS));
    await purgeSessions(db, new Date(now));
    await purgeStaff(db, new Date(now - HOUR_MS));
  } catch (error) {
    deps.log.warn({ error }, 'what has run out was not deleted');
  }
}
