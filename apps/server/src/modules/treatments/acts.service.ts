/** What treatments do by themselves for a customer who has them. */
import type { Words } from '@keepsake/kernel';
import type { Discount, StartingPoint, Treatment, TreatmentAct } from '@keepsake/value';
import type { Db, Tx } from '../../platform/database/schema.ts';
import { findPlan } from '../terms/index.ts';
import { listHeld, lockHeld } from './treatments.store.ts';

/** An act of a treatment that a customer has now. */
export interface HeldAct<Act extends TreatmentAct> {
  readonly treatment: string;
  readonly words: Words;
  readonly priority: number;
  readonly act: Act;
}

/** Acts of the treatments that a customer has now, the greater priority first. */
export interface HeldActs {
  readonly discounts: readonly HeldAct<Discount>[];
  readonly starts: readonly HeldAct<StartingPoint>[];
}

/** Records of one customer, of whom any will do to find what is held, and the moment that it is about. */
export interface ActsOf {
  readonly company: string;
  readonly subjects: readonly string[];
  readonly now: number;
}

/**
 * What a customer has now of the plan that runs. Who goes without by lot, or objects, has nothing. One
 * read by key for most; one more where something is held.
 */
export async function listActs(db: Db, { company, subjects, now }: ActsOf): Promise<HeldActs> {
  const held = new Set((await listHeld(db, company, subjects)).map(({ treatment }) => treatment));
  const plan = held.size === 0 ? undefined : await findPlan(db, company);
  const acting = (plan?.treatments ?? [])
    .filter((one) => held.has(one.id) && one.from <= now && now < one.until)
    .sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
  return {
    discounts: acting.flatMap((one) =>
      one.act?.kind === 'discount' ? [heldAct(one, one.act)] : [],
    ),
    starts: acting.flatMap((one) => (one.act?.kind === 'start' ? [heldAct(one, one.act)] : [])),
  };
}

function heldAct<Act extends TreatmentAct>(
  { id, words, priority }: Treatment,
  act: Act,
): HeldAct<Act> {
  return { treatment: id, words, priority, act };
}

/** Holds one treatment of a customer until the transaction ends; false where they have it no more. */
export async function lockAct(
  tx: Tx,
  { company, subjects }: Pick<ActsOf, 'company' | 'subjects'>,
  treatment: string,
): Promise<boolean> {
  return await lockHeld(tx, { company, treatment, persons: subjects });
}
