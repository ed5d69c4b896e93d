import type { Role } from '@keepsake/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';

/** The staff of a company and who is invited. */
export const staffQuery = (company: string) =>
  queryOptions({
    queryKey: ['staff', company],
    queryFn: () => client.session.staff({ company }),
  });

/** Invites somebody. */
export function useInvite(company: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (invitation: { readonly email: string; readonly roles: readonly Role[] }) =>
      client.session.invite({ company, email: invitation.email, roles: [...invitation.roles] }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['staff', company] }),
  });
}

/** Sets somebody's roles; none takes them off the list. */
export function useSetRoles(company: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: { readonly member: string; readonly roles: readonly Role[] }) =>
      client.session.roles({ company, member: change.member, roles: [...change.roles] }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['staff', company] }),
  });
}
