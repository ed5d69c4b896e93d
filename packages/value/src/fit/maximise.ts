import type { Work } from '@keepsake/kernel';
import { dot, eigenSymmetric, matrixFunction, multiply } from '../numerics/index.ts';

/** A log-likelihood and its gradient at one point. */
export interface Evaluation {
  readonly value: number;
  readonly gradient: Float64Array;
}

/**
 * What is to be as large as possible. Its arguments have no natural bounds: parameters above zero
 * are passed as logarithms, and the gradient is by these. A value that is not finite is as bad as
 * can be. The array passed in must not be kept.
 */
export type Objective = (point: Float64Array) => Work<Evaluation>;

export interface MaximiseOptions {
  readonly start: ArrayLike<number>;
  /** Bounds of each argument; a maximum on one is reported as such. */
  readonly lower?: ArrayLike<number>;
  readonly upper?: ArrayLike<number>;
  /** The negative Hessian near the start, n × n by rows, where something is known of it. */
  readonly information?: Float64Array;
  /** It stops when Newton's step would gain less than this, in units of log-likelihood. */
  readonly gainMin?: number;
  readonly evaluationsMax?: number;
}

/** Where the maximum is and how sharp. Matrices are n × n by rows. */
export interface Maximum {
  readonly point: Float64Array;
  readonly logLikelihood: number;
  readonly gradient: Float64Array;
  /** The negative Hessian there, from differences of the gradient. */
  readonly information: Float64Array;
  /** Its inverse over the arguments that are not on a bound; zero in rows and columns of others. */
  readonly covariance: Float64Array;
  /** Largest over smallest eigenvalue of the information; ∞ where it is flat. */
  readonly conditionNumber: number;
  readonly atBound: readonly boolean[];
  /** What Newton's step would still gain. */
  readonly gain: number;
  readonly isConverged: boolean;
  readonly evaluations: number;
}

export const GAIN_MIN = 1e-7;
export const EVALUATIONS_MAX = 400;

/** No argument changes by more in one step: a factor of e² for a logarithm. */
const STEP_MAX = 2;
/** Of the gradient's differences; its rounding is some 1e-13 of the sums that it is made of. */
const DIFFERENCE = 1e-5;
/** The information is computed anew at the latest after so many steps. */
const UPDATES_MAX = 12;
/** Steps that gain less than this together leave the information as good as computed here. */
const INFORMATION_GAIN_MAX = 1e-4;
const HALVINGS_MAX = 40;
/** Eigenvalues are at least this part of the largest when a step is made. */
const EIGENVALUE_MIN = 1e-12;
/** Directions flatter than this, in log-likelihood per square of a logarithm, count as flat. */
const FLAT = 1e-6;

interface State {
  readonly point: Float64Array;
  readonly at: Evaluation;
  readonly information: Float64Array;
  /** Steps since the information was computed, and what they gained. */
  readonly updates: number;
  readonly gained: number;
}

interface Problem {
  readonly objective: Objective;
  readonly lower: ArrayLike<number>;
  readonly upper: ArrayLike<number>;
  readonly gainMin: number;
  readonly evaluationsMax: number;
  evaluations: number;
}

/**
 * The maximum of a smooth function by Newton's method on a Hessian from differences of the gradient,
 * renewed between times by BFGS (Nocedal and Wright 2006, §6.1). Indefinite Hessians are made
 * definite by the size of their eigenvalues; steps are halved until they gain. It ends when what
 * Newton's step can still gain, ½ gᵀH⁻¹g, is below `gainMin`: gradients never vanish in rounding.
 */
export function* maximise(objective: Objective, options: MaximiseOptions): Work<Maximum> {
  const n = options.start.length;
  const problem: Problem = {
    objective,
    lower: options.lower ?? new Float64Array(n).fill(Number.NEGATIVE_INFINITY),
    upper: options.upper ?? new Float64Array(n).fill(Number.POSITIVE_INFINITY),
    gainMin: options.gainMin ?? GAIN_MIN,
    evaluationsMax: options.evaluationsMax ?? EVALUATIONS_MAX,
    evaluations: 0,
  };
  let state = yield* startState(problem, options);
  for (;;) {
    const outlook = lookAhead(problem, state);
    const isSmall = outlook.gain < problem.gainMin;
    const next = isSmall ? undefined : yield* takeStep(problem, state, outlook.step);
    const isStuck = next === undefined && isInformed(state, isSmall);
    if (isStuck || problem.evaluations >= problem.evaluationsMax) break;
    state = next ?? (yield* renew(problem, state));
    if (state.updates > UPDATES_MAX) state = yield* renew(problem, state);
  }
  return yield* conclude(problem, state);
}

