import type { Role } from '@keepsake/contract';

/** A customer who is signed in at one company. */
export interface CustomerActor {
  readonly company: string;
  readonly subject: string;
}

/** A member of staff of the company at hand, with the roles held there. */
export interface StaffActor {
  readonly company: string;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

/** Who is calling. All three may be absent: an anonymous visitor. */
export interface Actor {
  readonly customer: CustomerActor | null;
  readonly staff: StaffActor | null;
  readonly operator: boolean;
}

/** What every handler gets beside its input. */
export interface RequestContext {
  readonly requestId: string;
  /** The network address of the caller, for limits; never kept or logged. */
  readonly address: string;
  readonly actor: Actor;
  readonly headers: Headers;
  /** Headers of the reply, for cookies. */
  readonly replyHeaders: Headers;
  /** The caller's idempotency key, already checked for its form; null where none was sent. */
  readonly idempotencyKey: string | null;
}
