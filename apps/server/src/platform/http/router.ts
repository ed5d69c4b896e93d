import { type Access, contract, type Role } from '@keepsake/contract';
import { type ImplementerInternalWithMiddlewares, implement } from '@orpc/server';
import type { Actor, RequestContext } from './context.ts';
import { problem } from './problem.ts';

function staffMay(actor: Actor, roles: readonly Role[]): boolean {
  const held = actor.staff?.roles ?? [];
  return held.includes('owner') || roles.some((role) => held.includes(role));
}

/** Whether an actor may call an endpoint: the one place where access is decided. */
export function mayCall(actor: Actor, access: Access): 'yes' | 'sign-in' | 'forbidden' {
  switch (access.kind) {
    case 'anyone':
      return 'yes';
    case 'customer':
      return actor.customer === null ? 'sign-in' : 'yes';
    case 'operator':
      return actor.operator ? 'yes' : 'sign-in';
    case 'staff':
      return staffVerdict(actor, access.roles);
    case 'operator-or-staff':
      return actor.operator ? 'yes' : staffVerdict(actor, access.roles);
    case 'customer-or-staff':
      return actor.customer === null ? staffVerdict(actor, access.roles) : 'yes';
  }
}

function staffVerdict(actor: Actor, roles: readonly Role[]): 'yes' | 'sign-in' | 'forbidden' {
  if (actor.staff === null) return 'sign-in';
  return staffMay(actor, roles) ? 'yes' : 'forbidden';
}

const guarded = implement(contract)
  .$context<RequestContext>()
  .use(({ context, procedure, next }) => {
    const { access } = procedure['~orpc'].meta;
    const verdict = mayCall(context.actor, access);
    if (verdict === 'sign-in') throw problem('session/required');
    if (verdict === 'forbidden') {
      const roles = 'roles' in access ? ['owner', ...access.roles] : [];
      throw problem('session/forbidden', { roles });
    }
    return next();
  });

/** Said rather than inferred: written out, the type of every endpoint is longer than may be. */
type Api = ImplementerInternalWithMiddlewares<typeof contract, RequestContext, RequestContext>;

/**
 * The contract, ready to be implemented: `api.orders.place.handler(({ input, context }) => …)`.
 * Access is checked before the input is read.
 */
export const api: Api = guarded;
