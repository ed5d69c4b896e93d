/** One feature model in a process of its own: answered by search, and by a circuit where one fits. */
import { openExplorer } from '@keepsake/configurator/explore';
import { readModel } from '@keepsake/configurator/formats';
import { seededRandom } from '@keepsake/kernel';
import {
  answerCircuit,
  makeAnswerScratch,
} from '../../packages/configurator/src/dnnf/answer-circuit.ts';
import type { Circuit } from '../../packages/configurator/src/dnnf/circuit.ts';
// Engines without names are no part of the package's interface: only a bench asks them alone.
import { nodeCountOf } from '../../packages/configurator/src/dnnf/circuit.ts';
import { compileCircuit } from '../../packages/configurator/src/dnnf/compile.ts';
import { countDesigns } from '../../packages/configurator/src/dnnf/counts.ts';
import type { Problem } from '../../packages/configurator/src/problem/problem.ts';
import { makeAnswer } from '../../packages/configurator/src/questions/answer.ts';
import { createSearch, sweep } from '../../packages/configurator/src/search/search.ts';
import {
  benchmarkFolder,
  readBenchmark,
} from '../../packages/configurator/src/testing/benchmark-data.ts';
import {
  type FeatureModelSize,
  featureModel,
} from '../../packages/configurator/src/testing/feature-model.ts';
import { answerParent } from '../support/child.ts';
import { deadline, time } from '../support/measure.ts';
import { modelOf } from './instances.ts';
import { type Moment, measureReasons } from './reasons.ts';
import { chooseOffer, type Shape } from './sessions.ts';

/** A generated feature model, or a published one where its data are at hand. */
export type FeatureSource =
  | { readonly kind: 'generated'; readonly size: FeatureModelSize }
  | { readonly kind: 'published'; readonly file: string };

/** What to measure, and how much of it. */
export interface FeatureTask {
  readonly source: FeatureSource;
  readonly sessions: number;
  readonly choices: number;
  /** For the sessions together, of each engine. */
  readonly seconds: number;
  /** For compiling. */
  readonly compileSeconds: number;
}

/** What compiling to a circuit made, and what it answers. */
export interface CircuitFigures {
  readonly compileMs: number;
  readonly nodes: number;
  readonly edges: number;
  readonly bytes: number;
  readonly digits: number;
  readonly clickMs: readonly number[];
}

/** The figures of one feature model. */
export interface FeatureAnswer {
  /** Why there are no figures. */
  readonly fault?: string;
  readonly features: number;
  readonly clauses: number;
  /** Loading, and the first sweep over all features. */
  readonly firstMs: number;
  readonly clickMs: readonly number[];
  /** A minimal reason and repairs, each time for a feature that is out. */
  readonly whyMs: readonly number[];
  /** Missing where none was made within the time. */
  readonly circuit?: CircuitFigures;
  /** Sweeps after which both engines had the same valid options, and all that were compared. */
  readonly same: number;
  readonly compared: number;
}

const ENDLESS = { left: Number.POSITIVE_INFINITY };

answerParent(async (task: FeatureTask): Promise<FeatureAnswer> => {
  const problem = problemFrom(task.source);
  if (problem === undefined) return nothing('its data are not at hand');
  const searched = walkBySearch(problem, task);
  const compiled = compileWithin(problem, task.compileSeconds);
  const circuit = compiled && answerMoments(problem, compiled, searched.moments);
  return {
    features: problem.sizes.length,
    clauses: problem.constraints.length,
    firstMs: searched.firstMs,
    clickMs: searched.clickMs,
    whyMs: searched.whyMs,
    ...(circuit === undefined ? {} : { circuit: circuit.figures }),
    same: circuit?.same ?? 0,
    compared: circuit === undefined ? 0 : searched.moments.length,
  };
});

function problemFrom(source: FeatureSource): Problem | undefined {
  if (source.kind === 'generated') return featureModel(source.size);
  if (benchmarkFolder() === undefined) return undefined;
  const read = readModel(readBenchmark(source.file), { name: source.file });
  return read.kind === 'ok' ? read.value.problem : undefined;
}

