import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** Fewer letters would find half of all people. */
export const SEARCH_LENGTH_MIN = 2;

/** People by e-mail, loyalty number or name; the last answer stays while the next is on its way. */
export const peopleQuery = (company: string, q: string) =>
  queryOptions({
    queryKey: ['guests', company, q],
    queryFn: () => client.desk.search({ company, q }),
    enabled: q.length >= SEARCH_LENGTH_MIN,
    placeholderData: keepPreviousData,
  });
