import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReading } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { calendarDateOf } from '../../ui/date.view.ts';
import { TextArea, TextInput } from '../../ui/field.tsx';
import {
  type CostFaults,
  type CostFields,
  costFields,
  currencyOf,
  type ShownCosts,
  typedCosts,
} from './cost-form.view.ts';
import { nextVersion } from './document.view.ts';
import { Refusal } from './document-editor.tsx';
import styles from './terms.module.css';
import { usePutCosts } from './terms.queries.ts';

const c = classesOf(styles);

interface CostFormProps {
  readonly company: string;
  readonly currency: string;
  /** What holds now; the form begins with it. */
  readonly known: ShownCosts | undefined;
  readonly onClose: () => void;
}

/** A new cost table, from a day on. */
export function CostForm({ company, currency, known, onClose }: CostFormProps) {
  const { t } = useTranslation(['terms', 'common']);
  const { now } = useReading();
  const put = usePutCosts(company);
  const form = useRef<HTMLFormElement>(null);
  const [fields, setFields] = useState(() =>
    costFields(known, {
      version: known === undefined ? 'costs-1' : nextVersion(known.version),
      validFrom: calendarDateOf(now),
    }),
  );
  const [faults, setFaults] = useState<CostFaults>({});
  useEffect(() => {
    // The form is long: what is wrong with it must not stand out of sight.
    if (Object.keys(faults).length === 0) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [faults]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (put.isPending) return;
    const typed = typedCosts(fields, currencyOf(currency));
    setFaults(typed.kind === 'wrong' ? typed.faults : {});
    if (typed.kind === 'typed') put.mutate(typed.document, { onSuccess: onClose });
  };
  const errorOf = (name: keyof CostFields) => {
    const fault = faults[name];
    if (fault === undefined) return undefined;
    if (fault.kind === 'line') return t('costs.wrongLines', { line: fault.line });
    return t(fault.kind === 'missing' ? 'costs.required' : 'costs.wrongNumber');
  };
  const bind = (name: keyof CostFields) => ({
    value: fields[name],
    error: errorOf(name),
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setFields({ ...fields, [name]: event.target.value }),
  });
  const percent = { inputMode: 'decimal', autoComplete: 'off' } as const;
  const amount = { ...percent, hint: t('costs.amountHint', { currency }) } as const;
  return (
    <form ref={form} className={c('form')} onSubmit={submit} noValidate>
      <div className={c('fields')}>
        <TextInput label={t('costs.version')} autoComplete="off" {...bind('version')} />
        <TextInput label={t('costs.validFrom')} type="date" {...bind('validFrom')} />
        <TextInput
          label={t('costs.margin')}
          hint={t('costs.marginHint')}
          {...percent}
          {...bind('margin')}
        />
        <TextInput
          label={t('costs.payment')}
          hint={t('costs.paymentHint')}
          {...percent}
          {...bind('payment')}
        />
        <TextInput label={t('costs.perOrder')} {...amount} {...bind('perOrder')} />
        <TextInput label={t('costs.perLine')} {...amount} {...bind('perLine')} />
        <TextInput label={t('costs.perReturn')} {...amount} {...bind('perReturn')} />
        <TextInput
          label={t('costs.discount')}
          hint={t('costs.discountHint')}
          {...percent}
          {...bind('discount')}
        />
        <TextArea
          label={t('costs.byCategory')}
          hint={t('costs.byCategoryHint')}
          note={t('common:optional')}
          {...bind('byCategory')}
        />
        <TextArea
          label={t('costs.perContact')}
          hint={t('costs.perContactHint')}
          note={t('common:optional')}
          {...bind('perContact')}
        />
      </div>
      <Refusal error={put.error} />
      <div className={c('actions')}>
        <Button kind="primary" type="submit" isBusy={put.isPending}>
          {t('costs.save')}
        </Button>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
      </div>
    </form>
  );
}
