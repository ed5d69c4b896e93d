import type { Family } from '@keepsake/configurator';
import type { Order } from '@keepsake/contract';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import type { ReturnRequest } from './order.view.ts';

/** A saved design. */
export const designQuery = (company: string, design: string) =>
  queryOptions({
    queryKey: ['design', company, design],
    queryFn: () => client.designs.get({ company, design }),
    staleTime: 0,
  });

/** The family of a design, for its name and its picture. */
export const designFamilyQuery = (company: string, family: string) =>
  queryOptions({
    queryKey: ['studio-family', company, family],
    queryFn: () => client.families.get({ company, family }),
    // The server publishes only what the engine has read: its model is a `Family`.
    select: ({ model, layers }) => ({ family: model as unknown as Family, layers }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What is asked about price and date at the check-out. */
export type CheckoutQuoteKey = Parameters<typeof client.families.quote>[0];

/** Price lines and date as the server says them, asked afresh each time. */
export const checkoutQuoteQuery = (key: CheckoutQuoteKey | undefined) =>
  queryOptions({
    queryKey: ['checkout-quote', key],
    queryFn: () => {
      if (key === undefined) throw new Error('asked for a quote without a design');
      return client.families.quote(key);
    },
    enabled: key !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  });

/** An order as it stands in a list. */
export type OrderSummary = Awaited<ReturnType<typeof client.orders.mine>>['items'][number];

/** My orders, newest first, page by page. */
export const myOrdersQuery = (company: string) =>
  infiniteQueryOptions({
    queryKey: ['orders', company],
    queryFn: ({ pageParam }) =>
      client.orders.mine({ company, ...(pageParam === null ? {} : { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** One order; asked again now and then, for its date may move. */
export const orderQuery = (company: string, order: string) =>
  queryOptions({
    queryKey: ['order', company, order],
    queryFn: () => client.orders.get({ company, order }),
    refetchInterval: 30_000,
  });

/** Cancels or returns an order and shows the answer at once. */
export function useOrderAct(company: string, order: string) {
  const queries = useQueryClient();
  const settle = (answer: Order) => {
    queries.setQueryData(orderQuery(company, order).queryKey, answer);
    return queries.invalidateQueries({ queryKey: ['orders', company] });
  };
  return {
    cancel: useMutation({
      mutationFn: () => client.orders.cancel({ company, order }),
      onSuccess: settle,
    }),
    giveBack: useMutation({
      mutationFn: (given: ReturnRequest) => client.orders.return({ company, order, ...given }),
      onSuccess: settle,
    }),
  };
}
