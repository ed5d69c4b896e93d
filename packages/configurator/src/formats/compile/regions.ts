import type { Value } from '../../expression.ts';
import type { Draft } from '../draft.ts';
import type { Condition, FeatureDef, Term } from '../feature-tree.ts';
import { assignmentsOf, countAssignments } from './assignments.ts';
import type { Place } from './instances.ts';
import {
  add,
  compare,
  floor,
  inverse,
  minus,
  type Rational,
  times,
  toNumber,
  whole,
  ZERO,
} from './rational.ts';
import { evaluateTerm, type Held, OutsideError, type TermWorld, variablesIn } from './terms.ts';

/** Assignments of what a number or a text is compared with, at most. */
const RESTS_MAX = 1_024;
/** Values that a feature is compared with at most. */
const POINTS_MAX = 200;

type Compare = Condition & { kind: 'compare' };

/** Constants that features with a number or a text are compared with, by how they are written. */
export type Points = Map<FeatureDef, Map<string, Held>>;

/** The features of whose numbers and texts a term is made. */
export function openIn(term: Term): readonly FeatureDef[] {
  switch (term.kind) {
    case 'value':
      return [term.feature];
    case 'binary':
      return [...openIn(term.left), ...openIn(term.right)];
    case 'length':
    case 'floor':
    case 'ceil':
      return openIn(term.of);
    default:
      return [];
  }
}

/** `factor · open + rest`, as far as a term is that. */
interface Shape {
  readonly factor: Rational;
  readonly rest: (assigned: ReadonlyMap<number, number>) => Rational;
}

const OUTSIDE = 'a number that a person writes is compared with what is no constant';

interface Shaping {
  readonly world: TermWorld;
  readonly place: Place;
}

/** Takes a term apart that holds one number a person writes, at most multiplied by constants. */
function shapeOf(shaping: Shaping, term: Term): Shape {
  const { world, place } = shaping;
  if (openIn(term).length === 0) {
    const rest = (assigned: ReadonlyMap<number, number>): Rational => {
      const held = evaluateTerm(world, term, { place, assigned });
      if (typeof held === 'string') throw new OutsideError('it takes a text for a number');
      return held;
    };
    return { factor: ZERO, rest };
  }
  if (term.kind === 'value') return { factor: whole(1), rest: () => ZERO };
  if (term.kind !== 'binary') throw new OutsideError(OUTSIDE);
  const [left, right] = [shapeOf(shaping, term.left), shapeOf(shaping, term.right)];
  const sign = term.op === '-' ? whole(-1) : whole(1);
  if (term.op === '+' || term.op === '-') {
    return {
      factor: add(left.factor, times(sign, right.factor)),
      rest: (assigned) => add(left.rest(assigned), times(sign, right.rest(assigned))),
    };
  }
  const isLeftOpen = openIn(term.left).length > 0;
  const [open, scalar] = isLeftOpen ? [left, right] : [right, left];
  const scalarTerm = isLeftOpen ? term.right : term.left;
  const isConstant =
    openIn(scalarTerm).length === 0 && variablesIn(world, scalarTerm, place).length === 0;
  if (!isConstant || (term.op === '/' && !isLeftOpen)) throw new OutsideError(OUTSIDE);
  const by = term.op === '*' ? scalar.rest(new Map()) : inverse(scalar.rest(new Map()));
  if (by === undefined) throw new OutsideError('it divides by 0');
  return {
    factor: times(open.factor, by),
    rest: (assigned) => times(open.rest(assigned), by),
  };
}

function restVariables(
  draft: Draft,
  shaping: Shaping,
  { left, right }: Compare,
): readonly number[] {
  const { world, place } = shaping;
  const all = [...variablesIn(world, left, place), ...variablesIn(world, right, place)];
  const rest = [...new Set(all)];
  if (countAssignments(draft, rest) > RESTS_MAX) {
    throw new OutsideError('it compares what is written with too many combinations');
  }
  return rest;
}

function numberPoints(draft: Draft, shaping: Shaping, condition: Compare): readonly Held[] {
  const [left, right] = [shapeOf(shaping, condition.left), shapeOf(shaping, condition.right)];
  const factor = inverse(add(left.factor, minus(right.factor)));
  if (factor === undefined) return [];
  return [...assignmentsOf(draft, restVariables(draft, shaping, condition))].map((assigned) =>
    times(add(right.rest(assigned), minus(left.rest(assigned))), factor),
  );
}

