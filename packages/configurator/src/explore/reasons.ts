import { type Diagram, isEmpty } from '../diagram/diagram.ts';
import type { ModelRule } from '../model/model.ts';
import { conditionAll } from '../questions/condition.ts';
import { type Span, spanOf } from '../questions/paths.ts';
import { type DiagramRepair, smallestRepairs as repairsOnDiagram } from '../questions/repairs.ts';
import type { Meter } from '../search/answers.ts';
import { minimalCore, smallestRepairs as repairsBySearch } from '../search/search.ts';
import type { Explorer } from './explorer.ts';
import { figuresOf } from './figures.ts';
import { positionAt, questionAt } from './position.ts';

/** A variable and one of its values. */
export interface Decision {
  readonly variable: number;
  readonly value: number;
}

/** Why a value cannot be had along with decisions about other variables. */
export type Why =
  | { readonly kind: 'possible' }
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'impossible';
      /** Together with the decisions they exclude the value; none of either can be left away. */
      readonly rules: readonly ModelRule[];
      readonly decisions: readonly Decision[];
    };

/** A decision that gives way. */
export interface Change {
  readonly variable: number;
  readonly from: number;
  readonly to: number;
}

/** A way to have a value all the same; prices where the model has them and a diagram tells them. */
export interface Repair {
  readonly changes: readonly Change[];
  readonly price?: { readonly least: number; readonly greatest: number };
}

/** Ways to have a value, fewest changes first; `isComplete` is false where more may exist. */
export interface Repairs {
  readonly repairs: readonly Repair[];
  readonly isComplete: boolean;
}

function optionOf({ model }: Explorer, { variable, value }: Decision): number {
  return (model.problem.optionAt[variable] ?? 0) + value;
}

function others(decisions: readonly Decision[], wanted: Decision): readonly Decision[] {
  return decisions.filter(({ variable }) => variable !== wanted.variable);
}

/**
 * A minimal reason in the rules of the model: one rule is preferred to two, two to more; among the
 * decisions, later ones. Told by search, whatever is compiled.
 */
export function whyNot(
  explorer: Explorer,
  decisions: readonly Decision[],
  wanted: Decision,
  meter: Meter,
): Why {
  const held = others(decisions, wanted);
  const literals = held.map((each) => 2 * optionOf(explorer, each));
  const question = {
    assumed: Int32Array.from(literals),
    wanted: Int32Array.of(2 * optionOf(explorer, wanted)),
  };
  const core = minimalCore(explorer.search(), question, meter);
  if (core.kind !== 'core') return core;
  const named = new Set(core.assumed);
  return {
    kind: 'impossible',
    rules: Array.from(core.rules).flatMap((rule) => explorer.model.rules.at(rule) ?? []),
    decisions: held.filter((_, i) => named.has(literals[i] ?? -1)),
  };
}

/** Decisions as an array by variable. */
function decidedBy(explorer: Explorer, decisions: readonly Decision[]): Int32Array {
  const decided = new Int32Array(explorer.model.problem.sizes.length).fill(-1);
  for (const { variable, value } of decisions) decided[variable] = value;
  return decided;
}

/** A repair and the price span that it leads to, over all components. */
function priced(
  explorer: Explorer,
  decisions: readonly Decision[],
  changes: readonly Change[],
  meter: Meter,
): Repair {
  if (explorer.amounts === undefined) return { changes };
  const decided = decidedBy(explorer, decisions);
  for (const { variable, to } of changes) decided[variable] = to;
  const totals = figuresOf(positionAt(explorer, decided, meter))?.totals;
  if (totals === undefined) return { changes };
  return { changes, price: { least: totals.least, greatest: totals.greatest } };
}

/** The price span that decisions leave of some components. */
function spanBeside(
  explorer: Explorer,
  decisions: readonly Decision[],
  diagrams: readonly Diagram[],
): Span {
  const decided = decidedBy(explorer, decisions);
  const { amounts, optionAt } = questionAt(explorer, decided);
  let [least, greatest] = [0, 0];
  for (const diagram of diagrams) {
    const span = spanOf(conditionAll(diagram, decided), { amounts, optionAt });
    least += span.least;
    greatest += span.greatest;
    for (const v of diagram.order) {
      const value = decided[v] ?? -1;
      const amount = value < 0 ? 0 : (amounts[(optionAt[v] ?? 0) + value] ?? 0);
      least += amount;
      greatest += amount;
    }
  }
  return { least, greatest };
}

