import { z } from 'zod';

/** Limits of what the API takes; each is tested. */
export const LIMITS = {
  decisionsMax: 400,
  textLengthMax: 400,
  noteLengthMax: 2_000,
  pageSizeMax: 100,
  bodyBytesMax: 1_200_000,
  stayNightsMax: 60,
  /** Contacts that a guest card lists. */
  guestContactsMax: 20,
  /** Lines of one request through the bulk door, bytes of one of them, and lines about one subject. */
  bulkLinesMax: 2_000,
  bulkLineBytesMax: 8_000,
  bulkSubjectLinesMax: 200,
  /** Interactions of one subject; what is more is taken by the other doors alone. */
  bulkJournalMax: 20_000,
} as const;

export const Id = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
export const Slug = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*$/)
  .max(64);
/** The id of an attribute; of a part it says which one, as in `pannier.1.colour`. */
export const AttributeId = z
  .string()
  .regex(/^[a-z][a-z0-9_-]*(\.[0-9]{1,2}\.[a-z][a-z0-9_]*)?$/)
  .max(64);
export const Hash = z.string().regex(/^[0-9a-f]{64}$/);
/** An instant: RFC 3339 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 });
/** A calendar date, YYYY-MM-DD from 1900 to 2199, in the time zone of the site concerned. */
export const CalendarDate = z.iso.date().regex(/^(19|2[01])/, 'is a date from 1900 to 2199');
/** A text of one line, such as a name: no controls, no line ends, nothing that turns the direction. */
export const Line = z
  .string()
  .regex(
    /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]*$/u,
    'is one line without control characters',
  );
/** A text of several lines, such as a reason: no controls but tabs and line ends. */
export const Prose = z
  .string()
  .regex(
    /^(?:[\t\n\r]|[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069])*$/u,
    'is text without control characters',
  );

export const Money = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  minor: z.string().regex(/^-?[0-9]{1,18}$/),
});
export const Words = z.object({ en: z.string() }).catchall(z.string());
/** A value of an attribute: a value id, a number or a truth value. */
export const Value = z.union([z.string().max(64), z.number(), z.boolean()]);
export const Decision = z.strictObject({ attribute: AttributeId, value: Value });
export const Decisions = z.array(Decision).max(LIMITS.decisionsMax);
/** Free texts by attribute, such as an engraving. */
export const Texts = z.record(Slug, z.string().max(LIMITS.textLengthMax));
export const Occasion = z.enum(['self', 'gift']);
/** The nights of a stay: from the date of arrival to the date of departure. */
export const Stay = z.strictObject({ arrive: CalendarDate, depart: CalendarDate });

export const Role = z.enum([
  'owner',
  'product-manager',
  'clerk',
  'maker',
  'privacy-officer',
  'marketing',
]);
export type Role = z.infer<typeof Role>;

export const PageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageSizeMax).optional(),
};

/** A list with an opaque cursor to go on; `next` is null at the end. */
export function page<T extends z.ZodType>(
  item: T,
): z.ZodObject<{ items: z.ZodArray<T>; next: z.ZodNullable<z.ZodString> }> {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Where a remembered fact comes from, as data; the reader's language renders it. */
export const Evidence = z.object({
  interaction: Id,
  at: Instant,
  channel: z.string(),
  place: z.string().nullable(),
  placeName: z.string().nullable(),
  how: z.enum(['stated', 'confirmed', 'observed', 'inferred', 'imported']),
});

/** Why a date is what it is: a code with its fields. */
export const PromiseReason = z.object({
  code: z.enum([
    'waits-for-part',
    'work-centre-busy',
    'closed-hours',
    'operation-blocked',
    'work-content',
    'arrival',
    'running-late',
    'design-changed',
    'delivery',
  ]),
  item: z.string().optional(),
  name: Words.optional(),
  workCentre: z.string().optional(),
  operation: z.string().optional(),
  until: Instant.optional(),
  note: z.string().optional(),
});
