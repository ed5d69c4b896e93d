export type {
  PurchaseModel,
  PurchaseModelName,
  PurchaseStatistics,
  PurchaseSummary,
  Verdict,
} from './model.ts';
