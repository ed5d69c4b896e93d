import type { Fact, GuestCard, Predicate } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { type LocalText, useText } from '../../ui/locale.tsx';
import { Section } from '../../ui/page.tsx';
import styles from './desk.module.css';
import { type CardKey, questionsQuery, relevantQuery, useGuestActs } from './desk.queries.ts';
import { askableNeeds, type Question, questionsOf } from './guest-card.view.ts';

const c = classesOf(styles);

interface QuestionListProps {
  readonly cardKey: CardKey;
  readonly card: GuestCard;
  readonly predicates: readonly Predicate[];
}

/** What may be asked now: at most two questions, answered with one tap. */
export function QuestionList({ cardKey, card, predicates }: QuestionListProps) {
  const { t } = useTranslation('desk');
  const text = useText();
  const relevant = useQuery(relevantQuery(cardKey.company)).data ?? [];
  const mayAsk = card.consents.some(
    ({ purpose, granted }) => purpose === 'personalisation' && granted,
  );
  const needs = mayAsk ? askableNeeds(predicates, new Set(relevant)) : [];
  const query = useQuery(questionsQuery(cardKey, needs));
  const { note, decline } = useGuestActs(cardKey);
  const [said, setSaid] = useState('');
  const questions = questionsOf(query.data?.answers ?? [], predicates);
  const answer = (question: Question, value: Fact['value']) => {
    const { name, label } = question.predicate;
    note.mutate(
      {
        facts: [{ predicate: name, value, polarity: 'like', hereOnly: false, basis: 'stated' }],
        consents: [],
      },
      { onSuccess: () => setSaid(t('ask.kept', { label: text(label) })) },
    );
  };
  const refuse = (question: Question) =>
    decline.mutate(question.predicate.name, {
      onSuccess: () => setSaid(t('ask.declined', { label: text(question.predicate.label) })),
    });
  return (
    <Section title={t('ask.title')}>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
      {!mayAsk && <p className={c('quiet')}>{t('ask.notAllowed')}</p>}
      {mayAsk && query.data !== undefined && questions.length === 0 && (
        <p className={c('quiet')}>{t('ask.none')}</p>
      )}
      {query.isError && <FailureNotice error={query.error} />}
      {questions.map((question) => (
        <QuestionRow
          key={question.predicate.name}
          question={question}
          isBusy={note.isPending || decline.isPending}
          onAnswer={(value) => answer(question, value)}
          onRefuse={() => refuse(question)}
        />
      ))}
      {note.isError && <FailureNotice error={note.error} />}
      {decline.isError && <FailureNotice error={decline.error} />}
    </Section>
  );
}

interface QuestionRowProps {
  readonly question: Question;
  readonly isBusy: boolean;
  readonly onAnswer: (value: Fact['value']) => void;
  readonly onRefuse: () => void;
}

function QuestionRow({ question, isBusy, onAnswer, onRefuse }: QuestionRowProps) {
  const { t } = useTranslation(['desk', 'common']);
  const text = useText();
  const { predicate, doubted, options } = question;
  const nameOf = (value: Fact['value']): string => {
    if (typeof value === 'boolean') return t(value ? 'common:yes' : 'common:no');
    const label: LocalText | undefined = predicate.values.find(({ id }) => id === value)?.label;
    return label === undefined ? String(value) : text(label);
  };
  return (
    <div className={c('question')}>
      <p className={c('questionText')}>
        {text(predicate.question)}
        {doubted !== null && (
          <span className={c('quiet')}> {t('ask.doubted', { value: nameOf(doubted) })}</span>
        )}
      </p>
      <div className={c('answers')}>
        {options.map((value) => (
          <Button key={String(value)} isBusy={isBusy} onClick={() => onAnswer(value)}>
            {nameOf(value)}
          </Button>
        ))}
        <Button kind="quiet" isBusy={isBusy} onClick={onRefuse}>
          {t('ask.refuse')}
        </Button>
      </div>
    </div>
  );
}
