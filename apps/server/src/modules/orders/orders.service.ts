import { createHash } from 'node:crypto';
import type { Address } from '@keepsake/contract';
import { type Instant, newId, ok, type Result, refused } from '@keepsake/kernel';
import {
  type Acceptance,
  amendOrder,
  cancelOrder,
  commitOrder,
  findOrder as findPlannedOrder,
  type PlantState,
  quote,
  returnOrder,
} from '@keepsake/production';
import { isRefusedBy } from '../../platform/database/failure.ts';
import type { Tx } from '../../platform/database/schema.ts';
import { claimDesign, findDesign } from '../designs/index.ts';
import { type OrderContent, openOrder, sealOrder } from './content.ts';
import { mailOrder } from './order-mails.ts';
import {
  findOrderIdByKey,
  findOrderRow,
  insertOrder,
  insertPromise,
  listPromises,
  nextOrderNumber,
  type OrderRow,
  type Reason,
  updateOrder,
} from './orders.store.ts';
import {
  type OrderDeps,
  type PromiseDate,
  type Proposal,
  promiseOf,
  proposeOrder,
  type WishRefusal,
} from './quote.service.ts';
import { reasonsOf, refusalReasons } from './reasons.rules.ts';
import { instructOrder, rememberOrder } from './remember.service.ts';

/** What the customer saw when they ordered. */
export interface Shown {
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly ready: Instant;
}

/** Who acts: the customer, or staff for them. */
export interface Orderer {
  readonly kind: 'customer' | 'staff';
  readonly id: string;
}

