import { contract, type EndpointMeta, PROBLEMS, Problem } from '@keepsake/contract';
import type { AnyContractRouter } from '@orpc/contract';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';

type Document = Awaited<ReturnType<OpenAPIGenerator['generate']>>;

const INFO = {
  title: 'Keepsake',
  version: '1',
  description:
    'Remember each customer, let them design, make lots of one. Errors are RFC 9457 problems whose ' +
    '`type` is the code. Every write takes an `Idempotency-Key` header: repeating a request with ' +
    'the same key and body gives the first answer again.',
};

/** The OpenAPI 3.1 document of the contract: a pure function of it, checked in and compared. */
export async function openApiDocument(): Promise<Document> {
  const converter = new ZodToJsonSchemaConverter();
  const generator = new OpenAPIGenerator({ schemaConverters: [converter] });
  const document = await generator.generate(contract as AnyContractRouter, {
    info: INFO,
    customErrorResponseBodySchema: (errors, status) => ({
      allOf: [
        { $ref: '#/components/schemas/Problem' },
        {
          type: 'object',
          properties: { type: { enum: errors.map(([code]) => code) }, status: { const: status } },
        },
      ],
    }),
    commonSchemas: { Problem: { schema: Problem } },
  });
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(item ?? {})) describeOperation(operation);
  }
  return document;
}

interface Operation {
  operationId?: string;
  description?: string;
  parameters?: unknown[];
  responses?: Record<string, { description?: string; content?: Record<string, unknown> }>;
}

function metaOf(operationId: string): EndpointMeta {
  const [noun, verb] = operationId.split('.') as [keyof typeof contract, string];
  const procedures = contract[noun] as unknown as Record<
    string,
    { '~orpc': { meta: EndpointMeta } }
  >;
  const procedure = procedures[verb];
  if (procedure === undefined) throw new Error(`no endpoint ${operationId}`);
  return procedure['~orpc'].meta;
}

function describeOperation(value: unknown): void {
  const operation = value as Operation;
  if (typeof operation !== 'object' || operation.operationId === undefined) return;
  const meta = metaOf(operation.operationId);
  const roles = 'roles' in meta.access ? ` (${['owner', ...meta.access.roles].join(', ')})` : '';
  operation.description = `Access: ${meta.access.kind}${roles}.`;
  if (meta.idempotent) {
    operation.parameters = [
      ...(operation.parameters ?? []),
      {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        schema: { type: 'string', minLength: 8, maxLength: 100 },
      },
    ];
  }
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    if (Number(status) < 400) continue;
    const titles = Object.values(PROBLEMS).filter((entry) => entry.status === Number(status));
    response.description = [...new Set(titles.map((entry) => entry.title))].slice(0, 1).join('');
    const schema = response.content?.['application/json'];
    if (schema !== undefined) response.content = { 'application/problem+json': schema };
  }
}
