export {
  identifierLists,
  instants,
  JOURNAL_DAYS,
  JOURNAL_START,
  journals,
  linkLists,
  scopes,
} from './arbitraries.ts';
export { memoryBenchmark } from './benchmark-data.ts';
export { type DialogueFiles, dialogueFiles } from './dialogue-files.ts';
export {
  type Dialogue,
  type DialogueAct,
  type DialogueCounts,
  type DialogueFrame,
  type DialogueNeed,
  type DialogueReplay,
  measureDialogues,
  replayOfDialogue,
} from './dialogues.ts';
export { journalWriter, type LineDetails } from './lines.ts';
export { sampleOntology } from './ontology.ts';
export { type PairQuality, pairQuality } from './pair-quality.ts';
export { type InventedPeople, inventPeople, type PeopleOptions } from './people.ts';
export { type ReferenceBelief, referenceFactsAsOf } from './reference.ts';
export { type ReferenceWish, referenceWish } from './reference-wish.ts';
export { tripOntology } from './trips.ts';
