import type { Role, Session } from '@keepsake/contract';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from './client.ts';

/** Who is signed in at a company. */
export const sessionQuery = (company: string) =>
  queryOptions({
    queryKey: ['session', company],
    queryFn: () => client.session.get({ company }),
    staleTime: 60_000,
  });

/** Who is signed in; undefined while it is not known yet. */
export function useSession(company: string): Session | undefined {
  return useQuery(sessionQuery(company)).data;
}

/** Whether staff may do what these roles may; an owner may do everything. */
export function hasRole(session: Session | undefined, ...roles: readonly Role[]): boolean {
  const own = session?.staff?.roles ?? [];
  return own.includes('owner') || roles.some((role) => own.includes(role));
}

/** Ends the customer's session and forgets everything that was loaded with it. */
export function useCustomerSignOut(company: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.session.signOut({ company }),
    onSuccess: () => queries.resetQueries(),
  });
}
