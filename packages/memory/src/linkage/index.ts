export { finish, type Progress, type Work } from '@keepsake/kernel';
export { defaultModel } from './defaults.ts';
export { createLinkageIndex, type LinkageChange, type LinkageIndex } from './linkage-index.ts';
export type {
  ColumnKind,
  ComparisonModel,
  DateOrder,
  Frequencies,
  LevelModel,
  LinkageColumn,
  LinkageEdge,
  LinkageModel,
  LinkageRecord,
  LinkageSchema,
  NotSame,
  PairScore,
  Resolved,
  WaterfallStep,
  Zone,
} from './model.ts';
export { blockingKeys, comparePair, parseLinkageModel } from './pair.ts';
export { type ResolveOptions, resolveRecords } from './resolve.ts';
export { chooseSchema } from './schema.ts';
export { type TrainOptions, trainLinkage } from './train.ts';
