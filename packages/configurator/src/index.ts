export type {
  AttributeView,
  Because,
  Change,
  Choice,
  Configuration,
  Conflict,
  DesignFault,
  DesignPrice,
  Explained,
  Explanation,
  Lock,
  LockReason,
  NumberRun,
  PriceLine,
  PriceRange,
  Repair,
  Repairs,
  RuleReference,
  SessionView,
  Standing,
  Validity,
  ValueView,
} from './answers.ts';
export { checkModel, type ModelFindings } from './check-model.ts';
export { completeDesign } from './complete.ts';
export { type Decided, decide, type Released, release, restoreSession } from './decide.ts';
export { checkDesign, freezeDesign } from './design.ts';
export { because, explain } from './explain.ts';
export {
  type Expression,
  evaluate,
  holds,
  mentionedIn,
  quantityOf,
  type Texts,
  type Tree,
  type Value,
  type Values,
} from './expression.ts';
export {
  type Attribute,
  type BooleanAttribute,
  type Cell,
  type ChoiceAttribute,
  type ChoiceValue,
  type Component,
  type ConditionalPrice,
  type FactInstruction,
  type Family,
  type Formula,
  familyHash,
  type Group,
  type Layer,
  type NumberAttribute,
  type Operation,
  type Paint,
  type Picture,
  type Rule,
  type Table,
  type TextAttribute,
} from './family.ts';
export {
  type ImportedDesign,
  type ImportFault,
  importDesign,
  type OldDesign,
} from './import-design.ts';
export type { IssueCode, ModelIssue } from './issue.ts';
export { composePicture, isSafeLayer, type ShownDesign } from './picture.ts';
export { priceDesign } from './price.ts';
export { repairs } from './repair.ts';
export {
  type Budget,
  DEFAULT_BUDGET,
  findLock,
  lock,
  redo,
  retract,
  type Session,
  startSession,
  undo,
  unlock,
  writeText,
} from './session.ts';
export type { Backend, Problem } from './solve/problem.ts';
export { searchBackend } from './solve/search-backend.ts';
export { compileSpace, prepareSpace, type Space } from './space.ts';
export { type Suggestion, suggest, type Wish } from './suggest.ts';
export { checkText, type TextFault } from './text.ts';
export { viewSession } from './view.ts';
export { fillWords, nameOfValue } from './words.ts';
