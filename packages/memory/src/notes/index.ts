export type { PassedReason } from './chunks.ts';
export { type Lexicon, lexiconOf } from './lexicon.ts';
export { PROPOSED_TEXT_MAX, type ProposalGround, parseProposals } from './model-proposals.ts';
export type { KnownPlace } from './places.ts';
export {
  CONFIDENCE_MIN,
  confirmProposal,
  NOTE_LENGTH_MAX,
  PROPOSALS_MAX,
  type Proposal,
} from './proposal.ts';
export {
  type NoteContext,
  type NoteReading,
  type Passed,
  readNote,
  type Span,
} from './read-note.ts';
