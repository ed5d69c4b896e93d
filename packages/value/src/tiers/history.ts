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
 * The tier after one more run, from the state before it and nothing else. A tier changes where the
 * run is certain, or where so many runs in a row say the same other tier; one run that does not say
 * it begins the row anew. A run that agrees renews the tier; one that does not lets it grow old. A
 * run that is not later than the last changes nothing, nor does any while an objection stands.
 */
export function nextTierState(
  previous: TierState | undefined,
  decision: TierDecision,
  policy: TierPolicy,
  now: Instant,
): TierState {
  if (previous === undefined) return firstState(decision, policy, now);
  if (previous.contest !== undefined || now <= previous.lastRun) return previous;
  if (decision.tier === previous.tier) {
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
