import type { Contest, Tier } from '@keepsake/contract';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { TierName } from '../../platform/tier-name.tsx';
import { TIERS } from '../../platform/value-words.view.ts';
import { DateWords } from '../../ui/amounts.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { Select, TextArea } from '../../ui/field.tsx';
import { CustomerLink } from './customer-link.tsx';
import { useAnswerContest } from './review.queries.ts';
import styles from './reviews.module.css';

const c = classesOf(styles);

const BECAUSE_MAX = 2_000;

interface ContestCardProps {
  readonly company: string;
  readonly contest: Contest;
  readonly onDone: (words: string) => void;
}

/** A customer's objection in their own words, and the answer of a person. */
export function ContestCard({ company, contest, onDone }: ContestCardProps) {
  const { t } = useTranslation('reviews');
  const [isOpen, setIsOpen] = useState(false);
  return (
    <article className={c('card')}>
      <div className={c('stack')}>
        <h3>
          <CustomerLink company={company} customer={contest} />
        </h3>
        <p>
          {t('contests.tier')} <TierName tier={contest.tier} />
        </p>
        <p className={c('quiet')}>
          <DateWords at={contest.at} />
        </p>
      </div>
      <div className={c('stack')}>
        <blockquote className={c('words')}>{contest.words}</blockquote>
        {isOpen ? (
          <Answer {...{ company, contest, onDone }} onClose={() => setIsOpen(false)} />
        ) : (
          <div>
            <Button onClick={() => setIsOpen(true)}>{t('contests.answer')}</Button>
          </div>
        )}
      </div>
    </article>
  );
}

function Answer(props: ContestCardProps & { readonly onClose: () => void }) {
  const { company, contest, onDone, onClose } = props;
  const { t } = useTranslation(['reviews', 'value', 'common']);
  const answer = useAnswerContest(company);
  const [tier, setTier] = useState<Tier>(contest.tier);
  const [because, setBecause] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsMissing(because.trim() === '');
    if (because.trim() === '' || answer.isPending) return;
    const given = { guest: contest.guest, tier, because };
    answer.mutate(given, { onSuccess: () => onDone(t('contests.done')) });
  };
  return (
    <form className={c('form')} onSubmit={submit} noValidate>
      <Select
        label={t('contests.set')}
        hint={t('contests.setHint')}
        value={tier}
        onChange={({ target }) => setTier(TIERS.find((one) => one === target.value) ?? tier)}
      >
        {TIERS.map((one) => (
          <option key={one} value={one}>
            {t(`value:tier.${one}`)}
          </option>
        ))}
      </Select>
      <TextArea
        label={t('because')}
        hint={t('contests.because')}
        error={isMissing ? t('missing.because') : undefined}
        maxLength={BECAUSE_MAX}
        value={because}
        onChange={({ target }) => setBecause(target.value)}
      />
      {answer.isError && <FailureNotice error={answer.error} />}
      <div className={c('actions')}>
        <Button kind="primary" type="submit" isBusy={answer.isPending}>
          {t('contests.save')}
        </Button>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
      </div>
    </form>
  );
}
