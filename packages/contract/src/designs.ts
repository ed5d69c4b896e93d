import { z } from 'zod';
import { anyone, customer, endpoint } from './endpoint.ts';
import {
  AttributeId,
  Decisions,
  Hash,
  Id,
  Instant,
  Occasion,
  Slug,
  Texts,
  Value,
  Words,
} from './values.ts';

export const Design = z.object({
  id: Id,
  /** For looking only; the design's id is the key to change it. */
  shareId: Id,
  family: Slug,
  modelHash: Hash,
  version: z.number().int(),
  decisions: Decisions,
  texts: Texts,
  updatedAt: Instant,
});
export type Design = z.infer<typeof Design>;

const Prefill = z.object({
  attribute: AttributeId,
  status: z.enum(['known', 'confirm', 'ask', 'declined']),
  value: Value.nullable(),
  /** The fact's date, so that the page can say since when it is known. */
  since: Instant.nullable(),
  question: Words.nullable(),
});

export const designs = {
  create: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/families/{family}/designs',
      summary: 'Save a new design',
      tag: 'Co-design',
      access: anyone,
      status: 201,
      problems: [
        'company/not-found',
        'family/not-found',
        'design/conflict',
        'design/unknown-attribute',
        'design/unknown-value',
        'design/text-refused',
      ],
    },
    z.strictObject({
      company: Slug,
      family: Slug,
      decisions: Decisions,
      texts: Texts.optional(),
    }),
    Design,
  ),
  get: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/designs/{design}',
      summary: 'A saved design',
      tag: 'Co-design',
      access: anyone,
      problems: ['company/not-found', 'design/not-found'],
    },
    z.strictObject({ company: Slug, design: Id }),
    Design,
  ),
  shared: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/shared/{share}',
      summary: 'A shared design, for looking and for making it one’s own',
      tag: 'Co-design',
      access: anyone,
      problems: ['company/not-found', 'design/not-found'],
    },
    z.strictObject({ company: Slug, share: Id }),
    z.object({
      family: Slug,
      modelHash: Hash,
      decisions: Decisions,
      texts: Texts,
      updatedAt: Instant,
    }),
  ),
  update: endpoint(
    {
      method: 'PUT',
      path: '/api/c/{company}/designs/{design}',
      summary: 'Change a saved design; `version` is the one you changed',
      tag: 'Co-design',
      access: anyone,
      problems: [
        'company/not-found',
        'design/not-found',
        'design/stale',
        'design/conflict',
        'design/unknown-attribute',
        'design/unknown-value',
        'design/text-refused',
      ],
    },
    z.strictObject({
      company: Slug,
      design: Id,
      version: z.number().int(),
      decisions: Decisions,
      texts: Texts,
    }),
    Design,
  ),
  prefill: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/families/{family}/prefill',
      summary: 'What memory already answers of a new design, and what is left to ask',
      tag: 'Co-design',
      access: customer,
      problems: ['company/not-found', 'family/not-found', 'site/not-found'],
    },
    z.strictObject({ company: Slug, family: Slug, occasion: Occasion, site: Slug.optional() }),
    z.object({
      needs: z.array(Prefill),
      /** Decisions that follow from what is known, and then from `start`, ready to start with. */
      decisions: Decisions,
      repeatAsks: z.number().int(),
      /** What the company begins with for this customer, of what memory left open; null of most. */
      start: z
        .object({ treatment: z.string(), words: Words, attributes: z.array(AttributeId) })
        .nullable(),
    }),
  ),
};
