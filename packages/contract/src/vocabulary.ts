import { z } from 'zod';
import { endpoint, staff } from './endpoint.ts';
import { Instant, Slug, Value, Words } from './values.ts';

/** A predicate as its company writes it down; what is left out takes its default. */
export const PredicateEntry = z.object({
  name: z.string(),
  label: Words,
  question: Words,
  kind: z.enum(['choice', 'text', 'number', 'boolean', 'date', 'time', 'place']),
  values: z.array(z.object({ id: z.string(), label: Words, synonyms: z.array(Words) })),
  unit: z.string().optional(),
  cardinality: z.enum(['one', 'many']),
  halfLifeDays: z.number().optional(),
  synonyms: z.array(z.string()),
  sensitivity: z.enum(['ordinary', 'special']),
  purpose: z.string(),
  personal: z.boolean(),
  category: z.string(),
  excludes: z.array(z.object({ predicate: z.string(), value: Value })),
  open: z.boolean().optional(),
  indifferent: z.string().optional(),
  volatile: z.boolean().optional(),
  retired: z.boolean().optional(),
  derivations: z
    .array(
      z.object({
        from: z.string(),
        when: z.array(z.object({ predicate: z.string(), value: Value })).optional(),
        map: z.array(z.object({ from: Value, to: Value })).optional(),
        certain: z.boolean().optional(),
      }),
    )
    .optional(),
  counterparts: z.array(z.string()).optional(),
});
export type PredicateEntry = z.infer<typeof PredicateEntry>;

const PurposeEntry = z.object({
  id: z.string(),
  label: Words,
  description: Words,
  needs: z.enum(['contract', 'consent', 'explicit-consent']),
  includes: z.array(z.string()),
});

export const Vocabulary = z.object({
  /** Of the content; a change names the one it was made from. Empty where there is none yet. */
  hash: z.string(),
  document: z.object({ purposes: z.array(PurposeEntry), predicates: z.array(PredicateEntry) }),
  /** How far what is known has been read anew since the last change; null where nothing has to be. */
  replay: z.object({ done: z.number().int(), total: z.number().int() }).nullable(),
  /** The newest first. */
  versions: z.array(
    z.object({
      version: z.number().int(),
      madeAt: Instant,
      madeBy: z.string().nullable(),
      predicates: z.number().int(),
    }),
  ),
});
export type Vocabulary = z.infer<typeof Vocabulary>;

export const vocabulary = {
  get: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/vocabulary',
      summary: 'The whole ontology as a document, its versions, and how far a replay is',
      tag: 'Memory',
      access: staff('product-manager'),
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug }),
    Vocabulary,
  ),
  put: endpoint(
    {
      method: 'PUT',
      path: '/api/c/{company}/vocabulary',
      summary: 'Change the ontology; what is dropped is retired, and what is known is read anew',
      tag: 'Memory',
      access: staff('product-manager'),
      problems: ['company/not-found', 'memory/ontology-refused', 'memory/ontology-changed'],
    },
    z.strictObject({
      company: Slug,
      /** The hash of the ontology that was changed. */
      base: z.string().max(64),
      document: z.strictObject({
        purposes: z.array(z.unknown()).max(2_000),
        predicates: z.array(z.unknown()).max(2_000),
      }),
    }),
    Vocabulary,
  ),
};
