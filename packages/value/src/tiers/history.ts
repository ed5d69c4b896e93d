import { DAY_MS, type Instant, invariant } from '@keepsake/kernel';
import type { TierPolicy } from './policy.ts';
import type { Tier, TierDecision } from './tier.ts';

/** A customer's objection to the tier. While it stands the tier has no effect and no run moves it. */
export interface Contest {
  readonly at: Instant;
  /** What the customer says, in the customer's words. */
  readonly words: string;
}

/** The tier that a customer has, and what the runs since say of it. */
export interface TierState {
  readonly customer: string;
  readonly tier: Tier;
  readonly since: Instant;
  /** From then on the tier is gone, unless a run says the same again before. */
  readonly expires: Instant;
  /** When the last run was that was taken into account. */
  readonly lastRun: Instant;
  /** Another tier that the last runs in a row have said, and how many they are. */
  readonly candidate: { readonly tier: Tier; readonly runs: number } | undefined;
  readonly contest: Contest | undefined;
}

/** A person's answer to an objection, or to anything else that only a person may set. */
export interface TierSetting {
  readonly tier: Tier;
  /** Who decided; never empty. */
  readonly by: string;
  readonly at: Instant;
}

function lifeFrom(now: Instant, policy: TierPolicy): Instant {
  return now + policy.validDays * DAY_MS;
}

function firstState(decision: TierDecision, policy: TierPolicy, now: Instant): TierState {
  // The one tier that may harm a customer is never given on a single run that is not certain.
  const isHeldBack = decision.tier === 'below-zero' && decision.probability < policy.certain;
  const mustWait = isHeldBack && policy.runsToChange > 1;
  return {
    customer: decision.customer,
    tier: mustWait ? 'undecided' : decision.tier,
    since: now,
    expires: lifeFrom(now, policy),
    lastRun: now,
    candidate: mustWait ? { tier: decision.tier, runs: 1 } : undefined,
    contest: undefined,
  };
}

/**
 * Whether a run that says another tier leaves the standing one as it is: the other is not expected to
 * lose less, and what the standing one claims is nearly as probable as it must be to be given. So an
 * interval that widens a little takes no tier away. Below zero is never held, for it may harm.
 */
function isHeld(tier: Tier, decision: TierDecision, policy: TierPolicy): boolean {
  const { losses, probabilities, probability, why } = decision;
  if (why === 'new' || probability >= policy.certain) return false;
  if (losses[tier] > losses[decision.tier]) return false;
  switch (tier) {
    case 'keep':
      return probabilities.top >= policy.gates.keep - policy.gateSlack;
    case 'grow':
      return probabilities.growable >= policy.gates.grow - policy.gateSlack;
    case 'maintain':
      return true;
    case 'below-zero':
    case 'undecided':
      return false;
  }
}

/**
 * The tier after one more run, from the state before it and nothing else. A tier is held while no
 * other is expected to lose less and it misses its gate by the slack of the policy at most: two
 * thresholds, as of a trigger (Schmitt 1938). Else it changes where the run is certain, or where so
 * many runs in a row say the same other tier; one run that does not say it begins the row anew. A run
 * that agrees or holds renews the tier; one that does not lets it grow old. A run that is not later
 * than the last changes nothing, nor does any while an objection stands.
 */
export function nextTierState(
  previous: TierState | undefined,
  decision: TierDecision,
  policy: TierPolicy,
  now: Instant,
): TierState {
  if (previous === undefined) return firstState(decision, policy, now);
  if (previous.contest !== undefined || now <= previous.lastRun) return previous;
  if (decision.tier === previous.tier || isHeld(previous.tier, decision, policy)) {
    const expires = lifeFrom(now, policy);
    const since = now < previous.expires ? previous.since : now;
    return { ...previous, since, expires, lastRun: now, candidate: undefined };
  }
  const inRow = previous.candidate?.tier === decision.tier ? previous.candidate.runs : 0;
  const runs = inRow + 1;
  if (decision.probability >= policy.certain || runs >= policy.runsToChange) {
    const expires = lifeFrom(now, policy);
    return {
      ...previous,
      tier: decision.tier,
      since: now,
      expires,
      lastRun: now,
      candidate: undefined,
    };
  }
  if (now >= previous.expires) return firstState(decision, policy, now);
  return { ...previous, lastRun: now, candidate: { tier: decision.tier, runs } };
}

/** The tier that may have effects now: undecided where there is none, it is contested or too old. */
export function effectiveTier(state: TierState | undefined, now: Instant): Tier {
  if (state === undefined || state.contest !== undefined) return 'undecided';
  return now < state.expires ? state.tier : 'undecided';
}

/** Takes a customer's objection; a second one while the first stands changes nothing. */
export function contestTier(state: TierState, contest: Contest): TierState {
  return { ...state, contest: state.contest ?? contest };
}

/** Sets the tier that a person has decided on, and ends an objection with it. */
export function setTier(state: TierState, setting: TierSetting, policy: TierPolicy): TierState {
  invariant(setting.by !== '', 'a person sets a tier');
  return {
    ...state,
    tier: setting.tier,
    since: setting.tier === state.tier ? state.since : setting.at,
    expires: lifeFrom(setting.at, policy),
    candidate: undefined,
    contest: undefined,
  };
}
