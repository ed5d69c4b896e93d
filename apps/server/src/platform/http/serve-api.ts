import { LIMITS } from '@keepsake/contract';
import type { Deps } from '../deps.ts';
import type { RateLimit } from '../rate-limit.ts';
import { readBody } from './body.ts';
import type { Actor } from './context.ts';
import type { ApiHandler } from './handler.ts';
import { createAnswerOnce, isIdempotencyKey } from './idempotency.ts';
import { problemReply } from './problem.ts';
import { isCrossSite, isRead } from './same-origin.ts';

const NO_BYTES = new Uint8Array();

/** Who is calling, and cookies that finding out has refreshed. */
export interface Resolved {
  readonly actor: Actor;
  readonly cookies: readonly string[];
}

/** What serving the API needs beside the platform. */
export interface ServeApiParts {
  readonly handle: ApiHandler;
  /** Finds out who is calling; `company` is the one in the address, if any. */
  readonly resolveActor: (request: Request, company: string | undefined) => Promise<Resolved>;
  readonly limit: RateLimit;
}

/** A request as it came in. */
export interface Incoming {
  readonly request: Request;
  readonly requestId: string;
  readonly address: string;
}

/**
 * Makes the front of the API: limits, origin, body and key are looked at before anybody is asked
 * who is calling, and that before the contract reads the input.
 */
export function createServeApi(
  deps: Pick<Deps, 'config' | 'database' | 'keys' | 'clock' | 'log'>,
  parts: ServeApiParts,
): (incoming: Incoming) => Promise<Response> {
  const answerOnce = createAnswerOnce(deps);
  const origins = [new URL(deps.config.publicUrl).origin];
  return async (incoming) => {
    const { request, requestId, address } = incoming;
    const refusal = await refuse(origins, parts, incoming);
    if (refusal !== undefined) return refusal;
    const body = await readBody(request, LIMITS.bodyBytesMax);
    if (body.kind === 'too-large') return problemReply('request/too-large', {}, requestId);
    if (body.kind === 'not-json') {
      return problemReply('request/malformed', { detail: body.detail }, requestId);
    }
    const url = new URL(request.url);
    const company = companyOf(url.pathname);
    const { actor, cookies } = await parts.resolveActor(request, company);
    const { headers } = request;
    const key = headers.get('idempotency-key');
    const isKeyed = key !== null && !isRead(request.method) && company !== undefined;
    const context = { requestId, address, actor, headers, idempotencyKey: isKeyed ? key : null };
    const { method } = request;
    const bytes = isRead(method) ? NO_BYTES : body.bytes;
    const run = () =>
      parts.handle({ method, url, headers, bytes }, { ...context, replyHeaders: new Headers() });
    const reply = isKeyed
      ? await answerOnce(
          {
            ...{ company, actor, address, key, requestId },
            ...{ method, target: url.pathname + url.search, body: body.bytes },
          },
          run,
        )
      : await run();
    return withCookies(reply, cookies);
  };
}

async function refuse(
  origins: readonly string[],
  parts: ServeApiParts,
  { request, requestId, address }: Incoming,
): Promise<Response | undefined> {
  const rate = isLocal(address) ? undefined : await parts.limit.take(address);
  if (rate?.kind === 'refused') {
    const headers = { 'retry-after': String(rate.retryAfterSeconds) };
    return problemReply('request/too-many', {}, requestId, headers);
  }
  const key = request.headers.get('idempotency-key');
  if (key !== null && !isIdempotencyKey(key)) {
    const issues = [{ path: 'Idempotency-Key', message: 'is 8 to 100 visible characters' }];
    return problemReply('request/invalid', { issues }, requestId);
  }
  if (!isRead(request.method) && isCrossSite(request, origins)) {
    const fields = { detail: 'Another site asked for this.' };
    return problemReply('session/forbidden', fields, requestId);
  }
  return undefined;
}

/** Whoever sits at the machine itself is not held back; behind a proxy nobody looks like that. */
function isLocal(address: string): boolean {
  return address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1';
}

/** The company in an address of the API. */
function companyOf(path: string): string | undefined {
  return /^\/api\/c\/([a-z][a-z0-9_-]{0,63})(?:\/|$)/.exec(path)?.[1];
}

function withCookies(reply: Response, cookies: readonly string[]): Response {
  for (const cookie of cookies) reply.headers.append('set-cookie', cookie);
  return reply;
}
