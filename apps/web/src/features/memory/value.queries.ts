import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';

/** How the company differentiates me; nothing where nothing is reckoned. */
export const myValueQuery = (company: string) =>
  queryOptions({
    queryKey: ['my-value', company],
    queryFn: () => client.value.mine({ company }),
  });

/** How the company differentiates me. */
export type Differentiation = NonNullable<
  Awaited<ReturnType<typeof client.value.mine>>['differentiation']
>;

/** Objects to how I am differentiated. */
export function useObject(company: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (words: string) => client.value.contest({ company, words }),
    onSuccess: () => queries.invalidateQueries(myValueQuery(company)),
  });
}
