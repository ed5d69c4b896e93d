import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextInput } from '../../ui/field.tsx';
import { useLocale, useText } from '../../ui/locale.tsx';
import styles from './workshop.module.css';
import { useReceive } from './workshop.queries.ts';
import { quantityWords, type StockLine } from './workshop.view.ts';

const c = classesOf(styles);

interface ReceiveDialogProps {
  readonly company: string;
  readonly site: string;
  readonly row: StockLine;
  readonly onClose: () => void;
  readonly onReceived: (words: string) => void;
}

/** Books in what has arrived. */
export function ReceiveDialog({ company, site, row, onClose, onReceived }: ReceiveDialogProps) {
  const { t } = useTranslation(['workshop', 'common']);
  const text = useText();
  const locale = useLocale();
  const formId = useId();
  const [typed, setTyped] = useState('');
  const receive = useReceive(company, site);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const quantity = Number(typed.replace(',', '.'));
    if (!(quantity > 0) || receive.isPending) return;
    receive.mutate(
      { item: row.item, quantity },
      {
        onSuccess: (answer) =>
          onReceived(
            t('receive.done', {
              name: text(row.name),
              quantity: quantityWords(answer.onHand, '', locale),
            }),
          ),
      },
    );
  };
  return (
    <Dialog
      title={t('receive.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button size="large" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button
            kind="primary"
            size="large"
            type="submit"
            form={formId}
            isBusy={receive.isPending}
          >
            {t('receive.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={c('stack')} onSubmit={submit}>
        <p>
          <strong>{text(row.name)}</strong> {row.bin !== null && t('receive.bin', { bin: row.bin })}
        </p>
        <TextInput
          label={t('receive.quantity')}
          required
          inputMode="decimal"
          pattern="[0-9]+([.,][0-9]+)?"
          maxLength={9}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {receive.isError && <FailureNotice error={receive.error} />}
      </form>
    </Dialog>
  );
}
