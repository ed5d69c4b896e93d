import { z } from 'zod';
import { customer, customerOrStaff, endpoint, staff } from './endpoint.ts';
import { PriceLine } from './families.ts';
import {
  AttributeId,
  Decisions,
  Hash,
  Id,
  Instant,
  Line,
  Money,
  Occasion,
  PageQuery,
  PromiseReason,
  Prose,
  page,
  Slug,
  Stay,
  Texts,
  Value,
  Words,
} from './values.ts';

export const Address = z.strictObject({
  name: Line.min(1).max(120),
  line1: Line.min(1).max(120),
  line2: Line.max(120).optional(),
  postcode: Line.min(1).max(20),
  city: Line.min(1).max(80),
  region: Line.max(80).optional(),
  country: z.string().regex(/^[A-Z]{2}$/),
});
export type Address = z.infer<typeof Address>;

export const OrderState = z.enum([
  'accepted',
  'in-making',
  'blocked',
  'made',
  'cancelled',
  'returned',
]);

/** How an order came to nothing, or came back. */
export const OrderEnding = z.object({
  kind: z.enum(['cancelled', 'returned']),
  at: Instant,
  /** The company's own doing: it counts against no customer. */
  ownFault: z.boolean(),
  by: z.enum(['customer', 'staff']),
  /** Of the member of staff; null of the customer, and of somebody who has left. */
  byName: z.string().nullable(),
  reason: z.string().nullable(),
});
export type OrderEnding = z.infer<typeof OrderEnding>;

export const Order = z.object({
  id: Id,
  number: z.string(),
  state: OrderState,
  version: z.number().int(),
  placedAt: Instant,
  site: Slug,
  family: Slug,
  familyName: Words,
  modelHash: Hash,
  /** Null once the customer was erased. */
  configurationHash: Hash.nullable(),
  design: z.array(
    z.object({
      attribute: AttributeId,
      label: Words,
      value: Value.nullable(),
      valueLabel: Words,
    }),
  ),
  /** The customer's own choices, to go on from when it is amended. */
  decisions: Decisions,
  texts: Texts,
  picture: z.string(),
  occasion: Occasion,
  stay: Stay.nullable(),
  lines: z.array(PriceLine),
  delivery: z.object({ id: Slug, name: Words, fee: Money }),
  tax: z.object({
    label: z.string(),
    basisPoints: z.number().int(),
    amount: Money,
    included: z.boolean(),
  }),
  total: Money,
  address: Address.nullable(),
  promise: z.object({
    ready: Instant,
    delivered: Instant,
    history: z.array(z.object({ at: Instant, ready: Instant, reasons: z.array(PromiseReason) })),
  }),
  /** What remembered facts asked of the makers. */
  instructions: z.array(z.object({ operation: z.string(), text: Words, since: Instant })),
  operations: z.array(
    z.object({
      operation: z.string(),
      name: Words,
      state: z.string(),
      start: Instant,
      end: Instant,
    }),
  ),
  /**
   * How it ended, for staff. Null to the customer, while it has not ended, and where that was before
   * endings were kept.
   */
  ending: OrderEnding.nullable(),
  canAmend: z.boolean(),
  canCancel: z.boolean(),
  canReturn: z.boolean(),
});
export type Order = z.infer<typeof Order>;

export const OrderSummary = z.object({
  id: Id,
  number: z.string(),
  state: OrderState,
  placedAt: Instant,
  family: Slug,
  familyName: Words,
  total: Money,
  ready: Instant,
  stay: Stay.nullable(),
});

const orderRef = { company: Slug, order: Id };

export const orders = {
  place: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/orders',
      summary: 'Order a saved design at the price and date that were shown',
      tag: 'Orders',
      access: customerOrStaff('clerk'),
      status: 201,
      problems: [
        'company/not-found',
        'design/not-found',
        'design/stale',
        'design/conflict',
        'design/text-refused',
        'site/not-found',
        'guest/not-found',
        'price/moved',
        'promise/moved',
        'promise/impossible',
        'order/delivery-unavailable',
        'order/stay-required',
      ],
    },
    z.strictObject({
      company: Slug,
      design: Id,
      version: z.number().int(),
      /** Booking for a guest, by staff. */
      guest: Id.optional(),
      site: Slug.optional(),
      stay: Stay.optional(),
      occasion: Occasion.optional(),
      delivery: Slug,
      address: Address.optional(),
      /** The total and the date that the customer saw; a worse answer is refused, never slipped in. */
      shown: z.strictObject({ total: Money, ready: Instant }),
      /** Remember these choices for next time (consent to personalisation). */
      remember: z.boolean().optional(),
    }),
    Order,
  ),
  get: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/orders/{order}',
      summary: 'An order: state, date and why it moved, price, design',
      tag: 'Orders',
      access: customerOrStaff('clerk', 'maker', 'product-manager'),
      problems: ['company/not-found', 'order/not-found'],
    },
    z.strictObject(orderRef),
    Order,
  ),
  mine: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/me/orders',
      summary: 'My orders, newest first',
      tag: 'Orders',
      access: customer,
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug, ...PageQuery }),
    page(OrderSummary),
  ),
  list: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/orders',
      summary: 'All orders, newest first',
      tag: 'Orders',
      access: staff('clerk', 'product-manager', 'maker'),
      problems: ['company/not-found'],
    },
    z.strictObject({ company: Slug, state: OrderState.optional(), ...PageQuery }),
    page(OrderSummary),
  ),
  amend: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/orders/{order}/amend',
      summary: 'Change the design of an order before making begins',
      tag: 'Orders',
      access: customerOrStaff('clerk'),
      problems: [
        'company/not-found',
        'order/not-found',
        'order/released',
        'design/stale',
        'design/conflict',
        'design/unknown-attribute',
        'design/unknown-value',
        'design/text-refused',
        'price/moved',
        'promise/moved',
        'promise/impossible',
      ],
    },
    z.strictObject({
      ...orderRef,
      version: z.number().int(),
      decisions: Decisions,
      texts: Texts,
      shown: z.strictObject({ total: Money, ready: Instant }),
    }),
    Order,
  ),
  cancel: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/orders/{order}/cancel',
      summary: 'Cancel an order before making begins',
      tag: 'Orders',
      access: customerOrStaff('clerk'),
      problems: ['company/not-found', 'order/not-found', 'order/released'],
    },
    z.strictObject(orderRef),
    Order,
  ),
  return: endpoint(
    {
      method: 'POST',
      path: '/api/c/{company}/orders/{order}/return',
      summary: 'Return what was made',
      tag: 'Orders',
      access: customerOrStaff('clerk'),
      problems: ['company/not-found', 'order/not-found', 'order/not-returnable'],
    },
    z.strictObject({
      ...orderRef,
      /** The company's own doing: it counts against no customer. Said by staff alone; absent: false. */
      ownFault: z.boolean().optional(),
      /** Kept sealed, and not at all once the customer was erased. */
      reason: Prose.max(2_000).optional(),
    }),
    Order,
  ),
  invoice: endpoint(
    {
      method: 'GET',
      path: '/api/c/{company}/orders/{order}/invoice.pdf',
      summary: 'The invoice as PDF',
      tag: 'Orders',
      access: customerOrStaff('clerk'),
      problems: ['company/not-found', 'order/not-found'],
    },
    z.strictObject({ ...orderRef, locale: z.enum(['en', 'de']).optional() }),
    z.instanceof(Blob),
  ),
};
