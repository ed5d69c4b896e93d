import type { Diagram } from '../diagram/diagram.ts';
import type { Search } from '../search/search.ts';
import type { Classes } from './classes.ts';
import type { Store } from './domains.ts';
import type { Meter, Network } from './network.ts';
import type { ClassSum } from './sums.ts';
import type { Lookup } from './variable.ts';

/** The rows of a relation over classes: each row allows the product of its cells. */
export interface ClassTable {
  readonly scope: readonly number[];
  readonly rows: readonly (readonly ReadonlySet<number>[])[];
}

/** A compiled problem: what a backend answers about. */
export interface Problem {
  readonly lookup: Lookup;
  readonly classes: Classes;
  readonly network: Network;
  /** Every constraint: with rows, as a sum, or with neither where it is a mere condition. */
  readonly tables: readonly {
    readonly scope: readonly number[];
    readonly rows?: ClassTable['rows'];
    readonly sum?: ClassSum;
  }[];
  /** Of each constraint: the relation that it is part of. */
  readonly ruleOf: Int32Array;
  /** Variables that constraints join, directly or not; every variable is in exactly one. */
  readonly components: readonly (readonly number[])[];
  /** The component of each variable. */
  readonly componentOf: Int32Array;
  /** The search over one component, made when it is first asked for. */
  readonly search: (component: number) => Search;
}

/** Whether something can be had; `unknown` when the meter ran out. */
export type Trilean = boolean | 'unknown';

/** For each variable the index of its decided value, or -1 where it is open. */
export type Decided = Int32Array;

/** All that one component of the problem can tell while some of its variables are decided. */
export interface Sweep {
  /** Whether some assignment keeps all that is decided. */
  readonly outcome: 'possible' | 'impossible' | 'unknown';
  /**
   * Classes that some assignment has which keeps all that is decided about *other* variables. In
   * the layout of a store.
   */
  readonly valid: Store;
  /** Classes of which the budget did not suffice to tell. */
  readonly unsure: Store;
  /** Sum of the amounts at least and at most, in minor units; exact, or mere bounds. */
  readonly minMinor: number;
  readonly maxMinor: number;
  readonly isExact: boolean;
}

/** A full assignment of one component: the value index of each of its variables. */
export type Completed =
  | { readonly kind: 'complete'; readonly indexes: Int32Array }
  | { readonly kind: 'impossible' }
  | { readonly kind: 'unknown' };

/**
 * Who answers the questions of a session, one connected component at a time. Answers must be exact,
 * or say that they are not. Search is always there; a compiled diagram can stand in for it.
 */
export interface Backend {
  readonly name: string;
  /** Works ahead for some slices of a few milliseconds; true when nothing is left to prepare. */
  prepare?(slices: number): boolean;
  /** Takes the diagrams of all components, compiled elsewhere; nothing is left to prepare then. */
  adopt?(diagrams: readonly Diagram[]): void;
  /** Valid classes and price bounds of a component. */
  sweep(component: number, decided: Decided, meter: Meter): Sweep;
  /** Whether a component has an assignment that keeps what is decided. */
  isPossible(component: number, decided: Decided, meter: Meter): boolean | 'unknown';
  /**
   * The decided values, then wishes in the order of the variables, then the cheapest rest; of equally
   * cheap ones the first, variable by variable in the order of their numbers, by the index of its value.
   */
  complete(component: number, decided: Decided, meter: Meter): Completed;
}
