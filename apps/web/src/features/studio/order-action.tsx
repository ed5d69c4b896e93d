import type { Quote } from '@keepsake/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemCodeOf } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import type { Decision } from './design-session.ts';
import type { StudioStart } from './studio.queries.ts';
import type { useAutosave } from './use-autosave.ts';

interface OrderActionProps {
  readonly company: string;
  readonly autosave: ReturnType<typeof useAutosave>;
  /** What the check-out is told: gift, place and dates. */
  readonly search: Readonly<
    Partial<Record<'as' | 'site' | 'arrive' | 'depart', string | undefined>>
  >;
  /** A stay without dates cannot be ordered yet. */
  readonly needsStay: boolean;
  readonly amends: StudioStart['amends'];
  readonly draft: {
    readonly decisions: readonly Decision[];
    readonly texts: Readonly<Record<string, string>>;
  };
  readonly quote: Quote | undefined;
}

/** The way on: order the design, or change the order it belongs to. */
export function OrderAction(props: OrderActionProps) {
  return props.amends === undefined ? <OrderButton {...props} /> : <AmendButton {...props} />;
}

function OrderButton({ company, autosave, search, needsStay }: OrderActionProps) {
  const { t } = useTranslation('studio');
  const navigate = useNavigate();
  const [isBusy, setIsBusy] = useState(false);
  const order = async () => {
    setIsBusy(true);
    const saved = await autosave.flush();
    setIsBusy(false);
    if (saved === undefined) return;
    const { as, site, arrive, depart } = search;
    const entries = Object.entries({ as, site, arrive, depart }).filter(([, value]) => value);
    await navigate({
      to: '/c/$company/order/$design',
      params: { company, design: saved.id },
      search: Object.fromEntries(entries),
    });
  };
  return (
    <Button
      kind="primary"
      size="large"
      isBusy={isBusy}
      disabled={needsStay}
      title={needsStay ? t('datesFirst') : undefined}
      onClick={() => void order()}
    >
      {t('order')}
    </Button>
  );
}

function AmendButton({ company, amends, draft, quote }: OrderActionProps) {
  const { t } = useTranslation(['studio', 'common']);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const amend = useMutation({
    mutationFn: async () => {
      if (amends === undefined || quote === undefined) return undefined;
      return client.orders.amend({
        company,
        order: amends.order,
        version: amends.version,
        decisions: [...draft.decisions],
        texts: { ...draft.texts },
        shown: { total: quote.total, ready: quote.promise.ready },
      });
    },
    onSuccess: async (order) => {
      if (order === undefined) return;
      await queries.invalidateQueries({ queryKey: ['order', company, order.id] });
      await navigate({ to: '/c/$company/orders/$order', params: { company, order: order.id } });
    },
    onError: () => queries.invalidateQueries({ queryKey: ['quote'] }),
  });
  const code = problemCodeOf(amend.error);
  const hasMoved = code === 'promise/moved' || code === 'price/moved';
  return (
    <>
      <Button
        kind="primary"
        size="large"
        isBusy={amend.isPending}
        disabled={quote === undefined}
        onClick={() => amend.mutate()}
      >
        {t('amend')}
      </Button>
      {amend.isError && (
        <Dialog
          title={t('amend')}
          closeLabel={t('common:close')}
          onClose={() => amend.reset()}
          actions={<Button onClick={() => amend.reset()}>{t('common:close')}</Button>}
        >
          <FailureNotice error={amend.error} />
          {hasMoved && <p>{t('movedBehind')}</p>}
        </Dialog>
      )}
    </>
  );
}
