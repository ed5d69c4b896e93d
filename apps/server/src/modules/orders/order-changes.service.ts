import { refused } from '@keepsake/kernel';
import {
  amendOrder,
  cancelOrder,
  findOrder as findPlannedOrder,
  returnOrder,
} from '@keepsake/production';
import type { Tx } from '../../platform/database/schema.ts';
import { type OrderContent, openOrder, sealOrder } from './content.ts';
import { writeEnding } from './endings.service.ts';
import type { EndingKind } from './endings.store.ts';
import { mailOrder } from './order-mails.ts';
import type { Orderer } from './orders.service.ts';
import { findOrderRow, type OrderRow, type Reason, updateOrder } from './orders.store.ts';
import { addPromise } from './promise-history.service.ts';
import { type OrderDeps, type Proposal, proposeOrder } from './quote.service.ts';
import {
  type Dated,
  decideWith,
  type OrderOutcome,
  type OrderRefusal,
  refusePrice,
  type Shown,
} from './shown.rules.ts';

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
  // What was let off stays: it was taken when the order was placed.
  const discount = row.discount ?? undefined;
  const wish = { company, family, decisions, texts, ...place, discount };
  const outcome = await proposeOrder(deps, wish);
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
  const isKept = await updateOrder(tx, next, new Date(deps.clock.now()));
  if (!isKept) throw new StaleOrderError('it was changed elsewhere');
  const reasons: Reason[] = [{ code: 'design-changed' }, ...dated.promise.reasons];
  const promise = { ...dated.promise, reasons };
  await addPromise(tx, deps, row, promise);
  await mailOrder(tx, deps, { row: next, company, published, kind: 'amended', promise });
}

/** Which order ends how, by whom and why. */
export interface EndOrder {
  readonly company: string;
  readonly order: string;
  readonly ending: EndingKind;
  readonly by: Orderer;
  /** The company's own doing. */
  readonly ownFault?: boolean | undefined;
  readonly reason?: string | undefined;
}

/**
 * Cancels an order before making begins, or takes it back once it is made. One that has ended so
 * already, in another tab or by the same request sent again, is answered as it is.
 */
export async function endOrder(deps: OrderDeps, input: EndOrder): Promise<OrderOutcome> {
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
    save: async (tx) => {
      await mailOrder(tx, deps, { row, kind: input.ending });
      await writeEnding(tx, deps, row, {
        ...{ kind: input.ending, at: new Date(at), ownFault: input.ownFault ?? false },
        ...{ by: input.by.kind === 'staff' ? input.by.id : null, reason: input.reason },
      });
    },
  });
  if (result === undefined) return { kind: 'site-not-found' };
  if (result.kind === 'ok') return { kind: 'order', id: row.id };
  const now = await findOrderRow(deps.database.kysely, input.company, input.order);
  return now?.state === input.ending ? { kind: 'order', id: row.id } : result.error;
}
