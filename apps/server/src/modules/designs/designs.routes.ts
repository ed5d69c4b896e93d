import type { Design } from '@keepsake/contract';
import { instantToText } from '@keepsake/kernel';
import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { conflictProblem, findFamily } from '../families/index.ts';
import { prefillDesign } from './designs.prefill.ts';
import {
  changeDesign,
  createDesign,
  findDesign,
  findSharedDesign,
  type SavedDesign,
  type SaveOutcome,
} from './designs.service.ts';

function wireDesign(design: SavedDesign): Design {
  const { id, shareId, family, modelHash, version, texts } = design;
  const updatedAt = instantToText(design.updatedAt);
  const decisions = [...design.decisions];
  return { id, shareId, family, modelHash, version, decisions, texts: { ...texts }, updatedAt };
}

function savedOr(outcome: SaveOutcome): Design {
  switch (outcome.kind) {
    case 'saved':
      return wireDesign(outcome.design);
    case 'family-not-found':
      throw problem('family/not-found');
    case 'design-not-found':
      throw problem('design/not-found');
    case 'stale':
      throw problem('design/stale', { version: outcome.version });
    case 'conflict':
      throw conflictProblem(outcome.error);
  }
}

/** The handlers of `contract.designs`. */
export function designsRoutes(deps: Deps) {
  const { kysely } = deps.database;
  return {
    create: api.designs.create.handler(async ({ input, context }) => {
      const customer = context.actor.customer?.subject ?? null;
      return savedOr(await createDesign(deps, { ...input, customer, texts: input.texts ?? {} }));
    }),
    get: api.designs.get.handler(async ({ input }) => {
      const design = await findDesign(kysely, deps, input.company, input.design);
      if (design === undefined) throw problem('design/not-found');
      return wireDesign(design);
    }),
    shared: api.designs.shared.handler(async ({ input }) => {
      const design = await findSharedDesign(kysely, deps, input.company, input.share);
      if (design === undefined) throw problem('design/not-found');
      const { id: _id, shareId: _shareId, version: _version, ...shown } = wireDesign(design);
      return shown;
    }),
    update: api.designs.update.handler(async ({ input }) =>
      savedOr(await changeDesign(deps, input)),
    ),
    prefill: api.designs.prefill.handler(async ({ input, context }) => {
      const published = await findFamily(kysely, input);
      if (published === undefined) throw problem('family/not-found');
      const { customer } = context.actor;
      if (customer === null) throw problem('session/required');
      return await prefillDesign(deps, published, { ...input, subject: customer.subject });
    }),
  };
}
