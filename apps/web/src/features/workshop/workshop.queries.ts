import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../platform/client.ts';

/** How often the board asks again; makers share it. */
const BOARD_REFRESH_MS = 4_000;

/** Where one works. */
export interface Place {
  readonly company: string;
  readonly site: string | undefined;
  /** Empty: all work centres. */
  readonly workCentre: string;
}

/** What to make now at a place, and the queue behind it. */
export const boardQuery = ({ company, site, workCentre }: Place) =>
  queryOptions({
    queryKey: ['board', company, site, workCentre],
    queryFn: () =>
      client.workshop.board({
        company,
        site: site ?? '',
        ...(workCentre === '' ? {} : { workCentre }),
      }),
    enabled: site !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: BOARD_REFRESH_MS,
    staleTime: 0,
  });

/** Start, done, block, unblock; afterwards the board is asked again. */
export function useFloorActs(company: string) {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: ['board', company] });
  return {
    start: useMutation({
      mutationFn: (operation: string) => client.workshop.start({ company, operation }),
      onSettled,
    }),
    done: useMutation({
      mutationFn: (input: { operation: string; rejected: { index: number; reason: string }[] }) =>
        client.workshop.done({ company, ...input }),
      onSettled,
    }),
    block: useMutation({
      mutationFn: (input: { operation: string; reason: string; until?: string }) =>
        client.workshop.block({ company, ...input }),
      onSettled,
    }),
    unblock: useMutation({
      mutationFn: (operation: string) => client.workshop.unblock({ company, operation }),
      onSettled,
    }),
  };
}

/** What is on hand, reserved and on its way at a site. */
export const stockQuery = (company: string, site: string | undefined) =>
  queryOptions({
    queryKey: ['stock', company, site],
    queryFn: () => client.workshop.stock({ company, site: site ?? '' }),
    enabled: site !== undefined,
    refetchInterval: 15_000,
  });

/** Books parts in. */
export function useReceive(company: string, site: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: { item: string; quantity: number }) =>
      client.workshop.receive({ company, site, ...input }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['stock', company] }),
  });
}
