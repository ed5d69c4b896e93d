import type { Deps } from '../platform/deps.ts';
import type { Resolved } from '../platform/http/serve-api.ts';
import type { OperatorToken } from '../platform/operator-token.ts';
import { findCustomer } from './sessions/index.ts';
import { findRoles, type StaffAuth } from './staff/index.ts';

/**
 * Finds out who is calling at a company: a customer by their cookie, staff by theirs and the roles
 * they hold there, the operator by the token of the home. Without a company nobody but the operator
 * is anybody.
 */
export function createActorResolver(
  deps: Pick<Deps, 'database' | 'clock' | 'config'>,
  parts: { readonly staffAuth: StaffAuth; readonly operatorToken: OperatorToken },
): (request: Request, company: string | undefined) => Promise<Resolved> {
  return async ({ headers }, company) => {
    const operator = parts.operatorToken.isGivenBy(headers);
    if (company === undefined) {
      return { actor: { customer: null, staff: null, operator }, cookies: [] };
    }
    const customer = await findCustomer(deps, company, headers);
    const { account, cookies } = await parts.staffAuth.whoIs(headers);
    const roles =
      account === null ? [] : await findRoles(deps.database.kysely, company, account.id);
    return {
      actor: {
        customer: customer === undefined ? null : { company, subject: customer.subject },
        // An account without a role here is a stranger here.
        staff: account === null || roles.length === 0 ? null : { ...account, company, roles },
        operator,
      },
      cookies: [...(customer?.cookies ?? []), ...cookies],
    };
  };
}
