import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import { variableOf } from '../problem/scopes.ts';
import { conditionAll } from './condition.ts';
import { cheapestByTwo, type Span, spanOf } from './paths.ts';
import { findRepairSets, type HeldLevel, type RepairSet } from './repair-sets.ts';

/**
 * A choice that can be given up: its option, and what that costs, above 0 and finite. Costs sum
 * exactly, as whole numbers do.
 */
export interface Held {
  readonly option: number;
  readonly cost: number;
}

/** What is wanted although choices stand against it. */
export interface RepairQuestion {
  readonly optionAt: Int32Array;
  /** What each option adds to the price, whole. */
  readonly amounts: Float64Array;
  /** The options to have, of different variables. */
  readonly wanted: readonly number[];
  /** Choices of different variables; those about wanted variables or none of the diagram are left aside. */
  readonly held: readonly Held[];
  /** How many repairs at most. */
  readonly most: number;
  /** Passes over the diagram at most; 400 where left out. */
  readonly sweepsMax?: number;
}

/** A way to have what is wanted. Prices are those of this diagram's variables alone. */
export interface DiagramRepair {
  /** The options given up. */
  readonly given: readonly number[];
  /** What giving them up costs. */
  readonly cost: number;
  /** For each one given up: the option that takes its place, together closest in price. */
  readonly instead: readonly number[];
  /** The least and greatest price of a design with what is wanted and what is kept. */
  readonly least: number;
  readonly greatest: number;
  /** The same of a design that has the replacements as well. */
  readonly mended: Span;
}

/** The repairs found; where `isComplete` is false, cheaper ones may exist beside them. */
export interface DiagramRepairs {
  readonly repairs: readonly DiagramRepair[];
  readonly isComplete: boolean;
}

const SWEEPS_MAX = 400;

/** A question, and what its prices are told by. */
interface Mending {
  readonly question: RepairQuestion;
  /** The variables of the diagram. */
  readonly order: Int32Array;
  /** The held choices that count. */
  readonly held: readonly Held[];
}

/** A set of choices to give up, and the prices of what is left then. */
interface Option extends Span {
  readonly cost: number;
  readonly given: readonly number[];
  /** What is decided then, by variable, and the diagram with that. */
  readonly decided: Int32Array;
  readonly live: Diagram;
}

function decide({ optionAt }: RepairQuestion, decided: Int32Array, option: number): void {
  const v = variableOf(optionAt, option);
  decided[v] = option - (optionAt[v] ?? 0);
}

/** The least and greatest price of what decisions leave, decided variables of the diagram included. */
function priceRange({ order, question }: Mending, live: Diagram, decided: Int32Array): Span {
  const { amounts, optionAt } = question;
  const { least, greatest } = spanOf(live, question);
  let sum = 0;
  for (const v of order) {
    const value = decided[v] ?? -1;
    if (value >= 0) sum += amounts[(optionAt[v] ?? 0) + value] ?? 0;
  }
  return { least: sum + least, greatest: sum + greatest };
}

/** For each choice given up the option in its place: closest together, then the cheapest design. */
function replacements(
  question: RepairQuestion,
  live: Diagram,
  given: readonly number[],
): readonly number[] {
  const { optionAt, amounts } = question;
  const apart = new Float64Array(amounts.length);
  for (const option of given) {
    const v = variableOf(optionAt, option);
    for (let o = optionAt[v] ?? 0; o < (optionAt[v + 1] ?? 0); o++) {
      apart[o] = Math.abs((amounts[o] ?? 0) - (amounts[option] ?? 0));
    }
  }
  const path = cheapestByTwo(live, [{ optionAt, amounts: apart }, question]);
  return given.map((option) => {
    const v = variableOf(optionAt, option);
    return (optionAt[v] ?? 0) + (path?.values[live.order.indexOf(v)] ?? 0);
  });
}

