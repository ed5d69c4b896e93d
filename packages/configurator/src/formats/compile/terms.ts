import type { Aggregate, FeatureDef, Term } from '../feature-tree.ts';
import { type Expansion, findInstance, type Instance, type Place } from './instances.ts';
import {
  addForms,
  constantForm,
  type LinearForm,
  partForm,
  scaleForm,
  subtractForms,
} from './linear.ts';
import {
  add,
  floor,
  inverse,
  minus,
  parseRational,
  type Rational,
  times,
  whole,
  ZERO,
} from './rational.ts';

/** What a term comes to: a number or a text. */
export type Held = Rational | string;

/** What terms are read with: the features and, by feature, what each value of its variable holds. */
export interface TermWorld {
  readonly expansion: Expansion;
  /** By feature that holds a number or a text: nothing for *absent*, then of each region one. */
  readonly regions: ReadonlyMap<FeatureDef, readonly Held[]>;
}

/** The value of each variable that a term mentions. */
export type Assigned = ReadonlyMap<number, number>;

function isBelow(def: FeatureDef, above: FeatureDef): boolean {
  let at: FeatureDef | undefined = def;
  while (at !== undefined && at !== above) at = at.parent;
  return at !== undefined;
}

function isWithin(instance: Instance, top: Instance | undefined): boolean {
  if (top === undefined) return true;
  if (!isBelow(instance.def, top.def)) return false;
  let at: Place | undefined = instance.place;
  while (at !== undefined && at !== top.place) at = at.outer;
  return at !== undefined;
}

/** Which variables carry an attribute, with how much of it each of their values has. */
export function carriersOf(
  { expansion }: Pick<TermWorld, 'expansion'>,
  name: string,
  top?: Instance,
): readonly { readonly variable: number; readonly counts: readonly number[]; amount: Rational }[] {
  return expansion.instances.flatMap((instance) => {
    const value = instance.def.attributes.get(name);
    if (value?.kind !== 'number' || !isWithin(instance, top)) return [];
    const amount = parseRational(value.digits);
    const { number, copies, presence } = instance;
    if (number !== undefined) return [{ ...number, amount }];
    if (copies === undefined) return [{ variable: presence, counts: [0, 1], amount }];
    return copies.map((copy) => ({ variable: copy.presence ?? 0, counts: [0, 1], amount }));
  });
}

/** Why a term cannot be taken over, thrown within this folder alone. */
export class OutsideError extends Error {
  override readonly name = 'OutsideError';
}

/** The feature that is meant at a place; outside where its copies have no end. */
export function instanceAt(
  { expansion }: Pick<TermWorld, 'expansion'>,
  place: Place,
  def: FeatureDef,
): Instance {
  const found = findInstance(place, def);
  if (found !== undefined) return found;
  const endless = expansion.endless.get(def) ?? def.name;
  throw new OutsideError(`'${endless}' can be there too often to be counted`);
}

function checkEndless({ expansion }: Pick<TermWorld, 'expansion'>, name: string): void {
  for (const def of expansion.endless.keys()) {
    if (def.attributes.has(name)) {
      throw new OutsideError(`'${def.name}' can be there too often to be summed`);
    }
  }
}

function carriersIn(world: TermWorld, term: Aggregate<'sum'> | Aggregate<'average'>, place: Place) {
  checkEndless(world, term.name);
  const top = term.within && instanceAt(world, place, term.within);
  return carriersOf(world, term.name, top);
}

/** The variables that a term mentions. */
export function variablesIn(world: TermWorld, term: Term, place: Place): readonly number[] {
  switch (term.kind) {
    case 'number':
    case 'text':
      return [];
    case 'value': {
      const { value } = instanceAt(world, place, term.feature);
      return value === undefined ? [] : [value];
    }
    case 'attribute':
      return [instanceAt(world, place, term.feature).presence];
    case 'sum':
    case 'average':
      return carriersIn(world, term, place).map(({ variable }) => variable);
    case 'binary':
      return [...variablesIn(world, term.left, place), ...variablesIn(world, term.right, place)];
    default:
      return variablesIn(world, term.of, place);
  }
}

function sumCarriers(
  world: TermWorld,
  term: Aggregate<'sum'> | Aggregate<'average'>,
  at: { readonly place: Place; readonly assigned: Assigned },
): Rational {
  let [sum, held] = [ZERO, 0];
  for (const { variable, counts, amount } of carriersIn(world, term, at.place)) {
    const count = counts[at.assigned.get(variable) ?? 0] ?? 0;
    sum = add(sum, times(amount, whole(count)));
    held += count;
  }
  if (term.kind === 'sum' || held === 0) return sum;
  return times(sum, inverse(whole(held)) ?? ZERO);
}

