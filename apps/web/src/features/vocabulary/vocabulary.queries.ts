import type { Vocabulary } from '@keepsake/contract';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';

/** How often the page looks how far a replay is. */
const REPLAY_EVERY_MS = 1_000;

/** Everything that a company can remember; looked at again while a replay is under way. */
export const vocabularyQuery = (company: string) =>
  queryOptions({
    queryKey: ['vocabulary', company],
    queryFn: () => client.vocabulary.get({ company }),
    refetchOnWindowFocus: false,
    refetchInterval: (query) => (query.state.data?.replay ? REPLAY_EVERY_MS : false),
  });

/** Puts a changed document in place of the one it was made from. */
export function useChangeVocabulary(company: string, base: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (document: Vocabulary['document']) =>
      client.vocabulary.put({ company, base, document }),
    onSuccess: async (answer) => {
      queries.setQueryData(vocabularyQuery(company).queryKey, answer);
      await queries.invalidateQueries({ queryKey: ['ontology', company] });
    },
  });
}
