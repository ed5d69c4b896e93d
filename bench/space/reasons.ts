/** Reasons and repairs: what a page asks when somebody clicks on what cannot be had. */
import { type Decision, type Explorer, repairsOf, whyNot } from '@keepsake/configurator/explore';
import { time } from '../support/measure.ts';
import type { Dice } from '../support/walk.ts';
import type { Shape } from './sessions.ts';

const REPAIRS_MAX = 3;
const ENDLESS = { left: Number.POSITIVE_INFINITY };

/** What was decided, and what was valid then; `1` by option. */
export interface Moment {
  readonly decided: Int32Array;
  readonly valid: Uint8Array;
}

/** What is asked about: by chance one of the options that decisions have made impossible. */
export interface Asked {
  readonly shape: Shape;
  /** Without any decision. */
  readonly first: Uint8Array;
  readonly moments: readonly Moment[];
  readonly dice: Dice;
  readonly isOver: () => boolean;
}

/** How long a minimal reason and up to three repairs take together, once for each moment. */
export function measureReasons(explorer: Explorer, asked: Asked): readonly number[] {
  const { moments, isOver } = asked;
  const times: number[] = [];
  for (const moment of moments) {
    const wanted = chooseLost(moment, asked);
    if (isOver()) break;
    if (wanted === undefined) continue;
    const decisions = Array.from(moment.decided, (value, variable) => ({ variable, value }));
    const own = decisions.filter(({ value }) => value >= 0);
    const step = time(() => {
      whyNot(explorer, own, wanted, ENDLESS);
      repairsOf(explorer, own, wanted, { most: REPAIRS_MAX, meter: ENDLESS });
    });
    times.push(step.ms);
  }
  return times;
}

function chooseLost(
  { decided, valid }: Moment,
  { shape, first, dice }: Asked,
): Decision | undefined {
  const { declared, optionAt } = shape;
  const lost: Decision[] = [];
  for (let v = 0; v < declared; v++) {
    if ((decided[v] ?? -1) >= 0) continue;
    const from = optionAt[v] ?? 0;
    for (let o = from; o < (optionAt[v + 1] ?? 0); o++) {
      if (first[o] === 1 && valid[o] !== 1) lost.push({ variable: v, value: o - from });
    }
  }
  return lost[dice.below(Math.max(1, lost.length))];
}
