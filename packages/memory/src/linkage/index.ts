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
export { finish, type Progress, type Work } from './work.ts';
