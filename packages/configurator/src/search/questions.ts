import type { Problem } from '../problem/problem.ts';
import { type Analysis, makeAnalysis } from './analyse.ts';
import type { Assumptions, Meter, Solved } from './answers.ts';
import { popOpen, takeBack } from './engine.ts';
import { innerOf } from './literals.ts';
import { type Loaded, loadProblem, type RowBits } from './load.ts';
import { type Base, baseLevels, searchUnder } from './solve.ts';

/** A loaded problem that is asked one question after the other. */
export interface Desk {
  readonly loaded: Loaded;
  readonly analysis: Analysis;
  readonly base: Base;
  /** Which rules the batch of the base stands for. */
  active: Uint8Array;
}

/** Loads a problem, with a literal for each rule where `ruleOf` tells them. */
export function openDesk(problem: Problem, ruleOf?: ArrayLike<number>, bits?: RowBits): Desk {
  const loaded = loadProblem(problem, ruleOf, bits);
  return {
    loaded,
    analysis: makeAnalysis(loaded.engine),
    base: {
      batch: new Int32Array(0),
      assumed: new Int32Array(16),
      assumedSize: 0,
      wantsCore: true,
    },
    active: new Uint8Array(0),
  };
}

/** Makes the rules bind that are marked, and takes back what stood on others. */
export function setRules({ loaded, base }: Desk, active: Uint8Array): void {
  const { guards, engine } = loaded;
  const batch = guards.map((guard, r) => (active[r] === 1 ? guard : guard ^ 1));
  const isSame =
    base.batch.length === batch.length && batch.every((literal, i) => base.batch[i] === literal);
  if (isSame) return;
  takeBack(engine, 0);
  base.batch = batch;
}

/** Sets the assumed literals of the base, and takes back what stood on others. */
export function setAssumed({ loaded, base }: Desk, inner: ArrayLike<number>): void {
  const { engine } = loaded;
  const offset = base.batch.length > 0 ? 1 : 0;
  let same = 0;
  while (same < base.assumedSize && same < inner.length && base.assumed[same] === inner[same]) {
    same++;
  }
  takeBack(engine, offset + same);
  if (base.assumed.length < inner.length) base.assumed = new Int32Array(2 * inner.length);
  for (let i = 0; i < inner.length; i++) base.assumed[i] = inner[i] ?? 0;
  base.assumedSize = inner.length;
}

/** The value of each variable where all literals are assigned. */
export function readValues({ problem, numbering, engine }: Loaded): Int32Array {
  const values = new Int32Array(problem.sizes.length);
  for (let v = 0; v < values.length; v++) {
    const first = problem.optionAt[v] ?? 0;
    const size = problem.sizes[v] ?? 1;
    let x = 0;
    while (x < size - 1 && engine.values[numbering.held[first + x] ?? 0] !== 1) x++;
    values[v] = x;
  }
  return values;
}

/** Decides the open atom met most by late conflicts, as it was decided last. */
export function chooseByActivity({ loaded }: Desk): number {
  const atom = popOpen(loaded.engine);
  return atom < 0 ? -1 : (loaded.engine.phases[atom] ?? 0);
}

/** Answers one question by a whole search. */
export function solveOn(desk: Desk, { assumed, activeRules }: Assumptions, meter: Meter): Solved {
  const { loaded, analysis, base } = desk;
  const { engine, numbering, guards } = loaded;
  engine.meter = meter;
  if (activeRules !== undefined) setRules(desk, activeRules);
  const inner = assumed.map((literal) => innerOf(numbering, literal));
  setAssumed(desk, inner);
  const ended = searchUnder(analysis, base, () => chooseByActivity(desk));
  if (ended.kind === 'conflict') {
    const core = new Set(ended.core);
    return {
      kind: 'conflict',
      assumed: assumed.filter((_, i) => core.has(inner[i] ?? -1)),
      rules: Int32Array.from(guards.keys()).filter((r) => core.has(guards[r] ?? -1)),
    };
  }
  const answer: Solved =
    ended.kind === 'unknown' ? ended : { kind: 'solution', values: readValues(loaded) };
  takeBack(engine, baseLevels(base));
  return answer;
}
