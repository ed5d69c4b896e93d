import type { Fact, MyMemory } from '@keepsake/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';

/** Everything a company remembers of me. */
export const myMemoryQuery = (company: string, isEnabled = true) =>
  queryOptions({
    queryKey: ['my-memory', company],
    queryFn: () => client.memory.mine({ company }),
    enabled: isEnabled,
  });

/** Something to be remembered. */
export interface Statement {
  readonly predicate: string;
  readonly value: Fact['value'];
  readonly polarity: Fact['polarity'];
}

/** How a fact is put right. */
export interface Correction {
  readonly fact: string;
  readonly value: Fact['value'];
  readonly change: 'was-wrong' | 'has-changed';
}

/** Tells, corrects, forgets, allows; each answers with everything as it then is. */
export function useMemoryActs(company: string) {
  const queries = useQueryClient();
  const onSuccess = (answer: MyMemory) =>
    queries.setQueryData(myMemoryQuery(company).queryKey, answer);
  return {
    state: useMutation({
      mutationFn: (statement: Statement) => client.memory.state({ company, ...statement }),
      onSuccess,
    }),
    correct: useMutation({
      mutationFn: (correction: Correction) => client.memory.correct({ company, ...correction }),
      onSuccess,
    }),
    forget: useMutation({
      mutationFn: (fact: string) => client.memory.forget({ company, fact }),
      onSuccess,
    }),
    consent: useMutation({
      mutationFn: (input: { purpose: string; granted: boolean }) =>
        client.memory.consent({ company, ...input }),
      onSuccess,
    }),
  };
}

/** Everything remembered of me, as a document to take along. */
export const exportMine = (company: string) => client.memory.export({ company });

/** Erases everything; afterwards nobody is signed in, and nothing that was loaded is kept. */
export const eraseMine = (input: { readonly company: string; readonly confirm: string }) =>
  client.memory.erase(input);
