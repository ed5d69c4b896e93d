import type { BoardCard } from '@keepsake/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { RadioRow, TextInput } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import styles from './workshop.module.css';
import { type Answered, isAnswered, rejectedOf } from './workshop.view.ts';

const c = classesOf(styles);

interface DoneDialogProps {
  readonly remembered: BoardCard['remembered'];
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  readonly onDone: (rejected: { index: number; reason: string }[]) => void;
}

/** What became of each remembered wish, before Done, which cannot be taken back. */
export function DoneDialog({ remembered, isBusy, error, onClose, onDone }: DoneDialogProps) {
  const { t } = useTranslation(['workshop', 'common']);
  const text = useText();
  const [answers, setAnswers] = useState<readonly Answered[]>(
    remembered.map(() => ({ isFollowed: undefined, reason: '' })),
  );
  const set = (index: number, change: Partial<Answered>) =>
    setAnswers(answers.map((each, at) => (at === index ? { ...each, ...change } : each)));
  return (
    <Dialog
      title={t('done.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      actions={
        <Button
          kind="primary"
          size="large"
          disabled={!isAnswered(answers)}
          isBusy={isBusy}
          onClick={() => onDone(rejectedOf(answers))}
        >
          {t('act.done')}
        </Button>
      }
    >
      <p className={c('quiet')}>{t('done.text')}</p>
      {remembered.map((each, index) => {
        const answer = answers[index];
        return (
          <fieldset key={each.text.en} className={c('wish')}>
            <legend>{text(each.text)}</legend>
            <div className={c('wishAnswers')}>
              <RadioRow
                name={`wish-${index}`}
                label={t('done.followed')}
                checked={answer?.isFollowed === true}
                onChange={() => set(index, { isFollowed: true })}
              />
              <RadioRow
                name={`wish-${index}`}
                label={t('done.not')}
                checked={answer?.isFollowed === false}
                onChange={() => set(index, { isFollowed: false })}
              />
            </div>
            {answer?.isFollowed === false && (
              <TextInput
                label={t('done.why')}
                hint={t('done.whyHint')}
                maxLength={400}
                value={answer.reason}
                onChange={(event) => set(index, { reason: event.target.value })}
              />
            )}
          </fieldset>
        );
      })}
      {error !== undefined && <FailureNotice error={error} />}
    </Dialog>
  );
}
