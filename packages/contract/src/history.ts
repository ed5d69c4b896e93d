import { z } from 'zod';
import { endpoint, operator } from './endpoint.ts';
import { CalendarDate, LIMITS, Line, Prose, Slug } from './values.ts';

const Key = Line.min(1).max(200);
const Email = Line.min(3).max(254);

/** A customer as an earlier system knows them: one line of JSON. */
export const CustomerLine = z.strictObject({
  /** The key that the source knows them by. */
  customer: Key,
  name: Line.min(1).max(200).optional(),
  /** Proved by the source. */
  email: Email.optional(),
  /** A mere claim: people share telephones. */
  phone: Line.min(1).max(64).optional(),
  /** Proved by the source. */
  loyalty: Line.min(1).max(64).optional(),
});
export type CustomerLine = z.infer<typeof CustomerLine>;

/** A purchase or a return in an earlier system: one line of JSON. */
export const PurchaseLine = z.strictObject({
  /** The source's own number: with the kind, it is there once. */
  number: Key,
  kind: z.enum(['purchase', 'return']),
  /** Whose it is: the key that the source knows them by, else their e-mail address. */
  customer: Key.optional(),
  email: Email.optional(),
  day: CalendarDate,
  /**
   * Net, 0 or more, as digits: whether money comes or goes is the kind. So many that minor units are
   * exact as a number, too.
   */
  amount: z.string().regex(/^\d{1,11}(\.\d{1,6})?$/),
  /** Absent: the company's. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .optional(),
  /** Absent: 1. */
  lines: z.number().int().min(1).max(10_000).optional(),
  /** What was bought, as the company's cost table names margins by. */
  category: Slug.optional(),
  /** Of a return: the number of the order it is of. */
  order: Key.optional(),
  /** The company's own doing; absent: false. */
  ownFault: z.boolean().optional(),
});
export type PurchaseLine = z.infer<typeof PurchaseLine>;

/** One contact of a customer with service in an earlier system: one line of JSON. */
export const ContactLine = z.strictObject({
  /** The source's own id: it is there once. */
  id: Key,
  customer: Key.optional(),
  email: Email.optional(),
  day: CalendarDate,
  channel: Slug,
  ownFault: z.boolean().optional(),
  reason: Prose.max(2_000).optional(),
});
export type ContactLine = z.infer<typeof ContactLine>;

/** Why a line was not taken. */
export const HistoryRefusal = z.enum([
  'not-json',
  'invalid',
  'too-long',
  'nobody-named',
  'order-missing',
  'erased',
  'in-the-future',
  'unknown-currency',
  'amount-too-precise',
  'differs',
]);
export type HistoryRefusal = z.infer<typeof HistoryRefusal>;

/** What was sent; `orders` are purchases and returns. */
export const HistoryKind = z.enum(['customers', 'orders', 'contacts']);
export type HistoryKind = z.infer<typeof HistoryKind>;

/** Sums over what was taken and what was known already, to hold against the other system. */
export const HistoryTotal = z.object({
  what: z.enum(['purchase', 'return', 'contact']),
  year: z.number().int(),
  /** Null of contacts. */
  currency: z.string().nullable(),
  /** In another currency than the company's: kept, and counted in no value of a customer. */
  isLeftOut: z.boolean(),
  rows: z.number().int(),
  /** Of these, the company's own doing. */
  ownFault: z.number().int(),
  /** Minor units as digits; null of contacts. */
  minor: z.string().nullable(),
});
export type HistoryTotal = z.infer<typeof HistoryTotal>;

/** What became of the lines of one request; lines count from 1. */
export const HistoryAnswer = z.object({
  accepted: z.number().int(),
  /** There before, and the same; or said twice. */
  known: z.number().int(),
  refused: z
    .array(
      z.object({
        line: z.number().int(),
        reason: HistoryRefusal,
        /** The field that it is about; null where the reason says all. */
        about: z.string().nullable(),
      }),
    )
    .max(LIMITS.bulkLinesMax),
  totals: z.array(HistoryTotal),
});
export type HistoryAnswer = z.infer<typeof HistoryAnswer>;

/** The source of what is recorded at the desk: no earlier system is called so. */
export const DESK_SOURCE = 'desk';

/** What a company knows of its customers from before. */
export const history = {
  record: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/history/{kind}',
      summary: 'Take over history from an earlier system: one line of JSON each',
      tag: 'Operator',
      access: operator,
      inputStructure: 'detailed',
      problems: ['company/not-found', 'request/too-large'],
    },
    z.strictObject({
      params: z.strictObject({ company: Slug, kind: HistoryKind }),
      /** Which system the lines come from; its keys and numbers are its own. */
      query: z.strictObject({
        source: Slug.refine((name) => name !== DESK_SOURCE, 'is what is recorded at the desk'),
        /** Everything is done but for keeping it. */
        dryRun: z.literal('true').optional(),
      }),
      headers: z.looseObject({}),
      /** `application/x-ndjson`. */
      body: z.instanceof(Blob),
    }),
    HistoryAnswer,
  ),
};
