import {
  type Access,
  BoardCard,
  Company,
  contract,
  Design,
  DesignView,
  type EndpointMeta,
  Evidence,
  Fact,
  FamilySummary,
  GuestCard,
  GuestSummary,
  InteractionLine,
  MyMemory,
  Order,
  OrderSummary,
  Problem,
  PromiseReason,
  PublishedFamily,
  Quote,
  Session,
  StaffMember,
  StockRow,
} from '@keepsake/contract';
import type { AnyContractRouter } from '@orpc/contract';
import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { type DescribedResponse, problemResponses } from './openapi-problems.ts';

type Document = Awaited<ReturnType<OpenAPIGenerator['generate']>>;

const INFO = {
  title: 'Keepsake',
  version: '1',
  description:
    'Remember each customer, let them design, make lots of one. Errors are RFC 9457 problems whose ' +
    '`type` is the code. Every write at a company takes an `Idempotency-Key` header: repeating a ' +
    'request with the same key and body within 48 hours gives the first answer again, marked by ' +
    '`Idempotent-Replay: true`.',
};

const SECURITY_SCHEMES = {
  customer: {
    type: 'apiKey',
    in: 'cookie',
    name: 'keepsake_customer',
    description: 'Set by `session.redeem`, for one company.',
  },
  staff: {
    type: 'apiKey',
    in: 'cookie',
    name: 'keepsake-staff.session_token',
    description: 'Set by `POST /auth/sign-in/email` with `email` and `password`.',
  },
  operator: {
    type: 'http',
    scheme: 'bearer',
    description: 'The token in `admin.token` of the home.',
  },
} as const;

/** Bodies that are not one JSON value, by endpoint: lines, each of this shape. */
const LINES: Readonly<Record<string, string>> = { 'touchpoint.record': 'InteractionLine' };

/** Shapes that several endpoints answer with, under a name of their own. */
const SCHEMAS = {
  BoardCard,
  Company,
  Design,
  DesignView,
  Evidence,
  Fact,
  FamilySummary,
  GuestCard,
  GuestSummary,
  InteractionLine,
  MyMemory,
  Order,
  OrderSummary,
  Problem,
  PromiseReason,
  PublishedFamily,
  Quote,
  Session,
  StaffMember,
  StockRow,
};

/** What is not JSON, by endpoint. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'families.space': 'application/octet-stream',
  'operations.backup': 'application/gzip',
  'orders.invoice': 'application/pdf',
};

/** The OpenAPI 3.1 document of the contract: a pure function of it, checked in and compared. */
export async function openApiDocument(): Promise<Document> {
  const converter = new ZodToJsonSchemaConverter();
  const generator = new OpenAPIGenerator({ schemaConverters: [converter] });
  const document = await generator.generate(contract as AnyContractRouter, {
    info: INFO,
    commonSchemas: Object.fromEntries(
      Object.entries(SCHEMAS).map(([name, schema]) => [name, { schema, strategy: 'output' }]),
    ),
    components: { securitySchemes: SECURITY_SCHEMES },
  });
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const operation of Object.values(item ?? {})) describeOperation(path, operation);
  }
  return document;
}

interface Operation {
  operationId?: string;
  description?: string;
  security?: readonly Readonly<Record<string, readonly string[]>>[];
  parameters?: unknown[];
  requestBody?: unknown;
  responses?: Record<string, DescribedResponse>;
}

interface Endpoint {
  readonly meta: EndpointMeta;
  readonly errorMap: object;
}

function endpointOf(operationId: string): Endpoint {
  const [noun, verb] = operationId.split('.') as [keyof typeof contract, string];
  const procedures = contract[noun] as unknown as Record<string, { '~orpc': Endpoint }>;
  const procedure = procedures[verb];
  if (procedure === undefined) throw new Error(`no endpoint ${operationId}`);
  return procedure['~orpc'];
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 8, maxLength: 100 },
};

function describeOperation(path: string, value: unknown): void {
  const operation = value as Operation;
  if (typeof operation !== 'object' || operation.operationId === undefined) return;
  const { meta, errorMap } = endpointOf(operation.operationId);
  const isKeyed = meta.idempotent && path.includes('{company}');
  operation.description = describeAccess(meta.access);
  operation.security = securityOf(meta.access);
  if (isKeyed) operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
  const line = LINES[operation.operationId];
  if (line !== undefined) operation.requestBody = linesOf(line);
  const mediaType = MEDIA_TYPES[operation.operationId];
  const { access, idempotent: isWrite } = meta;
  operation.responses = {
    ...goodResponses(operation.responses ?? {}, mediaType),
    ...problemResponses(Object.keys(errorMap), { access, isWrite, isKeyed }),
  };
}

function linesOf(schema: string) {
  const description = `One \`${schema}\` as JSON on each line.`;
  const content = {
    'application/x-ndjson': { schema: { $ref: `#/components/schemas/${schema}` } },
  };
  return { required: true, description, content };
}

function goodResponses(
  responses: Readonly<Record<string, DescribedResponse>>,
  mediaType: string | undefined,
): Record<string, DescribedResponse> {
  const good = Object.entries(responses).filter(([status]) => Number(status) < 400);
  if (mediaType === undefined) return Object.fromEntries(good);
  const content = { [mediaType]: { schema: { type: 'string', format: 'binary' } } };
  return Object.fromEntries(good.map(([status, response]) => [status, { ...response, content }]));
}

function describeAccess(access: Access): string {
  switch (access.kind) {
    case 'anyone':
      return 'For anyone.';
    case 'customer':
      return 'For a signed-in customer.';
    case 'operator':
      return 'For the operator of the server.';
    case 'staff':
      return `For staff: ${['owner', ...access.roles].join(', ')}.`;
    case 'customer-or-staff':
      return `For a signed-in customer, or staff: ${['owner', ...access.roles].join(', ')}.`;
    case 'operator-or-staff':
      return `For the operator of the server, or staff: ${['owner', ...access.roles].join(', ')}.`;
  }
}

function securityOf(access: Access): Operation['security'] & object {
  switch (access.kind) {
    case 'anyone':
      return [];
    case 'customer-or-staff':
      return [{ customer: [] }, { staff: [] }];
    case 'operator-or-staff':
      return [{ operator: [] }, { staff: [] }];
    default:
      return [{ [access.kind]: [] }];
  }
}
