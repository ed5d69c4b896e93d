export { type ApplyInput, applyMemory, type OutcomeInput, recordOutcome } from './apply.service.ts';
export {
  type Asked,
  type AskInput,
  askMemory,
  QUESTIONS_DEFAULT,
  RESERVATION_MS,
  type WireAnswer,
} from './ask.service.ts';
export {
  addIdentifier,
  createSubject,
  ensureCustomer,
  findSubjectByIdentifier,
  type Handle,
  type IdentifierAdded,
  linkSubjects,
  type Profile,
  type ProvedHandle,
  readProfile,
  type Verdict,
  type VerifiedCustomer,
  writeName,
} from './identity.service.ts';
export {
  type Recorded,
  type Recording,
  type Replay,
  recordInteractions,
  replayJournal,
} from './journal.service.ts';
export type { MemoryDeps, MemoryServiceDeps, Who } from './memory-deps.ts';
export { getOntology, putOntology } from './ontology.service.ts';
export {
  hasConsent,
  type Reader,
  type ReadFacts,
  type ReadRequest,
  readFacts,
} from './recall.service.ts';
