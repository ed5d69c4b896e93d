import type { Words } from '@keepsake/kernel';
import type { Tree } from '../expression.ts';
import type { Attribute, NumberAttribute, PartKind, Rule } from '../family.ts';
import { isThere } from './aggregates.ts';
import { ATTRIBUTES_MAX, type FamilyFrame, present, readAttribute } from './attributes.ts';
import {
  type Fields,
  type Place,
  type Reading,
  readList,
  readMapping,
  readWords,
  report,
} from './document.ts';
import {
  readAmount,
  readBoolean,
  readNamedId,
  readNumber,
  readPlainId,
  uniqueIds,
} from './values.ts';

/** Kinds of parts, parts of a kind, and attributes of a part at most. */
const KINDS_MAX = 20;
const MEMBERS_MAX = 20;
const OWN_MAX = 20;
/** Designs of one part at most, so that parts can be put in order by one number. */
const DESIGNS_MAX = 1e9;
const ID_MAX = 64;

/** The parts of a family, and what they add to its attributes and rules. */
export interface Parts {
  readonly kinds: readonly PartKind[];
  readonly attributes: readonly Attribute[];
  readonly rules: readonly Rule[];
}

/** One kind of part with the attributes of one of its members, by their own ids. */
interface Sketch {
  readonly kind: PartKind;
  readonly oneName: Words;
  readonly own: readonly Attribute[];
  readonly count: NumberAttribute;
  readonly text: Words | undefined;
  readonly isOrdered: boolean;
}

const SHAPE = {
  required: ['id', 'one', 'max', 'attributes'],
  optional: [
    'name',
    'hint',
    'group',
    'min',
    'default',
    'price',
    'memory',
    'interchangeable',
    'text',
  ],
} as const;

/** How many parts there are, as an attribute like any other. */
function readCount(
  reading: Reading,
  at: Place,
  of: { readonly fields: Fields; readonly id: string; readonly frame: FamilyFrame },
): NumberAttribute {
  const { fields, frame, id } = of;
  const bounds = { least: 0, most: MEMBERS_MAX, isWhole: true };
  const min = readNumber(reading, fields.get('min'), bounds) ?? 0;
  const max = readNumber(reading, fields.get('max'), { ...bounds, least: 1 }) ?? 1;
  const wish = readNumber(reading, fields.get('default'), bounds) ?? min;
  if (max < min || wish < min || wish > max) {
    const message = "'min', 'default' and 'max' must not descend";
    report(reading, at, { code: 'value/bounds', message });
  }
  const group = readPlainId(reading, fields.get('group'));
  const place = fields.get('group');
  if (group !== undefined && place !== undefined && !frame.groups.has(group)) {
    report(reading, place, { code: 'id/unknown', message: `there is no group '${group}'` });
  }
  return present<NumberAttribute>({
    id,
    name: readWords(reading, fields.get('name')) ?? { en: id },
    hint: readWords(reading, fields.get('hint')),
    group,
    memory: readNamedId(reading, fields.get('memory')),
    body: false,
    type: 'integer',
    min,
    max: Math.max(min, max),
    step: 1,
    digits: 0,
    measured: false,
    optional: false,
    pricePerUnitMinor: readAmount(reading, fields.get('price'), frame.minorDigits) ?? 0,
    default: wish,
  });
}

/** What an attribute has that a part cannot have, in words. */
function strayOf(attribute: Attribute): readonly string[] {
  if (attribute.type === 'text') return ['a text'];
  const isMeasured = 'measured' in attribute && attribute.measured;
  const found: readonly (readonly [boolean, string])[] = [
    [attribute.group !== undefined, "a 'group'; the parts stand together"],
    [attribute.memory !== undefined, "a 'memory'"],
    [attribute.body || isMeasured, 'a measure of the body'],
    [attribute.optional === true && !isMeasured, "'optional'; all is absent where the part is"],
  ];
  return found.flatMap(([isFound, what]) => (isFound ? [what] : []));
}

/** The attributes of one part; what belongs to the whole kind or to no part is a fault. */
function readOwn(reading: Reading, place: Place | undefined, frame: FamilyFrame): Attribute[] {
  const isNew = uniqueIds(reading);
  return readList(reading, place, { least: 1, most: OWN_MAX }).flatMap((at) => {
    const attribute = readAttribute(reading, at, frame);
    if (attribute === undefined || !isNew(at, attribute.id)) return [];
    const stray = strayOf(attribute);
    for (const what of stray) {
      report(reading, at, { code: 'value/form', message: `a part cannot have ${what}` });
    }
    return stray.length > 0 ? [] : [attribute];
  });
}

