import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';

/** Guests who may be one person, the most probable first. */
export const duplicatesQuery = (company: string) =>
  queryOptions({
    queryKey: ['duplicates', company],
    queryFn: () => client.identity.duplicates({ company }),
  });

/** What was noted while two guests were one. */
export const attributionsQuery = (company: string) =>
  queryOptions({
    queryKey: ['attributions', company],
    queryFn: () => client.identity.attributions({ company }),
  });

/** Gives a fact to the one it is of; cards are read again. */
export function useAttribute(company: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (given: { readonly interaction: string; readonly guest: string }) =>
      client.identity.attribute({ company, ...given }),
    onSettled: async () => {
      const keys = ['attributions', 'guest-card', 'desk-questions'];
      await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key, company] })));
    },
  });
}

/** What a guest was merged from, and who decided it. */
export const membersQuery = (company: string, guest: string) =>
  queryOptions({
    queryKey: ['guest-members', company, guest],
    queryFn: () => client.identity.members({ company, guest }),
  });

/** What is said of two guests. */
export interface PairDecision {
  readonly a: string;
  readonly b: string;
  readonly kind: 'same' | 'not_same';
}

/** Two guests who are put off for so many days; none has them come up again. */
export interface PairDeferral {
  readonly a: string;
  readonly b: string;
  readonly days: number;
}

/** Decides on pairs, puts them off and takes that back; cards and lists are read again. */
export function useVerdicts(company: string) {
  const queries = useQueryClient();
  const settle = async () => {
    const keys = [
      ...['duplicates', 'attributions', 'guest-members', 'guest-card', 'guest-contacts'],
      ...['desk-questions', 'guests'],
    ];
    await Promise.all(keys.map((key) => queries.invalidateQueries({ queryKey: [key, company] })));
  };
  return {
    decide: useMutation({
      mutationFn: (decision: PairDecision) => client.identity.decide({ company, ...decision }),
      onSettled: settle,
    }),
    defer: useMutation({
      mutationFn: (deferral: PairDeferral) => client.identity.defer({ company, ...deferral }),
      onSettled: () => queries.invalidateQueries({ queryKey: ['duplicates', company] }),
    }),
    undo: useMutation({
      mutationFn: (verdict: string) => client.identity.undo({ company, verdict }),
      onSettled: settle,
    }),
  };
}
