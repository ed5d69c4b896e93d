import type { Fact, MyMemory, Predicate } from '@keepsake/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { factSentence, groupFacts } from '../../platform/fact.view.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { useLocale } from '../../ui/locale.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Section } from '../../ui/page.tsx';
import { CorrectDialog } from './correct-dialog.tsx';
import { FactParagraph } from './fact-paragraph.tsx';
import styles from './memory.module.css';
import { useMemoryActs } from './memory.queries.ts';
import { restatementOf } from './memory.view.ts';
import { TellDialog } from './tell-dialog.tsx';

const c = classesOf(styles);

/** How long what was forgotten can be put back. */
const UNDO_MS = 10_000;

interface LetterProps {
  readonly company: string;
  readonly memory: MyMemory;
  readonly predicates: readonly Predicate[];
}

/** The facts as sentences, each of which can be put right or forgotten. */
export function Letter({ company, memory, predicates }: LetterProps) {
  const { t } = useTranslation(['memory', 'fact']);
  const { t: factWords } = useTranslation('fact');
  const locale = useLocale();
  const [open, setOpen] = useState<{ readonly fact: Fact } | 'tell'>();
  const [forgotten, setForgotten] = useState<Fact>();
  const [said, setSaid] = useState('');
  const { forget, state } = useMemoryActs(company);
  useLapse(forgotten, setForgotten);
  const sentence = (fact: Fact) => factSentence(fact, factWords, locale);
  const drop = (fact: Fact) =>
    forget.mutate(fact.id, {
      onSuccess: () => {
        setForgotten(fact);
        setSaid('');
      },
    });
  const putBack = (fact: Fact) =>
    state.mutate(restatementOf(fact), {
      onSuccess: () => {
        setForgotten(undefined);
        setSaid(t('forget.back'));
      },
    });
  const close = () => setOpen(undefined);
  return (
    <div className={c('letter')}>
      <p className="visually-hidden" aria-live="polite">
        {said}
      </p>
      {forgotten !== undefined && (
        <Notice
          title={t('forget.done')}
          actions={
            <Button isBusy={state.isPending} onClick={() => putBack(forgotten)}>
              {t('forget.undo')}
            </Button>
          }
        >
          <p>
            <s>{sentence(forgotten)}</s>
          </p>
          <p>{t('forget.undoText')}</p>
        </Notice>
      )}
      {forget.isError && <FailureNotice error={forget.error} />}
      {state.isError && <FailureNotice error={state.error} />}
      {groupFacts(memory.facts, predicates, factWords).map((group) => (
        <Section key={group.id} title={group.title}>
          <ul className={c('facts')}>
            {group.facts.map((fact) => (
              <FactParagraph
                key={fact.id}
                fact={fact}
                memory={memory}
                isBusy={forget.isPending}
                onCorrect={() => setOpen({ fact })}
                onForget={() => drop(fact)}
              />
            ))}
          </ul>
        </Section>
      ))}
      <p>
        <Button kind="primary" onClick={() => setOpen('tell')}>
          {t('tell.open')}
        </Button>
      </p>
      {open === 'tell' && (
        <TellDialog
          company={company}
          memory={memory}
          predicates={predicates}
          onClose={close}
          onTold={() => {
            close();
            setSaid(t('tell.done'));
          }}
        />
      )}
      {open !== undefined && open !== 'tell' && (
        <CorrectDialog
          company={company}
          fact={open.fact}
          predicate={predicates.find(({ name }) => name === open.fact.predicate)}
          onClose={close}
          onCorrected={() => {
            close();
            setSaid(t('correct.done'));
          }}
        />
      )}
    </div>
  );
}

/** Lets the offer to put something back lapse after a while. */
function useLapse(fact: Fact | undefined, set: (fact: undefined) => void): void {
  useEffect(() => {
    if (fact === undefined) return;
    const timer = setTimeout(() => set(undefined), UNDO_MS);
    return () => clearTimeout(timer);
  }, [fact, set]);
}
