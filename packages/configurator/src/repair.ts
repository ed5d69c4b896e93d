import type { Change, Choice, PriceRange, Repair, Repairs } from './answers.ts';
import type { Literal } from './problem/problem.ts';
import { smallestRepairs } from './search/search.ts';
import {
  type Budget,
  DEFAULT_BUDGET,
  decidedOf,
  findLock,
  type Moment,
  type Session,
  sweepAll,
} from './session.ts';
import { literalOfClass } from './solve/component-search.ts';
import type { Meter } from './solve/network.ts';
import type { Trilean } from './solve/problem.ts';
import { type Space, valueIndex } from './space.ts';
import { rangeOf } from './view.ts';

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

interface Sets {
  readonly found: readonly ReadonlySet<Choice>[];
  readonly isComplete: boolean;
}

/** The smallest sets of choices to give up; a whole size at a time, for then prices decide. */
function findSets(
  { session, choice, choices, component, locked, meter }: Mending,
  most: number,
): Sets {
  const { space } = session;
  const search = space.search(component);
  const toLiteral = ({ attribute, value }: Choice): Literal => {
    const v = space.lookup.indexOf.get(attribute) ?? -1;
    return literalOfClass(search, v, space.classes.classOf[v]?.[valueIndex(space, v, value)] ?? 0);
  };
  const held = choices.map(toLiteral);
  const wanted = Int32Array.from([...locked, choice], toLiteral);
  const { sets, isComplete } = smallestRepairs(
    search,
    { held: Int32Array.from(held), wanted, most },
    meter,
  );
  const found = sets.map((set) => new Set(choices.filter((_, i) => set.includes(held[i] ?? -1))));
  return { found, isComplete };
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
