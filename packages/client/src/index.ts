import { contract, type Problem } from '@keepsake/contract';
import { createORPCClient, ORPCError } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { OpenAPILink } from '@orpc/openapi-client/fetch';

/** The client: one function per endpoint, `client.orders.place({ … })`. */
export type KeepsakeClient = ContractRouterClient<typeof contract, CallContext>;

/** What a call may carry beside its input. */
export interface CallContext {
  /**
   * Makes a write safe to repeat; the client makes one for every write that has none. Null: none is
   * sent, and the server keeps no reply; for what changes nothing.
   */
  readonly idempotencyKey?: string | null;
}

export interface ClientOptions {
  /** Where the server is, such as `http://localhost:4600`. */
  readonly baseUrl: string;
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Sent with every call; the command line puts its token here. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes an idempotency key; for example `crypto.randomUUID`. */
  readonly newKey: () => string;
}

/** The problem in an error that a call has thrown, or undefined where it is none (no network…). */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof ORPCError && isProblem(error.data)) return error.data;
  return undefined;
}

function isProblem(data: unknown): data is Problem {
  return typeof data === 'object' && data !== null && 'type' in data && 'status' in data;
}

/**
 * Problems come as `application/problem+json`, which the link takes for a file and leaves unread. It
 * is JSON all the same.
 */
function readable(response: Response): Response {
  if (!response.headers.get('content-type')?.includes('problem+json')) return response;
  const headers = new Headers(response.headers);
  headers.set('content-type', 'application/json');
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}

/** Makes a typed client of the HTTP API. Calls reject with an error that `problemOf` reads. */
export function createClient(options: ClientOptions): KeepsakeClient {
  const link = new OpenAPILink<CallContext>(contract, {
    url: options.baseUrl,
    headers: ({ context }) => ({
      ...options.headers,
      ...(context.idempotencyKey === null
        ? {}
        : { 'idempotency-key': context.idempotencyKey ?? options.newKey() }),
    }),
    fetch: async (request) => readable(await (options.fetch ?? fetch)(request)),
    customErrorResponseBodyDecoder: (body, response) => {
      if (!isProblem(body)) return undefined;
      return new ORPCError(body.type, {
        status: response.status,
        message: body.title,
        data: body,
        defined: true,
      });
    },
  });
  return createORPCClient(link);
}
