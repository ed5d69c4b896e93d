import { z } from 'zod';
import { endpoint, operator } from './endpoint.ts';
import { Instant, Slug } from './values.ts';

/** What the command line asks of a running server, with the token kept beside the store. */
export const operations = {
  seed: endpoint(
    {
      method: 'POST',
      path: '/api/operator/seed',
      summary: 'Seed the demo companies; those that exist are left alone',
      tag: 'Operator',
      access: operator,
    },
    z.strictObject({
      /** Their customers of earlier years, too; answered when they are all there. */
      history: z.boolean().optional(),
    }),
    z.object({
      companies: z.array(z.string()),
      /** The companies whose history has now become whole. */
      histories: z.array(z.string()),
    }),
  ),
  backup: endpoint(
    {
      method: 'POST',
      path: '/api/operator/backup',
      summary: 'A backup of the whole store as a file',
      tag: 'Operator',
      access: operator,
    },
    z.strictObject({ withKey: z.boolean().optional() }),
    z.instanceof(Blob),
  ),
  export: endpoint(
    {
      method: 'POST',
      path: '/api/operator/export',
      summary: 'Export the memory of one person as JSON-LD',
      tag: 'Operator',
      access: operator,
      problems: ['company/not-found', 'guest/not-found'],
    },
    z.strictObject({ company: Slug, email: z.email().max(254) }),
    z.record(z.string(), z.unknown()),
  ),
  erase: endpoint(
    {
      method: 'POST',
      path: '/api/operator/erase',
      summary: 'Erase one person',
      tag: 'Operator',
      access: operator,
      problems: ['company/not-found', 'guest/not-found', 'memory/orders-open'],
    },
    z.strictObject({ company: Slug, email: z.email().max(254) }),
    z.object({ erasedAt: Instant, rows: z.number().int() }),
  ),
};
