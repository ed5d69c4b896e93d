import { oc } from '@orpc/contract';
import type { z } from 'zod';
import { problems } from './problem.ts';
import type { ProblemCode } from './problems.ts';
import type { Role } from './values.ts';

/** Who may call an endpoint. Everything not named is refused. */
export type Access =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'customer' }
  | { readonly kind: 'staff'; readonly roles: readonly Role[] }
  | { readonly kind: 'customer-or-staff'; readonly roles: readonly Role[] }
  | { readonly kind: 'operator-or-staff'; readonly roles: readonly Role[] }
  | { readonly kind: 'operator' };

/** What an endpoint declares beside its shapes. */
export interface EndpointMeta {
  readonly access: Access;
  /** True for writes that take an `Idempotency-Key` header. */
  readonly idempotent: boolean;
  /** An input that a contract test sends. */
  readonly example?: unknown;
}

export const anyone: Access = { kind: 'anyone' };
export const customer: Access = { kind: 'customer' };
export const operator: Access = { kind: 'operator' };
/** Staff with one of these roles; an owner may do everything. */
export const staff = (...roles: readonly Role[]): Access => ({ kind: 'staff', roles });
/** A signed-in customer for their own things, or staff with one of these roles for anybody's. */
export const customerOrStaff = (...roles: readonly Role[]): Access => ({
  kind: 'customer-or-staff',
  roles,
});

/** The operator of the server, such as another system of the company, or staff with a role. */
export const operatorOrStaff = (...roles: readonly Role[]): Access => ({
  kind: 'operator-or-staff',
  roles,
});

interface EndpointOptions<C extends ProblemCode> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: `/${string}`;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  readonly status?: number;
  /** `detailed`: input is `{ params, query, body }`, for a body that is no JSON object. */
  readonly inputStructure?: 'detailed';
  readonly problems?: readonly C[];
  readonly example?: unknown;
}

const base = oc.$meta<EndpointMeta>({ access: { kind: 'operator' }, idempotent: false });

/**
 * An endpoint as a value. Input is params, query and body merged into one strict object; output is
 * the body. The server route, the OpenAPI document and the client all derive from it.
 */
export function endpoint<I extends z.ZodType, O extends z.ZodType, C extends ProblemCode = never>(
  options: EndpointOptions<C>,
  input: I,
  output: O,
) {
  return base
    .meta({
      access: options.access,
      idempotent: options.method !== 'GET',
      ...(options.example === undefined ? {} : { example: options.example }),
    })
    .route({
      method: options.method,
      path: options.path,
      summary: options.summary,
      tags: [options.tag],
      successStatus: options.status ?? 200,
      ...(options.inputStructure === undefined ? {} : { inputStructure: options.inputStructure }),
    })
    .errors(problems(...(options.problems ?? [])))
    .input(input)
    .output(output);
}
