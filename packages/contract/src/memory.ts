import { z } from 'zod';
import { anyone, customer, customerOrStaff, endpoint } from './endpoint.ts';
import { Evidence, Id, Instant, Occasion, Slug, Value, Words } from './values.ts';

export const PredicateName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/)
  .max(100);
export const Polarity = z.enum(['like', 'dislike', 'require', 'forbid']);

export const Predicate = z.object({
  name: PredicateName,
  label: Words,
  question: Words,
  kind: z.enum(['choice', 'text', 'number', 'boolean', 'date', 'time', 'place']),
  /** `synonyms` are other words that people use for it, for type-ahead. */
  values: z.array(z.object({ id: z.string(), label: Words, synonyms: z.array(Words) })),
  unit: z.string().nullable(),
  sensitivity: z.enum(['ordinary', 'special']),
  purpose: z.string(),
  category: z.string(),
});
export type Predicate = z.infer<typeof Predicate>;

const Purpose = z.object({
  id: Slug,
  label: Words,
  description: Words,
  needs: z.enum(['contract', 'consent', 'explicit-consent']),
});

/** A remembered fact as its owner, or staff with reason, sees it. */
export const Fact = z.object({
  id: z.string(),
  predicate: PredicateName,
  label: Words,
  value: Value,
  valueLabel: Words,
  unit: z.string().nullable(),
  polarity: Polarity,
  basis: z.enum(['stated', 'confirmed', 'observed', 'inferred', 'imported']),
  confidence: z.number(),
  scope: z.object({
    place: z.string().nullable(),
    placeName: z.string().nullable(),
    occasion: z.string().nullable(),
  }),
  purpose: z.string(),
  sensitivity: z.enum(['ordinary', 'special']),
  since: Instant,
  until: Instant.nullable(),
  evidence: z.array(Evidence),
});
export type Fact = z.infer<typeof Fact>;

export const ConsentState = z.object({
  purpose: Slug,
  label: Words,
  description: Words,
  needs: z.enum(['contract', 'consent', 'explicit-consent']),
  granted: z.boolean(),
  since: Instant.nullable(),
  receipt: z.record(z.string(), z.unknown()).nullable(),
});

const ReadEntry = z.object({
  at: Instant,
  actor: z.enum(['customer', 'staff', 'system']),
  actorName: z.string().nullable(),
  purpose: z.string(),
  touchpoint: z.string(),
  facts: z.array(z.string()),
});

export const MyMemory = z.object({
  name: z.string().nullable(),
  identifiers: z.array(z.object({ kind: z.string(), value: z.string(), verified: z.boolean() })),
  facts: z.array(Fact),
  consents: z.array(ConsentState),
  reads: z.array(ReadEntry),
});
export type MyMemory = z.infer<typeof MyMemory>;

const mine = { company: Slug };

export const AskAnswer = z.object({
  predicate: PredicateName,
  /** `declined` without a date also where the purpose is not allowed: nobody can tell the two apart. */
  status: z.enum(['known', 'confirm', 'ask', 'declined', 'later']),
  value: Value.nullable(),
  valueLabel: Words.nullable(),
  factIds: z.array(z.string()),
  /** The predicates whose facts the value follows from; empty where it was said itself. */
  derivedFrom: z.array(PredicateName),
  basis: z.string().nullable(),
  confidence: z.number().nullable(),
  asOf: Instant.nullable(),
  question: Words.nullable(),
  options: z.array(z.object({ id: z.string(), label: Words })),
  /** Of `ask`: its place among the questions, from 0; what decides most comes first. */
  rank: z.number().int().nullable(),
  until: Instant.nullable(),
});

export const memory = {
  ontology: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/ontology',
      summary: 'What can be remembered, and for which purposes',
      tag: 'Memory',
      access: anyone,
      problems: ['company/not-found'],
    },
    z.strictObject(mine),
    z.object({ predicates: z.array(Predicate), purposes: z.array(Purpose) }),
  ),
  ask: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/ask',
      summary: 'What is needed, answered from memory first',
      tag: 'Memory',
      access: customerOrStaff('clerk'),
      problems: [
        'company/not-found',
        'guest/not-found',
        'site/not-found',
        'memory/unknown-predicate',
        'memory/purpose-not-found',
      ],
    },
    z.strictObject({
      company: Slug,
      /** The guest, when staff ask; a customer asks about themselves. */
      guest: Id.optional(),
      needs: z.array(PredicateName).min(1).max(100),
      site: Slug.optional(),
      occasion: Occasion.optional(),
      touchpoint: z.string().max(60),
      purpose: Slug,
      limit: z.number().int().min(0).max(20).optional(),
    }),
    z.object({ answers: z.array(AskAnswer) }),
  ),
  mine: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/me/memory',
      summary: 'What this company remembers of me, from where, and who read it',
      tag: 'My memory',
      access: customer,
      problems: ['company/not-found'],
    },
    z.strictObject(mine),
    MyMemory,
  ),
  state: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/me/facts',
      summary: 'Tell something to be remembered',
      tag: 'My memory',
      access: customer,
      status: 201,
      problems: [
        'company/not-found',
        'memory/unknown-predicate',
        'memory/value-refused',
        'memory/consent-required',
      ],
    },
    z.strictObject({
      company: Slug,
      predicate: PredicateName,
      value: Value,
      polarity: Polarity.optional(),
    }),
    MyMemory,
  ),
  correct: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/me/facts/{fact}/correct',
      summary: 'Put a fact right: it never was so, or it is no longer so',
      tag: 'My memory',
      access: customer,
      problems: ['company/not-found', 'memory/fact-not-found', 'memory/value-refused'],
    },
    z.strictObject({
      company: Slug,
      fact: z.string().max(100),
      value: Value,
      change: z.enum(['was-wrong', 'has-changed']),
    }),
    MyMemory,
  ),
  forget: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/me/facts/{fact}/forget',
      summary: 'Forget one fact',
      tag: 'My memory',
      access: customer,
      problems: ['company/not-found', 'memory/fact-not-found'],
    },
    z.strictObject({ company: Slug, fact: z.string().max(100) }),
    MyMemory,
  ),
  consent: endpoint(
    {
      method: 'PUT',
      path: '/api/c/{company}/me/consents/{purpose}',
      summary: 'Give or withdraw consent to a purpose',
      tag: 'My memory',
      access: customer,
      problems: ['company/not-found', 'memory/purpose-not-found'],
    },
    z.strictObject({ company: Slug, purpose: Slug, granted: z.boolean() }),
    MyMemory,
  ),
  export: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/me/export',
      summary: 'Everything remembered of me, as JSON-LD to take along',
      tag: 'My memory',
      access: customer,
      problems: ['company/not-found'],
    },
    z.strictObject(mine),
    z.record(z.string(), z.unknown()),
  ),
  erase: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/me/erase',
      summary: 'Erase everything: rows deleted, key destroyed',
      tag: 'My memory',
      access: customer,
      problems: ['company/not-found', 'memory/erase-unconfirmed', 'memory/orders-open'],
    },
    z.strictObject({ company: Slug, confirm: z.string().max(100) }),
    z.object({ erasedAt: Instant, rows: z.number().int() }),
  ),
};
