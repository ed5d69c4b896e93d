import type { contract } from '@keepsake/contract';
import { OpenAPIHandler } from '@orpc/openapi/fetch';
import { ORPCError, type Router } from '@orpc/server';
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

/** Makes the one handler of the whole API from its router. */
export function createApiHandler(router: ApiRouter, translate: Translate): ApiHandler {
  const handler = new OpenAPIHandler(router, {
    clientInterceptors: [
      async ({ next }) => {
        try {
          return await next();
        } catch (error) {
          throw error instanceof ORPCError ? error : (translate(error) ?? error);
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