function* conclude(problem: Problem, state: State): Work<Maximum> {
  const isOver = problem.evaluations >= problem.evaluationsMax;
  const outlook = lookAhead(problem, state);
  if (outlook.gain >= problem.gainMin) {
    return describe(state, problem, { ...outlook, isStuck: !isOver });
  }
  const last = yield* polish(problem, state, outlook);
  return describe(last.state, problem, { ...last.outlook, isStuck: false });
}

interface Outlook {
  readonly active: readonly boolean[];
  readonly step: Float64Array;
  readonly gain: number;
}

function lookAhead(problem: Problem, state: State): Outlook {
  const active = activeBounds(state, problem);
  const step = newtonStep(state, active);
  return { active, step, gain: dot(step, state.at.gradient) / 2 };
}

/** One step of Newton's more, kept if less is left to gain there: digits that cost one evaluation. */
function* polish(
  problem: Problem,
  state: State,
  outlook: Outlook,
): Work<{ state: State; outlook: Outlook }> {
  const there = clamp(
    state.point.map((value, i) => value + (outlook.step[i] ?? 0)),
    problem,
  );
  const at = yield* evaluate(problem, there);
  if (!isFiniteEvaluation(at)) return { state, outlook };
  const moved = { ...state, point: there, at };
  const next = lookAhead(problem, moved);
  const isBetter = next.gain < outlook.gain && at.value > state.at.value - problem.gainMin;
  return isBetter ? { state: moved, outlook: next } : { state, outlook };
}

/** Whether the information is as good as computed here. */
function isInformed(state: State, isSmall: boolean): boolean {
  return state.updates === 0 || (isSmall && state.gained < INFORMATION_GAIN_MAX);
}

/** The same place, with its information computed there. */
function* renew(problem: Problem, state: State): Work<State> {
  const information = yield* computeInformation(problem, state);
  return { ...state, information, updates: 0, gained: 0 };
}

function* evaluate(problem: Problem, point: Float64Array): Work<Evaluation> {
  problem.evaluations += 1;
  const work = problem.objective(point);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield { done: problem.evaluations, of: Math.max(20, problem.evaluations + 5) };
  }
}

function* startState(problem: Problem, options: MaximiseOptions): Work<State> {
  const point = clamp(Float64Array.from(options.start), problem);
  const at = yield* evaluate(problem, point);
  const state = {
    point,
    at,
    information: new Float64Array(point.length ** 2),
    updates: 0,
    gained: 0,
  };
  // What was handed in was computed elsewhere: one step more than none.
  if (options.information !== undefined) {
    return { ...state, information: options.information, updates: 1, gained: 1 };
  }
  return { ...state, information: yield* computeInformation(problem, state) };
}

function clamp(point: Float64Array, { lower, upper }: Problem): Float64Array {
  return point.map((value, i) => Math.min(Math.max(value, lower[i] ?? value), upper[i] ?? value));
}

/** −∂²: forward differences of the gradient, made symmetric. As many evaluations as arguments. */
function* computeInformation(problem: Problem, { point, at }: State): Work<Float64Array> {
  const n = point.length;
  const rough = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const moved = point.slice();
    const value = point[i] ?? 0;
    const isRoom = value + DIFFERENCE <= (problem.upper[i] ?? Number.POSITIVE_INFINITY);
    moved[i] = value + (isRoom ? DIFFERENCE : -DIFFERENCE);
    const there = yield* evaluate(problem, moved);
    const distance = (moved[i] ?? 0) - value;
    for (let j = 0; j < n; j++) {
      rough[i * n + j] = ((at.gradient[j] ?? 0) - (there.gradient[j] ?? 0)) / distance;
    }
  }
  return rough.map((value, at) => {
    const mirrored = rough[(at % n) * n + Math.floor(at / n)] ?? 0;
    const mean = (value + mirrored) / 2;
    return Number.isFinite(mean) ? mean : 0;
  });
}

/** Arguments on a bound that the gradient pushes against. */
function activeBounds({ point, at }: State, { lower, upper }: Problem): boolean[] {
  return Array.from(point, (value, i) => {
    const slope = at.gradient[i] ?? 0;
    const isLow = value <= (lower[i] ?? value - 1) && slope <= 0;
    return isLow || (value >= (upper[i] ?? value + 1) && slope >= 0);
  });
}

