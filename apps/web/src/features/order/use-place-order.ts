import { problemOf } from '@keepsake/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { client, newKey } from '../../platform/client.ts';

type Placement = Parameters<typeof client.orders.place>[0];

/** Places an order so that repeating the very same request is safe. */
export function usePlaceOrder(company: string, onMoved: () => void) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const attempt = useRef({ fingerprint: '', key: '' });
  const mutation = useMutation({
    mutationFn: (placement: Placement) => {
      const fingerprint = JSON.stringify(placement);
      if (attempt.current.fingerprint !== fingerprint) {
        attempt.current = { fingerprint, key: newKey() };
      }
      return client.orders.place(placement, {
        context: { idempotencyKey: attempt.current.key },
      });
    },
    onSuccess: async (order) => {
      await queries.invalidateQueries({ queryKey: ['orders', company] });
      await navigate({ to: '/c/$company/orders/$order', params: { company, order: order.id } });
    },
    onError: onMoved,
  });
  return {
    place: mutation.mutate,
    isPending: mutation.isPending || mutation.isSuccess,
    error: mutation.error,
    problem: mutation.error === null ? undefined : problemOf(mutation.error),
    shown: mutation.variables?.shown,
  };
}
