import type { Instant, Words } from '@keepsake/kernel';
import type { Tier } from '../tiers/tier.ts';
import type { TreatmentAct } from './act.ts';

/** What a treatment changes for who gets it. */
export type TreatmentKind =
  | 'service-level'
  | 'offer'
  | 'starting-point'
  | 'contact-rhythm'
  | 'price-fence';

/** All kinds. */
export const TREATMENT_KINDS: readonly [TreatmentKind, ...TreatmentKind[]] = [
  'service-level',
  'offer',
  'starting-point',
  'contact-rhythm',
  'price-fence',
];

/**
 * A ground on which a price may differ: something that a customer does or chooses, which the company
 * has declared to be lawful, and because of what.
 */
export interface Ground {
  readonly id: string;
  readonly words: Words;
  /** The declaration: which law, contract or advice it rests on. */
  readonly because: string;
}

/** Something that is done differently for some customers, and whose effect is measured. */
export interface Treatment {
  readonly id: string;
  readonly words: Words;
  readonly kind: TreatmentKind;
  /** Customers of which tiers may get it; of a price fence all, for a tier is no ground of a price. */
  readonly tiers: readonly Tier[];
  /** The greater goes first where two exclude each other; at equal ones the id decides. */
  readonly priority: number;
  /** Treatments that no customer has beside this one; it holds both ways. */
  readonly excludes: readonly string[];
  /** Begins at `from`, and ends before `until`. */
  readonly from: Instant;
  readonly until: Instant;
  /** What each treated customer costs, and all may; undefined without a limit. */
  readonly budget: { readonly each: number; readonly total: number } | undefined;
  /** Share of who could have it that goes without, by lot: `CONTROL_SHARE_MIN` to one half. */
  readonly controlShare: number;
  /** The smallest effect on a customer that is worth having, above zero, in the unit of outcomes. */
  readonly worth: number;
  /** Ids of the grounds of a price fence, which all must hold; of other kinds none. */
  readonly grounds: readonly string[];
  /** What it does by itself; undefined where its words tell people what to do. */
  readonly act: TreatmentAct | undefined;
}

/** The treatments of a company, and the grounds that it has declared. */
export interface TreatmentPlan {
  readonly version: string;
  readonly grounds: readonly Ground[];
  readonly treatments: readonly Treatment[];
}

/** Share of a control group at least: without one there is no effect to report. */
export const CONTROL_SHARE_MIN = 0.05;
/** Treatments and grounds of a plan at most. */
export const TREATMENTS_MAX = 200;
