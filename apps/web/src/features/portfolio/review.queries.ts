import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import { valueKey } from '../../platform/value-key.ts';
import type { Outcome } from './review.view.ts';

const PAGE_SIZE = 20;

/** Customers below zero whom a person has to look at, or whom one has looked at. */
export const reviewsQuery = (company: string, state: 'open' | 'closed') =>
  infiniteQueryOptions({
    queryKey: [...valueKey(company), 'reviews', state],
    queryFn: ({ pageParam }) =>
      client.value.reviews({
        company,
        state,
        limit: PAGE_SIZE,
        ...(pageParam === '' ? {} : { cursor: pageParam }),
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** Objections that stand. */
export const contestsQuery = (company: string) =>
  queryOptions({
    queryKey: [...valueKey(company), 'contests'],
    queryFn: () => client.value.contests({ company }),
  });

/** What a person decides about a review. */
export interface Decision {
  readonly review: string;
  readonly outcome: Outcome;
  readonly remedies: readonly string[];
  readonly because: string;
}

/** Ends a review. */
export function useCloseReview(company: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ review, outcome, remedies, because }: Decision) =>
      client.value.closeReview({
        ...{ company, review, outcome, remedies: [...remedies] },
        ...(because.trim() === '' ? {} : { because }),
      }),
    // Not waited for: with the new list goes the card that still has to say what was done.
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: valueKey(company) });
    },
  });
}
