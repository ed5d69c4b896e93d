import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/field.tsx';
import styles from './memory.module.css';
import { useObject } from './value.queries.ts';

const c = classesOf(styles);

const WORDS_MAX = 2_000;

interface ObjectDialogProps {
  readonly company: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** An objection in one's own words. */
export function ObjectDialog({ company, onClose, onDone }: ObjectDialogProps) {
  const { t } = useTranslation(['memory', 'common']);
  const formId = useId();
  const object = useObject(company);
  const [words, setWords] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsMissing(words.trim() === '');
    if (words.trim() === '' || object.isPending) return;
    object.mutate(words, { onSuccess: onDone });
  };
  return (
    <Dialog
      title={t('value.object.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" form={formId} isBusy={object.isPending}>
            {t('value.object.save')}
          </Button>
        </>
      }
    >
      <form id={formId} className={c('stack')} onSubmit={submit} noValidate>
        <p>{t('value.object.text')}</p>
        <TextArea
          label={t('value.object.words')}
          hint={t('value.object.hint')}
          error={isMissing ? t('value.object.missing') : undefined}
          maxLength={WORDS_MAX}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        {object.isError && <FailureNotice error={object.error} />}
      </form>
    </Dialog>
  );
}
