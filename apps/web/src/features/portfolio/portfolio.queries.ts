import type { Portfolio, Tier, ValueRun } from '@keepsake/contract';
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import { valueKey } from '../../platform/value-key.ts';
import type { Sort } from './portfolio.routes.ts';
import { isUnderWay } from './portfolio.view.ts';

/** The whole base at one look. */
export const portfolioQuery = (company: string) =>
  queryOptions({
    queryKey: [...valueKey(company), 'portfolio'],
    queryFn: () => client.value.portfolio({ company }),
  });

const POLL_MS = 1_500;

/** How far a run is, asked again until it has ended. */
export const runQuery = (company: string, run: ValueRun) =>
  queryOptions({
    queryKey: ['valueRun', company, run.run],
    queryFn: () => client.value.run({ company, run: run.run }),
    placeholderData: run,
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data === undefined || isUnderWay(state.data) ? POLL_MS : false,
  });

/** Starts a run; one that is under way is shown instead. */
export function useStartRun(company: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (months: number | undefined) =>
      client.value.start({ company, ...(months === undefined ? {} : { months }) }),
    onSuccess: (run) => {
      const { queryKey } = portfolioQuery(company);
      queries.setQueryData(queryKey, (known: Portfolio | undefined) => known && { ...known, run });
    },
  });
}

/** How customers went from tier to tier between two months. */
export const migrationQuery = (company: string, from: string, to: string) =>
  queryOptions({
    queryKey: [...valueKey(company), 'migration', from, to],
    queryFn: () => client.value.migration({ company, from, to }),
    placeholderData: keepPreviousData,
  });

/** The first few of a tier. */
export const fewQuery = (company: string, tier: Tier, sort: Sort, limit: number) =>
  queryOptions({
    queryKey: [...valueKey(company), 'few', tier, sort, limit],
    queryFn: () => client.value.customers({ company, tier, sort, limit }),
  });

const PAGE_SIZE = 50;

/** Customers page by page. */
export const customersQuery = (
  company: string,
  { tier, sort }: { readonly tier: Tier | undefined; readonly sort: Sort },
) =>
  infiniteQueryOptions({
    queryKey: [...valueKey(company), 'customers', tier, sort],
    queryFn: ({ pageParam }) =>
      client.value.customers({
        company,
        sort,
        limit: PAGE_SIZE,
        ...(tier === undefined ? {} : { tier }),
        ...(pageParam === '' ? {} : { cursor: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
  });

/** Cost tables, policies and settings. */
export const termsQuery = (company: string) =>
  queryOptions({
    queryKey: [...valueKey(company), 'terms'],
    queryFn: () => client.value.terms({ company }),
  });
