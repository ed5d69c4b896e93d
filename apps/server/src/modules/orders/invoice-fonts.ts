/** Chooses, letter by letter, the font file that has it: names and engravings know no one script. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface Face {
  readonly file: string;
  readonly ranges: readonly (readonly [number, number])[];
}

const require = createRequire(import.meta.url);

function facesOf(name: string, prefix: string): readonly Face[] {
  const folder = dirname(require.resolve(`@fontsource/${name}/package.json`));
  const text = readFileSync(join(folder, 'unicode.json'), 'utf8');
  const subsets = JSON.parse(text) as Readonly<Record<string, string>>;
  return Object.entries(subsets).map(([subset, ranges]) => ({
    file: join(folder, 'files', `${prefix}-${subset.replace(/[[\]]/g, '')}-400-normal.woff`),
    ranges: ranges.split(',').map(parseRange),
  }));
}

function parseRange(text: string): readonly [number, number] {
  const [from = '0', to] = text.trim().replace(/^U\+/, '').split('-');
  return [Number.parseInt(from, 16), Number.parseInt(to ?? from, 16)];
}

let known: readonly Face[] | undefined;

function faces(): readonly Face[] {
  known ??= [...facesOf('noto-sans', 'noto-sans'), ...facesOf('noto-sans-sc', 'noto-sans-sc')];
  return known;
}

/** The file of plain text. */
export function plainFont(): string {
  const folder = dirname(require.resolve('@fontsource/noto-sans/package.json'));
  return join(folder, 'files', 'noto-sans-latin-400-normal.woff');
}

/** The file of headings. */
export function boldFont(): string {
  const folder = dirname(require.resolve('@fontsource/noto-sans/package.json'));
  return join(folder, 'files', 'noto-sans-latin-700-normal.woff');
}

function faceFor(codePoint: number): string {
  const holds = (face: Face): boolean =>
    face.ranges.some(([from, to]) => codePoint >= from && codePoint <= to);
  return faces().find(holds)?.file ?? plainFont();
}

/** A stretch of text that one font file can show. */
export interface FontRun {
  readonly font: string;
  readonly text: string;
}

/** Splits a text into runs of one font each. Plain ASCII stays one run. */
export function fontRuns(text: string): readonly FontRun[] {
  const runs: { font: string; text: string }[] = [];
  for (const letter of text) {
    const codePoint = letter.codePointAt(0) ?? 0;
    const font = codePoint < 0x7f ? plainFont() : faceFor(codePoint);
    const last = runs.at(-1);
    if (last?.font === font) last.text += letter;
    else runs.push({ font, text: letter });
  }
  return runs;
}
