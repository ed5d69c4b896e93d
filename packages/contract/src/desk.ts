import { z } from 'zod';
import { endpoint, staff } from './endpoint.ts';
import { ConsentState, Fact, Polarity, PredicateName } from './memory.ts';
import { OrderSummary } from './orders.ts';
import {
  CalendarDate,
  Id,
  Instant,
  LIMITS,
  Line,
  Occasion,
  Prose,
  Slug,
  Stay,
  Value,
  Words,
} from './values.ts';

export const GuestSummary = z.object({
  id: Id,
  name: z.string(),
  /** Masked: enough to tell two namesakes apart. */
  email: z.string().nullable(),
  loyalty: z.string().nullable(),
  lastSeen: Instant.nullable(),
});
export type GuestSummary = z.infer<typeof GuestSummary>;

export const PrepareTask = z.object({
  id: Id,
  order: Id,
  orderNumber: z.string(),
  name: Words,
  state: z.string(),
  due: Instant,
  instructions: z.array(z.object({ text: Words, since: Instant })),
});

export const GuestCard = z.object({
  guest: GuestSummary,
  facts: z.array(Fact),
  consents: z.array(ConsentState),
  orders: z.array(OrderSummary),
  tasks: z.array(PrepareTask),
  notes: z.array(
    z.object({
      at: Instant,
      text: z.string(),
      by: z.string().nullable(),
      placeName: z.string().nullable(),
    }),
  ),
});
export type GuestCard = z.infer<typeof GuestCard>;

export const Arrival = z.object({
  order: Id,
  orderNumber: z.string(),
  guest: GuestSummary.nullable(),
  stay: Stay,
  familyName: Words,
  roomLabel: Words,
  arrivalSlot: Words.nullable(),
  prepared: z.object({ done: z.number().int(), total: z.number().int() }),
  tasks: z.array(PrepareTask),
});

export const desk = {
  search: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/guests',
      summary: 'Find a guest by e-mail, loyalty number or name',
      tag: 'Desk',
      access: staff('clerk', 'privacy-officer'),
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug, q: z.string().max(120) }),
    z.object({ items: z.array(GuestSummary) }),
  ),
  greet: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/guests',
      summary: 'Greet somebody new',
      tag: 'Desk',
      access: staff('clerk'),
      status: 201,
      problems: ['company/not-found', 'guest/identifier-taken'],
    },
    z.strictObject({
      company: Slug,
      name: Line.min(1).max(120),
      email: z.email().max(254).optional(),
      loyalty: Line.max(40).optional(),
    }),
    GuestSummary,
  ),
  card: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/guests/{guest}',
      summary: 'Who this is, what they like, what to do now',
      tag: 'Desk',
      access: staff('clerk'),
      problems: ['company/not-found', 'guest/not-found', 'site/not-found'],
    },
    z.strictObject({ company: Slug, guest: Id, site: Slug.optional() }),
    GuestCard,
  ),
  note: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/guests/{guest}/notes',
      summary: 'Note what a guest said, with the consents they gave',
      tag: 'Desk',
      access: staff('clerk'),
      status: 201,
      problems: [
        'company/not-found',
        'guest/not-found',
        'site/not-found',
        'memory/unknown-predicate',
        'memory/value-refused',
        'memory/consent-required',
      ],
    },
    z.strictObject({
      company: Slug,
      guest: Id,
      site: Slug.optional(),
      text: Prose.max(LIMITS.noteLengthMax).optional(),
      facts: z
        .array(
          z.strictObject({
            predicate: PredicateName,
            value: Value,
            polarity: Polarity.optional(),
            /** True: only at this site; otherwise everywhere. */
            hereOnly: z.boolean().optional(),
            basis: z.enum(['stated', 'observed']).optional(),
          }),
        )
        .max(20),
      /** Purposes that the guest agreed to just now, in so many words. */
      consents: z.array(Slug).max(10).optional(),
      occasion: Occasion.optional(),
    }),
    GuestCard,
  ),
  decline: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/guests/{guest}/declines',
      summary: 'The guest would rather not say: do not ask again',
      tag: 'Desk',
      access: staff('clerk'),
      problems: ['company/not-found', 'guest/not-found', 'memory/unknown-predicate'],
    },
    z.strictObject({ company: Slug, guest: Id, predicate: PredicateName }),
    GuestCard,
  ),
  export: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/guests/{guest}/export',
      summary: 'Everything remembered of a guest, for a request that came by letter or in person',
      tag: 'Privacy',
      access: staff('privacy-officer'),
      problems: ['company/not-found', 'guest/not-found'],
    },
    z.strictObject({ company: Slug, guest: Id }),
    z.record(z.string(), z.unknown()),
  ),
  erase: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/guests/{guest}/erase',
      summary: 'Erase a guest who asked for it by letter or in person',
      tag: 'Privacy',
      access: staff('privacy-officer'),
      problems: [
        'company/not-found',
        'guest/not-found',
        'memory/erase-unconfirmed',
        'memory/orders-open',
      ],
    },
    z.strictObject({ company: Slug, guest: Id, confirm: z.string().max(100) }),
    z.object({ erasedAt: Instant, rows: z.number().int() }),
  ),
  arrivals: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/sites/{site}/arrivals',
      summary: 'Who arrives, and what is prepared',
      tag: 'Desk',
      access: staff('clerk', 'maker'),
      problems: ['company/not-found', 'site/not-found'],
    },
    z.strictObject({
      company: Slug,
      site: Slug,
      from: CalendarDate.optional(),
      days: z.coerce.number().int().min(1).max(60).optional(),
    }),
    z.object({ items: z.array(Arrival) }),
  ),
};
