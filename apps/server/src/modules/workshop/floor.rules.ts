import { ok, type Result } from '@keepsake/kernel';
import {
  applyEvents,
  type Decision,
  findOrder,
  type MakingRefusal,
  type OperationCommand,
  type PlantState,
  releaseOrder,
  rollback,
  savepoint,
} from '@keepsake/production';

/** A command of the kernel on one operation. */
export type FloorCommand = (
  state: PlantState,
  command: OperationCommand,
) => Result<Decision, MakingRefusal>;

/**
 * A command that begins something: an order that is only a promise yet is handed to the floor
 * first. Both happen, or neither does.
 */
export function releasing(begin: FloorCommand): FloorCommand {
  return (state, command) => {
    if (findOrder(state, command.order)?.stage !== 'firm') return begin(state, command);
    const released = releaseOrder(state, command);
    if (released.kind === 'refused') return released;
    const mark = savepoint(state);
    applyEvents(state, released.value.events);
    const begun = begin(state, command);
    rollback(state, mark);
    if (begun.kind === 'refused') return begun;
    const { order, events } = begun.value;
    return ok({ order, events: [...released.value.events, ...events] });
  };
}

/** Why makers cannot do what they asked for. Nothing has happened then. */
export type FloorRefusal =
  | { readonly kind: 'operation-not-found' }
  | { readonly kind: 'not-ready'; readonly state: string; readonly because?: string }
  | { readonly kind: 'insufficient'; readonly item: string; readonly because: string };

/** A refusal of the kernel as makers are told it. */
export function toFloorRefusal(refusal: MakingRefusal): FloorRefusal {
  switch (refusal.kind) {
    case 'unknown-order':
    case 'unknown-operation':
      return { kind: 'operation-not-found' };
    case 'illegal-order-move':
    case 'illegal-operation-move':
      return { kind: 'not-ready', state: refusal.from };
    case 'work-centre-full':
      return { kind: 'not-ready', state: 'ready', because: refusal.kind };
    case 'parts-missing':
    case 'parts-promised':
      return { kind: 'insufficient', item: refusal.item, because: refusal.kind };
  }
}
