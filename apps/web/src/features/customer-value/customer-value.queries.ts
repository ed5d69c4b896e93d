import type { Tier } from '@keepsake/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';

/** Begins like everything about value, so that it is stale with it. */
const valueKey = (company: string) => ['value', company] as const;

/** Whose value. */
export interface Whose {
  readonly company: string;
  readonly guest: string;
}

/** All that is reckoned of a customer. */
export const customerValueQuery = ({ company, guest }: Whose) =>
  queryOptions({
    queryKey: [...valueKey(company), 'customer', guest],
    queryFn: () => client.value.customer({ company, guest }),
  });

/** What would lead to another tier; takes the server a moment. */
export const counterfactualsQuery = ({ company, guest }: Whose) =>
  queryOptions({
    queryKey: [...valueKey(company), 'counterfactuals', guest],
    queryFn: () => client.value.counterfactuals({ company, guest }),
    staleTime: 300_000,
  });

/** Sets the tier by hand; the customer can read why. */
export function useSetTier(whose: Whose) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (set: { readonly tier: Tier; readonly because: string }) =>
      client.value.setTier({ ...whose, ...set }),
    onSuccess: (answer) => {
      queries.setQueryData(customerValueQuery(whose).queryKey, answer);
      // The lists of all customers show the tier as well.
      return queries.invalidateQueries({ queryKey: valueKey(whose.company) });
    },
  });
}
