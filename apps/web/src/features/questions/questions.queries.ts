import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';

/** What was asked on the last days. */
export const reportQuery = (company: string, days: number) =>
  queryOptions({
    queryKey: ['questions', company, days],
    queryFn: () => client.questions.report({ company, days }),
    placeholderData: keepPreviousData,
  });
