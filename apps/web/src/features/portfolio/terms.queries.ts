import type { ValueSettings } from '@keepsake/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import type { Data } from './document.view.ts';
import { termsQuery } from './portfolio.queries.ts';

function useRefreshTerms(company: string): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: termsQuery(company).queryKey });
}

/** States costs from a day on. */
export function usePutCosts(company: string) {
  const onSuccess = useRefreshTerms(company);
  return useMutation({
    mutationFn: (document: Data) => client.value.putCosts({ company, document }),
    onSuccess,
  });
}

/** States how tiers are decided. */
export function usePutPolicy(company: string) {
  const onSuccess = useRefreshTerms(company);
  return useMutation({
    mutationFn: (document: Data) => client.value.putPolicy({ company, document }),
    onSuccess,
  });
}

/** Changes settings. */
export function usePutSettings(company: string) {
  const onSuccess = useRefreshTerms(company);
  return useMutation({
    mutationFn: (settings: ValueSettings) => client.value.putSettings({ company, settings }),
    onSuccess,
  });
}
