/** One customer as a manager sees them. */
import type { CustomerValue } from '@keepsake/contract';
import { invariant } from '@keepsake/kernel';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { namesOf, readSubject } from '../memory/index.ts';
import { basisOf } from './basis.rules.ts';
import { listMonthsOf, listReviewsOf } from './customer.store.ts';
import { monthOf } from './months.rules.ts';
import { subjectsOf } from './person.service.ts';
import {
  countsOf,
  loadReckoned,
  type Reckoned,
  reasonsFor,
  textOf,
  tierNow,
  wordsOf,
} from './reckoned.service.ts';
import { reviewView } from './review.view.ts';

/** How many months of a customer are shown. */
const MONTHS_SHOWN = 60;

/** What a customer has of the treatments that run, in the shape of the wire. */
export type Treatment = CustomerValue['treatments'][number];

/** What other modules lend to customer value. */
export interface ValueCollaborators {
  /** What these subjects of one person have of the treatments that run. */
  readonly listTreatments: (
    db: Db,
    company: string,
    subjects: readonly string[],
  ) => Promise<readonly Treatment[]>;
}

type CustomerDeps = Pick<Deps, 'keys' | 'clock'>;

/** Whom a manager asks about: any subject of a person. */
export interface GuestOf {
  readonly company: string;
  readonly guest: string;
}

/** What is reckoned of a customer, or why nothing is. */
export type Found<T> =
  | { readonly kind: 'found'; readonly found: T }
  | { readonly kind: 'guest-not-found' }
  | { readonly kind: 'not-reckoned' };

/** A person whom the last run has valued, through any subject. */
export async function findReckoned(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  { company, guest }: GuestOf,
): Promise<Found<Reckoned & { readonly subjects: readonly string[] }>> {
  const subjects = await subjectsOf(db, company, guest);
  const found = await loadReckoned(db, company, subjects);
  if (found !== undefined) return { kind: 'found', found: { ...found, subjects } };
  const subject = await readSubject(db, deps, { company, subject: guest });
  return { kind: subject === undefined ? 'guest-not-found' : 'not-reckoned' };
}

/** All that is reckoned of a customer, and why. */
export async function readCustomer(
  db: Db,
  deps: CustomerDeps,
  { listTreatments }: ValueCollaborators,
  guest: GuestOf & { readonly currency: string },
): Promise<Found<CustomerValue>> {
  const answer = await findReckoned(db, deps, guest);
  if (answer.kind !== 'found') return answer;
  const { found } = answer;
  const { company, person, run, score, tier, contested, subjects } = found;
  const { decision } = score.body;
  const { probabilities } = decision;
  const basis = basisOf(run);
  invariant(basis !== undefined, 'who is scored was scored by a model');
  const names = await namesOf(db, deps, company, [subjects[0] ?? person]);
  const name = [...names.values()][0] ?? null;
  const months = await listMonthsOf(db, found, MONTHS_SHOWN);
  const [review] = await listReviewsOf(db, found, 1);
  const key = await deps.keys.findSubjectKey(db, company, person);
  // While an objection stands nothing is done differently, whatever was drawn.
  const treatments = contested === undefined ? await listTreatments(db, company, subjects) : [];
  const value: CustomerValue = {
    ...{ guest: person, name, currency: guest.currency, basis },
    ...{ tier: tierNow(found, deps.clock.now()), given: tier.tier, candidate: tier.candidate },
    ...{ since: textOf(tier.since), expires: textOf(tier.expires), why: decision.why },
    probabilities: {
      ...{ top: probabilities.top, growable: probabilities.growable },
      ...{ ordinary: probabilities.ordinary, belowZero: probabilities['below-zero'] },
    },
    ...{ value: score.value, low: score.low, high: score.high, alive: score.alive },
    ...{ belowZero: score.below_zero, growth: score.growth, potential: score.potential },
    ...{ atStake: score.at_stake, counts: countsOf(found), ...reasonsFor(found) },
    months: months.map((one) => ({ ...one, month: monthOf(one.month) })),
    ...(await wordsOf(db, deps, found)),
    review: review === undefined ? null : reviewView({ row: review, key, name }),
    treatments: [...treatments],
  };
  return { kind: 'found', found: value };
}
