/** A company's accent by day and by night, with the ink that is read on it. */
export interface AccentPair {
  readonly day: string;
  readonly night: string;
  readonly onDay: string;
  readonly onNight: string;
}

type Rgb = readonly [number, number, number];

const DAY_GROUNDS: readonly Rgb[] = [
  [0xf8, 0xf4, 0xea],
  [0xff, 0xfd, 0xf7],
];
const NIGHT_GROUNDS: readonly Rgb[] = [
  [0x17, 0x15, 0x12],
  [0x20, 0x1d, 0x19],
];
const PAPER: Rgb = [0xfd, 0xfa, 0xf3];
const INK: Rgb = [0x12, 0x10, 0x0c];
const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
/** WCAG 2.2 §1.4.3 asks for 4.5 : 1; the wash behind an accent takes a little of it away. */
const CONTRAST_MIN = 5.2;
const STEPS = 40;

function parseColour(text: string): Rgb | undefined {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (match === null) return undefined;
  const [, red, green, blue] = match.map((part) => Number.parseInt(part, 16));
  return [red ?? 0, green ?? 0, blue ?? 0];
}

function textOf(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

/** Relative luminance, WCAG 2.2. */
function luminanceOf(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}

function contrastOf(one: Rgb, other: Rgb): number {
  const [a, b] = [luminanceOf(one), luminanceOf(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** The contrast of two colours written `#rrggbb`, from 1 to 21; 0 where one is no such colour. */
export function contrastBetween(one: string, other: string): number {
  const [a, b] = [parseColour(one), parseColour(other)];
  return a === undefined || b === undefined ? 0 : contrastOf(a, b);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2): number => from[index] + (to[index] - from[index]) * share;
  return [part(0), part(1), part(2)].map(Math.round) as unknown as Rgb;
}

/** Moves a colour towards black or white, only as far as it takes to be read on all grounds. */
function readableOn(grounds: readonly Rgb[], colour: Rgb, towards: Rgb): Rgb {
  for (let step = 0; step < STEPS; step++) {
    const candidate = mix(colour, towards, step / STEPS);
    if (grounds.every((ground) => contrastOf(candidate, ground) >= CONTRAST_MIN)) return candidate;
  }
  return towards;
}

function inkOn(colour: Rgb): string {
  return textOf(contrastOf(colour, PAPER) >= contrastOf(colour, INK) ? PAPER : INK);
}

/** Makes a company's accent readable by day and by night; undefined where it is no `#rrggbb`. */
export function accentPairOf(accent: string): AccentPair | undefined {
  const colour = parseColour(accent);
  if (colour === undefined) return undefined;
  const day = readableOn(DAY_GROUNDS, colour, BLACK);
  const night = readableOn(NIGHT_GROUNDS, colour, WHITE);
  return { day: textOf(day), night: textOf(night), onDay: inkOn(day), onNight: inkOn(night) };
}