function nothing(fault: string): FeatureAnswer {
  return {
    ...{ fault, features: 0, clauses: 0, firstMs: 0 },
    ...{ clickMs: [], whyMs: [], same: 0, compared: 0 },
  };
}

interface Walked {
  readonly firstMs: number;
  readonly clickMs: readonly number[];
  readonly whyMs: readonly number[];
  readonly moments: readonly Moment[];
}

/** Sessions by chance, swept by search. */
function walkBySearch(problem: Problem, { sessions, choices, seconds }: FeatureTask): Walked {
  const shape: Shape = { declared: problem.sizes.length, ...problem };
  const open = new Int32Array(problem.sizes.length).fill(-1);
  const first = time(() => {
    const search = createSearch(problem);
    return { search, swept: sweep(search, open, ENDLESS) };
  });
  const { search, swept } = first.value;
  const dice = seededRandom(23);
  const isOver = deadline(seconds);
  const clickMs: number[] = [];
  const moments: Moment[] = [];
  for (let i = 0; i < sessions && !isOver(); i++) {
    let at: Moment = { decided: open, valid: swept.validity };
    for (let k = 0; k < choices && !isOver(); k++) {
      const offer = chooseOffer(shape, at, dice);
      if (offer === undefined) break;
      const decided = at.decided.slice();
      decided[offer.variable] = offer.value;
      const step = time(() => sweep(search, decided, ENDLESS));
      at = { decided, valid: step.value.validity.slice() };
      clickMs.push(step.ms);
      moments.push(at);
    }
  }
  const whyMs = measureReasons(openExplorer(modelOf('features', problem)), {
    ...{ shape, moments, first: swept.validity, dice, isOver: deadline(seconds) },
  });
  return { firstMs: first.ms, clickMs, whyMs, moments };
}

interface Compiled {
  readonly circuit: Circuit;
  readonly ms: number;
}

function compileWithin(problem: Problem, seconds: number): Compiled | undefined {
  const isOver = deadline(seconds);
  const start = performance.now();
  const work = compileCircuit(problem);
  while (!isOver()) {
    const slice = work.next();
    if (slice.done !== true) continue;
    return slice.value && { circuit: slice.value, ms: performance.now() - start };
  }
  return undefined;
}

/** The same moments told by a circuit: validity, prices and counts of all options. */
function answerMoments(
  problem: Problem,
  { circuit, ms }: Compiled,
  moments: readonly Moment[],
): { readonly figures: CircuitFigures; readonly same: number } {
  const options = problem.optionAt.at(-1) ?? 0;
  const amounts = new Float64Array(options).fill(1);
  const scratch = makeAnswerScratch(circuit);
  const into = makeAnswer(options);
  const clickMs: number[] = [];
  let same = 0;
  for (const { decided, valid } of moments) {
    const question = { optionAt: problem.optionAt, amounts, decided };
    clickMs.push(time(() => answerCircuit(circuit, question, scratch, into)).ms);
    if (isSame(problem, { decided, valid }, into.valid)) same++;
  }
  const { isSum, childAt, children } = circuit;
  return {
    figures: {
      compileMs: ms,
      nodes: nodeCountOf(circuit),
      edges: children.length,
      bytes: isSum.byteLength + childAt.byteLength + children.byteLength,
      digits: countDesigns(circuit, problem.optionAt).toString().length,
      clickMs,
    },
    same,
  };
}

/** Whether both find the same options of open variables valid. */
function isSame({ sizes, optionAt }: Problem, at: Moment, valid: Uint8Array): boolean {
  return sizes.every((_, v) => {
    if ((at.decided[v] ?? -1) >= 0) return true;
    for (let o = optionAt[v] ?? 0; o < (optionAt[v + 1] ?? 0); o++) {
      if ((at.valid[o] === 1) !== (valid[o] === 1)) return false;
    }
    return true;
  });
}
