export {
  type BuyingLife,
  type BuyingProcess,
  bgBbProcess,
  bgNbdProcess,
  gammaGammaSpend,
  mbgCnbdKProcess,
  mbgNbdProcess,
  nbdProcess,
  PURCHASES_MAX,
  paretoNbdProcess,
} from './buying-process.ts';
export {
  type SimulatedCustomer,
  type SimulationPlan,
  simulateCustomers,
  simulateTransactions,
  type TransactionPlan,
} from './simulate-customers.ts';