function changesOf(explorer: Explorer, held: readonly Decision[], repair: DiagramRepair): Change[] {
  const { optionAt } = explorer.model.problem;
  return repair.given.flatMap((option, i) => {
    const own = held.find((each) => optionOf(explorer, each) === option);
    const instead = repair.instead[i];
    if (own === undefined || instead === undefined) return [];
    const { variable, value } = own;
    return [{ variable, from: value, to: instead - (optionAt[variable] ?? 0) }];
  });
}

/** What a solution without the given decisions puts in their place. */
function mendBySearch(
  explorer: Explorer,
  kept: readonly Decision[],
  given: readonly Decision[],
  meter: Meter,
): readonly Change[] | undefined {
  const { optionAt, sizes } = explorer.model.problem;
  const taken = [...kept];
  const changes: Change[] = [];
  for (const { variable, value } of given) {
    const { validity } = positionAt(explorer, decidedBy(explorer, taken), meter);
    const first = optionAt[variable] ?? 0;
    const values = Array.from({ length: sizes[variable] ?? 0 }, (_, x) => x);
    const to = values.find((x) => x !== value && validity[first + x] === 1);
    if (to === undefined) return undefined;
    changes.push({ variable, from: value, to });
    taken.push({ variable, value: to });
  }
  return changes;
}

/** A question for repairs, within the component of what is wanted. */
interface Mending {
  readonly explorer: Explorer;
  readonly wanted: Decision;
  /** Decisions about other variables, and what is wanted. */
  readonly all: readonly Decision[];
  /** Those in the component. */
  readonly held: readonly Decision[];
  readonly most: number;
  readonly meter: Meter;
}

function mendOnDiagram(mending: Mending, diagrams: readonly Diagram[]): Repairs {
  const { explorer, wanted, held, all, most } = mending;
  const diagram = diagrams[explorer.componentOf[wanted.variable] ?? 0];
  // Where another component contradicts itself, no change of these decisions helps.
  if (diagram === undefined || diagrams.some(isEmpty)) return { repairs: [], isComplete: true };
  const { optionAt, amounts } = questionAt(explorer, new Int32Array(0));
  const { repairs, isComplete } = repairsOnDiagram(diagram, {
    optionAt,
    amounts,
    wanted: [optionOf(explorer, wanted)],
    held: held.map((each) => ({ option: optionOf(explorer, each), cost: 1 })),
    most,
  });
  const { least, greatest } = spanBeside(
    explorer,
    all,
    diagrams.filter((each) => each !== diagram),
  );
  const priced = repairs.map((repair): Repair => {
    const changes = changesOf(explorer, held, repair);
    if (explorer.amounts === undefined) return { changes };
    const { mended } = repair;
    const price = { least: least + mended.least, greatest: greatest + mended.greatest };
    return { changes, price };
  });
  return { repairs: priced, isComplete };
}

function mendWhole({ explorer, wanted, held, all, most, meter }: Mending): Repairs {
  const literals = held.map((each) => 2 * optionOf(explorer, each));
  const question = {
    held: Int32Array.from(literals),
    wanted: Int32Array.of(2 * optionOf(explorer, wanted)),
    most,
  };
  const { sets, isComplete } = repairsBySearch(explorer.search(), question, meter);
  const mended = sets.slice(0, most).map((set) => {
    const given = held.filter((_, i) => set.includes(literals[i] ?? -1));
    const kept = all.filter((each) => !given.includes(each));
    return mendBySearch(explorer, kept, given, meter);
  });
  const repairs = mended.flatMap((changes) =>
    changes === undefined ? [] : [priced(explorer, all, changes, meter)],
  );
  return { repairs, isComplete: isComplete && repairs.length === mended.length };
}

/**
 * The smallest sets of decisions about other variables to change so that a value can be had, fewest
 * first; on a diagram then by the smallest change of price. A value that can be had has one repair
 * without changes, one that no decision stands against has none.
 */
export function repairsOf(
  explorer: Explorer,
  decisions: readonly Decision[],
  wanted: Decision,
  limits: { readonly most: number; readonly meter: Meter },
): Repairs {
  const { compiled, componentOf } = explorer;
  const own = others(decisions, wanted);
  const held = own.filter(({ variable }) => componentOf[variable] === componentOf[wanted.variable]);
  const mending: Mending = { explorer, wanted, all: [...own, wanted], held, ...limits };
  return compiled?.kind === 'diagrams'
    ? mendOnDiagram(mending, compiled.diagrams)
    : mendWhole(mending);
}
