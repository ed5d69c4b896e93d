import type { Fact, Predicate } from '@keepsake/contract';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { factSentence } from '../../platform/fact.view.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioRow } from '../../ui/field.tsx';
import { useLocale } from '../../ui/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import styles from './memory.module.css';
import { type Correction, useMemoryActs } from './memory.queries.ts';
import { valueFrom } from './memory.view.ts';
import { ValueField } from './value-field.tsx';

const c = classesOf(styles);

const CHANGES = ['has-changed', 'was-wrong'] as const;

interface CorrectDialogProps {
  readonly company: string;
  readonly fact: Fact;
  /** Missing where the company no longer asks for it. */
  readonly predicate: Predicate | undefined;
  readonly onClose: () => void;
  readonly onCorrected: () => void;
}

/** Puts a fact right: it never was so, or it is no longer so. */
export function CorrectDialog(props: CorrectDialogProps) {
  const { company, fact, predicate, onClose, onCorrected } = props;
  const { t } = useTranslation(['memory', 'common']);
  const { t: words } = useTranslation('fact');
  const locale = useLocale();
  const formId = useId();
  const [typed, setTyped] = useState(String(fact.value));
  const [change, setChange] = useState<Correction['change']>('has-changed');
  const [isTried, setTried] = useState(false);
  const { correct } = useMemoryActs(company);
  const value = predicate === undefined ? undefined : valueFrom(predicate, typed);
  const isSame = value === fact.value;
  const error = value === undefined ? t('tell.refused') : isSame ? t('correct.same') : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (value === undefined || isSame || correct.isPending) return;
    correct.mutate({ fact: fact.id, value, change }, { onSuccess: onCorrected });
  };
  return (
    <Dialog
      title={t('correct.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          {predicate !== undefined && (
            <Button kind="primary" type="submit" form={formId} isBusy={correct.isPending}>
              {t('correct.save')}
            </Button>
          )}
        </>
      }
    >
      <p className={c('sentence')}>{factSentence(fact, words, locale)}</p>
      {predicate === undefined ? (
        <Notice tone="warn" title={t('correct.gone')} />
      ) : (
        <form id={formId} className={c('stack')} onSubmit={submit}>
          <fieldset>
            <legend className="visually-hidden">{t('correct.title')}</legend>
            {CHANGES.map((each) => (
              <RadioRow
                key={each}
                name="change"
                label={t(`correct.${each}`)}
                hint={t(`correct.${each}-hint`)}
                checked={change === each}
                onChange={() => setChange(each)}
              />
            ))}
          </fieldset>
          <ValueField
            predicate={predicate}
            typed={typed}
            error={isTried ? error : undefined}
            onType={setTyped}
          />
        </form>
      )}
      {correct.isError && <FailureNotice error={correct.error} />}
    </Dialog>
  );
}
