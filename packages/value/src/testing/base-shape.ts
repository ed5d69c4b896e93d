import type { CostTable } from '../money/cost-table.ts';

/** A gamma by its mean and shape. */
export interface Spread {
  readonly mean: number;
  readonly shape: number;
}

/** A beta by its mean and strength, a + b. */
export interface ShareSpread {
  readonly mean: number;
  readonly strength: number;
}

/** Customers of one kind. Times are in months. */
export interface Segment {
  readonly name: string;
  /** Of all customers; shares of all segments add up to 1. */
  readonly share: number;
  readonly rate: Spread;
  /** Chance of leaving per month. */
  readonly hazard: Spread;
  /** Mean spend of a customer is inverse gamma of this shape; a purchase is gamma of shape `within`. */
  readonly spend: Spread & { readonly within: number };
  /** The customer's own, without the company's fault. */
  readonly returns: ShareSpread;
  /** Lines of a purchase after the first. */
  readonly lines: Spread;
  /** Contacts for each purchase, by channel: the customer's own. */
  readonly contacts: Readonly<Record<string, Spread>>;
  /** What part of all that the customer buys anywhere he buys here. */
  readonly shareOfWallet: ShareSpread;
}

/** How a simulated base is made. */
export interface BaseShape {
  readonly name: string;
  /** Customers join evenly over this time, from month 0. */
  readonly joiningMonths: number;
  readonly segments: readonly [Segment, ...Segment[]];
  /** Shares of purchases by category, and how alike customers are in them (Dirichlet strength). */
  readonly categories: Readonly<Record<string, number>>;
  readonly categoryStrength: number;
  /** What comes on top by the company's own fault, for each purchase of anybody. */
  readonly companyFault: {
    readonly returns: number;
    readonly contacts: Readonly<Record<string, number>>;
  };
  /** Share of returned purchases of which nothing is left. */
  readonly emptied: number;
  /** Deviation of the noise on what the profile tells, in logs. */
  readonly profileNoise: number;
  /** What growing does: part of the way to the best share of wallet, at a cost. */
  readonly growth: { readonly bestShare: number; readonly reach: number; readonly cost: number };
}

/** The cost table of all simulated bases. */
export const BASE_COSTS: CostTable = {
  version: 'simulated-1',
  validFrom: '2026-01-01',
  currency: 'EUR',
  minorPerUnit: 100,
  marginBasisPoints: 3_500,
  marginBasisPointsByCategory: { basics: 3_000, tailored: 4_500, gifts: 3_500 },
  perOrderMinor: 450,
  perLineMinor: 60,
  perReturnMinor: 700,
  perContactMinor: { phone: 650, mail: 250 },
  paymentBasisPoints: 180,
  discountBasisPointsPerYear: 1_000,
};
