import { canonicalHash, type Instant, invariant, type Work } from '@keepsake/kernel';
import type { Tier } from '../tiers/tier.ts';
import { CONTROL_SHARE_MIN, type Treatment, type TreatmentPlan } from './treatment.ts';

/** Whether a customer gets the treatment or goes without by lot. */
export type Arm = 'treated' | 'control';

/** One customer in one treatment. */
export interface Assignment {
  readonly subject: string;
  readonly treatment: string;
  readonly arm: Arm;
}

/** What assignment needs to know of a customer. */
export interface TreatmentSubject {
  readonly subject: string;
  /** The tier that has effects now: see `effectiveTier`. */
  readonly tier: Tier;
  /** Grounds of price fences that hold of the customer. */
  readonly grounds: readonly string[];
  /** Whether a person has looked at the customer and agreed: asked for below zero alone. */
  readonly isReviewed: boolean;
  /** While an objection stands, nothing is done differently. */
  readonly isContested: boolean;
}

/** What came of an assignment. */
export interface AssignmentOutcome {
  /** In the order of the plan's priorities, then of the subjects. */
  readonly assignments: readonly Assignment[];
  /** Subjects of a treatment that a person has to look at first. */
  readonly awaitingReview: readonly { readonly subject: string; readonly treatment: string }[];
  /** How many more could have had each treatment, had there been the budget. */
  readonly overBudget: Readonly<Record<string, number>>;
}

/** Characters of the key at least: who guesses it can choose an arm. */
const KEY_MIN = 16;
/** Subjects looked at between two pauses. */
const SLICE = 256;
const HEX_DIGITS = 13;

/**
 * Two numbers of [0, 1) that belong to a treatment and a subject for good, by a keyed hash: the lot
 * for the arm, and the place in the queue for the budget. One tells nothing of the other, nor of
 * those of other treatments.
 */
export function lotOf(
  key: string,
  treatment: string,
  subject: string,
): { readonly arm: number; readonly place: number } {
  invariant(key.length >= KEY_MIN, 'lots cannot be guessed');
  const digest = canonicalHash([key, treatment, subject]);
  const part = (from: number): number =>
    Number.parseInt(digest.slice(from, from + HEX_DIGITS), 16) / 16 ** HEX_DIGITS;
  return { arm: part(0), place: part(HEX_DIGITS) };
}

/** A run of assignment as it goes. */
interface Draft {
  /** What each subject has already, treatments by subject. */
  readonly taken: Map<string, string[]>;
  readonly assignments: Assignment[];
  readonly awaitingReview: { subject: string; treatment: string }[];
  readonly overBudget: Record<string, number>;
}

function take(draft: Draft, assignment: Assignment): void {
  const list = draft.taken.get(assignment.subject) ?? [];
  if (list.length === 0) draft.taken.set(assignment.subject, list);
  list.push(assignment.treatment);
  draft.assignments.push(assignment);
}

function couldHave(treatment: Treatment, one: TreatmentSubject, draft: Draft): boolean {
  if (one.isContested || !treatment.tiers.includes(one.tier)) return false;
  if (!treatment.grounds.every((ground) => one.grounds.includes(ground))) return false;
  const taken = draft.taken.get(one.subject) ?? [];
  return !taken.some((id) => id === treatment.id || treatment.excludes.includes(id));
}

/** Below zero nothing is done that no person has agreed to; a price by ground is nothing of the tier. */
function needsReview(treatment: Treatment, one: TreatmentSubject): boolean {
  return one.tier === 'below-zero' && treatment.kind !== 'price-fence' && !one.isReviewed;
}

/** How many more may be treated. */
function placesLeft(treatment: Treatment, draft: Draft): number {
  if (treatment.budget === undefined) return Number.POSITIVE_INFINITY;
  const treated = draft.assignments.filter(
    (one) => one.treatment === treatment.id && one.arm === 'treated',
  );
  return Math.floor(treatment.budget.total / treatment.budget.each) - treated.length;
}

