/** Numbers as people say them. */

const UNITS: readonly (readonly string[])[] = [
  ['zero'],
  ['one', 'eins', 'ein', 'eine'],
  ['two', 'zwei'],
  ['three', 'drei'],
  ['four', 'vier'],
  ['five', 'fünf'],
  ['six', 'sechs'],
  ['seven', 'sieben'],
  ['eight', 'acht'],
  ['nine', 'neun'],
  ['ten', 'zehn'],
  ['eleven', 'elf'],
  ['twelve', 'zwölf'],
  ['thirteen', 'dreizehn'],
  ['fourteen', 'vierzehn'],
  ['fifteen', 'fünfzehn'],
  ['sixteen', 'sechzehn'],
  ['seventeen', 'siebzehn'],
  ['eighteen', 'achtzehn'],
  ['nineteen', 'neunzehn'],
];
const TENS: readonly (readonly string[])[] = [
  [],
  [],
  ['twenty', 'zwanzig'],
  ['thirty', 'dreißig'],
  ['forty', 'vierzig'],
  ['fifty', 'fünfzig'],
  ['sixty', 'sechzig'],
  ['seventy', 'siebzig'],
  ['eighty', 'achtzig'],
  ['ninety', 'neunzig'],
];

const WORDS: ReadonlyMap<string, number> = new Map([
  ...UNITS.flatMap((words, number) => words.map((word) => [word, number] as const)),
  ...TENS.flatMap((words, tens) => words.map((word) => [word, tens * 10] as const)),
]);

/** Letter case, width and blanks aside, and without full stops at the end: for comparing texts. */
export function folded(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().normalize('NFKC');
  return plain
    .replace(/[\s.]+$/, '')
    .trim()
    .replace(/\s+/g, ' ');
}

/**
 * The number a text says: digits, with thousands (`1,000`) or a decimal point or comma, or a word up
 * to ninety-nine in English or German. Undefined where it says none.
 */
export function numberSaid(text: string): number | undefined {
  const said = folded(text);
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(said)) return Number(said.replaceAll(',', ''));
  if (/^[+-]?\d{1,15}([.,]\d{1,15})?$/.test(said)) return Number(said.replace(',', '.'));
  return numberWord(said);
}

function numberWord(said: string): number | undefined {
  const whole = WORDS.get(said);
  if (whole !== undefined) return whole;
  const [tens = '', unit = '', ...rest] = said.split(/[ -]/);
  const high = WORDS.get(tens) ?? 0;
  const low = WORDS.get(unit) ?? 0;
  const isPair = rest.length === 0 && high >= 20 && low >= 1 && low <= 9;
  return isPair ? high + low : undefined;
}
