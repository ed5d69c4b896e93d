import { z } from 'zod';
import { anyone, endpoint, staff } from './endpoint.ts';
import {
  AttributeId,
  Decisions,
  Hash,
  Id,
  Instant,
  Line,
  Money,
  PromiseReason,
  Slug,
  Stay,
  Texts,
  Value,
  Words,
} from './values.ts';

export const FamilySummary = z.object({
  id: Slug,
  name: Words,
  summary: Words,
  demand: z.enum(['order', 'stay']),
  modelHash: Hash,
  priceFrom: Money,
  /** An SVG document of the default design. */
  picture: z.string(),
});
export type FamilySummary = z.infer<typeof FamilySummary>;

/** A published family: the model as the configurator engine reads it, and its picture layers. */
export const PublishedFamily = z.object({
  id: Slug,
  modelHash: Hash,
  publishedAt: Instant,
  /** The `Family` of `@keepsake/configurator`. */
  model: z.record(z.string(), z.unknown()),
  /** SVG layer documents by file name. */
  layers: z.record(z.string(), z.string()),
});
export type PublishedFamily = z.infer<typeof PublishedFamily>;

/** A version of a family that was published at some time. */
export const FamilyVersion = z.object({
  modelHash: Hash,
  publishedAt: Instant,
  /** Whether it is the one that customers see now. */
  isCurrent: z.boolean(),
});
export type FamilyVersion = z.infer<typeof FamilyVersion>;

const NumberRun = z.object({
  from: z.number(),
  to: z.number(),
  validity: z.enum(['valid', 'invalid', 'unknown']),
});
const ValueState = z.object({ value: Value, state: z.enum(['valid', 'invalid', 'unknown']) });

export const AttributeView = z.object({
  attribute: AttributeId,
  decided: Value.nullable(),
  forced: Value.nullable(),
  suggested: Value.nullable(),
  /** Every value of a choice or boolean; empty for a number. */
  values: z.array(ValueState),
  /** Every number of the grid, in ascending runs; empty for a choice or boolean. */
  ranges: z.array(NumberRun),
});

export const DesignView = z.object({
  attributes: z.array(AttributeView),
  price: z.object({ min: Money, max: Money, suggested: Money }),
  complete: z.boolean(),
});
export type DesignView = z.infer<typeof DesignView>;

const RuleText = z.object({ id: z.string(), text: Words });

export const Repair = z.object({
  changes: z.array(z.object({ attribute: AttributeId, from: Value, to: Value.nullable() })),
  priceBefore: Money,
  priceAfter: Money,
});

export const PriceLine = z.object({ code: z.string(), label: Words, amount: Money });

export const PromiseQuote = z.object({
  site: Slug,
  ready: Instant,
  /** When it is in the customer's hands; equal to `ready` for a pick-up or a stay. */
  delivered: Instant,
  reasons: z.array(PromiseReason),
});

/** A price and a date for a design as it stands, open attributes filled as suggested. */
export const Quote = z.object({
  modelHash: Hash,
  design: z.record(AttributeId, Value.nullable()),
  /** The last may be what an offer of the customer lets off: below zero, its code `treatment:` and id. */
  lines: z.array(PriceLine),
  delivery: Money,
  tax: z.object({
    label: z.string(),
    basisPoints: z.number().int(),
    amount: Money,
    /** Whether the prices already hold it. */
    included: z.boolean(),
  }),
  total: Money,
  promise: PromiseQuote,
});
export type Quote = z.infer<typeof Quote>;

const Issue = z.object({
  code: z.string(),
  line: z.number(),
  column: z.number(),
  path: z.string(),
  message: z.string(),
  hint: z.string().optional(),
});

