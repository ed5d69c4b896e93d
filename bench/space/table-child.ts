/** One model of tables in a process of its own: compiled, written, read, and decided upon. */

import { gzipSync } from 'node:zlib';
import { FAMILY_BUDGET } from '@keepsake/configurator/diagrams';
import {
  decideAt,
  figuresOf,
  finish,
  openExplorer,
  type Position,
  startPosition,
} from '@keepsake/configurator/explore';
import { prepareExplorer } from '@keepsake/configurator/prepare';
import { adoptExplorer, writeExplorer } from '@keepsake/configurator/saving';
import { seededRandom } from '@keepsake/kernel';
import { answerParent } from '../support/child.ts';
import { deadline, time } from '../support/measure.ts';
import { type InstanceTask, loadInstance, rulesOf } from './instances.ts';
import { type Moment, measureReasons } from './reasons.ts';
import { chooseOffer, countOpen, type Shape } from './sessions.ts';

/** What to measure, and how much of it. */
export interface TableTask {
  readonly instance: InstanceTask;
  readonly sessions: number;
  /** For the sessions together. */
  readonly seconds: number;
}

/** What a model is, and what compiling made of it. */
export interface Shaped {
  readonly variables: number;
  readonly values: number;
  readonly rows: number;
}

/** The figures of one model; a sentence where there are none. */
export interface TableAnswer {
  readonly fault?: string;
  readonly shaped: Shaped;
  readonly compileMs: number;
  readonly nodes: number;
  readonly edges: number;
  /** Memory of the process at its peak, Node and the model included. */
  readonly peakMib: number;
  readonly fileBytes: number;
  readonly fileGzipped: number;
  readonly loadMs: number;
  readonly clickMs: readonly number[];
  /** A minimal reason and repairs, each time for a value that is out. */
  readonly whyMs: readonly number[];
  /** The same clicks for others to answer: options, and how many values were valid after each. */
  readonly sessions: readonly (readonly number[])[];
  readonly valid: readonly number[];
}

/** Sessions before those that count, until the engine is machine code. */
const WARM_UP = 3;
/** Moments at which a reason is asked for, at most. */
const REASONS_MAX = 400;
const ENDLESS = { left: Number.POSITIVE_INFINITY };

answerParent(async ({ instance, sessions, seconds }: TableTask): Promise<TableAnswer> => {
  const loaded = loadInstance(instance);
  if (loaded === undefined) return nothing('its data are not at hand');
  const { model, amounts } = loaded;
  const { problem } = model;
  const shaped = {
    variables: problem.sizes.length,
    values: problem.optionAt.at(-1) ?? 0,
    rows: rulesOf(model),
  };
  const explorer = openExplorer(model, amounts);
  // A family is compiled as the server compiles it.
  const options = instance.kind === 'family' ? FAMILY_BUDGET : {};
  const compiled = time(() => finish(prepareExplorer(explorer, options)));
  const peak = peakMib();
  const bytes = writeExplorer(explorer, 'bench');
  if (bytes === undefined) return { ...nothing(compiled.value.kind), shaped };
  const { nodes, edges } = compiled.value;
  const load = time(() => adoptExplorer(openExplorer(model, amounts), bytes, 'bench'));
  const start = startPosition(explorer, ENDLESS);
  const shape = { declared: model.declared, ...problem };
  click(start, shape, { sessions: WARM_UP, seconds });
  const { moments, ...clicked } = click(start, shape, { sessions, seconds });
  const whyMs = measureReasons(explorer, {
    ...{ shape, moments: moments.slice(0, REASONS_MAX), first: start.validity },
    ...{ dice: seededRandom(29), isOver: deadline(seconds) },
  });
  return {
    ...{ shaped, compileMs: compiled.ms, nodes, edges, peakMib: peak },
    ...{ fileBytes: bytes.length, fileGzipped: gzipSync(bytes).length, loadMs: load.ms },
    ...clicked,
    whyMs,
  };
});

/** Most memory that this process ever held. */
function peakMib(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** The answer where there is nothing to measure. */
function nothing(fault: string): TableAnswer {
  return {
    fault,
    shaped: { variables: 0, values: 0, rows: 0 },
    ...{ compileMs: 0, nodes: 0, edges: 0, peakMib: 0, fileBytes: 0, fileGzipped: 0, loadMs: 0 },
    ...{ clickMs: [], whyMs: [], sessions: [], valid: [] },
  };
}

interface Clicked extends Pick<TableAnswer, 'clickMs' | 'sessions' | 'valid'> {
  readonly moments: readonly Moment[];
}

/** Sessions by chance, each until nothing is open: deciding, and all that a page shows. */
function click(
  start: Position,
  shape: Shape,
  { sessions, seconds }: { readonly sessions: number; readonly seconds: number },
): Clicked {
  const dice = seededRandom(17);
  const isOver = deadline(seconds);
  const clickMs: number[] = [];
  const valid: number[] = [];
  const told: number[][] = [];
  const moments: Moment[] = [];
  for (let i = 0; i < sessions && !isOver(); i++) {
    const own: number[] = [];
    let position = start;
    for (;;) {
      const { decided, validity } = position;
      const offer = chooseOffer(shape, { decided, valid: validity }, dice);
      if (offer === undefined) break;
      const step = time(() => {
        const next = decideAt(position, offer.variable, offer.value, ENDLESS);
        figuresOf(next);
        return next;
      });
      position = step.value;
      clickMs.push(step.ms);
      moments.push({ decided: position.decided, valid: position.validity });
      own.push(offer.option);
      valid.push(countOpen(shape, { decided: position.decided, valid: position.validity }));
    }
    told.push(own);
  }
  return { clickMs, sessions: told, valid, moments };
}
