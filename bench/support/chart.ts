/** A chart of a few lines over one axis; the y axis is logarithmic. */
export interface Chart {
  readonly title: string;
  readonly xLabel: string;
  /** Across by powers of ten, from the first point; otherwise evenly from 0. */
  readonly isByPowers?: boolean;
  readonly yLabel: string;
  readonly lines: readonly {
    readonly name: string;
    readonly points: readonly (readonly [x: number, y: number])[];
  }[];
}

const [WIDTH, HEIGHT] = [640, 400];
const EDGE = { left: 72, right: 140, top: 44, bottom: 52 };
const NAME_HEIGHT = 14;
const COLOURS = ['#1f4a66', '#b5623f', '#5b6268', '#2f7a4c'];

function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

interface Scales {
  readonly x: (value: number) => string;
  readonly y: (value: number) => string;
  readonly decades: readonly number[];
}

/** Logarithmic up over whole decades; across from 0, or by powers of ten from the first point. */
function scalesOf(chart: Chart): Scales {
  const points = chart.lines.flatMap((line) => line.points);
  const placed = (x: number) => (chart.isByPowers === true ? Math.log10(x) : x);
  const places = points.map(([x]) => placed(x));
  const first = chart.isByPowers === true ? Math.min(...places) : 0;
  const breadth = Math.max(1, ...places) - first || 1;
  const logs = points.map(([, y]) => Math.log10(Math.max(y, 0.001)));
  const low = Math.floor(Math.min(...logs));
  const high = Math.max(low + 1, Math.ceil(Math.max(...logs)));
  const [across, up] = [WIDTH - EDGE.left - EDGE.right, HEIGHT - EDGE.top - EDGE.bottom];
  return {
    x: (value) => (EDGE.left + ((placed(value) - first) / breadth) * across).toFixed(1),
    y: (value) => {
      const share = (Math.log10(Math.max(value, 0.001)) - low) / (high - low);
      return (HEIGHT - EDGE.bottom - share * up).toFixed(1);
    },
    decades: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)),
  };
}

function textAt(x: string | number, y: string | number, text: string, more = ''): string {
  return `<text x="${x}" y="${y}" ${more}>${escapeText(text)}</text>`;
}

function axes(chart: Chart, { x, y, decades }: Scales): string[] {
  const right = WIDTH - EDGE.right;
  const bottom = HEIGHT - EDGE.bottom;
  const ticks = [...new Set(chart.lines.flatMap((line) => line.points.map(([at]) => at)))];
  const middle = (EDGE.top + bottom) / 2;
  return [
    textAt(EDGE.left, 24, chart.title, 'font-size="15" font-weight="600"'),
    ...decades.flatMap((value) => [
      `<path d="M${EDGE.left} ${y(value)}H${right}" stroke="#ddd"/>`,
      textAt(
        EDGE.left - 8,
        Number(y(value)) + 4,
        `${Number(value.toPrecision(1))}`,
        'text-anchor="end"',
      ),
    ]),
    ...ticks.map((at) =>
      textAt(x(at), bottom + 18, at.toLocaleString('en'), 'text-anchor="middle"'),
    ),
    textAt((EDGE.left + right) / 2, HEIGHT - 12, chart.xLabel, 'text-anchor="middle"'),
    textAt(18, middle, chart.yLabel, `text-anchor="middle" transform="rotate(-90 18 ${middle})"`),
  ];
}

/** Heights of the names at the ends of the lines, pushed apart where they would overlap. */
function nameHeights(chart: Chart, { y }: Scales): readonly number[] {
  const ends = chart.lines.map(({ points }, i) => ({ i, at: Number(y(points.at(-1)?.[1] ?? 1)) }));
  const heights: number[] = [];
  let above = Number.NEGATIVE_INFINITY;
  for (const { i, at } of ends.sort((a, b) => a.at - b.at)) {
    above = Math.max(at, above + NAME_HEIGHT);
    heights[i] = above;
  }
  return heights;
}

/** The chart as an SVG document of some kilobytes that needs nothing else. */
export function drawChart(chart: Chart): string {
  const scales = scalesOf(chart);
  const heights = nameHeights(chart, scales);
  const lines = chart.lines.flatMap(({ name, points }, i) => {
    const colour = COLOURS[i % COLOURS.length] ?? '#000';
    const way = points.map(([px, py]) => `${scales.x(px)} ${scales.y(py)}`);
    const last = points.at(-1);
    return [
      `<path d="M${way.join('L')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...points.map(
        ([px, py]) => `<circle cx="${scales.x(px)}" cy="${scales.y(py)}" r="3" fill="${colour}"/>`,
      ),
      last === undefined
        ? ''
        : textAt(Number(scales.x(last[0])) + 8, (heights[i] ?? 0) + 4, name, `fill="${colour}"`),
    ];
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<title>${escapeText(chart.title)}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...axes(chart, scales),
    ...lines,
    '</svg>\n',
  ].join('\n');
}
