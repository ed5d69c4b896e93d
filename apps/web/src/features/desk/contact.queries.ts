import type { GuestContact } from '@keepsake/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import type { ContactRequest } from './contact.view.ts';
import type { CardKey } from './desk.queries.ts';

/** How often the list is asked again while something in it can be undone. */
const UNDO_LOOK_MS = 60_000;

/** What a guest came to service with last. */
export const contactsQuery = (company: string, guest: string) =>
  queryOptions({
    queryKey: ['guest-contacts', company, guest],
    queryFn: async () => (await client.desk.contacts({ company, guest })).items,
    refetchInterval: ({ state }) =>
      state.data?.some(({ undoUntil }) => undoUntil !== null) === true ? UNDO_LOOK_MS : false,
  });

/** Records contacts and undoes them. */
export function useContacts({ company, guest, site }: CardKey) {
  const queries = useQueryClient();
  const { queryKey } = contactsQuery(company, guest);
  const settle = () => queries.invalidateQueries({ queryKey });
  return {
    record: useMutation({
      mutationFn: (request: ContactRequest) =>
        client.desk.recordContact({
          ...{ company, guest, ...request },
          ...(site === undefined ? {} : { site }),
        }),
      onSuccess: settle,
    }),
    undo: useMutation({
      mutationFn: (contact: string) => client.desk.undoContact({ company, guest, contact }),
      onSuccess: ({ items }: { items: GuestContact[] }) => queries.setQueryData(queryKey, items),
      // Too late, or somebody else was faster: the list tells.
      onError: settle,
    }),
  };
}
