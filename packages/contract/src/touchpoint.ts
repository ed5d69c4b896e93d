import { z } from 'zod';
import { endpoint, operatorOrStaff } from './endpoint.ts';
import { ConsentState, Fact, Polarity, PredicateName } from './memory.ts';
import { Id, LIMITS, Line, Slug, Value, Words } from './values.ts';

const Place = z
  .string()
  .regex(/^[a-z0-9_-]+(\/[a-z0-9_-]+)*$/)
  .max(200);

/** What happened at a touchpoint of another system: one line of JSON. */
export const InteractionLine = z.strictObject({
  /** The line's own id: sent again, it changes nothing. Absent: the line itself is its id. */
  id: Line.min(1).max(200).optional(),
  /** When it happened: RFC 3339, in any offset; not later than now. */
  at: z.iso.datetime({ offset: true }),
  /** Whom it is about: the id of a guest, or the key that the source knows them by. */
  subject: Line.min(1).max(200).optional(),
  /** Such as `{"email": "…"}`: mere claims, which join nothing, unless `verified`. */
  identifiers: z.record(Slug, Line.min(1).max(254)).optional(),
  /** The source has proved the identifiers; only the operator may say so. */
  verified: z.boolean().optional(),
  channel: Slug,
  touchpoint: Slug.optional(),
  /** Where it happened: a site, or the place of one. */
  site: Slug.optional(),
  place: Place.optional(),
  /** True: what is said holds there only; otherwise everywhere. */
  hereOnly: z.boolean().optional(),
  /** Values by predicate or synonym. */
  says: z.record(PredicateName, Value).optional(),
  polarity: Polarity.optional(),
  /** Absent: `stated`. */
  basis: z.enum(['stated', 'confirmed', 'observed', 'inferred', 'imported']).optional(),
  /** Purposes agreed to in so many words. */
  purposes: z.array(Slug).max(10).optional(),
});
export type InteractionLine = z.infer<typeof InteractionLine>;

/** Why a line was not taken. */
export const LineRefusal = z.enum([
  'not-json',
  'invalid',
  'too-long',
  'nobody-named',
  'not-trusted',
  'erased',
  'guest-not-found',
  'site-not-found',
  'in-the-future',
  'unknown-predicate',
  'value-refused',
  'unknown-purpose',
  'consent-required',
  'too-many-of-subject',
]);
export type LineRefusal = z.infer<typeof LineRefusal>;

/** What became of one line; lines count from 1. */
export const LineAnswer = z.discriminatedUnion('outcome', [
  z.object({ line: z.number().int(), outcome: z.literal('accepted'), guest: Id }),
  z.object({ line: z.number().int(), outcome: z.literal('duplicate'), guest: Id }),
  z.object({
    line: z.number().int(),
    outcome: z.literal('refused'),
    reason: LineRefusal,
    /** The field, predicate or purposes that it is about; null where the reason says all. */
    about: z.string().nullable(),
  }),
]);
export type LineAnswer = z.infer<typeof LineAnswer>;

/** One remembered fact, as a touchpoint needs it. */
const ProfileFact = z.object({
  ...Fact.pick({
    id: true,
    predicate: true,
    label: true,
    value: true,
    valueLabel: true,
    unit: true,
    polarity: true,
    basis: true,
    confidence: true,
    purpose: true,
    sensitivity: true,
    since: true,
    until: true,
  }).shape,
  scope: z.object({ place: z.string().nullable(), occasion: z.string().nullable() }),
});

export const Profile = z.object({
  guest: Id,
  facts: z.array(ProfileFact),
  /** What the person says of each purpose, all subjects taken together. */
  consents: z.array(
    z.object({
      purpose: Slug,
      label: Words,
      needs: ConsentState.shape.needs,
      granted: z.boolean(),
    }),
  ),
});
export type Profile = z.infer<typeof Profile>;

export const touchpoint = {
  record: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/interactions',
      summary: 'Record many interactions: one line of JSON each, all that can be taken in one go',
      tag: 'Touchpoints',
      access: operatorOrStaff(),
      inputStructure: 'detailed',
      problems: ['company/not-found', 'request/too-large'],
    },
    z.strictObject({
      params: z.strictObject({ company: Slug }),
      /** Which system the lines come from; its keys of guests are its own. */
      query: z.strictObject({ source: Slug.optional() }),
      headers: z.looseObject({}),
      /** `application/x-ndjson`. */
      body: z.instanceof(Blob),
    }),
    z.object({
      accepted: z.number().int(),
      duplicates: z.number().int(),
      refused: z.number().int(),
      lines: z.array(LineAnswer).max(LIMITS.bulkLinesMax),
    }),
  ),
  profile: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/profile',
      summary: 'What may be read of a guest for a purpose, by guest or by proved identifier',
      tag: 'Touchpoints',
      access: operatorOrStaff('clerk'),
      problems: ['company/not-found', 'guest/not-found', 'memory/purpose-not-found'],
    },
    z.strictObject({
      company: Slug,
      guest: Id.optional(),
      identifier: z.strictObject({ kind: Slug, value: Line.min(1).max(254) }).optional(),
      purpose: Slug,
      touchpoint: Slug,
      site: Slug.optional(),
    }),
    Profile,
  ),
};
