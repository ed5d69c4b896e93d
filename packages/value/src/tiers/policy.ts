import type { Words } from '@keepsake/kernel';
import type { Standing, Tier } from './tier.ts';

/**
 * What deciding a tier loses where a standing is true: a fixed amount in units of the currency, and
 * shares of the actual value, of the growth and of what is missing to zero, each where above zero.
 */
export interface Loss {
  readonly fixed: number;
  readonly ofValue: number;
  readonly ofGrowth: number;
  readonly ofDeficit: number;
}

/** What each decision loses under each truth. */
export type LossTable = Readonly<Record<Tier, Readonly<Record<Standing, Loss>>>>;

/** A way to serve a customer at less cost. Several together cut what the others leave. */
export interface Remedy {
  readonly id: string;
  readonly words: Words;
  /** Share of each kind of cost that it saves, 0 to 1. */
  readonly cuts: Readonly<Record<string, number>>;
  /** What the remedy itself costs, in units of the currency, over the horizon of the value. */
  readonly cost: number;
}

/** Who counts as being at the top: this share of customers, or who together hold it of the value. */
export interface TopShare {
  readonly of: 'customers' | 'value';
  readonly share: number;
}

/** How tiers are decided: data of the company, with a version that is kept beside every decision. */
export interface TierPolicy {
  readonly version: string;
  readonly top: TopShare;
  /** Probabilities below which a tier is not given. */
  readonly gates: { readonly keep: number; readonly grow: number; readonly belowZero: number };
  /** By how much a tier that was given may miss its gate before it is taken away; not below zero. */
  readonly gateSlack: number;
  /** Share of the draws inside the interval that is shown and that says whether it is wide. */
  readonly intervalShare: number;
  /** From this probability on a tier changes at once. */
  readonly certain: number;
  /** Else after so many runs in a row that say the same. */
  readonly runsToChange: number;
  /** After so many days a tier that no run renewed is gone. */
  readonly validDays: number;
  readonly losses: LossTable;
  readonly remedies: readonly Remedy[];
}

/** Remedies of a catalogue at most: all their combinations are tried. */
export const REMEDIES_MAX = 8;
