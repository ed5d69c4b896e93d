import type { Review } from '@keepsake/contract';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf } from '../../platform/client.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { useEstimates } from '../../platform/use-estimates.ts';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Checkbox, RadioRow, TextArea } from '../../ui/field.tsx';
import { useText } from '../../ui/locale.tsx';
import { useCloseReview } from './review.queries.ts';
import {
  choicesOf,
  isComplete,
  mayPart,
  OUTCOMES,
  type Outcome,
  refusalsOf,
} from './review.view.ts';
import styles from './reviews.module.css';

const c = classesOf(styles);

const BECAUSE_MAX = 2_000;

interface ReviewFormProps {
  readonly company: string;
  readonly review: Review;
  readonly currency: string;
  readonly onDone: (words: string) => void;
  readonly onClose: () => void;
}

/** What a person decides: remedies, leaving it, or parting, where the rules allow that. */
export function ReviewForm({ company, review, currency, onDone, onClose }: ReviewFormProps) {
  const { t } = useTranslation(['reviews', 'common']);
  const name = useId();
  const close = useCloseReview(company);
  const [outcome, setOutcome] = useState<Outcome>(
    review.remedies.length > 0 ? 'remedies' : 'no-change',
  );
  const [remedies, setRemedies] = useState<readonly string[]>([]);
  const [because, setBecause] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isFull = isComplete(outcome, { remedies, because });
    setIsMissing(!isFull);
    if (!isFull || close.isPending) return;
    const chosen = outcome === 'no-change' ? [] : remedies;
    close.mutate(
      { review: review.review, outcome, remedies: chosen, because },
      { onSuccess: () => onDone(t(`done.${outcome}`)) },
    );
  };
  const missing = isMissing && outcome !== 'remedies' ? t('missing.because') : undefined;
  return (
    <form className={c('form')} onSubmit={submit} noValidate>
      <fieldset>
        <legend className={c('legend')}>{t('outcome.title')}</legend>
        {OUTCOMES.map((one) => (
          <RadioRow
            key={one}
            name={name}
            label={t(`outcome.${one}`)}
            hint={one === 'part' && !mayPart(review) ? t('outcome.notOpen') : undefined}
            checked={outcome === one}
            disabled={
              (one === 'part' && !mayPart(review)) ||
              (one === 'remedies' && review.remedies.length === 0)
            }
            onChange={() => {
              setOutcome(one);
              setIsMissing(false);
            }}
          />
        ))}
      </fieldset>
      {outcome !== 'no-change' && review.remedies.length > 0 && (
        <RemedyBoxes
          {...{ review, currency, outcome, remedies }}
          isMissing={isMissing && outcome === 'remedies'}
          onChange={setRemedies}
        />
      )}
      <TextArea
        label={t('because')}
        note={outcome === 'remedies' ? t('common:optional') : undefined}
        error={missing}
        maxLength={BECAUSE_MAX}
        value={because}
        onChange={({ target }) => setBecause(target.value)}
      />
      <Refused error={close.error} />
      <div className={c('actions')}>
        <Button kind="primary" type="submit" isBusy={close.isPending}>
          {t('save')}
        </Button>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
      </div>
    </form>
  );
}

interface RemedyBoxesProps {
  readonly review: Review;
  readonly currency: string;
  readonly outcome: Outcome;
  readonly remedies: readonly string[];
  readonly isMissing: boolean;
  readonly onChange: (remedies: readonly string[]) => void;
}

function RemedyBoxes(props: RemedyBoxesProps) {
  const { review, currency, outcome, remedies, isMissing, onChange } = props;
  const { t } = useTranslation('reviews');
  const text = useText();
  const { estimate } = useEstimates(currency);
  return (
    <fieldset>
      <legend className={c('legend')}>
        {t(outcome === 'part' ? 'remedies.tried' : 'remedies.choose')}
      </legend>
      {choicesOf(review).map(({ id, remedy }) => (
        <Checkbox
          key={id}
          label={remedy.words.map(text).join(', ')}
          hint={t('remedies.saves', { amount: estimate(remedy.saving) })}
          checked={remedies.includes(id)}
          onChange={({ target }) =>
            onChange(target.checked ? [...remedies, id] : remedies.filter((one) => one !== id))
          }
        />
      ))}
      {isMissing && (
        <p className={c('missing')} role="alert">
          {t('missing.remedies')}
        </p>
      )}
    </fieldset>
  );
}

/** What the server refused, and what would have to be done. */
function Refused({ error }: { readonly error: Error | null }) {
  const { t } = useTranslation('reviews');
  if (error === null) return null;
  const failure = failureOf(error);
  const refusals = failure.kind === 'problem' ? refusalsOf(failure.problem) : [];
  return (
    <>
      <FailureNotice error={error} />
      {refusals.map((one) => (
        <p key={one} className={c('missing')}>
          {t(`refused.${one}`)}
        </p>
      ))}
    </>
  );
}
