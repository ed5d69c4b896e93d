import { finish, type Work } from '../diagram/work.ts';
import type { Decided, Problem } from '../problem/problem.ts';
import { type Assumptions, type Meter, type Solved, type Swept, UNKNOWN } from './answers.ts';
import { type Desk, openDesk, solveOn } from './questions.ts';
import { openSweeper, type Sweeper, type SweepWish, sweepSlices } from './sweep.ts';

/** Answers about one problem by search. Keeps what it learns; answers never depend on that. */
export interface Search {
  readonly problem: Problem;
  readonly ruleOf: ArrayLike<number>;
  readonly sweeper: Sweeper;
  /** Made when rules are first asked about. */
  ruled: Desk | undefined;
  /** For single solutions under any assumptions; made when first asked for. */
  plain: Desk | undefined;
}

/** Opens a problem. `ruleOf` tells the rule of each constraint; each is its own where left out. */
export function createSearch(
  problem: Problem,
  options: { readonly ruleOf?: ArrayLike<number> } = {},
): Search {
  const ruleOf = options.ruleOf ?? Int32Array.from(problem.constraints.keys());
  return { problem, ruleOf, sweeper: openSweeper(problem), ruled: undefined, plain: undefined };
}

/** A solution under assumptions, or assumptions that leave none, or `unknown`. */
export function solve(search: Search, assumptions: Assumptions, meter: Meter): Solved {
  if (assumptions.activeRules === undefined) {
    search.plain ??= openDesk(search.problem);
    return solveOn(search.plain, assumptions, meter);
  }
  search.ruled ??= openDesk(search.problem, search.ruleOf);
  return solveOn(search.ruled, assumptions, meter);
}

/** The validity of all options under decisions, in slices; see `sweepSlices`. */
export function sweepWork(
  search: Search,
  decided: Decided,
  meter: Meter,
  wish: SweepWish & { readonly validity?: Uint8Array } = {},
): Work<Swept> {
  const validity =
    wish.validity ?? new Uint8Array(search.problem.optionAt.at(-1) ?? 0).fill(UNKNOWN);
  return sweepSlices(search.sweeper, decided, { ...wish, meter, validity });
}

/** The validity of all options under decisions. */
export function sweep(search: Search, decided: Decided, meter: Meter, wish: SweepWish = {}): Swept {
  return finish(sweepWork(search, decided, meter, wish));
}