function mend(mending: Mending, option: Option): DiagramRepair {
  const { question } = mending;
  const { cost, given, greatest, least, live } = option;
  const instead = replacements(question, live, given);
  const decided = option.decided.slice();
  for (const each of instead) decide(question, decided, each);
  const mended = priceRange(mending, conditionAll(live, decided), decided);
  return { given, cost, instead, least, greatest, mended };
}

/** The sets with their prices; `start` is the diagram with what is decided, which is wanted. */
function priceSets(
  mending: Mending,
  sets: readonly RepairSet[],
  start: { readonly diagram: Diagram; readonly decided: Int32Array },
): Option[] {
  const { held, question } = mending;
  const isGiven = new Set(sets.flatMap(({ given }) => given));
  const common = start.decided.slice();
  held.forEach(({ option }, i) => {
    if (!isGiven.has(i)) decide(question, common, option);
  });
  // What all sets keep shrinks the diagram once for all of them.
  const core = conditionAll(start.diagram, common);
  return sets.map(({ cost, given }) => {
    const decided = common.slice();
    for (const i of isGiven) {
      if (!given.includes(i)) decide(question, decided, held[i]?.option ?? 0);
    }
    const live = conditionAll(core, decided);
    const options = given.map((i) => held[i]?.option ?? 0);
    return { cost, given: options, decided, live, ...priceRange(mending, live, decided) };
  });
}

/** How far a price moves; 0 where there was no price before. */
function distance(a: number, b: number): number {
  return Number.isFinite(b) ? Math.abs(a - b) : 0;
}

/** Sorted by cost, then by how far prices are from those with all that is held, then by option. */
function sortOptions(mending: Mending, options: readonly Option[], diagram: Diagram): Option[] {
  const { question } = mending;
  if (options.length < 2) return [...options];
  const before = new Int32Array(question.optionAt.length - 1).fill(-1);
  for (const { option } of question.held) decide(question, before, option);
  const old = priceRange(mending, conditionAll(diagram, before), before);
  return [...options].sort(
    (a, b) =>
      a.cost - b.cost ||
      distance(a.least, old.least) - distance(b.least, old.least) ||
      distance(a.greatest, old.greatest) - distance(b.greatest, old.greatest) ||
      compareOptions(a.given, b.given),
  );
}

/**
 * How to have options all the same: the minimal sets of held choices to give up, least cost first, then
 * by the smallest change of the least and of the greatest price, then by option. What is possible already has one
 * repair, without changes; what no choice stands against has none. Where `isComplete`, no set that is
 * missing would stand before one that is there. Some ten passes over the diagram that is left by what
 * is wanted, and a few for each set over what is left by the choices that all of them keep.
 */
export function smallestRepairs(diagram: Diagram, question: RepairQuestion): DiagramRepairs {
  const { optionAt, most, sweepsMax = SWEEPS_MAX } = question;
  const wanted = new Int32Array(optionAt.length - 1).fill(-1);
  for (const option of question.wanted) decide(question, wanted, option);
  const wantedDiagram = conditionAll(diagram, wanted);
  if (isEmpty(wantedDiagram) || most < 1) return { repairs: [], isComplete: true };
  const levelOf = new Map(Array.from(wantedDiagram.order, (v, l) => [v, l]));
  const held = question.held.filter(({ option }) => levelOf.has(variableOf(optionAt, option)));
  const levels = held.map(({ option, cost }): HeldLevel => {
    const v = variableOf(optionAt, option);
    return { level: levelOf.get(v) ?? 0, value: option - (optionAt[v] ?? 0), cost };
  });
  const search = { diagram: wantedDiagram, held: levels, most, sweepsMax };
  const { sets, isComplete } = findRepairSets(search);
  const mending: Mending = { question, order: diagram.order, held };
  const options = priceSets(mending, sets, { diagram: wantedDiagram, decided: wanted });
  const first = sortOptions(mending, options, diagram).slice(0, most);
  return { repairs: first.map((option) => mend(mending, option)), isComplete };
}

function compareOptions(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((option, at) => option !== b[at]);
  return i < 0 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}
