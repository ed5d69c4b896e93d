export { finish, type Progress, type Work } from '@keepsake/kernel';
export type { Model, ModelRule, ModelRules, ModelVariable } from '../model/model.ts';
export type { Problem } from '../problem/problem.ts';
export type { Answer, Totals } from '../questions/answer.ts';
export type { Meter } from '../search/answers.ts';
export {
  type CircuitCompiler,
  type Compiled,
  type Explorer,
  type OpenCircuit,
  openExplorer,
} from './explorer.ts';
export { countOf, type Figures, figuresOf } from './figures.ts';
export {
  decideAt,
  type Position,
  positionAt,
  retractAt,
  startPosition,
} from './position.ts';
export {
  type Change,
  type Decision,
  type Repair,
  type Repairs,
  repairsOf,
  type Why,
  whyNot,
} from './reasons.ts';
