import { type Access, PROBLEMS, type ProblemCode } from '@keepsake/contract';

/** A response as the document describes it. */
export interface DescribedResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
}

/** What decides which problems of the HTTP layer an endpoint can answer with. */
export interface EndpointTraits {
  readonly access: Access;
  readonly isWrite: boolean;
  /** Takes an idempotency key. */
  readonly isKeyed: boolean;
}

/** Every problem that an endpoint can answer with, by status: its own and those of the HTTP layer. */
export function problemResponses(
  own: readonly string[],
  traits: EndpointTraits,
): Record<string, DescribedResponse> {
  const codes = [...new Set([...own, ...commonCodes(traits)])].filter(isProblemCode);
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = PROBLEMS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const sorted = [...byStatus].sort(([a], [b]) => a - b);
  const isOwn = (code: ProblemCode): boolean => own.includes(code);
  return Object.fromEntries(
    sorted.map(([status, each]) => [status, describe(status, each, each.some(isOwn))]),
  );
}

function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(PROBLEMS, code);
}

function commonCodes({ access, isWrite, isKeyed }: EndpointTraits): readonly ProblemCode[] {
  const hasRoles = 'roles' in access;
  return [
    'request/invalid',
    ...(isWrite ? (['request/malformed', 'request/too-large'] as const) : []),
    ...(access.kind === 'anyone' ? [] : (['session/required'] as const)),
    // A write that another site asks for is forbidden, whoever may do it.
    ...(hasRoles || isWrite ? (['session/forbidden'] as const) : []),
    ...(isKeyed ? (['request/in-progress', 'request/key-reused'] as const) : []),
    'request/too-many',
    'server/failed',
    'store/unavailable',
    ...(isWrite ? (['store/full'] as const) : []),
  ];
}

/** Spelling out the codes that every endpoint has would make the document three times as long. */
function describe(
  status: number,
  codes: readonly ProblemCode[],
  isSpeltOut: boolean,
): DescribedResponse {
  const lines = codes.map((code) => `- \`${code}\`: ${PROBLEMS[code].title}`);
  const retry = { schema: { type: 'integer' }, description: 'Seconds to wait' };
  const any = { $ref: '#/components/schemas/Problem' };
  const these = { type: 'object', properties: { type: { enum: codes } } };
  const schema = isSpeltOut ? { allOf: [any, these] } : any;
  return {
    description: lines.join('\n'),
    ...(status === 429 ? { headers: { 'Retry-After': retry } } : {}),
    content: { 'application/problem+json': { schema } },
  };
}