export interface PlaceOrder {
  readonly company: string;
  readonly design: string;
  readonly version: number;
  readonly subject: string;
  readonly by: Orderer;
  readonly site?: string | undefined;
  readonly stay?: { readonly arrive: string; readonly depart: string } | undefined;
  readonly occasion: 'self' | 'gift';
  readonly delivery: string;
  readonly address: Address | null;
  readonly shown: Shown;
  readonly remember: boolean;
  readonly idempotencyKey: string | null;
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

/** The same caller with the same key: only ever one order. */
function keyHashOf(input: PlaceOrder): string | null {
  if (input.idempotencyKey === null) return null;
  const caller = `${input.by.kind}\0${input.by.id}\0${input.idempotencyKey}`;
  return createHash('sha256').update(caller).digest('hex');
}

/** The number that people say, such as `PC-000042`. */
function orderNumber(company: string, counter: number): string {
  const initials = company.split(/[-_]/).map((part) => part.charAt(0).toUpperCase());
  return `${initials.join('')}-${String(counter).padStart(6, '0')}`;
}

/**
 * Takes an order at the price and date that were shown, or refuses with the new ones. Stock,
 * capacity, order, instructions, journal and mail are kept in one transaction, or none is.
 */
export async function placeOrder(deps: OrderDeps, input: PlaceOrder): Promise<OrderOutcome> {
  const { kysely } = deps.database;
  const { company } = input;
  const keyHash = keyHashOf(input);
  const before = keyHash && (await findOrderIdByKey(kysely, company, keyHash));
  if (before) return { kind: 'order', id: before };
  const design = await findDesign(kysely, deps, company, input.design);
  if (design === undefined) return { kind: 'design-not-found' };
  if (design.version !== input.version) return { kind: 'stale', version: design.version };
  const { family, decisions, texts } = design;
  const { country, region } = input.address ?? {};
  const outcome = await proposeOrder(deps, { ...input, family, decisions, texts, country, region });
  if (outcome.kind !== 'proposal') return outcome;
  const { proposal } = outcome;
  const refusal = refuseProposal(proposal, input);
  if (refusal !== undefined) return refusal;
  const id = newId(deps.clock.now(), deps.random);
  try {
    return await commit(deps, { input, proposal, id, keyHash, decisions });
  } catch (error) {
    const twin = isRefusedBy(error, 'orders_idempotency_key_once') && keyHash;
    const first = twin ? await findOrderIdByKey(kysely, company, twin) : undefined;
    if (first === undefined) throw error;
    return { kind: 'order', id: first };
  }
}

function refuseProposal(proposal: Proposal, input: PlaceOrder): OrderRefusal | undefined {
  const rule = proposal.company.deliveries.find((each) => each.id === input.delivery);
  if (rule?.needsAddress === true && input.address === null) return { kind: 'address-required' };
  return refusePrice(proposal, input.shown);
}

function refusePrice(proposal: Proposal, shown: Shown): OrderRefusal | undefined {
  const { totalMinor } = proposal.price;
  const { currency } = proposal.company;
  if (currency === shown.currency && totalMinor <= shown.totalMinor) return undefined;
  return { kind: 'price-moved', totalMinor, currency };
}

interface Placing {
  readonly input: PlaceOrder;
  readonly proposal: Proposal;
  readonly id: string;
  readonly keyHash: string | null;
  readonly decisions: OrderContent['decisions'];
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

type Dated = Acceptance & { readonly promise: PromiseDate };

function decideWith(
  change: typeof commitOrder | typeof amendOrder,
  placing: Pick<Placing, 'proposal' | 'id'> & { readonly shown: Shown },
): (state: PlantState) => Result<Dated, OrderRefusal> {
  const { proposal, id, shown } = placing;
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

async function commit(deps: OrderDeps, placing: Placing): Promise<OrderOutcome> {
  const { input, proposal, id } = placing;
  const key = { company: input.company, site: proposal.site.id };
  const result = await deps.plants.run(key, {
    decide: decideWith(commitOrder, { proposal, id, shown: input.shown }),
    save: (tx, dated) => saveOrder(tx, deps, placing, dated),
  });
  if (result === undefined) return { kind: 'site-not-found' };
  return result.kind === 'ok' ? { kind: 'order', id } : result.error;
}

async function saveOrder(tx: Tx, deps: OrderDeps, placing: Placing, dated: Dated): Promise<void> {
  const { input, proposal, id, keyHash, decisions } = placing;
  const { company, site, published, configuration, price } = proposal;
  const { subject, occasion, by } = input;
  const number = orderNumber(company.id, await nextOrderNumber(tx, company.id));
  const owner = { company: company.id, subject };
  await claimDesign(tx, deps, { ...owner, design: input.design });
  const about = { company, site, published, subject, order: id, occasion };
  const instructions = await instructOrder(tx, deps, { ...about, deadline: dated.promise.ready });
  const { values, texts } = configuration;
  const content: OrderContent = { decisions, values, texts, address: input.address, instructions };
  const row: OrderRow = {
    company: company.id,
    id,
    number,
    site: site.id,
    subject,
    family: published.id,
    modelHash: published.modelHash,
    configurationHash: configuration.hash,
    state: 'accepted',
    version: 1,
    occasion,
    stay: input.stay ?? null,
    currency: company.currency,
    ...price,
    contentSealed: await sealOrder(tx, deps, owner, content),
    placedAt: new Date(deps.clock.now()),
  };
  await insertOrder(tx, { ...row, keyHash });
  await addPromise(tx, deps, row, dated.promise);
  const { remember } = input;
  await rememberOrder(tx, deps, { ...about, number, content, remember, actor: by });
  await mailOrder(tx, deps, { row, company, published, kind: 'confirmed', promise: dated.promise });
}

/** Adds a date to the history of an order. */
export async function addPromise(
  tx: Tx,
  deps: Pick<OrderDeps, 'clock'>,
  row: Pick<OrderRow, 'company' | 'id'>,
  promise: Pick<PromiseDate, 'ready' | 'reasons'>,
): Promise<void> {
  const history = await listPromises(tx, row.company, [row.id]);
  await insertPromise(tx, row.company, {
    orderId: row.id,
    position: history.length,
    at: new Date(deps.clock.now()),
    ready: new Date(promise.ready),
    reasons: promise.reasons,
  });
}

export interface AmendOrder {
  readonly company: string;
  readonly order: string;
  readonly version: number;
  readonly decisions: OrderContent['decisions'];
  readonly texts: Readonly<Record<string, string>>;
  readonly shown: Shown;
}

/** Changes the design of an order before making begins. The old promise stands until it is done. */
export async function changeOrder(deps: OrderDeps, input: AmendOrder): Promise<OrderOutcome> {
  const { kysely } = deps.database;
  const row = await findOrderRow(kysely, input.company, input.order);
  const content = row && (await openOrder(kysely, deps, row));
  if (row === undefined || content === undefined) return { kind: 'order-not-found' };
  if (row.version !== input.version) return { kind: 'stale', version: row.version };
  const { decisions, texts } = input;
  const { company, site, family, stay, delivery } = row;
  const { country, region } = content.address ?? {};
  const place = { site, stay: stay ?? undefined, delivery: delivery.id, country, region };
  const outcome = await proposeOrder(deps, { company, family, decisions, texts, ...place });
  if (outcome.kind !== 'proposal') return outcome;
  const { proposal } = outcome;
  const refusal = refusePrice(proposal, input.shown);
  if (refusal !== undefined) return refusal;
  return await amendAtPlant(deps, input, { row, content: { ...content, decisions }, proposal });
}

/** An order as it was, and what is to become of it. */
interface Amendment {
  readonly row: OrderRow;
  readonly content: OrderContent;
  readonly proposal: Proposal;
}

async function amendAtPlant(
  deps: OrderDeps,
  { shown }: Pick<AmendOrder, 'shown'>,
  amendment: Amendment,
): Promise<OrderOutcome> {
  const { row, proposal } = amendment;
  try {
    const result = await deps.plants.run(row, {
      decide: decideWith(amendOrder, { proposal, id: row.id, shown }),
      save: (tx, dated) => saveAmended(tx, deps, { ...amendment, dated }),
    });
    if (result === undefined) return { kind: 'site-not-found' };
    if (result.kind === 'ok') return { kind: 'order', id: row.id };
    // The plant forgets what came to nothing: cancelled or returned.
    return result.error.kind === 'order-not-found' ? { kind: 'ended' } : result.error;
  } catch (error) {
    if (!(error instanceof StaleOrderError)) throw error;
    const now = await findOrderRow(deps.database.kysely, row.company, row.id);
    return now === undefined
      ? { kind: 'order-not-found' }
      : { kind: 'stale', version: now.version };
  }
}

/** Somebody else changed the order between our reading and our writing. */
class StaleOrderError extends Error {
  override readonly name = 'StaleOrderError';
}

async function saveAmended(
  tx: Tx,
  deps: OrderDeps,
  amended: Amendment & { readonly dated: Dated },
): Promise<void> {
  const { row, proposal, dated } = amended;
  const { subject } = row;
  if (subject === null) throw new StaleOrderError('its customer was erased');
  const { values, texts } = proposal.configuration;
  const { company, published } = proposal;
  const content = { ...amended.content, values, texts };
  const next: OrderRow = {
    ...row,
    ...proposal.price,
    modelHash: published.modelHash,
    configurationHash: proposal.configuration.hash,
    contentSealed: await sealOrder(tx, deps, { company: row.company, subject }, content),
  };
  if (!(await updateOrder(tx, next))) throw new StaleOrderError('it was changed elsewhere');
  const reasons: Reason[] = [{ code: 'design-changed' }, ...dated.promise.reasons];
  const promise = { ...dated.promise, reasons };
  await addPromise(tx, deps, row, promise);
  await mailOrder(tx, deps, { row: next, company, published, kind: 'amended', promise });
}

type Ending = 'cancelled' | 'returned';

/**
 * Cancels an order before making begins, or takes it back once it is made. One that has ended so
 * already, in another tab or by the same request sent again, is answered as it is.
 */
export async function endOrder(
  deps: OrderDeps,
  input: { readonly company: string; readonly order: string; readonly ending: Ending },
): Promise<OrderOutcome> {
  const row = await findOrderRow(deps.database.kysely, input.company, input.order);
  if (row === undefined) return { kind: 'order-not-found' };
  const isCancelled = input.ending === 'cancelled';
  const no: OrderRefusal = { kind: isCancelled ? 'released' : 'not-returnable' };
  const at = deps.clock.now();
  const result = await deps.plants.run(row, {
    decide: (state) => {
      const planned = findPlannedOrder(state, row.id);
      if (planned === undefined) return refused(no);
      const isEarly = planned.stage === 'planned' || planned.stage === 'firm';
      if (isCancelled && !isEarly) return refused(no);
      const end = isCancelled ? cancelOrder : returnOrder;
      const ended = end(state, { order: row.id, at });
      return ended.kind === 'ok' ? ended : refused(no);
    },
    save: (tx) => mailOrder(tx, deps, { row, kind: input.ending }),
  });
  if (result === undefined) return { kind: 'site-not-found' };
  if (result.kind === 'ok') return { kind: 'order', id: row.id };
  const now = await findOrderRow(deps.database.kysely, input.company, input.order);
  return now?.state === input.ending ? { kind: 'order', id: row.id } : result.error;
}
