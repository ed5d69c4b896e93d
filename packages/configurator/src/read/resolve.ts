import type { Operator, Tree } from '../expression.ts';
import type { Attribute, PartKind } from '../family.ts';
import { AGGREGATES, aggregate, namesIn } from './aggregates.ts';
import type { Raw, SyntaxFault } from './syntax.ts';

/** What a part of an expression stands for. */
type Meaning = 'number' | 'truth' | 'choice' | 'text';

/** A resolved part; `attribute` names the choice whose values it can be compared with. */
interface Part {
  readonly tree: Tree;
  readonly meaning: Meaning;
  readonly choice?: Attribute & { readonly type: 'choice' };
}

/** Attributes by id, kinds of parts by id, and whether texts may be mentioned. */
export interface Names {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly parts: ReadonlyMap<string, PartKind>;
  readonly texts: boolean;
  /** The part that is spoken of inside of `any(…)` and its like. */
  readonly member?: { readonly kind: PartKind; readonly number: number };
}

/** A fault of meaning; `code` tells an unknown name from mixed types. */
export interface MeaningFault extends SyntaxFault {
  readonly code: 'id/unknown' | 'expression/type';
}

/** Ends resolving at a fault; caught in `resolve` and nowhere else. */
class Stop extends Error {
  readonly fault: MeaningFault;
  constructor(at: number, code: MeaningFault['code'], message: string) {
    super(message);
    this.fault = { at, code, message };
  }
}

function attributePart(attribute: Attribute, names: Names, at: number): Part {
  const tree: Tree = { kind: 'attribute', id: attribute.id };
  switch (attribute.type) {
    case 'choice':
      return { tree, meaning: 'choice', choice: attribute };
    case 'boolean':
      return { tree, meaning: 'truth' };
    case 'integer':
    case 'decimal':
      return { tree, meaning: 'number' };
    case 'text':
      if (names.texts) return { tree: { kind: 'text', id: attribute.id }, meaning: 'text' };
      throw new Stop(at, 'expression/type', `the text '${attribute.id}' cannot be mentioned here`);
  }
}

/** The kind of part that a name such as `panniers.volume` is about; undefined for other names. */
function kindOf(name: string, names: Names): PartKind | undefined {
  const dot = name.indexOf('.');
  return dot < 0 ? undefined : names.parts.get(name.slice(0, dot));
}

/** The attribute of a name; inside of `any(…)` and its like that of the part spoken of. */
function findAttribute(name: string, names: Names): Attribute | undefined {
  const { attributes, member } = names;
  const kind = kindOf(name, names);
  if (kind === undefined || kind !== member?.kind) return attributes.get(name);
  return attributes.get(`${kind.one}.${String(member.number)}${name.slice(kind.id.length)}`);
}

function unknownName(raw: Raw & { kind: 'name' }, names: Names): Stop {
  const kind = kindOf(raw.name, names);
  const own = raw.name.slice((kind?.id.length ?? 0) + 1);
  if (kind === undefined)
    return new Stop(raw.at, 'id/unknown', `there is no attribute '${raw.name}'`);
  if (!kind.attributes.includes(own)) {
    return new Stop(raw.at, 'id/unknown', `the parts '${kind.id}' have no attribute '${own}'`);
  }
  const message = `'${raw.name}' is one value a part: ask any(…), all(…), count(…) or sum(…)`;
  return new Stop(raw.at, 'expression/type', message);
}

function namePart(raw: Raw & { kind: 'name' }, names: Names): Part {
  if (raw.name === 'true' || raw.name === 'false') {
    return { tree: { kind: 'literal', value: raw.name === 'true' }, meaning: 'truth' };
  }
  const attribute = findAttribute(raw.name, names);
  if (attribute !== undefined) return attributePart(attribute, names, raw.at);
  throw unknownName(raw, names);
}

/** A number; a truth counts 1 or 0. */
function numeric(raw: Raw, names: Names): Tree {
  const part = partOf(raw, names);
  if (part.meaning === 'number' || part.meaning === 'truth') return part.tree;
  throw new Stop(raw.at, 'expression/type', 'expected a number here');
}

function truth(raw: Raw, names: Names): Tree {
  const part = partOf(raw, names);
  if (part.meaning === 'truth') return part.tree;
  throw new Stop(raw.at, 'expression/type', 'expected a condition here');
}

/** The id that a part names if it stands beside a choice. */
function wordOf(raw: Raw): string | undefined {
  if (raw.kind === 'quoted') return raw.text;
  return raw.kind === 'name' ? raw.name : undefined;
}

function valueOfChoice(choice: Attribute & { type: 'choice' }, raw: Raw, names: Names): Part {
  const word = wordOf(raw);
  if (word !== undefined && choice.values.some(({ id }) => id === word)) {
    return { tree: { kind: 'literal', value: word }, meaning: 'choice', choice };
  }
  const isOther = raw.kind === 'name' && findAttribute(raw.name, names)?.type === 'choice';
  if (isOther) return partOf(raw, names);
  if (word === undefined) {
    throw new Stop(raw.at, 'expression/type', `expected a value of '${choice.id}' here`);
  }
  throw new Stop(raw.at, 'id/unknown', `'${word}' is no value of '${choice.id}'`);
}

/** The choice attribute that a raw part names, unless it is a value of the part on the other side. */
function choiceOf(raw: Raw, names: Names): (Attribute & { type: 'choice' }) | undefined {
  const attribute = raw.kind === 'name' ? findAttribute(raw.name, names) : undefined;
  return attribute?.type === 'choice' ? attribute : undefined;
}

