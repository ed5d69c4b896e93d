import { DEFAULT_TIER_POLICY } from '../tiers/default-policy.data.ts';
import type { Loss, TierPolicy } from '../tiers/policy.ts';

const NONE: Loss = { fixed: 0, ofValue: 0, ofGrowth: 0, ofDeficit: 0 };
const loss = (parts: Partial<Loss>): Loss => ({ ...NONE, ...parts });

/**
 * What decisions lose in simulated bases. Care for the top costs 15 and keeps a sixth of their value.
 * Growing costs 25 in vain. Not acting on a deficit loses half of it, for it is found out later. To
 * part with somebody in error loses all his value and 50 besides. To decide nothing is to
 * maintain, and to look again for 1.
 */
export const BASE_POLICY: TierPolicy = {
  ...DEFAULT_TIER_POLICY,
  version: 'simulated-1',
  losses: {
    keep: {
      top: NONE,
      growable: loss({ fixed: 15, ofGrowth: 1 }),
      ordinary: loss({ fixed: 15 }),
      'below-zero': loss({ fixed: 15, ofDeficit: 1 }),
    },
    grow: {
      top: loss({ ofValue: 0.16 }),
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
      top: loss({ ofValue: 0.16 }),
      growable: loss({ ofGrowth: 1 }),
      ordinary: loss({ fixed: 1 }),
      'below-zero': loss({ ofDeficit: 0.5 }),
    },
  },
  remedies: [
    {
      id: 'self-service',
      words: { en: 'Answer contacts in the account', de: 'Anfragen im Konto beantworten' },
      cuts: { contacts: 0.25 },
      cost: 5,
    },
    {
      id: 'fitting-advice',
      words: { en: 'Advise on size and fit before ordering', de: 'Vor der Bestellung beraten' },
      cuts: { returns: 0.2 },
      cost: 5,
    },
  ],
};
