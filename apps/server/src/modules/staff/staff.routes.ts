import { instantToText } from '@keepsake/kernel';
import type { Deps } from '../../platform/deps.ts';
import { problem } from '../../platform/http/problem.ts';
import { api } from '../../platform/http/router.ts';
import type { RateLimit } from '../../platform/rate-limit.ts';
import { type CompanyRecord, findCompany } from '../companies/index.ts';
import type { Passwords } from './passwords.ts';
import { acceptInvitation, changeRoles, inviteStaff, readStaff } from './staff.service.ts';
import type { Member } from './staff.store.ts';

function toWire(member: Member) {
  return { ...member, roles: [...member.roles] };
}

/** The endpoints of staff; signing in itself is better-auth's, under `/auth`. */
export const staffRoutes = (
  deps: Deps,
  parts: { readonly passwords: Passwords; readonly signInLimit: RateLimit },
) => {
  const getCompany = async (company: string): Promise<CompanyRecord> => {
    const found = await findCompany(deps.database.kysely, company);
    if (found === undefined) throw problem('company/not-found');
    return found;
  };
  return {
    staff: api.session.staff.handler(async ({ input }) => {
      const company = await getCompany(input.company);
      const { members, invited } = await readStaff(deps, company.id);
      return {
        items: members.map(toWire),
        invited: invited.map((each) => ({
          email: each.email,
          roles: [...each.roles],
          until: instantToText(each.until),
        })),
      };
    }),
    invite: api.session.invite.handler(async ({ input }) => {
      const invited = await inviteStaff(deps, await getCompany(input.company), input);
      const { email, roles, until } = invited;
      return { email, roles: [...roles], until: instantToText(until) };
    }),
    accept: api.session.accept.handler(async ({ input, context }) => {
      const rate = await parts.signInLimit.take(context.address);
      if (rate.kind === 'refused') {
        context.replyHeaders.set('retry-after', String(rate.retryAfterSeconds));
        throw problem('request/too-many');
      }
      await getCompany(input.company);
      const accepted = await acceptInvitation(deps, parts.passwords, input);
      if (accepted === 'link-invalid') throw problem('session/link-invalid');
      return toWire(accepted);
    }),
    roles: api.session.roles.handler(async ({ input }) => {
      await getCompany(input.company);
      const changed = await changeRoles(deps, input);
      if (changed === 'not-found') throw problem('staff/not-found');
      if (changed === 'last-owner') throw problem('staff/last-owner');
      return toWire(changed);
    }),
  };
};
