import type { DisparityBy, Tier } from '@keepsake/contract';
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';
import type { Data } from './document.view.ts';

/** Treatments, and what each did so far. */
export const treatmentsQuery = (company: string) =>
  queryOptions({
    queryKey: ['value', company, 'treatments'],
    queryFn: () => client.treatments.list({ company }),
  });

/** States the plan of treatments as a new version. */
export function usePutPlan(company: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (document: Data) => client.treatments.put({ company, document }),
    onSuccess: () => queries.invalidateQueries({ queryKey: treatmentsQuery(company).queryKey }),
  });
}

/** What is compared between groups: being in a tier, or getting a treatment. */
export type Compared =
  | { readonly kind: 'tier'; readonly tier: Tier }
  | { readonly kind: 'treatment'; readonly treatment: string };

/** Whether groups of customers fare alike. */
export const disparityQuery = (company: string, by: DisparityBy, of: Compared) =>
  queryOptions({
    queryKey: ['value', company, 'disparity', by, of],
    queryFn: () =>
      client.treatments.disparity({
        company,
        by,
        ...(of.kind === 'tier' ? { tier: of.tier } : { treatment: of.treatment }),
      }),
    placeholderData: keepPreviousData,
  });
