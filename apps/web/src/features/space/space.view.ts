import type { Attribute, Choice, Family, RuleReference, Value } from '@keepsake/configurator';
import type {
  AttributeLook,
  LevelFigures,
  SpaceLook,
  ValueLook,
} from '@keepsake/configurator/worker';
import { type NameReading, valueName } from '../../platform/value-name.view.ts';
import { textIn } from '../../ui/locale.tsx';
import { numberFormat, shortNumber } from '../../ui/number-format.view.ts';

/** Digits from which a number is also said in powers of ten. */
const ABOUT_FROM = 7;

/** A large number to read: all digits in groups, and about how much it is. */
export interface NumberWords {
  /** The groups of digits with their separators, so that a line may break between them. */
  readonly groups: readonly string[];
  /** `2.4` and `22` for about 2.4 × 10^22; missing where the number itself is short. */
  readonly about?: { readonly mantissa: string; readonly exponent: number };
}

/** Says a whole number, of hundreds of digits if it must be, in a language. */
export function numberWords(value: bigint, locale: string): NumberWords {
  const groups: string[] = [];
  for (const { type, value: text } of numberFormat(locale).formatToParts(value)) {
    if (type === 'integer') groups.push(text);
    else groups[groups.length - 1] = `${groups.at(-1) ?? ''}${text}`;
  }
  const digits = value.toString();
  if (digits.length < ABOUT_FROM) return { groups };
  const rounded = BigInt(digits.slice(0, 3)) + 5n;
  const carries = rounded >= 1000n;
  const tenths = Number(carries ? 10n : rounded / 10n);
  const mantissa = numberFormat(locale, { minimumFractionDigits: 1 }).format(tenths / 10);
  return { groups, about: { mantissa, exponent: digits.length - (carries ? 0 : 1) } };
}

