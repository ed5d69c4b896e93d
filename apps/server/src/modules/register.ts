/** Builds the modules of the server from what the platform gives, and mounts them. */
import { DAY_MS, instantToText } from '@keepsake/kernel';
import type { Deps } from '../platform/deps.ts';
import type { App } from '../platform/http/app.ts';
import { clientAddress } from '../platform/http/client-address.ts';
import { mountDocs } from '../platform/http/docs-page.ts';
import { failureCode } from '../platform/http/failures.ts';
import { type ApiRouter, createApiHandler, type Translate } from '../platform/http/handler.ts';
import { eraseReplies } from '../platform/http/idempotency.store.ts';
import { problem } from '../platform/http/problem.ts';
import { routePattern } from '../platform/http/route-pattern.ts';
import { createServeApi } from '../platform/http/serve-api.ts';
import { loadOperatorToken } from '../platform/operator-token.ts';
import { createRateLimit, type RateLimit } from '../platform/rate-limit.ts';
import { createActorResolver } from './actor.ts';
import { type RunningModules, runInBackground } from './background.ts';
import { companiesRoutes } from './companies/index.ts';
import { designsRoutes, eraseDesigns, listDesigns } from './designs/index.ts';
import { contactsRoutes, deskRoutes, identityRoutes } from './desk/index.ts';
import { familiesRoutes } from './families/index.ts';
import { eraseHistory, exportContacts, exportPurchases, historyRoutes } from './history/index.ts';
import { eraseMails } from './mail/index.ts';
import { createMaking, type Making } from './making.ts';
import {
  accountRoutes,
  type Comparer,
  createComparer,
  createReplayer,
  type Exporter,
  type MemoryCollaborators,
  memoryRoutes,
  privacyRoutes,
  questionsRoutes,
  type Replayer,
  touchpointRoutes,
  vocabularyRoutes,
} from './memory/index.ts';
import { operatorRoutes } from './operator/index.ts';
import { eraseOrders, ordersRoutes, quoteRoute } from './orders/index.ts';
import { eraseSessions, sessionsRoutes } from './sessions/index.ts';
import {
  createPasswords,
  createStaffAuth,
  mountStaffAuth,
  type Passwords,
  staffRoutes,
} from './staff/index.ts';
import {
  drawLots,
  eraseAssignments,
  exportTreatments,
  treatmentsRoutes,
} from './treatments/index.ts';
import {
  createValuer,
  eraseValue,
  exportValue,
  keepMonthTerms,
  keepMonthTiers,
  type Valuer,
  valueRoutes,
} from './value/index.ts';
import { createValuing } from './valuing.ts';
import { workshopRoutes } from './workshop/index.ts';

export type { RunningModules } from './background.ts';

/** Makes all modules and mounts them on the application. */
export function registerModules(app: App, deps: Deps): RunningModules {
  const passwords = createPasswords(2);
  const staffAuth = createStaffAuth(deps, passwords);
  const limits = createLimits();
  const making = createMaking(deps);
  const replayer = createReplayer(deps);
  const comparer = createComparer(deps);
  const valuer = createValuer(deps, [
    (tx, { company, now }) => keepMonthTiers(tx, company, new Date(now - MONTH_MS)),
    (tx, ended) => keepMonthTerms(tx, ended),
    (tx, ended) => drawLots(tx, deps, ended),
  ]);
  mountStaffAuth(app, deps, {
    auth: staffAuth,
    limits: { byAddress: limits.signInByAddress, byAccount: limits.signInByAccount },
  });
  const operatorToken = loadOperatorToken(deps.config.home);
  const serve = createServeApi(deps, {
    handle: createApiHandler(
      buildRouter(deps, { passwords, limits, making, replayer, comparer, valuer }),
      translator(deps),
    ),
    resolveActor: createActorResolver(deps, { staffAuth, operatorToken }),
    limit: limits.general,
  });
  app.all('/api/*', (context) => {
    context.set('route', routePattern(context.req.method, context.req.path));
    return serve({
      request: context.req.raw,
      requestId: context.get('requestId'),
      address: clientAddress(context, deps.config.isBehindProxy),
    });
  });
  mountDocs(app);
  return runInBackground(deps, { refresh: making.refresh, replayer, comparer, valuer });
}

/** Longer than a month: the one before is still counted anew. */
const MONTH_MS = 31 * DAY_MS;

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
  parts: {
    readonly passwords: Passwords;
    readonly limits: Limits;
    readonly making: Making;
    readonly replayer: Replayer;
    readonly comparer: Comparer;
    readonly valuer: Valuer;
  },
): ApiRouter {
  const { passwords, limits, making, replayer, comparer, valuer } = parts;
  const valuing = createValuing(deps);
  const desk = { ...making.desk, readCare: valuing.readCare };
  const memory: MemoryCollaborators = {
    erasers: [
      ...[eraseReplies, eraseSessions, eraseMails, eraseDesigns],
      ...[eraseOrders(deps), eraseHistory, eraseValue, eraseAssignments],
    ],
    openOrders: making.openOrders,
    changed: making.changed,
    changedMany: making.changedMany,
    exporters: [
      { name: 'designs', read: exportDesigns(deps) },
      { name: 'orders', read: making.exportOrders },
      { name: 'purchaseHistory', read: exportPurchases(deps) },
      { name: 'serviceContacts', read: exportContacts(deps) },
      { name: 'customerValue', read: exportValue(deps) },
      { name: 'treatments', read: exportTreatments },
    ],
  };
  return {
    companies: companiesRoutes(deps),
    families: { ...familiesRoutes(deps), quote: quoteRoute(making.orderDeps) },
    designs: designsRoutes(deps),
    history: historyRoutes(deps),
    memory: memoryRoutes(deps, memory),
    touchpoint: touchpointRoutes(deps, { ...memory, comparer }),
    operations: operatorRoutes(deps, { passwords, memory }),
    desk: {
      ...deskRoutes(deps, desk),
      ...contactsRoutes(deps),
      ...privacyRoutes(deps, memory),
    },
    privacy: accountRoutes(deps, making.changed),
    questions: questionsRoutes(deps),
    vocabulary: vocabularyRoutes(deps, replayer),
    identity: identityRoutes(deps, desk),
    orders: ordersRoutes(making.orderDeps),
    workshop: workshopRoutes(making.orderDeps),
    value: valueRoutes(deps, valuer, valuing.collaborators),
    treatments: treatmentsRoutes(deps),
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