function textPoints(draft: Draft, shaping: Shaping, condition: Compare): readonly Held[] {
  const { op, left, right } = condition;
  const other = left.kind === 'value' ? right : left;
  const isPlain = left.kind === 'value' || right.kind === 'value';
  if (!isPlain || openIn(other).length > 0 || (op !== '==' && op !== '!=')) {
    throw new OutsideError('a text that a person writes is compared with what is no constant');
  }
  const { world, place } = shaping;
  return [...assignmentsOf(draft, restVariables(draft, shaping, condition))].map((assigned) => {
    const held = evaluateTerm(world, other, { place, assigned });
    if (typeof held === 'string') return held;
    throw new OutsideError('it takes a text for a number');
  });
}

/** Constants that a comparison compares what a person writes with. */
export interface Compared {
  readonly feature: FeatureDef;
  readonly points: readonly Held[];
}

/**
 * With which constants a comparison compares what a person writes, if it does: between two of them
 * all numbers, and all other texts, are alike. Throws where it compares with anything else.
 */
export function findPoints(
  draft: Draft,
  shaping: Shaping,
  condition: Compare,
): Compared | undefined {
  const open = new Set([...openIn(condition.left), ...openIn(condition.right)]);
  const [feature, second] = open;
  if (feature === undefined) return undefined;
  if (second !== undefined) throw new OutsideError(OUTSIDE);
  const isText = feature.type === 'string';
  return { feature, points: (isText ? textPoints : numberPoints)(draft, shaping, condition) };
}

/** Adds constants to those that are known; throws, and adds none, where there are too many. */
export function addPoints(all: Points, compared: readonly Compared[]): void {
  const wanted: Points = new Map();
  for (const { feature, points } of compared) {
    const own = wanted.get(feature) ?? new Map<string, Held>();
    wanted.set(feature, own);
    for (const point of points) own.set(keyOf(point), point);
  }
  for (const [feature, own] of wanted) {
    const known = all.get(feature) ?? new Map<string, Held>();
    const size = [...own.keys()].filter((key) => !known.has(key)).length + known.size;
    if (size > POINTS_MAX) throw new OutsideError('it compares with too many values');
  }
  for (const [feature, own] of wanted) {
    all.set(feature, new Map([...(all.get(feature) ?? []), ...own]));
  }
}

function keyOf(point: Held): string {
  return typeof point === 'string' ? `'${point}` : `${String(point.n)}/${String(point.d)}`;
}

/** A set of numbers or texts that no constraint tells apart. */
export interface Region {
  readonly label: Value;
  /** One of them. */
  readonly held: Held;
}

function textRegions(points: readonly Held[]): readonly Region[] {
  const texts = points.filter((point) => typeof point === 'string').sort();
  // Longer than each of them, and therefore none of them.
  const other = `${texts.reduce((a, b) => (b.length > a.length ? b : a), '')}x`;
  const own = texts.map((text) => ({ label: text === '' ? 'no text' : text, held: text }));
  let label = 'another text';
  while (texts.includes(label)) label += "'";
  return [...own, { label, held: other }];
}

function between(low: Rational, high: Rational, isWhole: boolean): Region | undefined {
  const label = `between ${String(toNumber(low))} and ${String(toNumber(high))}`;
  if (!isWhole) return { label, held: times(add(low, high), { n: 1n, d: 2n }) };
  const held = add(floor(low), whole(1));
  if (compare(held, high) >= 0) return undefined;
  const isOnly = compare(add(held, whole(1)), high) >= 0;
  return { label: isOnly ? toNumber(held) : label, held };
}

function numberRegions(points: readonly Held[], isWhole: boolean): readonly Region[] {
  const sorted = points.filter((point) => typeof point !== 'string').sort(compare);
  const [first = ZERO, last = ZERO] = [sorted[0], sorted.at(-1)];
  const below = add(floor(first), whole(-1));
  const regions: Region[] = [{ label: `below ${String(toNumber(first))}`, held: below }];
  sorted.forEach((point, i) => {
    if (!isWhole || point.d === 1n) regions.push({ label: toNumber(point), held: point });
    const next = sorted[i + 1];
    const gap = next && between(point, next, isWhole);
    if (gap !== undefined) regions.push(gap);
  });
  const above = add(floor(last), whole(1));
  regions.push({ label: `above ${String(toNumber(last))}`, held: above });
  return regions;
}

/** What constraints tell apart of what a feature holds, given the constants it is compared with. */
export function regionsOf(feature: FeatureDef, points: readonly Held[]): readonly Region[] {
  if (feature.type === 'string') return textRegions(points);
  return numberRegions(points, feature.type === 'integer');
}
