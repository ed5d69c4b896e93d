import type { Order, Quote } from '@keepsake/contract';
import { instantToText, invariant, parseInstant } from '@keepsake/kernel';
import type { Actor } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { conflictProblem, wireMoney } from '../families/index.ts';
import { loadPerson } from '../memory/index.ts';
import { findOffer } from './discounts.service.ts';
import { writeInvoice } from './invoice.ts';
import { changeOrder, type EndOrder, endOrder } from './order-changes.service.ts';
import { listOrders } from './orders.list.ts';
import { type Orderer, placeOrder } from './orders.service.ts';
import { findOrderRow, type OrderRow, type StoredDiscount } from './orders.store.ts';
import { viewOrder } from './orders.view.ts';
import { type OrderDeps, type QuoteOutcome, quoteWish } from './quote.service.ts';
import type { OrderOutcome, OrderRefusal, Shown } from './shown.rules.ts';

function refusalProblem(refusal: OrderRefusal): ReturnType<typeof problem> {
  switch (refusal.kind) {
    case 'company-not-found':
      return problem('company/not-found');
    case 'family-not-found':
      return problem('family/not-found');
    case 'site-not-found':
      return problem('site/not-found');
    case 'order-not-found':
      return problem('order/not-found');
    case 'design-not-found':
      return problem('design/not-found');
    case 'undecided':
      return problem('design/undecided');
    case 'conflict':
      return conflictProblem(refusal.error);
    case 'stay-required':
      return problem('order/stay-required');
    case 'delivery-unavailable':
      return problem('order/delivery-unavailable');
    case 'address-required':
      return problem('order/delivery-unavailable', { detail: 'This delivery needs an address.' });
    case 'ended':
      return problem('order/released', { detail: 'The order is cancelled or returned.' });
    case 'released':
      return problem('order/released');
    case 'not-returnable':
      return problem('order/not-returnable');
    case 'stale':
      return problem('design/stale', { version: refusal.version });
    case 'impossible':
      return problem('promise/impossible', { reasons: [...refusal.reasons] });
    case 'price-moved': {
      const total = wireMoney(refusal.currency, Number(refusal.totalMinor));
      return problem('price/moved', { total });
    }
    case 'promise-moved': {
      const ready = instantToText(refusal.ready);
      return problem('promise/moved', { ready, reasons: [...refusal.reasons] });
    }
  }
}

function wireQuote(outcome: Extract<QuoteOutcome, { kind: 'quote' }>): Quote {
  const { proposal, promise } = outcome;
  const { company, site, configuration, price } = proposal;
  const { currency } = company;
  return {
    modelHash: configuration.modelHash,
    design: { ...configuration.values },
    lines: price.lines.map(({ code, label, minor }) => ({
      code,
      label,
      amount: { currency, minor },
    })),
    delivery: { currency, minor: price.delivery.feeMinor },
    tax: {
      label: price.tax.label,
      basisPoints: price.tax.basisPoints,
      amount: { currency, minor: price.tax.minor },
      included: price.tax.included,
    },
    total: { currency, minor: price.totalMinor.toString() },
    promise: {
      site: site.id,
      ready: instantToText(promise.ready),
      delivered: instantToText(promise.delivered),
      reasons: [...promise.reasons],
    },
  };
}

/** What is let off for who asks: of an order that it had, of a new one what their offers are. */
async function discountOf(
  deps: OrderDeps,
  actor: Actor,
  input: {
    readonly company: string;
    readonly family: string;
    readonly order?: string | undefined;
  },
): Promise<StoredDiscount | undefined> {
  const { company, family, order } = input;
  if (order !== undefined) {
    return (await getOrder(deps, actor, { company, order })).discount ?? undefined;
  }
  if (actor.customer === null) return undefined;
  const { subject } = actor.customer;
  const now = deps.clock.now();
  return (await findOffer(deps.database.kysely, { company, family, subject, now }))?.discount;
}

/** The handler of `contract.families.quote`. */
export function quoteRoute(deps: OrderDeps) {
  return api.families.quote.handler(async ({ input, context }) => {
    const discount = await discountOf(deps, context.actor, input);
    const outcome = await quoteWish(deps, { ...input, texts: input.texts ?? {}, discount });
    if (outcome.kind !== 'quote') throw refusalProblem(outcome);
    return wireQuote(outcome);
  });
}

function shownOf(shown: {
  readonly total: { readonly currency: string; readonly minor: string };
  readonly ready: string;
}): Shown {
  const ready = parseInstant(shown.ready);
  invariant(ready !== undefined, 'the contract has checked the instant');
  const { currency, minor } = shown.total;
  return { currency, totalMinor: BigInt(minor), ready };
}

