import type { Change, Choice, PriceRange, Repair, Repairs } from './answers.ts';
import {
  type Budget,
  DEFAULT_BUDGET,
  decidedOf,
  findLock,
  type Moment,
  type Session,
  sweepAll,
} from './session.ts';
import type { Meter } from './solve/network.ts';
import type { Trilean } from './solve/problem.ts';
import { minimalConflict } from './solve/reasons.ts';
import { type Space, valueIndex } from './space.ts';
import { rangeOf } from './view.ts';

/** Sets of choices looked at for one question at most. */
const SETS_MAX = 4_000;

interface Mending {
  readonly session: Session;
  readonly choice: Choice;
  readonly component: number;
  readonly meter: Meter;
  /** Own choices in the component about other attributes, latest first, but for locked ones. */
  readonly choices: readonly Choice[];
  /** The locked ones, which every repair keeps. */
  readonly locked: readonly Choice[];
}

function isPossible(mending: Mending, kept: readonly Choice[]): Trilean {
  const { session, choice, component, meter } = mending;
  if (meter.left <= 0) return 'unknown';
  const choices = [...mending.locked, ...kept, choice];
  const decided = decidedOf(session.space, { choices, texts: session.texts });
  return session.space.backend.isPossible(component, decided, meter);
}

function isWithin(part: ReadonlySet<Choice>, whole: ReadonlySet<Choice>): boolean {
  return [...part].every((choice) => whole.has(choice));
}

interface Sets {
  readonly found: readonly ReadonlySet<Choice>[];
  readonly isComplete: boolean;
}

/** Sets of one size, grown from conflicts that smaller sets do not touch. */
function grow(
  mending: Mending,
  layer: readonly ReadonlySet<Choice>[],
  found: ReadonlySet<Choice>[],
): ReadonlySet<Choice>[] | undefined {
  const next = new Map<string, ReadonlySet<Choice>>();
  for (const set of layer) {
    if (found.some((smaller) => isWithin(smaller, set))) continue;
    const kept = mending.choices.filter((choice) => !set.has(choice));
    const answer = isPossible(mending, kept);
    if (answer === true) {
      found.push(set);
      continue;
    }
    const conflict = minimalConflict(kept, (selected) => isPossible(mending, selected));
    if (answer === 'unknown' || conflict === undefined) return undefined;
    for (const choice of conflict) {
      const bigger = new Set([...set, choice]);
      const key = mending.choices.flatMap((one, i) => (bigger.has(one) ? [i] : [])).join(',');
      next.set(key, bigger);
    }
    if (next.size > SETS_MAX) return undefined;
  }
  return [...next.values()];
}

/**
 * The smallest sets of choices to give up: breadth first over minimal conflicts (Reiter's hitting
 * sets, Artificial Intelligence 32, 1987). A whole size is finished before the list is long enough,
 * for prices decide among sets of one size.
 */
function findSets(mending: Mending, most: number): Sets {
  const found: ReadonlySet<Choice>[] = [];
  let layer: readonly ReadonlySet<Choice>[] = [new Set()];
  while (layer.length > 0 && found.length < most) {
    const next = grow(mending, layer, found);
    if (next === undefined) return { found, isComplete: false };
    layer = next;
  }
  return { found, isComplete: true };
}

/** The values of an attribute, those closest in price and place to the one given up first. */
function byCloseness(space: Space, given: Choice): readonly number[] {
  const v = space.lookup.indexOf.get(given.attribute) ?? -1;
  const amounts = space.lookup.variables[v]?.amountsMinor ?? [];
  const own = valueIndex(space, v, given.value);
  const apart = (i: number): number => Math.abs((amounts[i] ?? 0) - (amounts[own] ?? 0));
  return [...amounts.keys()]
    .filter((i) => i !== own)
    .sort((a, b) => apart(a) - apart(b) || Math.abs(a - own) - Math.abs(b - own) || a - b);
}

/** The closest value in place of one given up that leads to a design with what is kept. */
function replaceChoice(
  mending: Mending,
  kept: readonly Choice[],
  given: Choice,
): Choice | undefined {
  const { space } = mending.session;
  const { attribute } = given;
  const { values } = space.lookup.variables[space.lookup.indexOf.get(attribute) ?? -1] ?? {
    values: [],
  };
  for (const i of byCloseness(space, given)) {
    const choice = { attribute, value: values[i] ?? null };
    const answer = isPossible(mending, [...kept, choice]);
    if (answer === 'unknown') return undefined;
    if (answer) return choice;
  }
  return undefined;
}