function sizeOf(attribute: Attribute): number {
  if (attribute.type === 'choice') return attribute.values.length;
  if (attribute.type === 'boolean') return 2;
  if (attribute.type === 'text') return 1;
  return Math.floor((attribute.max - attribute.min) / attribute.step + 1e-9) + 1;
}

interface One {
  readonly id: string;
  readonly name: Words;
}

function readOne(reading: Reading, place: Place | undefined): One | undefined {
  if (place === undefined) return undefined;
  const fields = readMapping(reading, place, { required: ['id'], optional: ['name'] });
  const id = readPlainId(reading, fields?.get('id'));
  if (fields === undefined || id === undefined) return undefined;
  return { id, name: readWords(reading, fields.get('name')) ?? { en: id } };
}

function readKind(reading: Reading, at: Place, frame: FamilyFrame): Sketch | undefined {
  const fields = readMapping(reading, at, SHAPE);
  const id = readPlainId(reading, fields?.get('id'));
  const one = readOne(reading, fields?.get('one'));
  if (fields === undefined || id === undefined || one === undefined) return undefined;
  const count = readCount(reading, at, { fields, id, frame });
  const own = readOwn(reading, fields.get('attributes'), frame);
  if (own.reduce((product, each) => product * sizeOf(each), 1) > DESIGNS_MAX) {
    const message = `a part has at most ${String(DESIGNS_MAX)} designs`;
    report(reading, at, { code: 'limit/exceeded', message });
  }
  const attributes = own.map((each) => each.id);
  const longest = Math.max(0, ...attributes.map((each) => each.length));
  if (one.id.length + longest + 4 > ID_MAX) {
    const message = `'${one.id}.20.…' is longer than ${String(ID_MAX)} characters`;
    report(reading, at, { code: 'value/form', message, hint: 'shorter ids' });
  }
  const kind = { id, one: one.id, name: count.name, max: count.max, attributes };
  const isOrdered = readBoolean(reading, fields.get('interchangeable')) ?? true;
  const text = readWords(reading, fields.get('text'));
  return { kind, oneName: one.name, own, count, text, isOrdered };
}

/** Words in every language that both have, and in English. */
function joinWords(a: Words, b: Words, join: (a: string, b: string) => string): Words {
  const both = Object.keys(a).filter((locale) => Object.hasOwn(b, locale));
  const joined = both.map((locale) => [locale, join(a[locale] ?? a.en, b[locale] ?? b.en)]);
  return { ...Object.fromEntries(joined), en: join(a.en, b.en) };
}

function memberId(kind: PartKind, number: number, own: string): string {
  return `${kind.one}.${String(number)}.${own}`;
}

/** The attributes of one part of a kind. */
function memberAttributes({ count, kind, oneName, own }: Sketch, number: number): Attribute[] {
  const group = count.group === undefined ? {} : { group: count.group };
  return own.map((attribute): Attribute => {
    const name = joinWords(oneName, attribute.name, (one, of) => `${one} ${String(number)}: ${of}`);
    const part = { of: kind.id, number };
    const id = memberId(kind, number, attribute.id);
    const base = { id, name, ...group, part };
    return attribute.type === 'text'
      ? { ...attribute, ...base }
      : { ...attribute, ...base, optional: true };
  });
}

function compare(op: '=' | '<=', left: Tree, right: Tree): Tree {
  return { kind: 'binary', op, left, right };
}

function literal(value: number | string): Tree {
  return { kind: 'literal', value };
}

function arithmetic(op: '+' | '-' | '*' | '/', left: Tree, right: Tree): Tree {
  return { kind: 'binary', op, left, right };
}

/** The place of the value among the values of an attribute, from 0. */
function placeOf(attribute: Attribute, id: string): Tree {
  const of: Tree = { kind: 'attribute', id };
  if (attribute.type === 'choice') {
    return attribute.values
      .map((value, i) => arithmetic('*', literal(i), compare('=', of, literal(value.id))))
      .reduce((left, right) => arithmetic('+', left, right));
  }
  if (attribute.type !== 'integer' && attribute.type !== 'decimal') return of;
  const above = arithmetic('-', of, literal(attribute.min));
  return { kind: 'call', name: 'round', of: [arithmetic('/', above, literal(attribute.step))] };
}