/** Who places an order for whom: customers for themselves, staff for the guest they name. */
function ordererOf(actor: Actor, guest: string | undefined) {
  if (actor.customer !== null && guest === undefined) {
    const by: Orderer = { kind: 'customer', id: actor.customer.subject };
    return { subject: actor.customer.subject, by };
  }
  if (actor.staff === null) throw problem('session/forbidden', { roles: ['owner', 'clerk'] });
  if (guest === undefined) throw problem('guest/not-found');
  const by: Orderer = { kind: 'staff', id: actor.staff.id };
  return { subject: guest, by };
}

async function subjectsOf(
  deps: OrderDeps,
  company: string,
  subject: string,
): Promise<readonly string[]> {
  const person = await loadPerson(deps.database.kysely, deps, { company, subject });
  return person?.members ?? [subject];
}

/** An order that the caller may see; for all others there is none. */
async function getOrder(
  deps: OrderDeps,
  actor: Actor,
  ref: { readonly company: string; readonly order: string },
): Promise<OrderRow> {
  const row = await findOrderRow(deps.database.kysely, ref.company, ref.order);
  if (row === undefined) throw problem('order/not-found');
  if (actor.staff !== null) return row;
  const mine = actor.customer && (await subjectsOf(deps, ref.company, actor.customer.subject));
  if (row.subject === null || mine?.includes(row.subject) !== true) {
    throw problem('order/not-found');
  }
  return row;
}

async function showOrder(
  deps: OrderDeps,
  { staff }: Actor,
  ref: { readonly company: string; readonly id: string },
): Promise<Order> {
  const { kysely } = deps.database;
  const row = await findOrderRow(kysely, ref.company, ref.id);
  const view = row && (await viewOrder(kysely, deps, row));
  if (view === undefined) throw problem('order/not-found');
  return staff === null ? { ...view, ending: null } : view;
}

/** Who ends an order: staff where they are signed in, else the customer whose it is. */
function enderOf({ staff, customer }: Actor): Orderer {
  if (staff !== null) return { kind: 'staff', id: staff.id };
  if (customer === null) throw problem('session/required');
  return { kind: 'customer', id: customer.subject };
}

/** The handlers of `contract.orders`. */
export function ordersRoutes(deps: OrderDeps) {
  const { kysely } = deps.database;
  const shownAfter = async (
    actor: Actor,
    company: string,
    outcome: OrderOutcome,
  ): Promise<Order> => {
    if (outcome.kind !== 'order') throw refusalProblem(outcome);
    return await showOrder(deps, actor, { company, id: outcome.id });
  };
  const end = async (actor: Actor, input: Omit<EndOrder, 'by'>): Promise<Order> => {
    await getOrder(deps, actor, input);
    const outcome = await endOrder(deps, { ...input, by: enderOf(actor) });
    return await shownAfter(actor, input.company, outcome);
  };
  return {
    place: api.orders.place.handler(async ({ input, context }) => {
      const { subject, by } = ordererOf(context.actor, input.guest);
      const person = await loadPerson(kysely, deps, { company: input.company, subject });
      if (person === undefined) throw problem('guest/not-found');
      const outcome = await placeOrder(deps, {
        ...input,
        subject,
        by,
        occasion: input.occasion ?? 'self',
        address: input.address ?? null,
        shown: shownOf(input.shown),
        remember: input.remember ?? false,
        idempotencyKey: context.idempotencyKey,
      });
      return await shownAfter(context.actor, input.company, outcome);
    }),
    get: api.orders.get.handler(async ({ input, context }) => {
      const row = await getOrder(deps, context.actor, input);
      return await showOrder(deps, context.actor, row);
    }),
    mine: api.orders.mine.handler(async ({ input, context }) => {
      const { customer } = context.actor;
      if (customer === null) throw problem('session/required');
      const subjects = await subjectsOf(deps, input.company, customer.subject);
      return await listOrders(kysely, { ...input, subjects });
    }),
    list: api.orders.list.handler(async ({ input }) => await listOrders(kysely, input)),
    amend: api.orders.amend.handler(async ({ input, context }) => {
      await getOrder(deps, context.actor, input);
      const outcome = await changeOrder(deps, { ...input, shown: shownOf(input.shown) });
      return await shownAfter(context.actor, input.company, outcome);
    }),
    cancel: api.orders.cancel.handler(({ input, context }) =>
      end(context.actor, { ...input, ending: 'cancelled' }),
    ),
    return: api.orders.return.handler(({ input, context }) => {
      const { actor } = context;
      // It is counted for the customer: not theirs to say.
      if (input.ownFault === true && actor.staff === null) {
        throw problem('session/forbidden', { roles: ['owner', 'clerk'] });
      }
      return end(actor, { ...input, ending: 'returned' });
    }),
    invoice: api.orders.invoice.handler(async ({ input, context }) => {
      const row = await getOrder(deps, context.actor, input);
      const order = await showOrder(deps, context.actor, row);
      const pdf = await writeInvoice(deps, { row, order, locale: input.locale });
      const name = `${row.number}.pdf`;
      return new File([pdf], name, { type: 'application/pdf' });
    }),
  };
}
