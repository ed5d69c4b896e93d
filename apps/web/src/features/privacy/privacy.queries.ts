import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import type { Moment } from './privacy.view.ts';

/** Fewer letters would find half the people. */
export const SEARCH_LENGTH_MIN = 2;

/** People by e-mail, loyalty number or name. */
export const personSearchQuery = (company: string, q: string) =>
  queryOptions({
    queryKey: ['privacy-search', company, q],
    queryFn: () => client.desk.search({ company, q }),
    enabled: q.length >= SEARCH_LENGTH_MIN,
    placeholderData: keepPreviousData,
  });

/** Everything ever believed of a person. Each reading is logged, so it is not repeated idly. */
export const accountQuery = (company: string, guest: string) =>
  queryOptions({
    queryKey: ['account', company, guest],
    queryFn: () => client.privacy.account({ company, guest }),
    refetchOnWindowFocus: false,
    staleTime: 600_000,
  });

/** What was known at a moment; asked when the officer asks. */
export const asOfQuery = (company: string, guest: string, moment: Moment) =>
  queryOptions({
    queryKey: ['as-of', company, guest, moment],
    queryFn: () => client.privacy.asOf({ company, guest, ...moment }),
    refetchOnWindowFocus: false,
    staleTime: 600_000,
    placeholderData: keepPreviousData,
  });

/** Taking along and erasing for somebody who asked for it by letter or in person. */
export function usePrivacyActs(company: string, guest: string) {
  const queries = useQueryClient();
  return {
    take: useMutation({ mutationFn: () => client.desk.export({ company, guest }) }),
    erasePurpose: useMutation({
      mutationFn: (purpose: string) => client.privacy.erasePurpose({ company, guest, purpose }),
      onSuccess: async () => {
        queries.removeQueries({ queryKey: ['as-of', company, guest] });
        await queries.invalidateQueries({ queryKey: ['account', company, guest] });
      },
    }),
  };
}

/** Erases a person; afterwards nothing that was loaded of them is kept. */
export function useErasePerson(company: string, guest: string) {
  return useMutation({
    mutationFn: (confirm: string) => client.desk.erase({ company, guest, confirm }),
  });
}
