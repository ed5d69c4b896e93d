export type {
  Application,
  ApplyRequest,
  Capability,
  Instruction,
  Skipped,
  SkipReason,
  Touchpoint,
} from './apply.ts';
export type {
  Answer,
  AnswerOption,
  AskRequest,
  ConfirmReason,
  Decline,
  PersonMemory,
  RememberedValue,
  Situation,
} from './ask.ts';
export {
  type ConsentBook,
  type ConsentRecord,
  type ConsentState,
  consentState,
  personConsent,
  type Readable,
  readable,
} from './consent.ts';
export {
  agedConfidence,
  type Basis,
  type Fact,
  type Polarity,
} from './fact.ts';
export type { Identifier, LinkEvent, Person, PersonId } from './identity.ts';
export type { Actor, Interaction, InteractionBody } from './journal.ts';
export {
  type Exclusion,
  type FactValue,
  findPredicate,
  findPurpose,
  findValue,
  type Ontology,
  type Predicate,
  type PredicateValue,
  type Purpose,
  type PurposeNeeds,
  type Sensitivity,
  valueLabel,
} from './ontology.ts';
export type { AsOf, Ignored, IgnoreReason, Projection, Slot, SlotEvent } from './projection.ts';
export { type Scope, scopeCovers, scopeKey } from './scope.ts';
