import type { BaseShape, Segment } from './base-shape.ts';

const ORDINARY: Segment = {
  name: 'ordinary',
  share: 0.57,
  rate: { mean: 0.3, shape: 0.9 },
  hazard: { mean: 0.04, shape: 0.8 },
  spend: { mean: 62, shape: 4, within: 3 },
  returns: { mean: 0.12, strength: 6 },
  lines: { mean: 1.2, shape: 3 },
  contacts: { phone: { mean: 0.08, shape: 0.7 }, mail: { mean: 0.2, shape: 0.9 } },
  shareOfWallet: { mean: 0.45, strength: 12 },
};

/** Most buy now and then; some once and never again; few are loyal, and some of these cost dearly. */
export const STEADY_BASE: BaseShape = {
  name: 'steady',
  joiningMonths: 24,
  segments: [
    ORDINARY,
    {
      ...ORDINARY,
      name: 'one-time',
      share: 0.2,
      rate: { mean: 0.15, shape: 1 },
      hazard: { mean: 0.9, shape: 1.5 },
    },
    {
      ...ORDINARY,
      name: 'loyal',
      share: 0.14,
      rate: { mean: 0.8, shape: 2.5 },
      hazard: { mean: 0.008, shape: 1 },
      spend: { mean: 75, shape: 5, within: 3 },
      shareOfWallet: { mean: 0.65, strength: 12 },
    },
    {
      ...ORDINARY,
      name: 'costly',
      share: 0.09,
      rate: { mean: 0.9, shape: 2.5 },
      hazard: { mean: 0.012, shape: 1 },
      spend: { mean: 55, shape: 5, within: 3 },
      returns: { mean: 0.45, strength: 10 },
      contacts: { phone: { mean: 1, shape: 2 }, mail: { mean: 0.8, shape: 2 } },
    },
  ],
  categories: { basics: 0.5, tailored: 0.35, gifts: 0.15 },
  categoryStrength: 4,
  companyFault: { returns: 0.04, contacts: { phone: 0.05, mail: 0.08 } },
  emptied: 0.8,
  profileNoise: 0.3,
  growth: { bestShare: 0.8, reach: 0.4, cost: 8 },
};

/** One population of gammas, much dropout, few repeat purchases: what the models suppose. */
export const FLEETING_BASE: BaseShape = {
  ...STEADY_BASE,
  name: 'fleeting',
  segments: [
    {
      ...ORDINARY,
      share: 1,
      rate: { mean: 0.35, shape: 0.6 },
      hazard: { mean: 0.15, shape: 0.7 },
      returns: { mean: 0.18, strength: 3 },
      contacts: { phone: { mean: 0.25, shape: 0.35 }, mail: { mean: 0.3, shape: 0.6 } },
    },
  ],
};

/** Dear goods, seldom bought and seldom left: service is small beside margin but for a few. */
export const PREMIUM_BASE: BaseShape = {
  ...STEADY_BASE,
  name: 'premium',
  joiningMonths: 36,
  segments: [
    {
      ...ORDINARY,
      name: 'patron',
      share: 0.89,
      rate: { mean: 0.15, shape: 2 },
      hazard: { mean: 0.015, shape: 1.5 },
      spend: { mean: 160, shape: 3.5, within: 2 },
      returns: { mean: 0.1, strength: 4 },
      contacts: { phone: { mean: 0.5, shape: 0.8 }, mail: { mean: 0.5, shape: 1 } },
    },
    {
      ...ORDINARY,
      name: 'costly',
      share: 0.11,
      rate: { mean: 0.3, shape: 3 },
      hazard: { mean: 0.01, shape: 1.5 },
      spend: { mean: 80, shape: 4, within: 2 },
      returns: { mean: 0.5, strength: 8 },
      contacts: { phone: { mean: 2, shape: 2 }, mail: { mean: 1, shape: 2 } },
    },
  ],
};

/** The bases that are published with what they expect of a method. */
export const BASE_SHAPES: readonly [BaseShape, ...BaseShape[]] = [
  STEADY_BASE,
  FLEETING_BASE,
  PREMIUM_BASE,
];
