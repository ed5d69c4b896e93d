/** What a customer's treatments let off the price of an order. */
import { bestDiscount, type HeldDiscount } from '@keepsake/value';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { listKin } from '../memory/index.ts';
import { listActs, lockAct } from '../treatments/index.ts';
import { countDiscounts } from './discounts.store.ts';
import type { StoredDiscount } from './orders.store.ts';

/** A customer who would like something of a family, and when. */
export interface DiscountFor {
  readonly company: string;
  readonly subject: string;
  readonly family: string;
  readonly now: number;
}

/** An offer of a customer, and on how many more orders it is given; null without a limit. */
export interface OpenOffer {
  readonly discount: StoredDiscount;
  readonly left: number | null;
}

/** The discount that a customer has on an order of a family; undefined for most. */
export async function findOffer(db: Db, about: DiscountFor): Promise<OpenOffer | undefined> {
  const { company, subject, family, now } = about;
  const { discounts } = await listActs(db, { company, subjects: [subject], now });
  if (discounts.length === 0) return undefined;
  const used = await countDiscounts(db, company, await kinOf(db, about));
  const held = discounts.map(({ treatment, priority, act }): HeldDiscount => {
    return { treatment, priority, discount: act, used: used.get(treatment) ?? 0 };
  });
  const best = bestDiscount(held, family);
  const words = discounts.find(({ treatment }) => treatment === best?.treatment)?.words;
  if (best === undefined || words === undefined) return undefined;
  const { treatment, discount } = best;
  const uses = discount.uses ?? null;
  return {
    discount: { treatment, words, basisPoints: discount.basisPoints, uses },
    left: uses === null ? null : uses - best.used,
  };
}

async function kinOf(
  db: Db,
  { company, subject }: Pick<DiscountFor, 'company' | 'subject'>,
): Promise<readonly string[]> {
  return (await listKin(db, company, [subject])).map((one) => one.subject);
}

/** Another order took the offer, or it has ended, between the price and the order. */
export class OfferGoneError extends Error {
  override readonly name = 'OfferGoneError';
}

/**
 * Takes the discount of an order that is being placed, in its transaction; throws `OfferGoneError`
 * where the customer has it no more. Orders of one customer wait for each other here, whoever places
 * them and wherever, so that none is given once too often.
 */
export async function takeDiscount(
  tx: Tx,
  about: Pick<DiscountFor, 'company' | 'subject'>,
  { treatment, uses }: StoredDiscount,
): Promise<void> {
  const { company } = about;
  const subjects = await kinOf(tx, about);
  const isHeld = await lockAct(tx, { company, subjects }, treatment);
  const used = (await countDiscounts(tx, company, subjects)).get(treatment) ?? 0;
  if (!isHeld || (uses !== null && used >= uses)) throw new OfferGoneError(treatment);
}
