import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import type { Moment } from './privacy.view.ts';

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

interface Person {
  readonly company: string;
  readonly guest: string;
}

/** Everything kept of a person, as a document to hand over. */
export const exportPerson = (person: Person) => client.desk.export(person);

/** Erases a person who asked for it by letter or in person. */
export const erasePerson = (input: Person & { readonly confirm: string }) =>
  client.desk.erase(input);

/** Erases what is kept of a person for one purpose. */
export function useErasePurpose({ company, guest }: Person) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (purpose: string) => client.privacy.erasePurpose({ company, guest, purpose }),
    onSuccess: async () => {
      queries.removeQueries({ queryKey: ['as-of', company, guest] });
      await queries.invalidateQueries({ queryKey: ['account', company, guest] });
    },
  });
}
