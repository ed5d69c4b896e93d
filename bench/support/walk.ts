/** Customers who choose by chance: every choice is one that the page offers at that moment. */
import {
  type AttributeView,
  type Choice,
  decide,
  type Session,
  type SessionView,
  type Space,
  startSession,
  viewSession,
} from '@keepsake/configurator';
import { time } from './measure.ts';

/** Chance, such as the kernel's seeded one. */
export interface Dice {
  below(bound: number): number;
}

/** A choice that was taken, and what the page shows after it. */
export interface Taken {
  readonly choice: Choice;
  readonly session: Session;
  readonly view: SessionView;
  /** Deciding and viewing together. */
  readonly ms: number;
}

/** Takes a choice as the page does: decides it, then asks for everything that is shown. */
export function take(session: Session, choice: Choice): Taken | undefined {
  const { value, ms } = time(() => {
    const decided = decide(session, choice);
    if (decided.kind === 'refused') return undefined;
    const next = decided.value.session;
    return { session: next, view: viewSession(next) };
  });
  return value && { ...value, choice, ms };
}

/** Whether an answer is exact: no value is unknown and the price is no mere bound. */
export function isExact(view: SessionView): boolean {
  if (view.price.kind !== 'exact') return false;
  return view.attributes.every((each) => {
    if (each.kind === 'values') return each.values.every((one) => one.validity !== 'unknown');
    return each.kind === 'text' || each.runs.every((run) => run.validity !== 'unknown');
  });
}

function offersOf(space: Space, view: AttributeView): readonly Choice[] {
  if (view.standing !== 'open' || view.kind === 'text') return [];
  const attribute = view.id;
  if (view.kind === 'values') {
    return view.values
      .filter(({ validity }) => validity === 'valid')
      .map(({ value }) => ({ attribute, value }));
  }
  const values = space.lookup.variables[space.lookup.indexOf.get(attribute) ?? -1]?.values ?? [];
  const runs = view.runs.filter(({ validity }) => validity === 'valid');
  return values
    .filter((value) => runs.some(({ from, to }) => Number(value) >= from && Number(value) <= to))
    .filter((value) => typeof value === 'number')
    .map((value) => ({ attribute, value }));
}

/**
 * The choices of one customer, at most `choicesMax`, each with its duration. Ends early where
 * everything is decided, or where a choice cannot be answered within the engine's budget.
 */
export function walk(space: Space, dice: Dice, choicesMax: number): readonly Taken[] {
  const taken: Taken[] = [];
  let session = startSession(space);
  let view = viewSession(session);
  while (taken.length < choicesMax) {
    const open = view.attributes
      .map((each) => offersOf(space, each))
      .filter((offers) => offers.length > 1);
    const offers = open[dice.below(Math.max(1, open.length))];
    const choice = offers?.[dice.below(offers.length)];
    const step = choice && take(session, choice);
    if (step === undefined) return taken;
    taken.push(step);
    ({ session, view } = step);
  }
  return taken;
}

/** What a walk decided. */
export function choicesOf(taken: readonly Taken[]): readonly Choice[] {
  return taken.map(({ choice }) => choice);
}
