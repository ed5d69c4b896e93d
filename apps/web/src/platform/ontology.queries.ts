import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** What a company can remember, and for which purposes. */
export const ontologyQuery = (company: string) =>
  queryOptions({
    queryKey: ['ontology', company],
    queryFn: () => client.memory.ontology({ company }),
    staleTime: 600_000,
  });
