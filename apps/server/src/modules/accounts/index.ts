export { accountOf, type ColumnTerms, NO_SUMS, profitOf } from './accounts.rules.ts';
export { addUpAccounts } from './accounts.service.ts';
export {
  type AccountRow,
  eraseAccounts,
  findAccounts,
  streamAccounts,
  streamAccountsAsOf,
} from './accounts.store.ts';
export { countLeftOut, type LeftOut } from './left-out.store.ts';
export { sumKept, sumMonths, sumWindows } from './sums.store.ts';