/** The moment after a repair; undefined when the budget ran out. */
function mend(
  mending: Mending,
  given: ReadonlySet<Choice>,
): { readonly moment: Moment; readonly changes: readonly Change[] } | undefined {
  const { session, choice } = mending;
  let choices = mending.choices.filter((kept) => !given.has(kept));
  const changes: Change[] = [];
  for (const old of mending.choices) {
    if (!given.has(old)) continue;
    const taken = replaceChoice(mending, choices, old);
    if (taken === undefined) return undefined;
    choices = [...choices, taken];
    changes.push({ attribute: old.attribute, from: old.value, to: taken.value });
  }
  const elsewhere = session.choices.filter(
    ({ attribute }) =>
      attribute !== choice.attribute && !mending.choices.some((own) => own.attribute === attribute),
  );
  const moment = { choices: [...elsewhere, ...choices, choice], texts: session.texts };
  return { moment, changes: changes.reverse() };
}

function ends(range: PriceRange): readonly [number, number] {
  return range.kind === 'exact'
    ? [range.minMinor, range.maxMinor]
    : [range.atLeastMinor, range.atMostMinor];
}

function priceRepair(mending: Mending, given: ReadonlySet<Choice>): Repair | undefined {
  const { session, meter } = mending;
  const mended = mend(mending, given);
  if (mended === undefined) return undefined;
  const before = rangeOf(session.space, sweepAll(session.space, session, meter));
  const price = rangeOf(session.space, sweepAll(session.space, mended.moment, meter));
  const [[minBefore, maxBefore], [min, max]] = [ends(before), ends(price)];
  return {
    changes: mended.changes,
    minChangeMinor: min - minBefore,
    maxChangeMinor: max - maxBefore,
    price,
  };
}

function compareRepairs(a: Repair, b: Repair): number {
  return (
    a.changes.length - b.changes.length ||
    Math.abs(a.minChangeMinor) - Math.abs(b.minChangeMinor) ||
    Math.abs(a.maxChangeMinor) - Math.abs(b.maxChangeMinor)
  );
}

/**
 * How to have a value all the same: the smallest sets of own choices about other attributes to
 * change, fewest first, then by the smallest change of price. Each changed choice gets the value
 * closest in price to the old one that still leads to a design. A possible value has one repair,
 * without changes; an impossible one that no choice stands against has none. Locked choices are never
 * given up.
 */
export function repairs(
  session: Session,
  choice: Choice,
  limits: { readonly most: number; readonly budget?: Budget },
): Repairs {
  const { space } = session;
  const v = space.lookup.indexOf.get(choice.attribute) ?? -1;
  if (v < 0 || valueIndex(space, v, choice.value) < 0) return { repairs: [], isComplete: true };
  const own = session.choices.find(({ attribute }) => attribute === choice.attribute);
  if (findLock(session, choice.attribute) !== undefined && own?.value !== choice.value) {
    return { repairs: [], isComplete: true };
  }
  const meter = { left: (limits.budget ?? DEFAULT_BUDGET).steps };
  const component = space.componentOf[v] ?? 0;
  if (sweepAll(space, session, meter).some(({ outcome }) => outcome === 'impossible')) {
    return { repairs: [], isComplete: true };
  }
  const others = session.choices
    .filter(({ attribute }) => {
      const other = space.lookup.indexOf.get(attribute) ?? -1;
      return other !== v && space.componentOf[other] === component;
    })
    .reverse();
  const isLocked = ({ attribute }: Choice): boolean => findLock(session, attribute) !== undefined;
  const [locked, choices] = [others.filter(isLocked), others.filter((own) => !isLocked(own))];
  const mending: Mending = { session, choice, component, meter, choices, locked };
  const sets = findSets(mending, limits.most);
  const priced = sets.found.map((set) => priceRepair(mending, set));
  const done = priced.filter((repair) => repair !== undefined).sort(compareRepairs);
  const isComplete = sets.isComplete && done.length === priced.length;
  return { repairs: done.slice(0, limits.most), isComplete };
}
