/** What each treatment did so far, and whether groups of customers fare alike. */
import type { Disparity, DisparityBy, TreatmentReport } from '@keepsake/contract';
import { instantToText } from '@keepsake/kernel';
import {
  type ArmMoments,
  type DisparityReport,
  findSubjectsNeeded,
  judgeRuleOf,
  judgeTreatment,
  selectionDisparity,
  standingVerdict,
  type Tier,
  type Treatment,
  type TreatmentAct,
  type TreatmentPlan,
} from '@keepsake/value';
import type { Db } from '../../platform/database/schema.ts';
import { type ArmRow, countMixed, listArms } from './arms.store.ts';
import { armsOf, lotsOf, varianceOf } from './lots.rules.ts';
import {
  type HeldTreatment,
  listGrouped,
  listHeld,
  listStates,
  type TreatmentStatesTable,
} from './treatments.store.ts';

/** Every treatment of a plan with both arms and its verdict. Three statements. */
export async function reportTreatments(
  db: Db,
  company: string,
  { plan, now }: { readonly plan: TreatmentPlan; readonly now: number },
): Promise<readonly TreatmentReport[]> {
  const arms = await listArms(db, company);
  const states = await listStates(db, company);
  const mixed = await countMixed(db, company);
  return plan.treatments.map((treatment) => {
    const state = states.find((one) => one.treatment === treatment.id);
    return reportOf(treatment, { arms, mixed, state, now });
  });
}

function reportOf(
  treatment: Treatment,
  known: {
    readonly arms: readonly ArmRow[];
    readonly mixed: ReadonlyMap<string, number>;
    readonly state: TreatmentStatesTable | undefined;
    readonly now: number;
  },
): TreatmentReport {
  const { state, now } = known;
  const arms = armsOf(known.arms, treatment);
  const rule = judgeRuleOf(treatment);
  const { verdict, effect, bounds } = judgeTreatment(arms, rule, lotsOf(known.arms, treatment));
  const variance = varianceOf(arms);
  const assigned = (arm: ArmRow['arm']): number =>
    known.arms.find((row) => row.treatment === treatment.id && row.arm === arm)?.assigned ?? 0;
  const { id, words, kind, tiers, from, until, controlShare, worth } = treatment;
  return {
    ...{ treatment: id, words, kind, tiers: [...tiers], controlShare, worth },
    from: instantToText(from),
    until: instantToText(until),
    act: actView(treatment.act),
    isRunning: from <= now && now < until,
    treated: armView(arms.treated, assigned('treated')),
    control: armView(arms.control, assigned('control')),
    inBothArms: known.mixed.get(id) ?? 0,
    awaitingReview: state?.awaiting_review ?? 0,
    overBudget: state?.over_budget ?? 0,
    verdict: standingVerdict(state?.verdict ?? undefined, verdict),
    effect:
      effect === undefined || bounds === undefined
        ? null
        : { difference: effect.difference, low: bounds.low, high: bounds.high },
    needed: variance === undefined ? null : (findSubjectsNeeded(variance, rule) ?? null),
  };
}

function actView(act: TreatmentAct | undefined): TreatmentReport['act'] {
  if (act === undefined) return null;
  if (act.kind === 'start') return { ...act, choices: { ...act.choices } };
  return { ...act, uses: act.uses ?? null, families: [...act.families] };
}

function armView({ count, mean }: ArmMoments, assigned: number): TreatmentReport['treated'] {
  return { assigned, counted: count, mean: count === 0 ? null : mean };
}

/** Groups smaller than this are never named. */
const GROUP_MIN = 20;
const CONFIDENCE = 0.95;

/** Whether groups are given a tier, or a treatment, alike. */
export async function reportDisparity(
  db: Db,
  company: string,
  about: {
    readonly by: DisparityBy;
    readonly tier: Tier;
    readonly treatment: string | undefined;
  },
): Promise<Disparity> {
  const { by, tier, treatment } = about;
  const people = await listGrouped(db, company, by, treatment ?? '');
  const members = people.map((one) => ({
    group: one.group ?? '',
    isSelected: treatment === undefined ? one.tier === tier : one.arm === 'treated',
  }));
  const sense = treatment === undefined && tier === 'below-zero' ? 'burden' : 'benefit';
  const report = selectionDisparity(members, {
    ...{ sense, groupMin: GROUP_MIN, confidence: CONFIDENCE },
  });
  return disparityView(by, report);
}

function disparityView(by: DisparityBy, report: DisparityReport): Disparity {
  return {
    by,
    reference: report.reference ?? null,
    groups: report.groups.map(({ group, ratio, ratioLow, ratioHigh, ...rest }) => ({
      ...rest,
      group: group ?? null,
      ratio: ratio ?? null,
      ratioLow: ratioLow ?? null,
      ratioHigh: ratioHigh ?? null,
    })),
    smallGroups: report.smallGroups,
  };
}

/** A treatment that a customer has now, in words. */
export type TreatmentWords = Pick<Treatment, 'words' | 'kind'> & {
  readonly person: string;
  readonly treatment: string;
  readonly since: string;
};

/** What these customers have now, of what the plan runs at the moment. */
export async function listTreatmentsOf(
  db: Db,
  company: string,
  about: {
    readonly plan: TreatmentPlan | undefined;
    readonly persons: readonly string[];
    readonly now: number;
  },
): Promise<readonly TreatmentWords[]> {
  const { plan, persons, now } = about;
  if (plan === undefined) return [];
  const running = plan.treatments.filter(({ from, until }) => from <= now && now < until);
  const wordsOf = ({ person, treatment, since }: HeldTreatment): readonly TreatmentWords[] => {
    const found = running.find(({ id }) => id === treatment);
    if (found === undefined) return [];
    const { words, kind } = found;
    return [{ person, treatment, words, kind, since: instantToText(since.getTime()) }];
  };
  return (await listHeld(db, company, persons)).flatMap(wordsOf);
}
