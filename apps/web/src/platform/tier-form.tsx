import type { Tier } from '@keepsake/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classesOf } from '../ui/classes.ts';
import { Select, TextArea } from '../ui/field.tsx';
import { client } from './client.ts';
import { FailureNotice } from './failure-notice.tsx';
import styles from './tier-form.module.css';
import { customerValueKey, valueKey } from './value-key.ts';
import { TIERS } from './value-words.view.ts';

const c = classesOf(styles);

const BECAUSE_MAX = 2_000;

/** Sets the tier of customers by hand; an objection that stands is answered by it. */
export function useSetTier(company: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (set: { readonly guest: string; readonly tier: Tier; readonly because: string }) =>
      client.value.setTier({ company, ...set }),
    onSuccess: (answer, { guest }) => {
      queries.setQueryData(customerValueKey(company, guest), answer);
      // Not waited for: with the new list goes the card that still has to say what was done.
      void queries.invalidateQueries({ queryKey: valueKey(company) });
    },
  });
}

interface TierFormProps {
  readonly set: ReturnType<typeof useSetTier>;
  readonly guest: string;
  /** The tier that stands there first. */
  readonly tier: Tier;
  /** For a button outside of the form. */
  readonly id?: string;
  /** The buttons, where they stand inside. */
  readonly actions?: ReactNode;
  readonly onDone: () => void;
}

/** A tier and why, which the customer can read; nothing is set without a reason. */
export function TierForm({ set, guest, tier: first, id, actions, onDone }: TierFormProps) {
  const { t } = useTranslation('value');
  const [tier, setTier] = useState(first);
  const [because, setBecause] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsMissing(because.trim() === '');
    if (because.trim() === '' || set.isPending) return;
    set.mutate({ guest, tier, because }, { onSuccess: onDone });
  };
  return (
    <form id={id} className={c('form')} onSubmit={submit} noValidate>
      <Select
        label={t('set.tier')}
        hint={t('set.tierHint')}
        value={tier}
        onChange={({ target }) => setTier(TIERS.find((one) => one === target.value) ?? tier)}
      >
        {TIERS.map((one) => (
          <option key={one} value={one}>
            {t(`tier.${one}`)}
          </option>
        ))}
      </Select>
      <TextArea
        label={t('set.because')}
        hint={t('set.hint')}
        error={isMissing ? t('set.missing') : undefined}
        maxLength={BECAUSE_MAX}
        value={because}
        onChange={({ target }) => setBecause(target.value)}
      />
      {set.isError && <FailureNotice error={set.error} />}
      {actions}
    </form>
  );
}
