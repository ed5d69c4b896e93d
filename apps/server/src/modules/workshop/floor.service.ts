/** What makers do with an operation: begin it, finish it, stop it, let it go on. */
import type { BoardCard } from '@keepsake/contract';
import { type Instant, refused } from '@keepsake/kernel';
import {
  blockOperation,
  completeOperation,
  findOrder,
  type MakingRefusal,
  startOperation,
  unblockOperation,
} from '@keepsake/production';
import type { Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { recordOutcome } from '../memory/index.ts';
import { dateAt } from '../orders/index.ts';
import { findOperation, type OperationRef, type Plants } from '../production/index.ts';
import { findPlace, readCard } from './board.service.ts';
import { type FloorCommand, type FloorRefusal, releasing, toFloorRefusal } from './floor.rules.ts';

/** What the workshop works with: the platform, and the plants of this process. */
export type WorkshopDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random' | 'metrics'> & {
  readonly plants: Plants;
};

/** A member of staff at an operation, by its id on the wire. */
export interface AtOperation {
  readonly company: string;
  readonly operation: string;
  /** Id of the member of staff. */
  readonly maker: string;
}

/** The card as it is afterwards, or why nothing happened. */
export type FloorOutcome = { readonly kind: 'card'; readonly card: BoardCard } | FloorRefusal;

interface Move {
  readonly command: FloorCommand;
  readonly save?: (tx: Tx) => Promise<void>;
}

/** Begins an operation; the first one of an order takes its parts from stock. */
export async function beginOperation(deps: WorkshopDeps, at: AtOperation): Promise<FloorOutcome> {
  return await move(deps, at, () => ({ command: releasing(startOperation) }));
}

/** Instructions that could not be followed as asked, by index on the card, with why. */
export type Rejections = readonly { readonly index: number; readonly reason: string }[];

/** Finishes an operation, and tells memory what became of what was remembered. */
export async function finishOperation(
  deps: WorkshopDeps,
  at: AtOperation & { readonly rejected: Rejections },
): Promise<FloorOutcome> {
  const actor = { kind: 'staff', id: at.maker } as const;
  return await move(deps, at, ({ company, site, orderId, operation }) => ({
    command: completeOperation,
    save: async (tx) => {
      const { rejected } = at;
      await recordOutcome(tx, deps, { company, site, order: orderId, operation, actor, rejected });
    },
  }));
}

/** Stops an operation. When it can go on is for people to read: the plan learns of it then. */
export async function stopOperation(
  deps: WorkshopDeps,
  at: AtOperation & { readonly reason: string; readonly until: Instant | undefined },
): Promise<FloorOutcome> {
  return await move(deps, at, async (ref) => {
    const reason = await reasonOf(deps, ref, at);
    return { command: releasing((state, given) => blockOperation(state, { ...given, reason })) };
  });
}

async function reasonOf(
  deps: WorkshopDeps,
  ref: OperationRef,
  { reason, until }: { readonly reason: string; readonly until: Instant | undefined },
): Promise<string> {
  const place = await findPlace(deps.database.kysely, ref);
  if (until === undefined || place.kind !== 'place') return reason;
  return `${reason} (→ ${dateAt(place.site.timeZone, until)})`;
}

/** Lets a stopped operation go on. */
export async function resumeOperation(deps: WorkshopDeps, at: AtOperation): Promise<FloorOutcome> {
  return await move(deps, at, () => ({ command: unblockOperation }));
}

async function move(
  deps: WorkshopDeps,
  at: AtOperation,
  moveOf: (ref: OperationRef) => Move | Promise<Move>,
): Promise<FloorOutcome> {
  const ref = await findOperation(deps.database.kysely, at.company, at.operation);
  if (ref === undefined) return { kind: 'operation-not-found' };
  const { command, save } = await moveOf(ref);
  const given = { order: ref.orderId, operation: ref.operation, at: deps.clock.now() };
  const result = await deps.plants.run(ref, {
    decide: (state) => {
      const order = findOrder(state, ref.orderId);
      const operation = order?.operations.find((each) => each.id === ref.operation);
      // A room that is kept for a guest is no work: nobody begins or ends it.
      if (operation?.seconds === 'stay') {
        const { orderId: order, operation: id } = ref;
        return refused<MakingRefusal>({ kind: 'unknown-operation', order, operation: id });
      }
      return command(state, given);
    },
    ...(save === undefined ? {} : { save }),
  });
  if (result === undefined) return { kind: 'operation-not-found' };
  if (result.kind === 'refused') return toFloorRefusal(result.error);
  const card = await readCard(deps, ref);
  return card === undefined ? { kind: 'operation-not-found' } : { kind: 'card', card };
}
