import type { BoardCard } from '@keepsake/contract';
import { parseInstant } from '@keepsake/kernel';
import type { RequestContext } from '../../platform/http/context.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import { readBoard } from './board.service.ts';
import type { FloorRefusal } from './floor.rules.ts';
import {
  beginOperation,
  type FloorOutcome,
  finishOperation,
  resumeOperation,
  stopOperation,
  type WorkshopDeps,
} from './floor.service.ts';
import { type ReceiveOutcome, readStock, receiveParts } from './stock.service.ts';

/** The endpoints of the workshop. */
export const workshopRoutes = (deps: WorkshopDeps) => ({
  board: api.workshop.board.handler(async ({ input }) => {
    const answer = await readBoard(deps, input, input.workCentre);
    if (answer.kind !== 'board') throw refusalProblem(answer);
    const { workCentres, cards, doneToday } = answer.board;
    return { workCentres: [...workCentres], cards: [...cards], doneToday };
  }),

  start: api.workshop.start.handler(async ({ input, context }) =>
    cardOf(await beginOperation(deps, { ...input, maker: makerOf(context) })),
  ),

  done: api.workshop.done.handler(async ({ input, context }) => {
    const { rejected = [] } = input;
    return cardOf(await finishOperation(deps, { ...input, rejected, maker: makerOf(context) }));
  }),

  block: api.workshop.block.handler(async ({ input, context }) => {
    const until = input.until === undefined ? undefined : parseInstant(input.until);
    return cardOf(await stopOperation(deps, { ...input, until, maker: makerOf(context) }));
  }),

  unblock: api.workshop.unblock.handler(async ({ input, context }) =>
    cardOf(await resumeOperation(deps, { ...input, maker: makerOf(context) })),
  ),

  stock: api.workshop.stock.handler(async ({ input }) => {
    const answer = await readStock(deps, input);
    if (answer.kind !== 'stock') throw refusalProblem(answer);
    return { items: [...answer.items] };
  }),

  receive: api.workshop.receive.handler(async ({ input, context }) => {
    const { idempotencyKey } = context;
    const outcome = await receiveParts(deps, {
      ...input,
      maker: makerOf(context),
      idempotencyKey,
    });
    if (outcome.kind !== 'received') throw refusalProblem(outcome);
    return outcome.row;
  }),
});

function makerOf(context: RequestContext): string {
  const { staff } = context.actor;
  if (staff === null) throw problem('session/required');
  return staff.id;
}

function cardOf(outcome: FloorOutcome): BoardCard {
  if (outcome.kind !== 'card') throw refusalProblem(outcome);
  return outcome.card;
}

type Refusal = FloorRefusal | Exclude<ReceiveOutcome, { readonly kind: 'received' }>;

function refusalProblem(refusal: Refusal): ReturnType<typeof problem> {
  switch (refusal.kind) {
    case 'company-not-found':
      return problem('company/not-found');
    case 'site-not-found':
      return problem('site/not-found');
    case 'operation-not-found':
      return problem('operation/not-found');
    case 'not-ready': {
      const { state, because } = refusal;
      return problem('operation/not-ready', { state, ...(because && { reason: because }) });
    }
    case 'insufficient':
      return problem('stock/insufficient', { item: refusal.item, reason: refusal.because });
    case 'unknown-item':
      return problem('stock/unknown-item');
    case 'bad-quantity':
      return problem('request/invalid', {
        issues: [{ path: 'quantity', message: 'has more than six decimals, or is too much' }],
      });
  }
}
