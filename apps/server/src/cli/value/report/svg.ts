/** A chart as text of SVG: axes, ticks, marks. Sizes are in units of the view box. */

const WIDTH = 460;
const HEIGHT = 290;
const MARGIN = { left: 54, right: 20, top: 12, bottom: 44 };

/** From values to places. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

/** Text as it may stand in a page, also within an attribute. */
export function escapeText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Round steps of 1, 2 or 5, about so many from `from` to at least `to`. */
export function niceTicks(from: number, to: number, about = 5): readonly number[] {
  const span = to - from;
  if (!(span > 0)) return [from, from + 1];
  const rough = span / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  const first = Math.floor(from / step);
  const last = Math.ceil(to / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** A scale across the chart. */
export function horizontal(from: number, to: number, ticks?: readonly number[]): Scale {
  return linear(from, to, [MARGIN.left, WIDTH - MARGIN.right], ticks);
}

/** A scale upwards, from its first to its last tick. */
export function vertical(ticks: readonly number[]): Scale {
  const [from, to] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  return linear(from, to, [HEIGHT - MARGIN.bottom, MARGIN.top], ticks);
}

function linear(
  from: number,
  to: number,
  [start, end]: readonly [number, number],
  ticks: readonly number[] = niceTicks(from, to),
): Scale {
  const span = to - from || 1;
  return { at: (value) => start + ((value - from) / span) * (end - start), ticks };
}

/** Where bars and cells stand: so many bands across the chart. */
export function bands(count: number): {
  readonly at: (i: number) => number;
  readonly width: number;
} {
  const width = (WIDTH - MARGIN.left - MARGIN.right) / Math.max(1, count);
  return { at: (i) => MARGIN.left + i * width, width };
}

/** The edges of where marks are drawn. */
export const PLOT = {
  left: MARGIN.left,
  right: WIDTH - MARGIN.right,
  top: MARGIN.top,
  bottom: HEIGHT - MARGIN.bottom,
} as const;

/** One place, to a tenth of a unit. */
export function place(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A line through points. */
export function path(points: readonly (readonly [number, number])[], kind: string): string {
  const d = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${place(x)} ${place(y)}`).join('');
  return `<path class="${kind}" d="${d}"/>`;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A box, with what it stands for when pointed at. */
export function box({ x, y, width, height }: Box, kind: string, title = ''): string {
  const about = title === '' ? '' : `<title>${escapeText(title)}</title>`;
  const size = `x="${place(x)}" y="${place(y)}" width="${place(Math.max(0, width))}" height="${place(Math.max(0, height))}"`;
  return `<rect class="${kind}" ${size}>${about}</rect>`;
}

/** A dot, with what it stands for when pointed at. */
export function dot([x, y]: readonly [number, number], kind: string, title: string): string {
  return `<circle class="${kind}" cx="${place(x)}" cy="${place(y)}" r="4"><title>${escapeText(title)}</title></circle>`;
}

/** Words at a place. */
export function label(
  [x, y]: readonly [number, number],
  text: string,
  { anchor = 'middle', kind = '' }: { readonly anchor?: string; readonly kind?: string } = {},
): string {
  return `<text x="${place(x)}" y="${place(y)}" text-anchor="${anchor}" class="${kind}">${escapeText(text)}</text>`;
}

/** Lines across at the ticks, with what they stand for. */
export function verticalAxis(scale: Scale, format: (value: number) => string): string {
  return scale.ticks
    .map((tick, i) => {
      const y = scale.at(tick);
      const line = `<line class="${i === 0 ? 'axis' : 'grid'}" x1="${PLOT.left}" x2="${PLOT.right}" y1="${place(y)}" y2="${place(y)}"/>`;
      return line + label([PLOT.left - 7, y + 4], format(tick), { anchor: 'end', kind: 'tick' });
    })
    .join('');
}

/** Ticks below the chart. */
export function horizontalAxis(scale: Scale, format: (value: number) => string): string {
  return scale.ticks
    .filter((tick) => scale.at(tick) >= PLOT.left - 1 && scale.at(tick) <= PLOT.right + 1)
    .map((tick) => {
      const x = scale.at(tick);
      const line = `<line class="axis" x1="${place(x)}" x2="${place(x)}" y1="${PLOT.bottom}" y2="${PLOT.bottom + 4}"/>`;
      return line + label([x, PLOT.bottom + 18], format(tick), { kind: 'tick' });
    })
    .join('');
}

/** Names below bands; every n-th where there are many. */
export function bandAxis(names: readonly string[], namesMax = 12): string {
  const { at, width } = bands(names.length);
  const every = Math.ceil(names.length / namesMax);
  return names
    .map((name, i) =>
      i % every === 0 ? label([at(i) + width / 2, PLOT.bottom + 18], name, { kind: 'tick' }) : '',
    )
    .join('');
}

/** What the axis below stands for. */
export function bottomTitle(text: string): string {
  return label([(PLOT.left + PLOT.right) / 2, HEIGHT - 6], text, { kind: 'axis-title' });
}

/** What the axis at the side stands for. */
export function sideTitle(text: string): string {
  const middle = place((PLOT.top + PLOT.bottom) / 2);
  return `<text x="14" y="${middle}" text-anchor="middle" class="axis-title" transform="rotate(-90 14 ${middle})">${escapeText(text)}</text>`;
}

/** One entry of a legend: the kind of mark, and its name. */
export interface LegendEntry {
  readonly kind: string;
  readonly name: string;
}

export interface Figure {
  /** A sentence: what is to be seen. */
  readonly title: string;
  /** What is plotted, in units. */
  readonly about: string;
  /** What someone who does not see it should hear. */
  readonly spoken: string;
  readonly legend: readonly LegendEntry[];
  /** Marks and axes. */
  readonly marks: string;
  /** What stands below the chart: its figures. */
  readonly details?: string;
}

/** A chart with heading, legend and words for who does not see it. `id` is unique in the page. */
export function figure(
  id: string,
  { title, about, spoken, legend, marks, details = '' }: Figure,
): string {
  const keys = legend
    .map(({ kind, name }) => `<li><i class="key ${kind}"></i>${escapeText(name)}</li>`)
    .join('');
  return `<figure>
<figcaption><h3>${escapeText(title)}</h3><p>${escapeText(about)}</p></figcaption>
${keys === '' ? '' : `<ul class="legend">${keys}</ul>`}
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${escapeText(title)}</title><desc id="${id}-d">${escapeText(spoken)}</desc>${marks}</svg>
${details}</figure>`;
}