function numberOf(held: Held): Rational {
  if (typeof held !== 'string') return held;
  throw new OutsideError('it takes a text for a number');
}

function combine(op: '+' | '-' | '*' | '/', left: Rational, right: Rational): Rational {
  if (op === '+') return add(left, right);
  if (op === '-') return add(left, minus(right));
  if (op === '*') return times(left, right);
  const inverted = inverse(right);
  if (inverted === undefined) throw new OutsideError('it can divide by 0');
  return times(left, inverted);
}

function ceil(value: Rational): Rational {
  return minus(floor(minus(value)));
}

function attributeOf(term: Term & { kind: 'attribute' }, isThere: boolean): Held {
  const { value } = term;
  if (value.kind === 'text') return isThere ? value.text : '';
  if (!isThere) return ZERO;
  return value.kind === 'number' ? parseRational(value.digits) : whole(value.is ? 1 : 0);
}

/** What a term comes to under an assignment of its variables. */
export function evaluateTerm(
  world: TermWorld,
  term: Term,
  at: { readonly place: Place; readonly assigned: Assigned },
): Held {
  const of = (inner: Term): Rational => numberOf(evaluateTerm(world, inner, at));
  switch (term.kind) {
    case 'number':
      return parseRational(term.digits);
    case 'text':
      return term.text;
    case 'value': {
      const { value } = instanceAt(world, at.place, term.feature);
      const held = world.regions.get(term.feature)?.[at.assigned.get(value ?? -1) ?? 0];
      if (value !== undefined && held !== undefined) return held;
      throw new OutsideError(`'${term.feature.name}' is compared with what is no constant`);
    }
    case 'attribute': {
      const { presence } = instanceAt(world, at.place, term.feature);
      return attributeOf(term, at.assigned.get(presence) === 1);
    }
    case 'sum':
    case 'average':
      return sumCarriers(world, term, at);
    case 'length': {
      const text = evaluateTerm(world, term.of, at);
      if (typeof text === 'string' && term.of.kind !== 'value') return whole([...text].length);
      throw new OutsideError('it asks for the length of what is written');
    }
    case 'floor':
      return floor(of(term.of));
    case 'ceil':
      return ceil(of(term.of));
    case 'binary':
      return combine(term.op, of(term.left), of(term.right));
  }
}

function linearProduct(left: LinearForm, right: LinearForm): LinearForm | undefined {
  if (left.parts.size === 0) return scaleForm(right, left.constant);
  return right.parts.size === 0 ? scaleForm(left, right.constant) : undefined;
}

function linearBinary(
  world: TermWorld,
  term: Term & { kind: 'binary' },
  place: Place,
): LinearForm | undefined {
  const left = linearTerm(world, term.left, place);
  const right = linearTerm(world, term.right, place);
  if (left === undefined || right === undefined) return undefined;
  if (term.op === '+') return addForms(left, right);
  if (term.op === '-') return subtractForms(left, right);
  if (term.op === '*') return linearProduct(left, right);
  const inverted = right.parts.size === 0 ? inverse(right.constant) : undefined;
  return inverted && scaleForm(left, inverted);
}

/** A term as a sum over variables; undefined where it is none. */
export function linearTerm(world: TermWorld, term: Term, place: Place): LinearForm | undefined {
  switch (term.kind) {
    case 'number':
      return constantForm(parseRational(term.digits));
    case 'value': {
      const { value } = instanceAt(world, place, term.feature);
      const held = world.regions.get(term.feature);
      if (value === undefined || held === undefined || term.feature.type === 'string') {
        return undefined;
      }
      return partForm(value, held.map(numberOf));
    }
    case 'attribute': {
      if (term.value.kind === 'text') return undefined;
      const { presence } = instanceAt(world, place, term.feature);
      return partForm(presence, [ZERO, numberOf(attributeOf(term, true))]);
    }
    case 'sum': {
      const forms = carriersIn(world, term, place).map(({ variable, counts, amount }) =>
        partForm(
          variable,
          counts.map((count) => times(amount, whole(count))),
        ),
      );
      return { constant: ZERO, parts: new Map(forms.flatMap((form) => [...form.parts])) };
    }
    case 'binary':
      return linearBinary(world, term, place);
    default:
      return undefined;
  }
}