function equality(raw: Raw & { kind: 'binary' }, names: Names): Part {
  const { op, left, right } = raw;
  const [onLeft, onRight] = [choiceOf(left, names), choiceOf(right, names)];
  let sides: readonly [Part, Part];
  if (onLeft !== undefined) sides = [partOf(left, names), valueOfChoice(onLeft, right, names)];
  else if (onRight !== undefined)
    sides = [valueOfChoice(onRight, left, names), partOf(right, names)];
  else sides = [plainSide(left, names), plainSide(right, names)];
  if (sides[0].meaning !== sides[1].meaning) {
    throw new Stop(raw.at, 'expression/type', `'${op}' compares two different kinds of values`);
  }
  const meetsText = sides[0].meaning === 'text';
  const isEmpty = sides.some(({ tree }) => tree.kind === 'literal' && tree.value === '');
  if (meetsText && !isEmpty) {
    throw new Stop(raw.at, 'expression/type', "a text can only be compared with ''");
  }
  const tree: Tree = { kind: 'binary', op, left: sides[0].tree, right: sides[1].tree };
  return { tree, meaning: 'truth' };
}

function plainSide(raw: Raw, names: Names): Part {
  if (raw.kind !== 'quoted') return partOf(raw, names);
  if (raw.text === '') return { tree: { kind: 'literal', value: '' }, meaning: 'text' };
  throw new Stop(raw.at, 'expression/type', `'${raw.text}' stands beside no choice attribute`);
}

function literalOf(part: Part, at: number): string | number | boolean {
  if (part.tree.kind === 'literal') return part.tree.value;
  if (part.tree.kind === 'minus' && part.tree.of.kind === 'literal')
    return -Number(part.tree.of.value);
  throw new Stop(at, 'expression/type', 'a list holds values only');
}

function membership(raw: Raw & { kind: 'in' }, names: Names): Part {
  const choice = choiceOf(raw.of, names);
  const of = partOf(raw.of, names);
  const options = raw.options.map((option) => {
    const part = choice ? valueOfChoice(choice, option, names) : partOf(option, names);
    if (part.meaning === of.meaning && of.meaning !== 'text') return literalOf(part, option.at);
    throw new Stop(option.at, 'expression/type', 'the list holds another kind of value');
  });
  return { tree: { kind: 'in', of: of.tree, options }, meaning: 'truth' };
}

const CONNECTIVES: readonly Operator[] = ['or', 'and'];
const ARITHMETIC: readonly Operator[] = ['+', '-', '*', '/'];

function binaryPart(raw: Raw & { kind: 'binary' }, names: Names): Part {
  const { op } = raw;
  if (op === '=' || op === '!=') return equality(raw, names);
  const side = CONNECTIVES.includes(op) ? truth : numeric;
  const tree: Tree = {
    kind: 'binary',
    op,
    left: side(raw.left, names),
    right: side(raw.right, names),
  };
  return { tree, meaning: ARITHMETIC.includes(op) ? 'number' : 'truth' };
}

function partOf(raw: Raw, names: Names): Part {
  switch (raw.kind) {
    case 'number':
      return { tree: { kind: 'literal', value: raw.value }, meaning: 'number' };
    case 'name':
      return namePart(raw, names);
    case 'quoted':
      return plainSide(raw, names);
    case 'not':
      return { tree: { kind: 'not', of: truth(raw.of, names) }, meaning: 'truth' };
    case 'minus':
      return { tree: { kind: 'minus', of: numeric(raw.of, names) }, meaning: 'number' };
    case 'binary':
      return binaryPart(raw, names);
    case 'in':
      return membership(raw, names);
    case 'call':
      return callPart(raw, names);
  }
}

function callPart(raw: Raw & { kind: 'call' }, names: Names): Part {
  const { at, name, of } = raw;
  const kind = spokenOf(raw, names);
  if (kind !== undefined) {
    const inside = (number: number): Names => ({ ...names, member: { kind, number } });
    return aggregate({ name, of }, kind, (each, number, wanted) =>
      wanted === 'truth' ? truth(each, inside(number)) : numeric(each, inside(number)),
    );
  }
  if (name === 'count' || name === 'any' || name === 'all') {
    throw new Stop(at, 'expression/type', `'${name}' is about parts of which there are several`);
  }
  return {
    tree: { kind: 'call', name, of: of.map((each) => numeric(each, names)) },
    meaning: 'number',
  };
}

/** The kind of parts that a call is about, if it is about parts. */
function spokenOf(raw: Raw & { kind: 'call' }, names: Names): PartKind | undefined {
  if (!AGGREGATES.includes(raw.name) || names.member !== undefined) return undefined;
  const [only] = raw.of;
  if (raw.name === 'count' && only?.kind === 'name' && names.parts.has(only.name)) {
    return names.parts.get(only.name);
  }
  const kinds = new Set(
    raw.of.flatMap((each) => namesIn(each)).flatMap((n) => kindOf(n, names) ?? []),
  );
  const [kind, other] = kinds;
  if (other === undefined) return kind;
  const message = `'${raw.name}' is about one kind of parts at a time`;
  throw new Stop(raw.at, 'expression/type', message);
}

/** Looks names up and checks that kinds of values are not mixed. */
export function resolve(
  raw: Raw,
  names: Names,
  wanted: 'truth' | 'number',
): { readonly tree: Tree } | { readonly fault: MeaningFault } {
  try {
    return { tree: wanted === 'truth' ? truth(raw, names) : numeric(raw, names) };
  } catch (error) {
    if (error instanceof Stop) return { fault: error.fault };
    throw error;
  }
}