/** One number for the design of a part: the places of its values, the first weighing most. */
function rankOf({ kind, own }: Sketch, number: number): Tree {
  let weight = own.reduce((product, each) => product * sizeOf(each), 1);
  return own
    .map((attribute) => {
      weight = Math.round(weight / sizeOf(attribute));
      return arithmetic(
        '*',
        literal(weight),
        placeOf(attribute, memberId(kind, number, attribute.id)),
      );
    })
    .reduce((left, right) => arithmetic('+', left, right));
}

/** Words of a rule about a kind of parts, in English and in German where the kind has it. */
function ruleWords(name: Words, text: Readonly<Record<'en' | 'de', string>>): Words {
  const { de } = name;
  const german = de === undefined ? {} : { de: `${de}: ${text.de}` };
  return { en: `${name.en}: ${text.en}`, ...german };
}

const PRESENT = {
  en: 'what is counted has all its values, and nothing else has any',
  de: 'was gezählt ist, hat alle seine Werte, und sonst nichts',
};
const ORDERED = {
  en: 'they stand in the order of their values',
  de: 'sie stehen in der Reihenfolge ihrer Werte',
};

/** Values are there exactly where their part is. */
function presenceRules({ kind, own }: Sketch, number: number): Rule[] {
  return own.map(({ id }): Rule => {
    const of: Tree = { kind: 'attribute', id: memberId(kind, number, id) };
    const tree = compare('=', compare('=', of, of), isThere(kind, number));
    const source = `(${of.id} = ${of.id}) = (${kind.id} >= ${String(number)})`;
    const text = ruleWords(kind.name, PRESENT);
    return { kind: 'require', id: `${kind.id}:${of.id}`, text, require: { source, tree } };
  });
}

/** Interchangeable parts stand in the order of their designs, so that each set is met once. */
function orderRule(sketch: Sketch, number: number): Rule {
  const { kind } = sketch;
  const apart: Tree = { kind: 'not', of: isThere(kind, number + 1) };
  const inOrder = compare('<=', rankOf(sketch, number), rankOf(sketch, number + 1));
  const tree: Tree = { kind: 'binary', op: 'or', left: apart, right: inOrder };
  const [one, next] = [number, number + 1].map((n) => `${kind.one}.${String(n)}`);
  return {
    kind: 'require',
    id: `${kind.id}:order.${String(number)}`,
    text: sketch.text ?? ruleWords(kind.name, ORDERED),
    require: { source: `${String(one)} <= ${String(next)}`, tree },
  };
}

function expand(sketch: Sketch): Parts {
  const { count, isOrdered, kind } = sketch;
  const numbers = Array.from({ length: kind.max }, (_, k) => k + 1);
  const pairs = isOrdered ? numbers.slice(1).map((n) => n - 1) : [];
  return {
    kinds: [kind],
    attributes: [count, ...numbers.flatMap((n) => memberAttributes(sketch, n))],
    rules: [
      ...numbers.flatMap((n) => presenceRules(sketch, n)),
      ...pairs.map((n) => orderRule(sketch, n)),
    ],
  };
}

/**
 * The kinds of parts of a family, told as attributes and rules: how many there are, what each of them
 * has, and in which order they stand.
 */
export function readParts(
  reading: Reading,
  place: Place | undefined,
  frame: FamilyFrame & { readonly taken: readonly Attribute[] },
): Parts {
  const ids = new Set(frame.taken.map(({ id }) => id));
  const all: Parts[] = [];
  let room = ATTRIBUTES_MAX - frame.taken.length;
  for (const at of readList(reading, place, { most: KINDS_MAX })) {
    const sketch = readKind(reading, at, frame);
    if (sketch === undefined) continue;
    const { kind } = sketch;
    for (const id of new Set([kind.id, kind.one])) {
      if (ids.has(id)) {
        report(reading, at, { code: 'id/duplicate', message: `'${id}' is there already` });
      }
      ids.add(id);
    }
    room -= 1 + kind.max * kind.attributes.length;
    if (room < 0) {
      const message = `with all parts there are more than ${String(ATTRIBUTES_MAX)} attributes`;
      report(reading, at, { code: 'limit/exceeded', message, hint: "a smaller 'max'" });
      break;
    }
    all.push(expand(sketch));
  }
  return {
    kinds: all.flatMap(({ kinds }) => kinds),
    attributes: all.flatMap(({ attributes }) => attributes),
    rules: all.flatMap(({ rules }) => rules),
  };
}
