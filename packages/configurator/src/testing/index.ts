export { bicycleFamily } from './bicycle.ts';
export { type CarFamilySize, carFamily } from './car-family.ts';
export { nameProblem } from './name-problem.ts';
export {
  countByTrial,
  enumerateDesigns,
  isPossibleByTrial,
  type Oracle,
  rangeByTrial,
  repairsByTrial,
} from './oracle.ts';
export { type FamilySize, randomFamily } from './random-family.ts';
export { listSolutions, type ProblemSize, randomProblem } from './random-problem.ts';
