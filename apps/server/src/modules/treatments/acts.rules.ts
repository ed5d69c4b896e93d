/** Whether what treatments do by themselves can be done here. Pure. */
import { decide, type Space, startSession } from '@keepsake/configurator';
import type { StartingPoint, TreatmentPlan } from '@keepsake/value';
import type { PlanIssue } from './plan.rules.ts';

/** Families that acts of a plan name, each once. */
export function familiesOf({ treatments }: TreatmentPlan): readonly string[] {
  const named = treatments.flatMap(({ act }) => {
    if (act === undefined) return [];
    return act.kind === 'discount' ? act.families : [act.family];
  });
  return [...new Set(named)];
}

/** Acts that name what the company does not sell, or begin with what does not go together. */
export function impossibleActs(
  { treatments }: TreatmentPlan,
  spaces: ReadonlyMap<string, Space>,
): readonly PlanIssue[] {
  return treatments.flatMap(({ act }, i): readonly PlanIssue[] => {
    if (act === undefined) return [];
    const at = `treatments[${i}]`;
    if (act.kind === 'discount') {
      return act.families
        .filter((family) => !spaces.has(family))
        .map((family) => unknownFamily(`${at}.discount.families`, family));
    }
    const space = spaces.get(act.family);
    return space === undefined
      ? [unknownFamily(`${at}.start.family`, act.family)]
      : impossibleChoices(`${at}.start.choices`, act, space);
  });
}

function unknownFamily(path: string, family: string): PlanIssue {
  const hint = 'name a family that the company has published';
  return { path, message: `there is no family ${family}`, hint };
}

function impossibleChoices(
  path: string,
  { choices }: StartingPoint,
  space: Space,
): readonly PlanIssue[] {
  let session = startSession(space);
  return Object.entries(choices).flatMap(([attribute, value]): readonly PlanIssue[] => {
    const decided = decide(session, { attribute, value });
    if (decided.kind === 'ok') {
      session = decided.value.session;
      return [];
    }
    const message = `${attribute} cannot be ${value} here (${decided.error.kind})`;
    const hint = 'values as the family has them, which go together';
    return [{ path: `${path}.${attribute}`, message, hint }];
  });
}
