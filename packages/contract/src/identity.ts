import { z } from 'zod';
import { GuestSummary } from './desk.ts';
import { endpoint, staff } from './endpoint.ts';
import { Fact } from './memory.ts';
import { Id, Instant, Slug } from './values.ts';

/** One addend of what speaks for two guests being one person. Holds no values of theirs. */
export const EvidenceStep = z.object({
  evidence: z.enum(['prior', 'given', 'surname', 'email', 'phone', 'loyalty', 'household']),
  /** The degree of agreement, such as `equal` or `alike`; empty where nothing was compared. */
  level: z.string(),
  /** Base-2 logarithm of the odds: positive speaks for one person. */
  bits: z.number(),
});
export type EvidenceStep = z.infer<typeof EvidenceStep>;

/** Two guests who may be one person. */
export const Duplicate = z.object({
  a: GuestSummary,
  b: GuestSummary,
  probability: z.number(),
  /** The sum of the waterfall. */
  bits: z.number(),
  waterfall: z.array(EvidenceStep),
});
export type Duplicate = z.infer<typeof Duplicate>;

/** What was decided of two guests, by whom, and what they were shown. */
export const Verdict = z.object({
  id: Id,
  kind: z.enum(['same', 'not_same']),
  a: GuestSummary,
  b: GuestSummary,
  by: z.enum(['human', 'machine']),
  /** Null for a machine, and for staff who have left. */
  byName: z.string().nullable(),
  at: Instant,
  /** Null where nothing was compared. */
  probability: z.number().nullable(),
  waterfall: z.array(EvidenceStep),
});
export type Verdict = z.infer<typeof Verdict>;

/** A pair that somebody has put off. */
export const DeferredDuplicate = z.object({
  a: GuestSummary,
  b: GuestSummary,
  /** Null for staff who have left. */
  byName: z.string().nullable(),
  at: Instant,
  /** It comes up again then, or sooner where more speaks for it. */
  until: Instant,
});
export type DeferredDuplicate = z.infer<typeof DeferredDuplicate>;

/** Longest time a pair can be put off for. */
export const DEFERRAL_DAYS_MAX = 30;

/** Who belongs to one person. */
export const GuestMembers = z.object({
  members: z.array(GuestSummary),
  /** In force, the newest first: what joins the members, and whom they were told apart from. */
  verdicts: z.array(Verdict),
});
export type GuestMembers = z.infer<typeof GuestMembers>;

/** A fact that was noted while two guests were one, and may be of either. */
export const Attribution = z.object({
  interaction: Id,
  /** When the two were parted. */
  at: Instant,
  /** Of whom it is remembered until somebody decides. */
  guest: GuestSummary,
  other: GuestSummary,
  fact: Fact,
});
export type Attribution = z.infer<typeof Attribution>;

export const identity = {
  duplicates: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/duplicates',
      summary: 'Guests who may be one person, the most probable first',
      tag: 'Identity',
      access: staff('clerk', 'privacy-officer'),
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug }),
    z.object({
      items: z.array(Duplicate),
      total: z.number().int(),
      deferred: z.array(DeferredDuplicate),
      /** What people decided last and is in force, the newest first. */
      decided: z.array(Verdict),
    }),
  ),
  defer: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/deferrals',
      summary: 'Put a possible duplicate off for everybody, or have it come up again',
      tag: 'Identity',
      access: staff('clerk', 'privacy-officer'),
      problems: ['company/not-found', 'guest/not-found'],
    },
    z.strictObject({
      company: Slug,
      a: Id,
      b: Id,
      /** 0: it comes up again now. */
      days: z.number().int().min(0).max(DEFERRAL_DAYS_MAX),
    }),
    z.object({ until: Instant.nullable() }),
  ),
  decide: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/verdicts',
      summary: 'Say that two guests are one person, or are not',
      tag: 'Identity',
      access: staff('clerk', 'privacy-officer'),
      status: 201,
      problems: ['company/not-found', 'guest/not-found', 'verdict/stands'],
    },
    z.strictObject({ company: Slug, a: Id, b: Id, kind: z.enum(['same', 'not_same']) }),
    z.object({ verdict: Id }),
  ),
  undo: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/verdicts/{verdict}/undo',
      summary: 'Take a verdict back: every guest is again as before',
      tag: 'Identity',
      access: staff('clerk', 'privacy-officer'),
      problems: ['company/not-found', 'verdict/not-found'],
    },
    z.strictObject({ company: Slug, verdict: Id }),
    z.object({ verdict: Id }),
  ),
  members: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/guests/{guest}/members',
      summary: 'What a guest was merged from, who decided it and when',
      tag: 'Identity',
      access: staff('clerk', 'privacy-officer'),
      problems: ['company/not-found', 'guest/not-found'],
    },
    z.strictObject({ company: Slug, guest: Id }),
    GuestMembers,
  ),
  attributions: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/attributions',
      summary: 'What was noted of two guests while they were one, to be given to one of them',
      tag: 'Identity',
      access: staff('clerk', 'privacy-officer'),
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug }),
    z.object({ items: z.array(Attribution) }),
  ),
  attribute: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/attributions/{interaction}',
      summary: 'Say of which of the two guests it is',
      tag: 'Identity',
      access: staff('clerk', 'privacy-officer'),
      problems: [
        'company/not-found',
        'guest/not-found',
        'memory/fact-not-found',
        'memory/consent-required',
      ],
    },
    z.strictObject({ company: Slug, interaction: Id, guest: Id }),
    z.object({ guest: Id }),
  ),
};