export const families = {
  list: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/families',
      summary: 'The product families of a company',
      tag: 'Families',
      access: anyone,
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug }),
    z.object({ items: z.array(FamilySummary) }),
  ),
  get: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/families/{family}',
      summary: 'A family as published: model and picture layers',
      tag: 'Families',
      access: anyone,
      problems: ['company/not-found', 'family/not-found'],
    },
    z.strictObject({ company: Slug, family: Slug, modelHash: Hash.optional() }),
    PublishedFamily,
  ),
  versions: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/families/{family}/versions',
      summary: 'The versions of a family that were published, newest first',
      tag: 'Families',
      access: staff('product-manager'),
      problems: ['company/not-found', 'family/not-found'],
    },
    z.strictObject({ company: Slug, family: Slug }),
    z.object({ items: z.array(FamilyVersion) }),
  ),
  space: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/families/{family}/versions/{modelHash}/space',
      summary: 'The compiled solution space of a published version, as the engine reads it',
      tag: 'Families',
      access: anyone,
      problems: ['company/not-found', 'family/not-found', 'family/space-missing'],
    },
    z.strictObject({
      company: Slug,
      family: Slug,
      modelHash: Hash,
      /** The format that the caller can read: what is under one address never changes. */
      format: z.coerce.number().int().min(1).max(1_000),
    }),
    z.instanceof(Blob),
  ),
  publish: endpoint(
    {
      method: 'PUT',
      path: '/api/c/{company}/families/{family}',
      summary: 'Check a family and publish it as the new version',
      tag: 'Families',
      access: staff('product-manager'),
      problems: ['company/not-found', 'family/invalid', 'family/contradictory'],
    },
    z.strictObject({
      company: Slug,
      family: Slug,
      yaml: z.string().max(1_048_576),
      layers: z.record(z.string().max(100), z.string().max(200_000)).optional(),
    }),
    z.object({ modelHash: Hash, publishedAt: Instant, warnings: z.array(Issue) }),
  ),
  evaluate: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/families/{family}/evaluate',
      summary: 'After these choices: every still-valid value and the exact price range',
      tag: 'Co-design',
      access: anyone,
      problems: [
        'company/not-found',
        'family/not-found',
        'design/conflict',
        'design/unknown-attribute',
        'design/unknown-value',
        'design/undecided',
      ],
    },
    z.strictObject({ company: Slug, family: Slug, decisions: Decisions }),
    DesignView,
  ),
  explain: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/families/{family}/explain',
      summary: 'Why a value is excluded, and the smallest changes that would allow it',
      tag: 'Co-design',
      access: anyone,
      problems: [
        'company/not-found',
        'family/not-found',
        'design/conflict',
        'design/unknown-attribute',
        'design/unknown-value',
        'design/undecided',
      ],
    },
    z.strictObject({
      company: Slug,
      family: Slug,
      decisions: Decisions,
      attribute: AttributeId,
      value: Value,
    }),
    z.object({
      possible: z.boolean(),
      rules: z.array(RuleText),
      choices: z.array(AttributeId),
      repairs: z.array(Repair),
    }),
  ),
  quote: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/families/{family}/quote',
      summary: 'Price lines and promise date of a design, open attributes as suggested',
      tag: 'Co-design',
      access: anyone,
      problems: [
        'company/not-found',
        'family/not-found',
        'site/not-found',
        'order/not-found',
        'design/conflict',
        'design/unknown-attribute',
        'design/unknown-value',
        'design/text-refused',
        'design/undecided',
        'promise/impossible',
        'order/stay-required',
        'order/delivery-unavailable',
      ],
    },
    z.strictObject({
      company: Slug,
      family: Slug,
      decisions: Decisions,
      texts: Texts.optional(),
      site: Slug.optional(),
      stay: Stay.optional(),
      delivery: Slug.optional(),
      /** Where it goes, for the tax; the site's own country when left out. */
      country: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
      region: Line.max(80).optional(),
      /** The order that the design is to amend: it keeps what was let off it. */
      order: Id.optional(),
    }),
    Quote,
  ),
};
