/** Ties what customers are worth to what is done for them, and to the desk. */
import type { Deps } from '../platform/deps.ts';
import type { DeskCollaborators } from './desk/index.ts';
import { findPlan } from './terms/index.ts';
import { listTreatmentsOf } from './treatments/index.ts';
import { readCare, type ValueCollaborators } from './value/index.ts';

/** Value and treatments as one. */
export interface Valuing {
  readonly collaborators: ValueCollaborators;
  readonly readCare: DeskCollaborators['readCare'];
}

/** Tells each of the two what it may ask of the other. */
export function createValuing(deps: Pick<Deps, 'clock'>): Valuing {
  const collaborators: ValueCollaborators = {
    listTreatments: async (db, company, persons) => {
      const now = deps.clock.now();
      const plan = await findPlan(db, company);
      const held = await listTreatmentsOf(db, company, { plan, persons, now });
      return held.map(({ person, ...treatment }) => treatment);
    },
  };
  return {
    collaborators,
    readCare: (db, company, subjects) => readCare(db, deps, collaborators, { company, subjects }),
  };
}
