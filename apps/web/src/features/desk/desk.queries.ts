import type { Family } from '@keepsake/configurator';
import type { GuestCard } from '@keepsake/contract';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import { QUESTIONS_MAX } from './guest-card.view.ts';
import type { NoteRequest } from './note.view.ts';

/** Whose card, and where it is read. */
export interface CardKey {
  readonly company: string;
  readonly guest: string;
  readonly site: string | undefined;
}

const siteOf = ({ site }: CardKey) => (site === undefined ? {} : { site });

/** Everything the desk may see of a guest. Each reading is logged, so it is not repeated idly. */
export const guestCardQuery = (key: CardKey, isEnabled = true) =>
  queryOptions({
    queryKey: ['guest-card', key.company, key.guest, key.site],
    queryFn: () => client.desk.card({ company: key.company, guest: key.guest, ...siteOf(key) }),
    enabled: isEnabled,
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });

async function loadRelevant(company: string): Promise<readonly string[]> {
  const { items } = await client.families.list({ company });
  const published = await Promise.all(
    items.map(({ id }) => client.families.get({ company, family: id })),
  );
  return published.flatMap(({ model }) => {
    // The server publishes only what the engine has read: its model is a `Family`.
    const family = model as unknown as Family;
    const chosen = family.attributes.flatMap(({ memory }) =>
      memory === undefined ? [] : [memory],
    );
    return [...chosen, ...family.instructions.map(({ predicate }) => predicate)];
  });
}

/** The predicates that a company's families are designed or made by. */
export const relevantQuery = (company: string) =>
  queryOptions({
    queryKey: ['relevant-predicates', company],
    queryFn: () => loadRelevant(company),
    staleTime: 3_600_000,
  });

/** What may be asked now. The question is reserved for this desk, so it is asked once a card. */
export const questionsQuery = (key: CardKey, needs: readonly string[]) =>
  queryOptions({
    queryKey: ['desk-questions', key.company, key.guest, key.site],
    queryFn: () =>
      client.memory.ask({
        company: key.company,
        guest: key.guest,
        needs: [...needs],
        ...siteOf(key),
        touchpoint: 'guest-card',
        purpose: 'personalisation',
        limit: QUESTIONS_MAX,
      }),
    enabled: needs.length > 0,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** Fewer letters say nothing worth asking about. */
const PROPOSE_LENGTH_MIN = 5;

/** A note that nobody types on is forgotten here after so long. */
const PROPOSALS_KEPT_MS = 60_000;

/** What a note seems to say. Nothing of it is kept, here or on the server; a failure is silent. */
export const proposalsQuery = (company: string, text: string, relevant: readonly string[]) =>
  queryOptions({
    queryKey: ['note-proposals', company, text],
    queryFn: async () => {
      const sent = { company, text, relevant: [...new Set(relevant)] };
      const proposed = await client.desk.propose(sent, { context: { idempotencyKey: null } });
      return { ...proposed, text };
    },
    enabled: text.trim().length >= PROPOSE_LENGTH_MIN,
    // What was read of the beginning stays while the end is typed.
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: PROPOSALS_KEPT_MS,
  });

/** Notes and declines; each answers with the card as it then is. */
export function useGuestActs(key: CardKey) {
  const queries = useQueryClient();
  const { company, guest } = key;
  const settle = (card: GuestCard) => {
    queries.setQueryData(guestCardQuery(key).queryKey, card);
    return queries.invalidateQueries({ queryKey: ['desk-questions', company, guest] });
  };
  return {
    note: useMutation({
      mutationFn: (request: NoteRequest) =>
        client.desk.note({ company, guest, ...siteOf(key), ...request }),
      onSuccess: settle,
    }),
    decline: useMutation({
      mutationFn: (predicate: string) => client.desk.decline({ company, guest, predicate }),
      onSuccess: settle,
    }),
  };
}

/** Greets somebody new. */
export function useGreet(company: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { name: string; email?: string; loyalty?: string }) =>
      client.desk.greet({ company, ...input }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['guests', company] }),
  });
}

/** How far the list of arrivals looks ahead. */
const ARRIVAL_DAYS = 7;

/** Who arrives at a house in the coming days; asked again now and then. */
export const arrivalsQuery = (company: string, site: string | undefined) =>
  queryOptions({
    queryKey: ['arrivals', company, site],
    queryFn: () => client.desk.arrivals({ company, site: site ?? '', days: ARRIVAL_DAYS }),
    enabled: site !== undefined,
    refetchInterval: 30_000,
  });
