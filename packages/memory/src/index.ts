export {
  type Application,
  type ApplyRequest,
  apply,
  type Capability,
  type Instruction,
  type Skipped,
  type SkipReason,
  type Touchpoint,
} from './apply.ts';
export { accountAt, type KnownFacts, type KnownMemory, type KnownQuery, knownAt } from './as-of.ts';
export {
  type Answer,
  type AnswerOption,
  type AskLogEntry,
  type AskRequest,
  ask,
  type Decline,
  isRepeatAsk,
  type OutwardAnswer,
  outward,
  type PersonMemory,
  type RememberedAnswer,
  type RememberedValue,
  type Situation,
} from './ask.ts';
export type { SlotEvent } from './claims.ts';
export {
  type ConsentBook,
  type ConsentRecord,
  type ConsentState,
  consentState,
  isPermitted,
  type Readable,
  readable,
} from './consent.ts';
export { type Evidence, type Explanation, explainFact } from './explain.ts';
export { exportMemory, type MemoryExport, type ReadRecord } from './export.ts';
export { agedConfidence, type Basis, type Fact, type Polarity } from './fact.ts';
export {
  type Identifier,
  type LinkEvent,
  type Person,
  type PersonId,
  personById,
  personOf,
  personsOf,
  type Verdict,
  verdictsInForce,
} from './identity.ts';
export type { Issue } from './issue.ts';
export type { Actor, Interaction, InteractionBody } from './journal.ts';
export {
  type Derivation,
  type Exclusion,
  type FactValue,
  findAskable,
  findPredicate,
  findPurpose,
  findValue,
  isAskable,
  type Ontology,
  type Predicate,
  type PredicateKind,
  type PredicateValue,
  type Purpose,
  type PurposeNeeds,
  type Sensitivity,
  valueLabel,
  withRetired,
} from './ontology.ts';
export {
  BRIEF_PURPOSE,
  type BriefOntology,
  type LinkKind,
  parseBriefOntology,
  withPurposes,
} from './ontology-brief.ts';
export { parseOntology } from './ontology-parse.ts';
export {
  type AsOf,
  applyInteraction,
  EMPTY_PROJECTION,
  factsAsOf,
  factsOf,
  type Ignored,
  type Projection,
  project,
  selectAsOf,
} from './projection.ts';
export { type Controller, consentReceipt } from './receipt.ts';
export {
  eventsTooLate,
  type Replay,
  type ReplayAnswer,
  type ReplayEvent,
  type ReplayEvidence,
  type ReplayNeed,
  replayNeeds,
  type Saying,
} from './replay.ts';
export {
  type Candidate,
  type Doubt,
  type Resolution,
  type ResolveRequest,
  resolve,
} from './resolve.ts';
export { type LinkProposal, proposeLinks, STRONG_LINK } from './schema-links.ts';
export { type Accepts, ontologyOfSchema, type SchemaOntology } from './schema-ontology.ts';
export { readSchema, type Slot as SchemaSlot } from './schema-read.ts';
export { type Scope, scopeCovers, scopeKey } from './scope.ts';
export type { Slot } from './slot.ts';
export type { IgnoreReason } from './understand.ts';
