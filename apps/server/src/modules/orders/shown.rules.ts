/** Decides whether an order is taken at the price and date that its customer saw. Pure. */
import { type Instant, ok, type Result, refused } from '@keepsake/kernel';
import {
  type Acceptance,
  type amendOrder,
  type commitOrder,
  type PlantState,
  quote,
} from '@keepsake/production';
import type { Reason } from './orders.store.ts';
import { type PromiseDate, type Proposal, promiseOf, type WishRefusal } from './quote.service.ts';
import { reasonsOf, refusalReasons } from './reasons.rules.ts';

/** What the customer saw when they ordered. */
export interface Shown {
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly ready: Instant;
}
/** Why an order was not taken or not changed. Nothing has happened then. */
export type OrderRefusal =
  | WishRefusal
  | {
      readonly kind:
        | 'order-not-found'
        | 'design-not-found'
        | 'ended'
        | 'released'
        | 'not-returnable'
        | 'address-required';
    }
  | { readonly kind: 'stale'; readonly version: number }
  | { readonly kind: 'price-moved'; readonly totalMinor: bigint; readonly currency: string }
  | {
      readonly kind: 'promise-moved';
      readonly ready: Instant;
      readonly reasons: readonly Reason[];
    };

export type OrderOutcome = { readonly kind: 'order'; readonly id: string } | OrderRefusal;
/** Refuses a price higher than the one shown, or in another currency. */
export function refusePrice(proposal: Proposal, shown: Shown): OrderRefusal | undefined {
  const { totalMinor } = proposal.price;
  const { currency } = proposal.company;
  if (currency === shown.currency && totalMinor <= shown.totalMinor) return undefined;
  return { kind: 'price-moved', totalMinor, currency };
}
/** The date of a request now, refused where it is later than the one that was shown. */
function dateOf(
  state: PlantState,
  proposal: Proposal,
  shown: Shown,
): Result<PromiseDate, OrderRefusal> {
  const { family } = proposal.published;
  const answer = quote(state, proposal.request);
  if (answer.kind === 'refused') {
    return refused({ kind: 'impossible', reasons: refusalReasons(family, answer.error) });
  }
  const promise = promiseOf(proposal, answer.value);
  if (proposal.request.stay === undefined && promise.ready > shown.ready) {
    const { ready, reasons } = promise;
    return refused({ kind: 'promise-moved', ready, reasons });
  }
  return ok(promise);
}

/** What a plant accepted, and the date that its customer is told. */
export type Dated = Acceptance & { readonly promise: PromiseDate };

/**
 * A command of the plant that takes an order, or changes one, at a date no later than the shown.
 * `change` is the kernel's own function.
 */
export function decideWith(
  change: typeof commitOrder | typeof amendOrder,
  wanted: { readonly proposal: Proposal; readonly id: string; readonly shown: Shown },
): (state: PlantState) => Result<Dated, OrderRefusal> {
  const { proposal, id, shown } = wanted;
  return (state) => {
    const dated = dateOf(state, proposal, shown);
    if (dated.kind === 'refused') return dated;
    const promise = dated.value;
    const { request } = proposal;
    const promisedBy = request.stay === undefined ? { promisedBy: promise.ready } : {};
    const changed = change(state, { order: id, request, at: request.now, ...promisedBy });
    if (changed.kind === 'ok') return ok({ ...changed.value, promise });
    const { error } = changed;
    switch (error.kind) {
      case 'promise-moved': {
        const reasons = reasonsOf(proposal.published.family, error.binding);
        return refused({ kind: 'promise-moved', ready: error.finish, reasons });
      }
      case 'order-started':
        return refused({ kind: 'released' });
      case 'unknown-order':
      case 'duplicate-order':
        return refused({ kind: 'order-not-found' });
      default: {
        const reasons = refusalReasons(proposal.published.family, error);
        return refused({ kind: 'impossible', reasons });
      }
    }
  };
}
