import type { Instant } from '@keepsake/kernel';
import type { MoveReason } from './binding.ts';
import type { Order } from './order.ts';
import type { Receipt } from './plant.ts';

/** A receipt that takes the place of a purchase an order was waiting for. */
export interface Cover {
  readonly order: string;
  readonly quantity: number;
}

/**
 * What happened in a plant. Events are facts: applying them asks no questions. An event that
 * carries an `order` carries it whole, as it is afterwards.
 */
export type PlantEvent =
  | { readonly kind: 'order.accepted'; readonly order: Order }
  | { readonly kind: 'order.firmed'; readonly order: Order }
  | { readonly kind: 'order.released'; readonly order: Order; readonly at: Instant }
  | { readonly kind: 'order.amended'; readonly order: Order; readonly at: Instant }
  | { readonly kind: 'order.cancelled'; readonly order: Order; readonly at: Instant }
  | { readonly kind: 'order.returned'; readonly order: Order; readonly at: Instant }
  | { readonly kind: 'order.closed'; readonly id: string }
  | {
      readonly kind: 'order.replanned';
      readonly order: Order;
      readonly finishBefore: Instant | null;
      readonly reason: MoveReason;
    }
  | {
      readonly kind:
        | 'operation.started'
        | 'operation.completed'
        | 'operation.blocked'
        | 'operation.unblocked';
      readonly order: Order;
      readonly operation: string;
      readonly at: Instant;
    }
  | { readonly kind: 'parts.issued'; readonly order: Order; readonly at: Instant }
  | {
      readonly kind: 'stock.expected';
      readonly item: string;
      readonly receipt: Receipt;
      readonly covers: readonly Cover[];
    }
  | {
      readonly kind: 'stock.delayed';
      readonly item: string;
      readonly receipt: string;
      readonly at: Instant;
    }
  | {
      readonly kind: 'stock.received';
      readonly item: string;
      readonly quantity: number;
      /** The announced receipt it belongs to, null for an unannounced one. */
      readonly receipt: string | null;
      readonly covers: readonly Cover[];
    }
  | {
      /** A count found more or less than the books said. */
      readonly kind: 'stock.adjusted';
      readonly item: string;
      readonly change: number;
    };
