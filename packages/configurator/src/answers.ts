import type { Words } from '@keepsake/kernel';
import type { Value, Values } from './expression.ts';

/** Whether a value can still be had; `unknown` when the step budget ran out before the answer. */
export type Validity = 'valid' | 'invalid' | 'unknown';

/** One own choice: this attribute shall have this value. */
export interface Choice {
  readonly attribute: string;
  readonly value: Value;
}

/** The prices of all designs that keep the choices, in minor units; bounds when not exact. */
export type PriceRange =
  | { readonly kind: 'exact'; readonly minMinor: number; readonly maxMinor: number }
  | { readonly kind: 'bounds'; readonly atLeastMinor: number; readonly atMostMinor: number };

/** One value of a choice or of a yes-or-no attribute, as it stands now. */
export interface ValueView {
  readonly value: string | boolean;
  readonly validity: Validity;
}

/** A run of neighbouring numbers of the grid that stand alike; both ends belong to it. */
export interface NumberRun {
  readonly from: number;
  readonly to: number;
  readonly validity: Validity;
}

/** `chosen` by the customer, `forced` to the only value left, or `open`. */
export type Standing = 'chosen' | 'forced' | 'open';

/**
 * One attribute, as it stands now. A value is `valid` when some design has it and keeps every
 * choice about *other* attributes: so a chosen attribute shows what it could be switched to.
 */
export type AttributeView =
  | {
      readonly kind: 'values';
      readonly id: string;
      readonly standing: Standing;
      readonly value?: string | boolean;
      readonly values: readonly ValueView[];
      /** Whether it can be absent; missing of all but what belongs to a part. */
      readonly absent?: Validity;
    }
  | {
      readonly kind: 'numbers';
      readonly id: string;
      readonly standing: Standing;
      readonly value?: number | null;
      /** Every number of the grid, in ascending runs. */
      readonly runs: readonly NumberRun[];
      /** Whether it can be left open; missing where it must be given. */
      readonly absent?: Validity;
    }
  | {
      readonly kind: 'text';
      readonly id: string;
      readonly standing: 'chosen' | 'open';
      readonly text: string;
    };

/** Everything a page needs after a choice. */
export interface SessionView {
  /** Every attribute of the family, in its order. */
  readonly attributes: readonly AttributeView[];
  /** Over all designs that keep the choices, with the texts as they are written now. */
  readonly price: PriceRange;
  /** Every attribute that must be decided has one value left, and every required text is there. */
  readonly isComplete: boolean;
  /** The design if the customer stopped now; missing when there is none or the budget ran out. */
  readonly completion?: { readonly values: Values; readonly totalMinor: number };
  /** Steps spent; answers remembered from before cost none. */
  readonly stepsSpent: number;
}

/** A rule, table or formula, named in the words of the model. */
export interface RuleReference {
  readonly kind: 'rule' | 'table' | 'formula';
  readonly id: string;
  readonly text: Words;
}

/** A minimal reason: leave any part away, and the value becomes possible. */
export interface Explanation {
  readonly rules: readonly RuleReference[];
  /** In the order in which they were made. */
  readonly choices: readonly Choice[];
  /** Those of the choices that are locked; missing when none is. */
  readonly locked?: readonly Lock[];
}

/** Why a choice cannot be changed: the company's standard, confirmed by the customer, or made. */
export type LockReason = 'standard' | 'confirmed' | 'made';

/** A choice that stays until it is unlocked. */
export interface Lock {
  readonly attribute: string;
  readonly reason: LockReason;
}

/** Why a value was not taken. */
export type Conflict =
  | { readonly kind: 'attribute-unknown'; readonly attribute: string }
  | { readonly kind: 'value-unknown'; readonly attribute: string; readonly value: Value }
  | {
      readonly kind: 'impossible';
      readonly attribute: string;
      readonly value: Value;
      readonly because: Explanation;
    }
  | {
      readonly kind: 'locked';
      readonly attribute: string;
      readonly value: Value;
      readonly reason: LockReason;
    }
  | {
      readonly kind: 'undecided';
      readonly attribute: string;
      readonly value: Value;
      readonly stepsSpent: number;
    };

/** An answer about one value. */
export type Explained =
  | { readonly kind: 'possible' }
  | { readonly kind: 'impossible'; readonly because: Explanation }
  | { readonly kind: 'unknown'; readonly stepsSpent: number };

/** Why one value stands as it does: out of reach, the only one left, or neither. */
export type Because =
  | { readonly kind: 'impossible'; readonly because: Explanation }
  | { readonly kind: 'forced'; readonly because: Explanation }
  | { readonly kind: 'open' }
  | { readonly kind: 'unknown'; readonly stepsSpent: number };

/** One changed choice of a repair. */
export interface Change {
  readonly attribute: string;
  readonly from: Value;
  readonly to: Value;
}

/** A way to have a value all the same: the fewest own choices to change. */
export interface Repair {
  readonly changes: readonly Change[];
  /** Resulting minimum less the minimum now, in minor units. */
  readonly minChangeMinor: number;
  /** Resulting maximum less the maximum now, in minor units. */
  readonly maxChangeMinor: number;
  readonly price: PriceRange;
}

/** The answer of `repairs`; `isComplete` is false when the budget cut the list short. */
export interface Repairs {
  readonly repairs: readonly Repair[];
  readonly isComplete: boolean;
}

/** One line of an itemised price. */
export interface PriceLine {
  readonly kind: 'base' | 'option' | 'conditional' | 'text';
  /** The attribute, or the conditional price; the family for the base. */
  readonly id: string;
  readonly text: Words;
  readonly value?: Value;
  readonly amountMinor: number;
}

/** An itemised price; `totalMinor` is the sum of the lines. */
export interface DesignPrice {
  readonly currency: string;
  readonly lines: readonly PriceLine[];
  readonly totalMinor: number;
}

/** What is wrong with a design. */
export type DesignFault =
  | { readonly kind: 'attribute-unknown'; readonly attribute: string }
  | { readonly kind: 'attribute-missing'; readonly attribute: string }
  | { readonly kind: 'value-unknown'; readonly attribute: string; readonly value: Value }
  | { readonly kind: 'rule-violated'; readonly rule: RuleReference };

/** A design frozen for ever: `hash` covers all the rest and no key order matters. */
export interface Configuration {
  readonly family: string;
  readonly modelHash: string;
  readonly values: Values;
  readonly texts: Readonly<Record<string, string>>;
  readonly hash: string;
}
