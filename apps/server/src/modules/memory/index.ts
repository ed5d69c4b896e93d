export { type ApplyInput, applyMemory, type OutcomeInput, recordOutcome } from './apply.service.ts';
export {
  type Asked,
  type AskInput,
  askMemory,
  QUESTIONS_DEFAULT,
  RESERVATION_MS,
  type WireAnswer,
} from './ask.service.ts';
export { type Attributed, decideAttribution, readAttributions } from './attributions.service.ts';
export { type BulkAnswer, type BulkInput, inTurns, recordLines } from './bulk.service.ts';
export { type Comparer, createComparer } from './comparer.ts';
export { type Deferral, type Deferred, deferPair } from './deferrals.service.ts';
export {
  type Erased,
  type EraseInput,
  type Eraser,
  eraseSubject,
  type OpenOrders,
} from './erase.service.ts';
export { type Exporter, exportMemory } from './export.service.ts';
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
export { ensureDuplicates, refreshDuplicates } from './linkage.service.ts';
export {
  type Decided,
  type Decision,
  type DeferredPair,
  type Duplicates,
  decidePair,
  listDuplicates,
  type MemberVerdict,
  readMembers,
  type Undone,
  undoVerdict,
} from './linkage-review.service.ts';
export { ensureMembers, rebuildMembers } from './members.service.ts';
export { listKin } from './members.store.ts';
export { type MemoryCollaborators, memoryRoutes, privacyRoutes } from './memory.routes.ts';
export type { MemoryDeps, MemoryServiceDeps, Who } from './memory-deps.ts';
export {
  type EnsuredPerson,
  ensurePeople,
  type NamedHandle,
  type NamedPerson,
} from './named-people.service.ts';
export {
  type DeclineInput,
  declineAnswer,
  listNotes,
  type NoteView,
  releaseQuestions,
} from './notes.service.ts';
export { getOntology, putOntology } from './ontology.service.ts';
export { namesOf } from './people-names.service.ts';
export { placeOf, type Site } from './places.rules.ts';
export { accountRoutes } from './privacy.routes.ts';
export { questionsRoutes } from './questions.routes.ts';
export {
  currentFacts,
  hasConsent,
  isGranted,
  type LoadedPerson,
  loadPerson,
  type Reader,
  type ReadFacts,
  type ReadRequest,
  readFacts,
} from './recall.service.ts';
export { createReplayer, type Replayer } from './replayer.ts';
export { type FoundSubject, readSubject, searchSubjects } from './search.service.ts';
export { decideStatements, type Statement, type StatementDecision } from './statements.rules.ts';
export { touchpointRoutes } from './touchpoint.routes.ts';
export { viewConsents, viewFacts, type WireConsent, type WireFact } from './view.service.ts';
export { vocabularyRoutes } from './vocabulary.routes.ts';
