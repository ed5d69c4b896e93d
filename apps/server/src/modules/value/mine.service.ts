/** What customers see of how they are differentiated, and what staff who meet them see. */
import type { CustomerValue, GuestCard } from '@keepsake/contract';
import { effectiveTier } from '@keepsake/value';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import type { ValueCollaborators } from './customer.service.ts';
import { findScore, listTierRows } from './customer.store.ts';
import { subjectsOf } from './person.service.ts';
import {
  countsOf,
  loadReckoned,
  reasonsFor,
  textOf,
  tierNow,
  wordsOf,
} from './reckoned.service.ts';
import { stateOf } from './value-run.rules.ts';

/** How a company differentiates a customer: nothing that the customer could not check. */
export type Differentiation = Pick<
  CustomerValue,
  | 'tier'
  | 'given'
  | 'since'
  | 'expires'
  | 'currency'
  | 'counts'
  | 'reasons'
  | 'treatments'
  | 'contest'
  | 'answer'
>;

type MineDeps = Pick<Deps, 'keys' | 'clock'>;

/** How the company differentiates whoever has this subject; null where nothing is reckoned of them. */
export async function readMyValue(
  db: Db,
  deps: MineDeps,
  { listTreatments }: ValueCollaborators,
  me: { readonly company: string; readonly subject: string; readonly currency: string },
): Promise<Differentiation | null> {
  const { company, subject, currency } = me;
  const subjects = await subjectsOf(db, company, subject);
  const found = await loadReckoned(db, company, subjects);
  if (found === undefined) return null;
  const { tier, contested } = found;
  const treatments = contested === undefined ? await listTreatments(db, company, subjects) : [];
  return {
    ...{ tier: tierNow(found, deps.clock.now()), given: tier.tier, currency },
    ...{ since: textOf(tier.since), expires: textOf(tier.expires) },
    ...{ counts: countsOf(found), reasons: reasonsFor(found).reasons },
    treatments: [...treatments],
    ...(await wordsOf(db, deps, found)),
  };
}

/** What to do for a customer, in words. Nothing of it tells what somebody is worth. */
export type Care = GuestCard['care'];

/**
 * What whoever meets a customer should know: that the company wants to keep them, and what they have
 * of the treatments that run. While an objection stands that is nothing.
 */
export async function readCare(
  db: Db,
  deps: Pick<Deps, 'clock'>,
  { listTreatments }: ValueCollaborators,
  { company, subjects }: { readonly company: string; readonly subjects: readonly string[] },
): Promise<Care> {
  const rows = await listTierRows(db, company, subjects);
  const person = (await findScore(db, company, subjects))?.person;
  const row = rows.find((one) => one.person === person) ?? rows[0];
  if (row === undefined || rows.some((one) => one.contested_at !== null)) {
    return { isKept: false, treatments: [] };
  }
  const tier = effectiveTier(stateOf(row), deps.clock.now());
  const treatments = await listTreatments(db, company, subjects);
  return {
    isKept: tier === 'keep',
    treatments: treatments.map(({ words, kind }) => ({ words, kind })),
  };
}
