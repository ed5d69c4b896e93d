import type { NoteProposal } from '@keepsake/contract';
import type { Suggested } from './desk.view.ts';
import { chipKey, type NoteDraft } from './note.view.ts';

/** What the server made of a text, and of which. */
export interface Proposed {
  readonly text: string;
  readonly proposals: readonly NoteProposal[];
  /** Whether something was named that is not about the guest, or not as it is now. */
  readonly passed: readonly { readonly reason: string }[];
}

/** One line for everything a note names but does not say of the guest as it is now. */
export type PassedLine = 'somebodyElse' | 'unsure';

/** What is shown below the field while a note is typed. */
export interface Offer {
  /** What the last words may mean, from the words alone. */
  readonly suggested: Suggested;
  readonly proposals: readonly NoteProposal[];
  readonly passed: PassedLine | undefined;
}

/** Two proposals of one key are one thing to take or to deny. */
export function proposalKey({ predicate, value, polarity, site }: NoteProposal): string {
  return `${predicate}=${value}:${polarity}${site === null ? '' : `@${site}`}`;
}

/**
 * What to offer: what the whole text means at once, else what the server has read in it. What is
 * taken already, or was denied, is offered no more. What was read of the beginning of a text holds
 * while its end is typed; what was read of another text counts for nothing.
 */
export function offerOf(
  draft: NoteDraft,
  suggested: Suggested,
  proposed: Proposed | undefined,
): Offer {
  const isWhole = suggested.suggestions.length > 0 && suggested.before === '';
  const isOfThis = proposed !== undefined && draft.text.startsWith(proposed.text);
  if (isWhole || !isOfThis) {
    return { suggested, proposals: [], passed: undefined };
  }
  const taken = new Set(draft.chips.map(({ key }) => key));
  const proposals = proposed.proposals.filter(
    (proposal) => !taken.has(chipKey(proposal)) && !draft.denied.includes(proposalKey(proposal)),
  );
  const isRead = proposed.proposals.length > 0 || proposed.passed.length > 0;
  return {
    // The last words alone would say what the sentence does not.
    suggested: isRead ? { ...suggested, suggestions: [] } : suggested,
    proposals,
    passed: passedLine(proposed),
  };
}

function passedLine({ passed }: Proposed): PassedLine | undefined {
  if (passed.length === 0) return undefined;
  return passed.some(({ reason }) => reason === 'somebody-else') ? 'somebodyElse' : 'unsure';
}
