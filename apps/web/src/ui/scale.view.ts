/** The ends of a scale, in the unit of what is drawn on it. */
export interface Scale {
  readonly from: number;
  readonly to: number;
}

/** A place on a scale that is named. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** Where a value lies on a scale: 0 at its beginning, 1 at its end; outside of it held at the ends. */
export function placeOn({ from, to }: Scale, value: number): number {
  if (!(to > from)) return 0;
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

/** The step of 1, 2 or 5 times a power of ten that parts a span into about so many. */
function stepFor(span: number, parts: number): number {
  const rough = span / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const lead = rough / power;
  return (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1) * power;
}

/** A scale that holds all values and begins and ends at round numbers. Values that are none are left out. */
export function scaleOf(values: readonly number[], parts = 4): Scale {
  const known = values.filter(Number.isFinite);
  const low = Math.min(...known);
  const high = Math.max(...known);
  if (known.length === 0) return { from: 0, to: 1 };
  if (low === high) return low === 0 ? { from: 0, to: 1 } : scaleOf([0, low], parts);
  let step = 0;
  let scale = { from: low, to: high };
  // Rounding widens the span, and a wider one may have a wider step.
  for (let next = stepFor(high - low, parts); next > step; ) {
    step = next;
    scale = { from: Math.floor(low / step) * step, to: Math.ceil(high / step) * step };
    next = stepFor(scale.to - scale.from, parts);
  }
  return scale;
}

/** Round places on a scale, the ends counted in where they are round; about `parts` + 1 of them. */
export function ticksOn({ from, to }: Scale, parts = 4): readonly number[] {
  if (!(to > from)) return [];
  const step = stepFor(to - from, parts);
  const ticks: number[] = [];
  for (let n = Math.ceil(from / step - 1e-9); n * step <= to + step * 1e-9; n++) {
    // Free of what binary fractions leave behind: 0.30000000000000004.
    ticks.push(Number((n * step).toPrecision(12)) + 0);
  }
  return ticks;
}

/** Indices of few places of a row that are named, evenly apart, the last among them; `max` is 2 at least. */
export function fewOf(count: number, max: number): readonly number[] {
  const step = Math.max(1, Math.ceil((count - 1) / (max - 1)));
  return Array.from({ length: count }, (_, index) => index).filter(
    (index) => (count - 1 - index) % step === 0,
  );
}