/** A size in bytes, as people say it. */
export function bytesWords(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte'] as const;
  const power = Math.min(2, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  return numberFormat(locale, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / 1000 ** power);
}

/** How to name things of a family. */
export interface Naming extends NameReading {
  /** After the name of a text: whether it is written. */
  readonly written: string;
  /** For a value that is left open. */
  readonly open: string;
  /** For what the engine put in between to split a rule. */
  readonly inBetween: string;
}

/** The name of an attribute, of a conditional price, or of a text. */
export function levelName(family: Family, level: LevelFigures, naming: Naming): string {
  const { id, kind } = level;
  if (kind === 'auxiliary') return naming.inBetween;
  if (kind === 'price') {
    const price = family.prices.find((each) => each.id === id.replace(/^price:/, ''));
    return price === undefined ? id : textIn(price.text, naming.locale);
  }
  const plain = id.replace(/^text:/, '');
  const attribute = family.attributes.find((each) => each.id === plain);
  const name = attribute === undefined ? plain : textIn(attribute.name, naming.locale);
  return kind === 'text' ? `${name} (${naming.written})` : name;
}

/** `Frame: Carbon`, for lists of choices. */
export function choiceName(family: Family, choice: Choice, reading: Naming): string {
  const attribute = family.attributes.find(({ id }) => id === choice.attribute);
  if (attribute === undefined) return choice.attribute;
  return `${textIn(attribute.name, reading.locale)}: ${lookName(attribute, { value: choice.value }, reading)}`;
}

/** A value of a list, or a run of numbers: `Carbon`, `84 cm – 91 cm`. */
export function lookName(
  attribute: Attribute,
  look: Pick<ValueLook, 'value' | 'to'>,
  reading: Naming,
): string {
  if (look.value === null) return reading.open;
  const from = valueName(attribute, look.value, reading);
  return look.to === undefined ? from : `${from} – ${valueName(attribute, look.to, reading)}`;
}

/** What one act did to attributes that it did not name. */
export interface Effects {
  /** Values that were possible before and are not any more. */
  readonly impossible: readonly Choice[];
  /** Values that are the only ones left now, and were not before. */
  readonly forced: readonly Choice[];
  /** How many values became possible again. */
  readonly openedCount: number;
}

function validValues(look: AttributeLook | undefined): ReadonlySet<Value> {
  const valid = look?.values.filter(({ validity }) => validity === 'valid') ?? [];
  return new Set(valid.map(({ value }) => value));
}

/** Compares the looks before and after an act. */
export function effectsOf(before: SpaceLook, after: SpaceLook): Effects {
  const known = new Map(before.attributes.map((each) => [each.id, each]));
  const impossible: Choice[] = [];
  const forced: Choice[] = [];
  let openedCount = 0;
  for (const look of after.attributes) {
    const then = known.get(look.id);
    const were = validValues(then);
    for (const { value, validity } of look.values) {
      const was = were.has(value);
      if (was && validity === 'invalid') impossible.push({ attribute: look.id, value });
      if (!was && validity === 'valid') openedCount++;
    }
    const isNew = then?.standing !== 'forced' || then.value !== look.value;
    if (look.standing === 'forced' && isNew && look.value !== undefined) {
      forced.push({ attribute: look.id, value: look.value });
    }
  }
  return { impossible, forced, openedCount };
}

/** The open attribute that decides most, and how much of what is left it settles. */
export interface NextQuestion {
  readonly attribute: string;
  /** Expected information of its answer in bits, were every design left equally likely. */
  readonly bits: number;
  /** The share of designs left after its answer, on average: between 0 and 1. */
  readonly shareLeft: number;
}

/**
 * The open attribute whose answer tells most about the rest: the greatest entropy of its value over
 * the designs that are left (Shannon 1948). Undefined where nothing is open or counts are missing.
 */
export function nextQuestionOf(look: SpaceLook): NextQuestion | undefined {
  let best: NextQuestion | undefined;
  for (const { id, standing, values } of look.attributes) {
    const counts = values.flatMap(({ validity, designs = 0 }) =>
      validity === 'valid' ? [designs] : [],
    );
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (standing !== 'open' || total <= 0) continue;
    const shares = counts.map((count) => count / total).filter((share) => share > 0);
    const bits = shares.reduce((sum, share) => sum - share * Math.log2(share), 0);
    const shareLeft = shares.reduce((sum, share) => sum + share * share, 0);
    if (best === undefined || bits > best.bits) best = { attribute: id, bits, shareLeft };
  }
  return best === undefined || best.bits < 1e-9 ? undefined : best;
}

/** One rule, table or formula with where to find it on the page. */
export interface RuleEntry extends RuleReference {
  readonly anchor: string;
}

/** Where a rule stands on the page. */
export function ruleAnchor(rule: Pick<RuleReference, 'kind' | 'id'>): string {
  return `rule-${rule.kind}-${rule.id}`;
}

/** All that restricts a family, in the order of its file. */
export function rulesOf(family: Family): readonly RuleEntry[] {
  const entry = (kind: RuleReference['kind']) => (rule: Pick<RuleReference, 'id' | 'text'>) => ({
    ...{ kind, id: rule.id, text: rule.text },
    anchor: ruleAnchor({ kind, id: rule.id }),
  });
  return [
    ...family.rules.map(entry('rule')),
    ...family.tables.map(entry('table')),
    ...family.formulas.map(entry('formula')),
  ];
}

/** Whether an attribute or one of its values is meant by what somebody types. */
function isWanted(attribute: Attribute, wanted: string, reading: NameReading): boolean {
  const needle = wanted.trim().toLocaleLowerCase(reading.locale);
  if (needle === '') return true;
  const names = [textIn(attribute.name, reading.locale)];
  if (attribute.type === 'choice') {
    names.push(...attribute.values.map(({ name }) => textIn(name, reading.locale)));
  }
  return names.some((name) => name.toLocaleLowerCase(reading.locale).includes(needle));
}

/** What share of all designs is left; very small shares in powers of ten. */
export function shareWords(left: bigint, all: bigint, locale: string): string {
  if (all === 0n) return '';
  const share = ratioOf(left, all);
  if (share !== 0 && share < SMALLEST_PERCENT) {
    return `1 : ${shortNumber(ratioOf(all, left), locale)}`;
  }
  const format = { style: 'percent', maximumSignificantDigits: 2 } as const;
  return numberFormat(locale, format).format(share);
}

/** Below a hundredth of a percent, one in so many says more. */
const SMALLEST_PERCENT = 1e-4;

/** A quotient of whole numbers that may be too large for a double. */
function ratioOf(a: bigint, b: bigint): number {
  const length = Math.max(a.toString(2).length, b.toString(2).length);
  const shift = BigInt(Math.max(0, length - 1000));
  return Number(a >> shift) / Math.max(1, Number(b >> shift));
}

/** A heading with the attributes under it. */
export interface AttributeGroup {
  readonly id: string;
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

/** What can be decided, by the groups of the family; only what is wanted, where something is. */
export function groupsOf(
  family: Family,
  wanted: string,
  reading: NameReading & { readonly other: string },
): readonly AttributeGroup[] {
  const own = family.attributes.filter(
    (each) => each.type !== 'text' && isWanted(each, wanted, reading),
  );
  const known = new Set(family.groups.map(({ id }) => id));
  const named = family.groups.map(({ id, name }) => ({
    id,
    name: textIn(name, reading.locale),
    attributes: own.filter(({ group }) => group === id),
  }));
  const rest = own.filter(({ group }) => group === undefined || !known.has(group));
  const other = { id: '_other', name: reading.other, attributes: rest };
  return [...named, other].filter(({ attributes }) => attributes.length > 0);
}
