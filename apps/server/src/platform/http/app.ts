import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { LIMITS } from '@keepsake/contract';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { routePath } from 'hono/route';
import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { failureCode } from './failures.ts';
import { problemBody, RETRY_AFTER_SECONDS } from './problem.ts';
import { isRead } from './same-origin.ts';
import { securityHeaders } from './security-headers.ts';
import { openWebFolder } from './web-folder.ts';

/** What middleware leaves for handlers. */
export interface AppEnv {
  readonly Bindings: Partial<HttpBindings>;
  readonly Variables: {
    /** Ours, or the one that a proxy of ours gave; also in the header `X-Request-Id`. */
    readonly requestId: string;
    /** A handler that matches routes itself names the pattern, for the log and the metrics. */
    readonly route?: string;
  };
}

/** The web application of the server. */
export type App = Hono<AppEnv>;

/** The largest body of a request, in bytes. */
export const BODY_MAX: number = LIMITS.bodyBytesMax;
const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
const REQUEST_ID = /^[\w-]{8,64}$/;

/**
 * Makes the application: request ids, the access log, headers, limits, `/healthz`, `/metrics`, what
 * `register` adds, and last the web folder with its fallback for pages.
 */
export function createApp(
  deps: Deps,
  operatorToken: { readonly isGivenBy: (headers: Headers) => boolean },
  register: (app: App) => void,
): App {
  const app: App = new Hono<AppEnv>();
  app.onError((error, context) => answerFailure(deps, error, context));
  app.use(observe(deps));
  app.use(securityHeaders({ isHttps: deps.config.publicUrl.startsWith('https:') }));
  app.use(limitBody());
  app.get('/healthz', async (context) => {
    await sql`select 1`.execute(deps.database.kysely);
    return context.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' });
  });
  app.get('/metrics', async (context) => {
    const isAllowed = isFromHere(context) || operatorToken.isGivenBy(context.req.raw.headers);
    if (!isAllowed) return answer(context, 'session/required');
    const { registry } = deps.metrics;
    return context.body(await registry.metrics(), 200, { 'content-type': registry.contentType });
  });
  register(app);
  const web = openWebFolder(deps.config.webFolder);
  app.notFound(
    async (context) => (await web(context.req.raw)) ?? answer(context, 'route/not-found'),
  );
  return app;
}

/**
 * Refuses bodies that are too large: by their length where it is told, so that nothing is read yet,
 * otherwise by reading them.
 */
function limitBody() {
  const tooLarge = (context: Context<AppEnv>) => answer(context, 'request/too-large');
  const byReading = bodyLimit({ maxSize: BODY_MAX, onError: tooLarge });
  return (context: Context<AppEnv>, next: () => Promise<void>) => {
    const told = context.req.header('content-length');
    const isChunked = context.req.header('transfer-encoding') !== undefined;
    if (told === undefined || isChunked) {
      return isRead(context.req.method) ? next() : byReading(context, next);
    }
    return Number(told) > BODY_MAX ? Promise.resolve(tooLarge(context)) : next();
  };
}

/** Answers with a problem of the catalogue that needs no further fields. */
function answer(context: Context<AppEnv>, code: Parameters<typeof problemBody>[0]): Response {
  const body = problemBody(code, {}, context.get('requestId'));
  const retry = body.status === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {};
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store', ...retry },
  });
}

function answerFailure(deps: Deps, error: unknown, context: Context<AppEnv>): Response {
  const code = failureCode(error);
  deps.log.error({ requestId: context.get('requestId'), code, error }, 'a request failed');
  return answer(context, code);
}

/**
 * Gives each request its id, and reports it when it is answered. The log names the pattern of the
 * route, never the path: paths hold sign-in links.
 */
function observe(deps: Deps) {
  return async (context: Context<AppEnv>, next: () => Promise<void>): Promise<void> => {
    const given = deps.config.isBehindProxy ? context.req.header('x-request-id') : undefined;
    const requestId = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
    context.set('requestId', requestId);
    const start = performance.now();
    await next();
    const ms = performance.now() - start;
    const { status } = context.res;
    const { method } = context.req;
    const route = context.get('route') ?? patternOf(context, status);
    context.res.headers.set('x-request-id', requestId);
    deps.metrics.request(route, method, status, ms / 1000);
    deps.log.info({ requestId, method, route, status, ms: Math.round(ms * 10) / 10 }, 'answered');
  };
}

/** `routePath` names the middleware's own `*` where no route matched: those are files and pages. */
function patternOf(context: Context<AppEnv>, status: number): string {
  const pattern = routePath(context, -1);
  if (pattern !== '*' && pattern !== '/*') return pattern;
  return status === 404 ? '(none)' : '(web)';
}

/** Whether the caller is on this machine and no proxy stands between. */
function isFromHere(context: Context<AppEnv>): boolean {
  const address = context.env?.incoming?.socket.remoteAddress ?? '';
  const isForwarded =
    context.req.header('x-forwarded-for') !== undefined ||
    context.req.header('forwarded') !== undefined;
  return !isForwarded && /^(127\.|::1$|::ffff:127\.)/.test(address);
}
