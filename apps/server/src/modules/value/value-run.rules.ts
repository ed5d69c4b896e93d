/** What a run has to do, and how far it is; without a clock and without a store. */
import { DAY_MS, type Instant, MINUTE_MS } from '@keepsake/kernel';
import { nextTierState, type TierDecision, type TierPolicy, type TierState } from '@keepsake/value';
import type { StandingTier } from './kept-tiers.store.ts';
import type { ValueModelsTable, ValueRunsTable } from './runs.store.ts';
import type { ScoreRow } from './scores.store.ts';
import type { RunTier, TierRow } from './tiers.store.ts';

/** A step of a run. */
export type RunStep = ValueRunsTable['step'];

/** After so long a fit is made anew. */
export const MODEL_KEPT_MS: number = 28 * DAY_MS;
/** A base is valued anew after so long. */
export const VALUED_EVERY_MS: number = DAY_MS;
/** After so long a run that failed is tried again, such as when the store was not there. */
export const RETRIED_AFTER_MS: number = 10 * MINUTE_MS;
/** Past months that the first run decides where nobody says how many. */
export const FIRST_MONTHS = 12;
/** Past months are fitted every so many of them; those between take the fit before. */
const MONTHS_A_FIT = 3;
/** How long what came after is compared with what was predicted, at most. */
const TESTED_DAYS_MAX = 26 * 7;
/** A shorter history is not tested. */
const HISTORY_DAYS_MIN = 26 * 7;
const TESTED_SHARE = 1 / 4;

/** Whether a base is to be fitted anew, rather than scored by the last fit. */
export function needsFit(
  run: { readonly wantsFit: boolean; readonly costs: string; readonly now: Instant },
  model: Pick<ValueModelsTable, 'costs' | 'fitted_at'> | undefined,
): boolean {
  if (run.wantsFit || model === undefined) return true;
  return model.costs !== run.costs || run.now - model.fitted_at.getTime() > MODEL_KEPT_MS;
}

/** The day of an instant, in UTC. */
export function dayOf(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The first day of the month of an instant. */
export function monthOf(instant: Instant): string {
  return `${dayOf(instant).slice(0, 7)}-01`;
}

/** A month that has passed. */
export interface PastMonth {
  /** Its first day. */
  readonly month: string;
  /** Its last day. */
  readonly until: string;
  /** Its last moment. */
  readonly at: Instant;
  /** Whether it is fitted, or takes the fit of the month before. */
  readonly isFitted: boolean;
}

/** Those of the last months before now that are not decided yet, the oldest first. */
export function monthsToDecide(
  now: Instant,
  count: number,
  decided: readonly string[],
): readonly PastMonth[] {
  const today = new Date(now);
  const [year, month] = [today.getUTCFullYear(), today.getUTCMonth()];
  const missing: Omit<PastMonth, 'isFitted'>[] = [];
  for (let back = count; back >= 1; back--) {
    const first = Date.UTC(year, month - back, 1);
    const at = Date.UTC(year, month - back + 1, 1) - 1;
    if (decided.includes(dayOf(first))) continue;
    missing.push({ month: dayOf(first), until: dayOf(at), at });
  }
  return missing.map((one, i) => ({ ...one, isFitted: i % MONTHS_A_FIT === 0 }));
}

/**
 * The last day that a model sees which is then set against what came until `until`: 26 weeks before,
 * of a history under two years a quarter of it. Undefined where there is less than half a year.
 */
export function testCut(firstDay: string, until: string): string | undefined {
  const end = Date.parse(until);
  const days = (end - Date.parse(firstDay)) / DAY_MS;
  if (days < HISTORY_DAYS_MIN) return undefined;
  const tested = Math.min(TESTED_DAYS_MAX, Math.floor(days * TESTED_SHARE));
  return dayOf(end - tested * DAY_MS);
}

/** A seed of a company's own, the same for every run: FNV-1a over its name. */
export function seedOf(company: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < company.length; i++) {
    hash = Math.imul(hash ^ company.charCodeAt(i), 0x01000193);
  }
  return hash >>> 1;
}

/** Where in a run something happens: a past month counted from 0, or the present, which is last. */
export interface RunPlace {
  readonly month: number;
  readonly months: number;
  readonly step: RunStep;
  /** Of the step, from 0 to 1. */
  readonly share: number;
}

/** Parts of the work on one base, by the time that they take. */
const STEPS: Readonly<Record<RunStep, { readonly from: number; readonly to: number }>> = {
  'adding-up': { from: 0, to: 0.1 },
  fitting: { from: 0.1, to: 0.25 },
  testing: { from: 0.25, to: 0.35 },
  scoring: { from: 0.35, to: 0.9 },
  keeping: { from: 0.9, to: 1 },
};

/** How far a whole run is, from 0 to 1: every month is as much work as the present. */
export function progressOf(place: RunPlace): number {
  const { from, to } = STEPS[place.step];
  const share = Math.min(1, Math.max(0, place.share));
  return (place.month + from + (to - from) * share) / (place.months + 1);
}

/** A stored tier as the engine takes it; the words of an objection decide nothing. */
export function stateOf(row: TierRow): TierState {
  const { candidate, candidate_runs: runs, contested_at: contestedAt } = row;
  return {
    customer: row.person,
    tier: row.tier,
    since: row.since.getTime(),
    expires: row.expires.getTime(),
    lastRun: row.last_run.getTime(),
    candidate: candidate === null || runs === null ? undefined : { tier: candidate, runs },
    contest: contestedAt === null ? undefined : { at: contestedAt.getTime(), words: '' },
  };
}

/** What a run gives a customer when it ends, as it is kept with the score. */
export type NextTier = Pick<
  ScoreRow,
  'next_tier' | 'next_since' | 'next_expires' | 'next_candidate' | 'next_candidate_runs' | 'stood'
>;

/**
 * What a decision makes of the tier that stands, or else of the state that past months left; nothing
 * where it leaves the tier as it is.
 */
export function nextOf(
  before: { readonly stood: StandingTier | undefined; readonly past: TierState | undefined },
  by: { readonly decision: TierDecision; readonly policy: TierPolicy; readonly now: Instant },
): NextTier {
  const stood = before.stood === undefined ? undefined : stateOf(before.stood);
  const state = nextTierState(stood ?? before.past, by.decision, by.policy, by.now);
  if (state === stood) return {};
  const { tier, since, expires, candidate, candidate_runs } = tierRowOf(state);
  return {
    ...{ next_tier: tier, next_since: since, next_expires: expires, next_candidate: candidate },
    ...{ next_candidate_runs: candidate_runs, stood: before.stood?.stood ?? null },
  };
}

/** A tier of the engine as it is stored. */
export function tierRowOf(state: TierState): RunTier {
  return {
    person: state.customer,
    tier: state.tier,
    since: new Date(state.since),
    expires: new Date(state.expires),
    last_run: new Date(state.lastRun),
    candidate: state.candidate?.tier ?? null,
    candidate_runs: state.candidate?.runs ?? null,
  };
}
