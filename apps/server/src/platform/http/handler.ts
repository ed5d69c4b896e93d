import type { contract } from '@keepsake/contract';
import { StandardOpenAPIHandler } from '@orpc/openapi/standard';
import { ORPCError, type Router, ValidationError } from '@orpc/server';
import { toFetchResponse } from '@orpc/standard-server-fetch';
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

/** A request whose body has been read whole. */
export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Answers requests under `/api`. */
export type ApiHandler = (request: ApiRequest, context: RequestContext) => Promise<Response>;

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
  const handler = new StandardOpenAPIHandler(router, {
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
    const { matched, response } = await handler.handle(lazily(request), { context });
    if (!matched) return problemReply('route/not-found', {}, context.requestId);
    if (response.status >= 400) return refusal(response, context);
    return finish(toFetchResponse(response), context);
  };
}

type LazyRequest = Parameters<StandardOpenAPIHandler<RequestContext>['handle']>[0];
type StandardResponse = Parameters<typeof toFetchResponse>[0];

/** The request as the library reads it, without a `Request` and its streams in between. */
function lazily({ method, url, headers, bytes }: ApiRequest): LazyRequest {
  return {
    ...{ method, url, signal: undefined },
    headers: Object.fromEntries(headers),
    body: async () => bodyOf(bytes, headers.get('content-type') ?? ''),
  };
}

/** JSON as its value; lines of JSON as the bytes that they are. */
function bodyOf(bytes: Uint8Array<ArrayBuffer>, type: string): unknown {
  if (bytes.length === 0) return undefined;
  if (type.startsWith('application/json')) return JSON.parse(new TextDecoder().decode(bytes));
  return new File([bytes], 'blob', { type });
}

/**
 * Puts its last headers on an answer. They are set where they are: an answer that is made anew from
 * the body of another is sent as a stream, piece by piece.
 */
function finish(reply: Response, context: RequestContext): Response {
  const { headers } = reply;
  for (const [name, value] of context.replyHeaders) headers.append(name, value);
  headers.set('cache-control', headers.get('cache-control') ?? 'no-store');
  return isKnown(context.headers, headers) ? new Response(null, { status: 304, headers }) : reply;
}

function refusal(reply: StandardResponse, context: RequestContext): Response {
  const raw = reply.body as { code?: string; type?: string; data?: unknown };
  const body =
    raw.type === undefined
      ? toProblem(new ORPCError(raw.code ?? '', { data: raw.data }), context.requestId)
      : raw;
  const status = 'status' in body ? Number(body.status) : reply.status;
  const headers = new Headers({ 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' });
  for (const [name, value] of context.replyHeaders) headers.append(name, value);
  if (status === 503) headers.set('retry-after', RETRY_AFTER_SECONDS);
  return new Response(JSON.stringify(body), { status, headers });
}

/** Whether the caller has what the answer's `etag` names: then nothing need be sent again. */
function isKnown(asked: Headers, answered: Headers): boolean {
  const etag = answered.get('etag');
  const known = asked.get('if-none-match')?.split(',') ?? [];
  return etag !== null && known.some((each) => each.trim().replace(/^W\//, '') === etag);
}
