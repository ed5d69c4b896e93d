import type { NoteProposal } from '@keepsake/contract';
import { useTranslation } from 'react-i18next';
import { factShort } from '../../platform/fact.view.ts';
import { Button } from '../../ui/button.tsx';
import { classesOf } from '../../ui/classes.ts';
import { CloseIcon } from '../../ui/icons.tsx';
import { useLocale, useText } from '../../ui/locale.tsx';
import styles from './desk.module.css';
import { type PassedLine, proposalKey } from './proposal.view.ts';

const c = classesOf(styles);

interface ProposalListProps {
  readonly proposals: readonly NoteProposal[];
  readonly passed: PassedLine | undefined;
  readonly onTake: (proposal: NoteProposal, name: string) => void;
  readonly onDeny: (proposal: NoteProposal) => void;
  /** The last one is gone: where the keyboard goes then. */
  readonly onLeave: () => void;
}

/** What a note may say, each to be taken or denied with one tap. */
export function ProposalList({ proposals, passed, onTake, onDeny, onLeave }: ProposalListProps) {
  const { t } = useTranslation('desk');
  const { t: factWords } = useTranslation('fact');
  const locale = useLocale();
  const count = proposals.length;
  /** Moves the keyboard on before the row it is on goes away. */
  const moveOn = (from: HTMLElement) => {
    const row = from.closest('li');
    const next = row?.nextElementSibling ?? row?.previousElementSibling;
    const button = next?.querySelector<HTMLElement>('button');
    if (button === null || button === undefined) onLeave();
    else button.focus();
  };
  return (
    <div>
      <p className={c('proposalsTitle', 'quiet')} aria-live="polite">
        {count > 0 && t('proposal.found', { count })}
        {count === 0 && passed !== undefined && t(`proposal.${passed}`)}
      </p>
      {count > 0 && (
        <ul className={c('proposals')} aria-label={t('proposal.list')}>
          {proposals.map((proposal) => (
            <ProposalRow
              key={proposalKey(proposal)}
              proposal={proposal}
              name={factShort(proposal, factWords, locale)}
              onTake={(name, from) => {
                moveOn(from);
                onTake(proposal, name);
              }}
              onDeny={(from) => {
                moveOn(from);
                onDeny(proposal);
              }}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

interface ProposalRowProps {
  readonly proposal: NoteProposal;
  readonly name: string;
  readonly onTake: (name: string, from: HTMLElement) => void;
  readonly onDeny: (from: HTMLElement) => void;
}

function ProposalRow({ proposal, name, onTake, onDeny }: ProposalRowProps) {
  const { t } = useTranslation('desk');
  const text = useText();
  const { value, polarity, siteName, sensitivity } = proposal;
  const isWorthSaying =
    (polarity === 'like' && value !== false) ||
    (polarity === 'require' && value === true && sensitivity === 'ordinary');
  return (
    <li className={c('proposal')}>
      <button
        type="button"
        className={c('proposalTake')}
        title={t('proposal.take', { name })}
        onClick={(event) => onTake(name, event.currentTarget)}
      >
        <span className={c('proposalName')}>{name}</span>
        {/* A no, a never and an only are in the name already, and an allergy is no wish. */}
        {isWorthSaying && <span className={c('proposalMore')}>{t(`chip.${polarity}`)}</span>}
        {siteName !== null && (
          <span className={c('proposalMore')}>{t('proposal.only', { place: text(siteName) })}</span>
        )}
        {sensitivity === 'special' && <span className={c('proposalMore')}>{t('note.health')}</span>}
      </button>
      <Button
        kind="icon"
        aria-label={t('proposal.deny', { name })}
        onClick={(event) => onDeny(event.currentTarget)}
      >
        <CloseIcon />
      </Button>
    </li>
  );
}
