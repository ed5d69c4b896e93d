export {
  identifierLists,
  instants,
  JOURNAL_DAYS,
  JOURNAL_START,
  journals,
  linkLists,
  scopes,
} from './arbitraries.ts';
export { journalWriter, type LineDetails } from './lines.ts';
export { sampleOntology } from './ontology.ts';
export { type InventedPeople, inventPeople, type PeopleOptions } from './people.ts';
export { type ReferenceBelief, referenceFactsAsOf } from './reference.ts';
export { type ReferenceWish, referenceWish } from './reference-wish.ts';
export { tripOntology } from './trips.ts';
