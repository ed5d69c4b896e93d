import { z } from 'zod';
import { PROBLEMS, type ProblemCode } from './problems.ts';
import { Instant, Money, PromiseReason, Words } from './values.ts';

/** The fields that a problem may carry beside RFC 9457's own. */
export const ProblemFields = z.object({
  detail: z.string().optional(),
  issues: z
    .array(
      z.object({
        path: z.string().optional(),
        message: z.string(),
        code: z.string().optional(),
        line: z.number().optional(),
        column: z.number().optional(),
        hint: z.string().optional(),
      }),
    )
    .optional(),
  roles: z.array(z.string()).optional(),
  version: z.number().optional(),
  rules: z.array(z.object({ id: z.string(), text: Words })).optional(),
  choices: z.array(z.string()).optional(),
  attribute: z.string().optional(),
  reason: z.string().optional(),
  ready: Instant.optional(),
  reasons: z.array(PromiseReason).optional(),
  total: Money.optional(),
  state: z.string().optional(),
  item: z.string().optional(),
  purposes: z.array(z.string()).optional(),
  confirm: z.string().optional(),
  orders: z.array(z.string()).optional(),
});
export type ProblemFields = z.infer<typeof ProblemFields>;

/** A problem on the wire (RFC 9457, `application/problem+json`). */
export const Problem = ProblemFields.extend({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  advice: z.string(),
  instance: z.string().optional(),
});
export type Problem = z.infer<typeof Problem>;

type ErrorMap<C extends ProblemCode> = {
  [K in C]: {
    status: (typeof PROBLEMS)[K]['status'];
    message: string;
    data: typeof ProblemFields;
  };
};

/** The error map of an endpoint: the problems it can answer with beside the common ones. */
export function problems<C extends ProblemCode>(...codes: readonly C[]): ErrorMap<C> {
  const entries = codes.map((code) => [
    code,
    { status: PROBLEMS[code].status, message: PROBLEMS[code].title, data: ProblemFields },
  ]);
  return Object.fromEntries(entries) as ErrorMap<C>;
}
