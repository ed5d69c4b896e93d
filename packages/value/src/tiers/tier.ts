/**
 * What a company does with a customer: keep the most valuable, grow who would bring more, maintain
 * the others, review who costs more than any remedy saves, and decide nothing of who cannot be told
 * (Peppers and Rogers 1993; the last is the reject option of Chow 1970).
 */
export type Tier = 'keep' | 'grow' | 'maintain' | 'below-zero' | 'undecided';

/** All tiers, in the order in which they are shown. */
export const TIERS: readonly [Tier, ...Tier[]] = [
  'keep',
  'grow',
  'maintain',
  'below-zero',
  'undecided',
];

/** What would be true of a customer if one knew. */
export type Standing = 'top' | 'growable' | 'ordinary' | 'below-zero';

/** All standings. */
export const STANDINGS: readonly [Standing, ...Standing[]] = [
  'top',
  'growable',
  'ordinary',
  'below-zero',
];

/**
 * What is believed of one customer, as draws from the posterior. All arrays are of one length, and
 * what stands at one index belongs together. Amounts are in units of the currency.
 */
export interface CustomerDraws {
  readonly customer: string;
  /** The actual value, at least one draw. */
  readonly actual: Float64Array;
  /** What growing the customer would add, after what growing costs; may be below zero. */
  readonly growth: Float64Array;
  /** The cost to serve that is inside the actual value, by kind, each present value above zero. */
  readonly costs: Readonly<Record<string, Float64Array>>;
  /** Too little was seen to say anything: the tier is undecided whatever the draws say. */
  readonly isNew: boolean;
}

/** What one run says of one customer, and how sure it is. Amounts are in units of the currency. */
export interface TierDecision {
  readonly customer: string;
  readonly tier: Tier;
  /** `wide`: no gate is passed, and by the interval anything may be true, from nothing to the top. */
  readonly why: 'new' | 'wide' | 'least-loss';
  /** That the tier is right; 0 for undecided, which claims nothing. */
  readonly probability: number;
  /** Of value at the top, of growth above zero, of neither, and below zero after all remedies. */
  readonly probabilities: Readonly<Record<Standing, number>>;
  /** Means over the draws; `saving` is that of the combination of remedies below. */
  readonly expected: { readonly actual: number; readonly growth: number; readonly saving: number };
  /** Central interval of the actual value, of the share that the policy says. */
  readonly interval: { readonly low: number; readonly high: number };
  /** Expected loss of each tier under the table. */
  readonly losses: Readonly<Record<Tier, number>>;
  /** What knowing the truth would save: the expected value of perfect information (Raiffa 1961). */
  readonly atStake: number;
  /** The combination of remedies with the highest expected saving; empty where none saves. */
  readonly remedies: readonly string[];
  /** Below zero as things are, at the gate, but not with remedies: first cut the cost. */
  readonly isCurable: boolean;
}
