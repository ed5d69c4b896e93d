/** What speaks for two guests being one person, step by step, as bars. */
import type { EvidenceStep } from '@keepsake/contract';

/** One bar: from what was known before to what is known with it, in per cent of the width. */
export interface WaterfallBar {
  readonly evidence: EvidenceStep['evidence'] | 'total';
  readonly level: EvidenceStep['level'];
  readonly bits: number;
  readonly start: number;
  readonly width: number;
}

/** Bars in their order with the total last, and where neither is more likely. */
export interface Waterfall {
  readonly bars: readonly WaterfallBar[];
  /** Even odds, in per cent of the width. */
  readonly zero: number;
}

/** A bar that shows nothing would look like a missing one. */
const WIDTH_MIN = 0.8;

/** Bars on one scale: each begins where the one before it ended; the total begins at even odds. */
export function waterfallOf(steps: readonly EvidenceStep[]): Waterfall {
  const ends: number[] = [];
  for (const { bits } of steps) ends.push((ends.at(-1) ?? 0) + bits);
  const low = Math.min(0, ...ends);
  const range = Math.max(0, ...ends) - low || 1;
  const at = (bits: number): number => ((bits - low) / range) * 100;
  const total = ends.at(-1) ?? 0;
  const bars = steps.map(({ evidence, level, bits }, i) =>
    barOf({ evidence, level, bits }, at(ends[i - 1] ?? 0), at(ends[i] ?? 0)),
  );
  const sum = { evidence: 'total', level: '', bits: total } as const;
  return { bars: [...bars, barOf(sum, at(0), at(total))], zero: at(0) };
}

function barOf(
  step: Pick<WaterfallBar, 'evidence' | 'level' | 'bits'>,
  from: number,
  to: number,
): WaterfallBar {
  const width = Math.max(WIDTH_MIN, Math.abs(to - from));
  return { ...step, start: Math.min(from, to, 100 - width), width };
}

const LEVELS = [
  ...(['equal', 'slip', 'swapped', 'short', 'part', 'alike', 'local', 'different'] as const),
];

/** A degree of agreement that there are words for. */
export type LevelName = (typeof LEVELS)[number];

/** The degree of agreement of a step; undefined where nothing was compared. */
export function levelOf(level: string): LevelName | undefined {
  return LEVELS.find((each) => each === level);
}

/** How likely two guests are one person, in words. */
export type Likelihood = 'almost' | 'likely' | 'even' | 'unlikely';

/** Words before numbers: most people are not helped by 0.37. */
export function likelihoodOf(probability: number): Likelihood {
  if (probability >= 0.9) return 'almost';
  if (probability >= 0.6) return 'likely';
  return probability >= 0.4 ? 'even' : 'unlikely';
}
