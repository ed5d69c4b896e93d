export { finish, type Progress, type Work } from '@keepsake/kernel';
export { type CompileOptions, type CompileStats, FAMILY_BUDGET } from './diagram/compile.ts';
export {
  type Compiled,
  type CompiledComponent,
  type ComponentTask,
  compileNow,
  compileProblem,
  listTasks,
} from './diagram/compile-problem.ts';
export { type Diagram, isEmpty } from './diagram/diagram.ts';
export { type FamilyProblem, problemOf } from './family-problem.ts';
export {
  ANY,
  type Constraint,
  type Decided,
  type Literal,
  literalOf,
  makeProblem,
  negated,
  type Option,
  type Problem,
} from './problem/problem.ts';
export { componentsOf } from './problem/scopes.ts';
export { type Answer, answer, makeAnswer, type Question, type Totals } from './questions/answer.ts';
export { bestWithin } from './questions/best-within.ts';
export { combine, type Part } from './questions/combine.ts';
export { condition, conditionAll } from './questions/condition.ts';
export { countExact, countsByOption, type ExactCounts } from './questions/counts.ts';
export { priceHistogram } from './questions/histogram.ts';
export { nextQuestion } from './questions/next-question.ts';
export { cheapestPath, dearestPath, likeliest } from './questions/paths.ts';
export { readSpace, type SpaceFault } from './questions/read-space.ts';
export { smallestRepairs } from './questions/repairs.ts';
export { sample } from './questions/sample.ts';
export {
  bottleneck,
  cheapest,
  counting,
  dearest,
  likeliestLog,
  possibility,
  probability,
  type Semiring,
} from './questions/semiring.ts';
export { earliest, marginals, sizeByLevel, sweepUp } from './questions/sweep.ts';
export { switchable } from './questions/switchable.ts';
export { writeSpace } from './questions/write-space.ts';
