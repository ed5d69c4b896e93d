import type { GuestCard, Predicate } from '@keepsake/contract';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { factShort } from '../../platform/fact.view.ts';
import { FailureNotice } from '../../platform/failure-notice.tsx';
import { useSite } from '../../platform/site-choice.tsx';
import { useSettled } from '../../platform/use-settled.ts';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { TickIcon } from '../../ui/icons.tsx';
import { useLocale, useText } from '../../ui/locale.tsx';
import { ChipRow } from './chip-row.tsx';
import { ConsentAsk } from './consent-ask.tsx';
import styles from './desk.module.css';
import { type CardKey, proposalsQuery, relevantQuery, useGuestActs } from './desk.queries.ts';
import { entriesOf, type Suggestion, suggest } from './desk.view.ts';
import {
  afterSaved,
  changeChip,
  consentsNeeded,
  denyProposal,
  dropChip,
  EMPTY_DRAFT,
  noteObstacle,
  noteRequest,
  takeChip,
  takeProposal,
} from './note.view.ts';
import { NoteInput } from './note-input.tsx';
import { offerOf, proposalKey } from './proposal.view.ts';
import { ProposalList } from './proposal-list.tsx';

const c = classesOf(styles);

interface NoteBoxProps {
  readonly cardKey: CardKey;
  readonly card: GuestCard;
  readonly predicates: readonly Predicate[];
}

/** A note in one line: type, Enter takes what is meant, Enter again saves. Always at the foot. */
export function NoteBox({ cardKey, card, predicates }: NoteBoxProps) {
  const { t } = useTranslation('desk');
  const { t: factWords } = useTranslation('fact');
  const locale = useLocale();
  const text = useText();
  const { site } = useSite(cardKey.company);
  const input = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [said, setSaid] = useState('');
  const relevant = useQuery(relevantQuery(cardKey.company)).data;
  const entries = useMemo(
    () => entriesOf(predicates, new Set(relevant ?? [])),
    [predicates, relevant],
  );
  const settled = useSettled(draft.text);
  const proposed = useQuery(proposalsQuery(cardKey.company, settled, relevant ?? [])).data;
  const { suggested, proposals, passed } = offerOf(draft, suggest(draft.text, entries), proposed);
  const needs = consentsNeeded(draft.chips, card.consents);
  const { note } = useGuestActs(cardKey);
  useFocusKey('n', input);

  const change = (next: typeof draft) => {
    setDraft(next);
    setSaid('');
    if (note.isError) note.reset();
  };
  const take = (suggestion: Suggestion) => {
    change(takeChip(draft, suggestion, suggested.before));
    setSaid(t('note.taken', { name: factShort(suggestion, factWords, locale) }));
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (note.isPending) return;
    const obstacle = noteObstacle(draft, needs);
    if (obstacle === 'consent') {
      setSaid(t('note.askFirst'));
      const boxes = form.current?.querySelectorAll<HTMLInputElement>('[data-consent]') ?? [];
      [...boxes].find((box) => !box.checked)?.focus();
    }
    if (obstacle !== undefined) return;
    note.mutate(noteRequest(draft, needs), {
      onSuccess: () => {
        setDraft((now) => afterSaved(now, draft));
        setSaid(t('note.saved'));
        input.current?.focus();
      },
    });
  };
  return (
    <form ref={form} className={c('noteBox')} aria-label={t('note.title')} onSubmit={save}>
      {draft.chips.length > 0 && (
        <ul className={c('chips')}>
          {draft.chips.map((chip) => (
            <ChipRow
              key={chip.key}
              chip={chip}
              siteName={site && text(site.name)}
              onChange={(with_) => change(changeChip(draft, chip.key, with_))}
              onDrop={() => {
                change(dropChip(draft, chip.key));
                input.current?.focus();
              }}
            />
          ))}
        </ul>
      )}
      {needs.map((need) => (
        <ConsentAsk
          key={need.purpose}
          need={need}
          isAgreed={draft.agreed.includes(need.purpose)}
          onAgree={(isAgreed) => {
            const others = draft.agreed.filter((each) => each !== need.purpose);
            change({ ...draft, agreed: isAgreed ? [...others, need.purpose] : others });
          }}
        />
      ))}
      {note.isError && <FailureNotice error={note.error} />}
      <div className={c('noteLine')}>
        <NoteInput
          inputRef={input}
          text={draft.text}
          suggested={suggested}
          onText={(next) => change({ ...draft, text: next })}
          onTake={take}
        />
        <Button kind="primary" type="submit" isBusy={note.isPending}>
          {t('note.save')}
        </Button>
      </div>
      <ProposalList
        proposals={proposals}
        passed={passed}
        onTake={(proposal, name) => {
          change(takeProposal(draft, proposal, site?.id));
          setSaid(t('note.taken', { name }));
        }}
        onDeny={(proposal) => change(denyProposal(draft, proposalKey(proposal)))}
        onLeave={() => input.current?.focus()}
      />
      <p className={c('noteSaid')} aria-live="polite">
        {said === '' ? (
          <span className={c('quiet', 'keys')}>{t('note.help')}</span>
        ) : (
          <>
            {said === t('note.saved') && <TickIcon size={14} />} {said}
          </>
        )}
      </p>
    </form>
  );
}

/** Focuses a field with one key, unless somebody is typing. */
function useFocusKey(key: string, target: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isTyping =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, select, [contenteditable], dialog') !== null;
      if (event.key !== key || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      target.current?.focus();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [key, target]);
}
