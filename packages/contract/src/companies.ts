import { z } from 'zod';
import { anyone, endpoint } from './endpoint.ts';
import { Money, Slug, Words } from './values.ts';

const Site = z.object({
  id: Slug,
  name: Words,
  place: z.string(),
  timeZone: z.string(),
});

const DeliveryRule = z.object({
  id: Slug,
  name: Words,
  countries: z.array(z.string()),
  fee: Money,
  days: z.number().int(),
  needsAddress: z.boolean(),
});

export const Company = z.object({
  id: Slug,
  name: z.string(),
  summary: Words,
  accent: z.string(),
  locale: z.string(),
  currency: z.string(),
  taxIncluded: z.boolean(),
  kind: z.enum(['goods', 'stays']),
  sites: z.array(Site),
  deliveries: z.array(DeliveryRule),
});
export type Company = z.infer<typeof Company>;

export const companies = {
  list: endpoint(
    {
      method: 'GET',
      path: '/api/companies',
      summary: 'The companies served here',
      tag: 'Companies',
      access: anyone,
      example: {},
    },
    z.strictObject({}),
    z.object({ items: z.array(Company) }),
  ),
  get: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}',
      summary: 'One company: name, look, sites, deliveries',
      tag: 'Companies',
      access: anyone,
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug }),
    Company,
  ),
};