/** The information over free arguments alone; the others stand by themselves. */
function freeInformation(information: Float64Array, active: readonly boolean[]): Float64Array {
  const n = active.length;
  return information.map((value, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    if (active[i] !== true && active[j] !== true) return value;
    return i === j ? 1 : 0;
  });
}

function newtonStep({ information, at }: State, active: readonly boolean[]): Float64Array {
  const eigen = eigenSymmetric(freeInformation(information, active), active.length);
  const largest = eigen.values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const least = Math.max(EIGENVALUE_MIN * largest, Number.MIN_VALUE * 1e20);
  const gradient = at.gradient.map((value, i) => (active[i] === true ? 0 : value));
  const inverse = matrixFunction(eigen, (value) => 1 / Math.max(Math.abs(value), least));
  return multiply(inverse, gradient);
}

/** A step that gains, halved as often as needed; undefined where none does. */
function* takeStep(problem: Problem, state: State, step: Float64Array): Work<State | undefined> {
  const { point, at } = state;
  const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const slope = dot(step, at.gradient);
  const rounding = 1e-14 * Math.abs(at.value);
  let scale = Math.min(1, STEP_MAX / longest);
  for (let halving = 0; halving < HALVINGS_MAX; halving++) {
    const there = clamp(
      point.map((value, i) => value + scale * (step[i] ?? 0)),
      problem,
    );
    const found = yield* evaluate(problem, there);
    const gained = found.value - at.value;
    if (isFiniteEvaluation(found) && gained >= 1e-4 * scale * slope - rounding) {
      if (there.every((value, i) => value === point[i])) return undefined;
      return {
        point: there,
        at: found,
        information: updateInformation(state, there, found),
        updates: state.updates + 1,
        gained: state.gained + Math.max(gained, 0),
      };
    }
    scale *= halving < 4 ? 0.5 : 0.1;
    if (scale * longest < 1e-14) return undefined;
  }
  return undefined;
}

function isFiniteEvaluation({ value, gradient }: Evaluation): boolean {
  return Number.isFinite(value) && gradient.every((slope) => Number.isFinite(slope));
}

/** The update of Broyden, Fletcher, Goldfarb and Shanno; none where curvature has a wrong sign. */
function updateInformation(state: State, point: Float64Array, at: Evaluation): Float64Array {
  const n = point.length;
  const moved = point.map((value, i) => value - (state.point[i] ?? 0));
  const change = at.gradient.map((value, i) => (state.at.gradient[i] ?? 0) - value);
  const image = multiply(state.information, moved);
  const curvature = dot(moved, change);
  const expected = dot(moved, image);
  if (!(curvature > 0 && expected > 0)) return state.information;
  return state.information.map((value, index) => {
    const [i, j] = [Math.floor(index / n), index % n];
    return (
      value +
      ((change[i] ?? 0) * (change[j] ?? 0)) / curvature -
      ((image[i] ?? 0) * (image[j] ?? 0)) / expected
    );
  });
}

function describe(
  { point, at, information }: State,
  problem: Problem,
  end: Outlook & { isStuck: boolean },
): Maximum {
  const n = point.length;
  // Where even along Newton's own direction nothing is gained, what is left is rounding.
  const noise = end.isStuck ? 1e-11 * Math.abs(at.value) : 0;
  const eigen = eigenSymmetric(freeInformation(information, end.active), n);
  const inverse = matrixFunction(eigen, (value) => 1 / Math.max(value, FLAT));
  const isFree = (i: number): boolean => end.active[i] !== true;
  const free = freeEigenvalues(eigen.values, eigen.vectors, end.active);
  const largest = Math.max(0, ...free);
  const least = Math.min(Number.POSITIVE_INFINITY, ...free);
  return {
    point,
    logLikelihood: at.value,
    gradient: at.gradient,
    information,
    covariance: inverse.map((value, i) => (isFree(Math.floor(i / n)) && isFree(i % n) ? value : 0)),
    conditionNumber: least > 0 ? largest / least : Number.POSITIVE_INFINITY,
    atBound: end.active,
    gain: end.gain,
    isConverged: end.gain < Math.max(problem.gainMin, noise),
    evaluations: problem.evaluations,
  };
}

/** Eigenvalues whose vectors lie among the free arguments. */
function freeEigenvalues(
  values: Float64Array,
  vectors: Float64Array,
  active: readonly boolean[],
): number[] {
  const n = values.length;
  return [...values].filter((_, k) =>
    active.every((isActive, i) => !isActive || Math.abs(vectors[i * n + k] ?? 0) < 0.5),
  );
}