interface Drawn {
  readonly subject: string;
  readonly arm: Arm;
  readonly place: number;
}

function draw(treatment: Treatment, one: TreatmentSubject, key: string): Drawn {
  const lot = lotOf(key, treatment.id, one.subject);
  const arm = lot.arm < treatment.controlShare ? 'control' : 'treated';
  return { subject: one.subject, arm, place: lot.place };
}

/**
 * Takes the drawn into the treatment, in the order of their places until the budget is used up: both
 * arms end there, so that they stay alike.
 */
function fill(treatment: Treatment, drawn: readonly Drawn[], draft: Draft): void {
  let left = placesLeft(treatment, draft);
  const within = new Set<string>();
  for (const one of drawn.toSorted((a, b) => a.place - b.place)) {
    if (left <= 0) break;
    if (one.arm === 'treated') left--;
    within.add(one.subject);
  }
  for (const { subject, arm } of drawn) {
    if (within.has(subject)) take(draft, { subject, treatment: treatment.id, arm });
  }
  if (within.size < drawn.length) draft.overBudget[treatment.id] = drawn.length - within.size;
}

/** Who was drawn before stays where the lot put him, or what came of it could not be compared. */
function keepHeld(
  plan: TreatmentPlan,
  held: readonly Assignment[],
  subjects: readonly TreatmentSubject[],
  now: Instant,
): Draft {
  const draft: Draft = { taken: new Map(), assignments: [], awaitingReview: [], overBudget: {} };
  const present = new Set(subjects.filter((one) => !one.isContested).map((one) => one.subject));
  const running = new Set(plan.treatments.filter((one) => isRunning(one, now)).map(({ id }) => id));
  for (const assignment of held) {
    if (present.has(assignment.subject) && running.has(assignment.treatment)) {
      take(draft, assignment);
    }
  }
  return draft;
}

function isRunning(treatment: Treatment, now: Instant): boolean {
  return treatment.from <= now && now < treatment.until;
}

/** Treatments by what goes first. */
function byPriority(treatments: readonly Treatment[]): readonly Treatment[] {
  return treatments.toSorted((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
}

/**
 * Gives subjects their treatments at a moment. Each lot depends on the key, the treatment and the
 * subject alone. Of treatments that exclude each other the first by priority takes the subject, and
 * its control group goes without the others too: else one treatment would be compared with another.
 * `held` are assignments that stay while their treatment runs; an objection suspends them. One hash
 * for each treatment that a subject could have.
 */
export function* assignTreatments(question: {
  readonly plan: TreatmentPlan;
  readonly subjects: readonly TreatmentSubject[];
  readonly held: readonly Assignment[];
  /** Secret of the company, at least 16 characters, and the same as long as treatments run. */
  readonly key: string;
  readonly now: Instant;
}): Work<AssignmentOutcome> {
  const { plan, subjects, held, key, now } = question;
  const ids = new Set(subjects.map((one) => one.subject));
  invariant(ids.size === subjects.length, 'each subject is there once');
  const draft = keepHeld(plan, held, subjects, now);
  const running = byPriority(plan.treatments).filter((one) => isRunning(one, now));
  for (const [done, treatment] of running.entries()) {
    invariant(treatment.controlShare >= CONTROL_SHARE_MIN, 'a treatment keeps a control group');
    const drawn: Drawn[] = [];
    for (const [i, one] of subjects.entries()) {
      if (i % SLICE === SLICE - 1) yield { done, of: running.length };
      if (!couldHave(treatment, one, draft)) continue;
      if (needsReview(treatment, one)) {
        draft.awaitingReview.push({ subject: one.subject, treatment: treatment.id });
      } else {
        drawn.push(draw(treatment, one, key));
      }
    }
    fill(treatment, drawn, draft);
  }
  const { assignments, awaitingReview, overBudget } = draft;
  return { assignments, awaitingReview, overBudget };
}
