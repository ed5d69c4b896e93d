import { createHash } from 'node:crypto';
import type { Address } from '@keepsake/contract';
import { newId } from '@keepsake/kernel';
import { commitOrder } from '@keepsake/production';
import { isRefusedBy } from '../../platform/database/failure.ts';
import type { Tx } from '../../platform/database/schema.ts';
import { claimDesign, findDesign } from '../designs/index.ts';
import { type OrderContent, sealOrder } from './content.ts';
import { findOffer, OfferGoneError, takeDiscount } from './discounts.service.ts';
import { mailOrder } from './order-mails.ts';
import { findOrderIdByKey, insertOrder, nextOrderNumber, type OrderRow } from './orders.store.ts';
import { addPromise } from './promise-history.service.ts';
import { type OrderDeps, type Proposal, proposeOrder } from './quote.service.ts';
import { instructOrder, rememberOrder } from './remember.service.ts';
import {
  type Dated,
  decideWith,
  type OrderOutcome,
  type OrderRefusal,
  refusePrice,
  type Shown,
} from './shown.rules.ts';

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
  const wanted = { ...input, family, decisions, texts, country, region };
  const offer = await findOffer(kysely, { ...wanted, now: deps.clock.now() });
  const outcome = await proposeOrder(deps, { ...wanted, discount: offer?.discount });
  if (outcome.kind !== 'proposal') return outcome;
  const { proposal } = outcome;
  const refusal = refuseProposal(proposal, input);
  if (refusal !== undefined) return refusal;
  const id = newId(deps.clock.now(), deps.random);
  try {
    return await commit(deps, { input, proposal, id, keyHash, decisions });
  } catch (error) {
    // What was let off is gone: the order is looked at again, at the price without it.
    if (error instanceof OfferGoneError) return await placeOrder(deps, input);
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
interface Placing {
  readonly input: PlaceOrder;
  readonly proposal: Proposal;
  readonly id: string;
  readonly keyHash: string | null;
  readonly decisions: OrderContent['decisions'];
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
  const { discount } = price;
  if (discount !== null) await takeDiscount(tx, { company: company.id, subject }, discount);
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
