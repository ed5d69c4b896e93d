import type { TreatmentPlan } from '@keepsake/value';
import { LOYALTY_GROUND } from './lots.rules.ts';

/** What is wrong with a plan here, though it is one. */
export interface PlanIssue {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
}

/** Grounds that cannot be proved here: nobody would ever fulfil them. */
export function unprovableGrounds({ grounds }: TreatmentPlan): readonly PlanIssue[] {
  return grounds.flatMap(({ id }, i) =>
    id === LOYALTY_GROUND
      ? []
      : [
          {
            path: `grounds.${i}.id`,
            message: `nothing proves the ground ${id} of a customer`,
            hint: `the ground that can be proved is ${LOYALTY_GROUND}: a loyalty number that was checked`,
          },
        ],
  );
}
