import { z } from 'zod';
import { endpoint, staff } from './endpoint.ts';
import { ConsentState, Fact, Polarity, PredicateName } from './memory.ts';
import { OrderSummary } from './orders.ts';
import { TreatmentOfCustomer } from './value-shapes.ts';
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
  /** What to do for the guest. It never says what somebody is worth. */
  care: z.object({
    /** That the company wants to keep the guest: look after them well. */
    isKept: z.boolean(),
    /** What the guest has of the treatments that run. */
    treatments: z.array(TreatmentOfCustomer.pick({ words: true, kind: true })),
  }),
});
export type GuestCard = z.infer<typeof GuestCard>;

/** Something that a note seems to say of the guest: nothing until the clerk confirms it. */
export const NoteProposal = z.object({
  predicate: PredicateName,
  label: Words,
  value: Value,
  valueLabel: Words,
  polarity: Polarity,
  purpose: z.string(),
  sensitivity: z.enum(['ordinary', 'special']),
  /** The site where alone it holds; null where it holds everywhere. */
  site: Slug.nullable(),
  siteName: Words.nullable(),
  /** How sure the reading is, from 0 to 1. */
  confidence: z.number(),
  /** Where in the text it is said, in UTF-16 units, half-open. */
  start: z.number().int(),
  end: z.number().int(),
});
export type NoteProposal = z.infer<typeof NoteProposal>;

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

/** One contact of a guest with service: recorded at the desk, or taken over from an earlier system. */
export const GuestContact = z.object({
  /** As its source calls it. */
  id: z.string(),
  /** `desk`, or which earlier system. */
  source: Slug,
  day: CalendarDate,
  channel: Slug,
  /** The company's own doing: it counts against no customer. */
  ownFault: z.boolean(),
  reason: z.string().nullable(),
  /** Who recorded it; null where it was taken over. */
  by: z.string().nullable(),
  /** Until when the caller can undo it; null where they cannot. */
  undoUntil: Instant.nullable(),
});
export type GuestContact = z.infer<typeof GuestContact>;

/** The latest contacts of a guest, the newest first. */
const GuestContacts = z.object({ items: z.array(GuestContact).max(LIMITS.guestContactsMax) });

const guestRef = { company: Slug, guest: Id };

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
  propose: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/note-proposals',
      summary: 'What a note seems to say, for the clerk to confirm; nothing is kept',
      tag: 'Desk',
      access: staff('clerk'),
      problems: ['company/not-found'],
    },
    z.strictObject({
      company: Slug,
      text: Prose.max(LIMITS.noteLengthMax),
      /** Predicates that the company can act on: a value by itself is taken for one of theirs. */
      relevant: z.array(PredicateName).max(LIMITS.decisionsMax).optional(),
    }),
    z.object({
      proposals: z.array(NoteProposal),
      /** Passages that name something, but not of the guest, or not as it is now. */
      passed: z.array(
        z.object({
          start: z.number().int(),
          end: z.number().int(),
          reason: z.enum(['somebody-else', 'question', 'maybe', 'past', 'neutral', 'trouble']),
        }),
      ),
      /** Who read the note: the grammar of the server, or the proposer its operator has set up. */
      readBy: z.enum(['grammar', 'proposer']),
    }),
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
            /** Only at this site, which may be another one; goes before `hereOnly`. */
            site: Slug.optional(),
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
  contacts: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/guests/{guest}/contacts',
      summary: 'What a guest came to service with last',
      tag: 'Desk',
      access: staff('clerk'),
      problems: ['company/not-found', 'guest/not-found'],
    },
    z.strictObject(guestRef),
    GuestContacts,
  ),
  recordContact: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/guests/{guest}/contacts',
      summary: 'Record that a guest came to service with something',
      tag: 'Desk',
      access: staff('clerk'),
      status: 201,
      problems: ['company/not-found', 'guest/not-found', 'site/not-found'],
    },
    z.strictObject({
      ...guestRef,
      /** Where it is recorded: the calendar there says which day it is. */
      site: Slug.optional(),
      /** How they came: `phone`, `mail`, `desk`, `chat`, or a name of the company's own. */
      channel: Slug,
      /** The company's own doing: it counts against no customer. Absent: false. */
      ownFault: z.boolean().optional(),
      reason: Prose.max(LIMITS.noteLengthMax).optional(),
    }),
    GuestContact,
  ),
  undoContact: endpoint(
    {
      method: 'DELETE',
      path: '/api/c/{company}/guests/{guest}/contacts/{contact}',
      summary:
        'Undo a contact recorded by mistake: within ten minutes, by the same person or an owner',
      tag: 'Desk',
      access: staff('clerk'),
      problems: ['company/not-found', 'guest/not-found', 'contact/not-found', 'contact/undo-ended'],
    },
    z.strictObject({ ...guestRef, contact: Id }),
    GuestContacts,
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
