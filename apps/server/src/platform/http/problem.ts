import { PROBLEMS, type Problem, type ProblemCode, type ProblemFields } from '@keepsake/contract';
import { ORPCError } from '@orpc/server';

/** The error a route throws to answer with a problem. Services return outcomes; routes translate. */
export function problem(
  code: ProblemCode,
  fields: ProblemFields = {},
): ORPCError<ProblemCode, ProblemFields> {
  const { status, title } = PROBLEMS[code];
  return new ORPCError(code, { status, message: title, data: fields });
}

/** Codes that the HTTP layer itself answers with, by the library's own names. */
const LIBRARY_CODES: Readonly<Record<string, ProblemCode>> = {
  NOT_FOUND: 'route/not-found',
  PAYLOAD_TOO_LARGE: 'request/too-large',
  METHOD_NOT_SUPPORTED: 'route/not-found',
};

interface RawIssue {
  readonly path?: readonly unknown[];
  readonly message?: string;
  readonly code?: string;
}

function isKnown(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}

function invalidInput(data: unknown): ProblemFields {
  const issues = (data as { readonly issues?: readonly RawIssue[] } | undefined)?.issues;
  if (issues === undefined) return {};
  return {
    issues: issues.map((issue) => ({
      path: (issue.path ?? []).map(String).join('.'),
      message: issue.message ?? 'is not allowed here',
      ...(issue.code === undefined ? {} : { code: issue.code }),
    })),
  };
}

/** The body of a problem: RFC 9457's fields, the advice of the catalogue and the typed fields. */
export function problemBody(code: ProblemCode, fields: ProblemFields, instance: string): Problem {
  const { status, title, advice } = PROBLEMS[code];
  return { type: code, title, status, advice, instance, ...fields };
}

/** Problems on the wire are of this type. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** When to ask again where trying later can help. */
export const RETRY_AFTER_SECONDS = '5';

/** A problem as a whole reply, for what is refused before the contract is asked. */
export function problemReply(
  code: ProblemCode,
  fields: ProblemFields,
  instance: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = problemBody(code, fields, instance);
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store', ...headers },
  });
}

/** Any error of the HTTP layer as a problem; what is not expected is `server/failed`, without detail. */
export function toProblem(error: ORPCError<string, unknown>, instance: string): Problem {
  if (isKnown(error.code)) {
    return problemBody(error.code, (error.data ?? {}) as ProblemFields, instance);
  }
  if (error.code === 'BAD_REQUEST') {
    const fields = invalidInput(error.data);
    const code = fields.issues === undefined ? 'request/malformed' : 'request/invalid';
    return problemBody(code, fields, instance);
  }
  return problemBody(LIBRARY_CODES[error.code] ?? 'server/failed', {}, instance);
}
