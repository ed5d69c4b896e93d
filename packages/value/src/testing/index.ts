export {
  type BuyingProcess,
  bgNbdProcess,
  mbgNbdProcess,
  nbdProcess,
  paretoNbdProcess,
  type SimulatedCustomer,
  type SimulationPlan,
  simulateCustomers,
} from '../simulate/index.ts';
export { valueBenchmark } from './benchmark-data.ts';
