import type { contract } from '@keepsake/contract';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { ORPCError, type Router, ValidationError } from '@orpc/server';
import type { RequestContext } from './context.ts';
import {
  PROBLEM_TYPE,
  type problem,
  problemReply,
  RETRY_AFTER_SECONDS,
  toProblem,
} from './problem.ts';

/** Every handler of the contract: a router of this type has none missing. */
export type ApiRouter = Router<typeof contract, RequestContext>;

/** Called with what the API did not expect, for the log; answers with the problem to show, if any. */
export type Translate = (error: unknown) => ReturnType<typeof problem> | undefined;

/** Answers requests under `/api`; undefined where no endpoint matches. */
export type ApiHandler = (request: Request, context: RequestContext) => Promise<Response>;

/** What the library calls an answer of ours that breaks the contract. */
const UNEXPECTED = 'INTERNAL_SERVER_ERROR';

/** An answer that breaks the contract, told by the places alone: the rest of it is somebody's. */
function withoutData(error: unknown): unknown {
  if (!(error instanceof ORPCError) || !(error.cause instanceof ValidationError)) return error;
  const places = error.cause.issues.map(({ message, path = [] }) => {
    const at = path.map((step) => (typeof step === 'object' ? step.key : step)).map(String);
    return `${at.join('.')}: ${message}`;
  });
  return new Error(`an answer breaks the contract: ${places.slice(0, 5).join('; ')}`);
}

/** Makes the one handler of the whole API from its router. */
export function createApiHandler(router: ApiRouter, translate: Translate): ApiHandler {
  const handler = new OpenAPIHandler(router, {
    clientInterceptors: [
      async ({ next }) => {
        try {
          return await next();
        } catch (error) {
          throw error instanceof ORPCError && error.code !== UNEXPECTED
            ? error
            : (translate(withoutData(error)) ?? error);
        }
      },
    ],
    customErrorResponseBodyEncoder: (error) => error.toJSON(),
  });
  return async (request, context) => {
    const { matched, response } = await handler.handle(request, { context });
    if (!matched) return problemReply('route/not-found', {}, context.requestId);
    return finish(response, context);
  };
}

async function finish(reply: Response, context: RequestContext): Promise<Response> {
  const headers = new Headers(reply.headers);
  for (const [name, value] of context.replyHeaders) headers.append(name, value);
  headers.set('cache-control', headers.get('cache-control') ?? 'no-store');
  if (isKnown(context.headers, headers)) return new Response(null, { status: 304, headers });
  if (reply.status < 400) return new Response(reply.body, { status: reply.status, headers });
  const raw = (await reply.json()) as { code?: string; type?: string; data?: unknown };
  const body =
    raw.type === undefined
      ? toProblem(new ORPCError(raw.code ?? '', { data: raw.data }), context.requestId)
      : raw;
  headers.set('content-type', PROBLEM_TYPE);
  headers.delete('content-length');
  const status = 'status' in body ? Number(body.status) : reply.status;
  if (status === 503) headers.set('retry-after', RETRY_AFTER_SECONDS);
  return new Response(JSON.stringify(body), { status, headers });
}

/** Whether the caller has what the answer's `etag` names: then nothing need be sent again. */
function isKnown(asked: Headers, answered: Headers): boolean {
  const etag = answered.get('etag');
  const known = asked.get('if-none-match')?.split(',') ?? [];
  return etag !== null && known.some((each) => each.trim().replace(/^W\//, '') === etag);
}
