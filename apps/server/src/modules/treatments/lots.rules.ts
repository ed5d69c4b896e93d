/** What lots are drawn by, and what is new after they were. */
import {
  type ArmSizes,
  type Arms,
  type Assignment,
  EMPTY_ARM,
  type Tier,
  type Treatment,
  type TreatmentSubject,
} from '@keepsake/value';
import type { ArmRow } from './arms.store.ts';
import type { TieredPerson } from './treatments.store.ts';

/** What a customer brought is counted so many days after the lot. */
export const WINDOW_DAYS = 91;

/** The ground that can be proved here: a loyalty number that was checked. */
export const LOYALTY_GROUND = 'loyalty-member';

/** The kind of identifier that proves it. */
export const LOYALTY_KIND = 'loyalty';

/** The tier that has effects at a moment: none while it is contested, or too old. */
export function effectiveAt(one: Omit<TieredPerson, 'person'>, now: number): Tier {
  return one.isContested || now >= one.expires.getTime() ? 'undecided' : one.tier;
}

/** Customers as lots are drawn of them. */
export function subjectsOf(
  people: readonly TieredPerson[],
  known: { readonly reviewed: ReadonlySet<string>; readonly loyal: ReadonlySet<string> },
  now: number,
): readonly TreatmentSubject[] {
  return people.map((one) => ({
    subject: one.person,
    tier: effectiveAt(one, now),
    grounds: known.loyal.has(one.person) ? [LOYALTY_GROUND] : [],
    isReviewed: known.reviewed.has(one.person),
    isContested: one.isContested,
  }));
}

/** Assignments that were not there before. */
export function freshOf(
  assignments: readonly Assignment[],
  held: readonly Assignment[],
): readonly Assignment[] {
  const known = new Set(held.map(({ subject, treatment }) => `${treatment} ${subject}`));
  return assignments.filter(({ subject, treatment }) => !known.has(`${treatment} ${subject}`));
}

/** Days of a person from the first, up to the last, which is not counted. */
export interface LotWindow {
  readonly person: string;
  readonly from: string;
  readonly to: string;
  /** Records of the person that alone are counted; absent or null: all. */
  readonly subjects?: readonly string[] | null;
}

/** Windows without those that are there twice, and for each of them its place among these. */
export function distinctOf(windows: readonly LotWindow[]): {
  readonly distinct: readonly LotWindow[];
  readonly places: readonly number[];
} {
  const known = new Map<string, number>();
  const distinct: LotWindow[] = [];
  const places = windows.map((window) => {
    const { person, from, to, subjects } = window;
    const key = [person, from, to, ...(subjects ?? [])].join(' ');
    const place = known.get(key) ?? distinct.push(window) - 1;
    known.set(key, place);
    return place;
  });
  return { distinct, places };
}

/** Both arms of a treatment, as they are judged. */
export function armsOf(rows: readonly ArmRow[], { id }: Pick<Treatment, 'id'>): Arms {
  const of = (arm: ArmRow['arm']) =>
    rows.find((row) => row.treatment === id && row.arm === arm)?.moments ?? EMPTY_ARM;
  return { treated: of('treated'), control: of('control') };
}

/** How many lots of each arm have an outcome: whether the lots went right is asked of these. */
export function lotsOf(rows: readonly ArmRow[], { id }: Pick<Treatment, 'id'>): ArmSizes {
  const of = (arm: ArmRow['arm']) => ({
    count: rows.find((row) => row.treatment === id && row.arm === arm)?.lots ?? 0,
  });
  return { treated: of('treated'), control: of('control') };
}

/** Variance of the outcome of one customer, both arms together; undefined of fewer than two in one. */
export function varianceOf({ treated, control }: Arms): number | undefined {
  if (treated.count < 2 || control.count < 2) return undefined;
  return (treated.squares + control.squares) / (treated.count + control.count - 2);
}
