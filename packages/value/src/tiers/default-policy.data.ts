import type { Loss, TierPolicy } from './policy.ts';

const NONE: Loss = { fixed: 0, ofValue: 0, ofGrowth: 0, ofDeficit: 0 };
const loss = (parts: Partial<Loss>): Loss => ({ ...NONE, ...parts });

/**
 * A policy to begin with, for orders of some ten to some hundred units of the currency. Not to care
 * for a top customer loses a sixth of the value, not to grow who would grow loses the growth, to
 * turn somebody away in error loses all and a reputation besides. Waiting loses three quarters of
 * what not acting loses, and ten units where there was nothing to find out.
 */
export const DEFAULT_TIER_POLICY: TierPolicy = {
  version: 'default-1',
  top: { of: 'customers', share: 0.2 },
  gates: { keep: 0.8, grow: 0.6, belowZero: 0.9 },
  gateSlack: 0.1,
  intervalShare: 0.8,
  certain: 0.95,
  runsToChange: 2,
  validDays: 92,
  losses: {
    keep: {
      top: NONE,
      growable: loss({ fixed: 15, ofGrowth: 0.5 }),
      ordinary: loss({ fixed: 15 }),
      'below-zero': loss({ fixed: 15, ofDeficit: 1 }),
    },
    grow: {
      top: loss({ ofValue: 0.08 }),
      growable: NONE,
      ordinary: loss({ fixed: 25 }),
      'below-zero': loss({ fixed: 25, ofDeficit: 1 }),
    },
    maintain: {
      top: loss({ ofValue: 0.16 }),
      growable: loss({ ofGrowth: 1 }),
      ordinary: NONE,
      'below-zero': loss({ ofDeficit: 0.5 }),
    },
    'below-zero': {
      top: loss({ fixed: 50, ofValue: 1, ofGrowth: 1 }),
      growable: loss({ fixed: 50, ofValue: 1, ofGrowth: 1 }),
      ordinary: loss({ fixed: 50, ofValue: 1 }),
      'below-zero': NONE,
    },
    undecided: {
      top: loss({ ofValue: 0.12 }),
      growable: loss({ ofGrowth: 0.75 }),
      ordinary: loss({ fixed: 10 }),
      'below-zero': loss({ ofDeficit: 0.375 }),
    },
  },
  remedies: [
    {
      id: 'self-service',
      words: { en: 'Answer contacts in the account', de: 'Anfragen im Konto beantworten' },
      cuts: { contacts: 0.6 },
      cost: 0,
    },
    {
      id: 'return-fee',
      words: { en: 'Charge for returns', de: 'Rücksendungen berechnen' },
      cuts: { returns: 0.5 },
      cost: 0,
    },
    {
      id: 'fitting-advice',
      words: { en: 'Advise on size and fit before ordering', de: 'Vor der Bestellung beraten' },
      cuts: { returns: 0.35 },
      cost: 8,
    },
    {
      id: 'bundled-delivery',
      words: { en: 'Deliver orders together', de: 'Bestellungen gesammelt liefern' },
      cuts: { orders: 0.4 },
      cost: 0,
    },
  ],
};
