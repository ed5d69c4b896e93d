import { createClient, type KeepsakeClient, problemOf } from '@keepsake/client';
import type { Problem } from '@keepsake/contract';
import { newId } from '@keepsake/kernel';
import { QueryClient } from '@tanstack/react-query';

// `crypto.randomUUID` is missing on a plain http address that is not localhost.
const random = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };

/** A key that makes a write safe to repeat. */
export function newKey(): string {
  return newId(Date.now(), random);
}

/** The API of the server that this page came from. */
export const client: KeepsakeClient = createClient({
  baseUrl: window.location.origin,
  newKey,
});

/** A problem as the page shows it; without a code the server could not be reached at all. */
export type Failure =
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'unreachable' };

/** What went wrong, out of whatever a call has thrown. */
export function failureOf(error: unknown): Failure {
  const problem = problemOf(error);
  return problem === undefined ? { kind: 'unreachable' } : { kind: 'problem', problem };
}

/** The code of the problem, such as `order/released`; undefined where the server was not reached. */
export function problemCodeOf(error: unknown): string | undefined {
  return problemOf(error)?.type;
}

const RETRIES = 2;

function shouldRetry(count: number, error: Error): boolean {
  const problem = problemOf(error);
  return count < RETRIES && (problem === undefined || problem.status >= 500);
}

/** Makes the cache of what the server has said. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: shouldRetry, staleTime: 20_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}
