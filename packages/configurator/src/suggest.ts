import type { Choice, Explanation } from './answers.ts';
import { completeMoment } from './complete.ts';
import { explain } from './explain.ts';
import type { Values } from './expression.ts';
import { type Budget, DEFAULT_BUDGET, decidedOf, type Session } from './session.ts';
import type { Meter } from './solve/network.ts';
import { type Space, valueIndex } from './space.ts';

/** A value that is wished for as long as it fits. */
export interface Wish extends Choice {
  /** How much it counts against others, more than 0; without any weight the order decides. */
  readonly weight?: number;
  /** Where it comes from, such as the predicate of a remembered fact; handed back as it is. */
  readonly from?: string;
}

/** A wish that could not be granted. */
export interface GaveWay {
  readonly wish: Wish;
  /** To the customer's own choices and the rules alone, or to other wishes that were granted. */
  readonly to: 'choices' | 'wishes';
  /** Why; its choices include the granted wishes that stand against it. */
  readonly because: Explanation;
}

/** Wishes on top of the choices of a session. */
export interface Suggestion {
  /** Granted together, in the order in which they were wished. */
  readonly granted: readonly Wish[];
  readonly gaveWay: readonly GaveWay[];
  /** About what the family does not have. */
  readonly unknown: readonly Wish[];
  /** The design if the customer stopped now and took what is suggested. */
  readonly values?: Values;
  /** False when the budget ran out: then what is granted goes together, but more might. */
  readonly isExact: boolean;
}

interface Granting {
  readonly session: Session;
  readonly component: number;
  readonly meter: Meter;
  readonly wishes: readonly Wish[];
  best: readonly Wish[];
  bestWeight: number;
  isCut: boolean;
}

function fits(granting: Granting, wishes: readonly Wish[]): boolean {
  const { component, meter, session } = granting;
  const values = new Map(wishes.map(({ attribute, value }) => [attribute, value]));
  if (wishes.some(({ attribute, value }) => values.get(attribute) !== value)) return false;
  const decided = decidedOf(session.space, {
    choices: [...session.choices, ...wishes],
    texts: session.texts,
  });
  const answer = session.space.backend.isPossible(component, decided, meter);
  if (answer === 'unknown' || meter.left <= 0) granting.isCut = true;
  return answer === true;
}

function weightOf({ weight = 1 }: Wish): number {
  return weight;
}

/** Each wish in turn, where it fits with those before it. */
function grantInOrder(granting: Granting): readonly Wish[] {
  const granted: Wish[] = [];
  for (const wish of granting.wishes) {
    if (granting.isCut) break;
    if (fits(granting, [...granted, wish])) granted.push(wish);
  }
  return granted;
}

/** Depth first, with the wish before without it; cut where what is left cannot weigh more. */
function grantHeaviest(granting: Granting, at: number, granted: readonly Wish[]): void {
  const weight = granted.reduce((sum, wish) => sum + weightOf(wish), 0);
  if (weight > granting.bestWeight) [granting.best, granting.bestWeight] = [granted, weight];
  const rest = granting.wishes.slice(at);
  const most = rest.reduce((sum, wish) => sum + weightOf(wish), weight);
  const [wish] = rest;
  if (wish === undefined || most <= granting.bestWeight || granting.isCut) return;
  const withIt = [...granted, wish];
  if (fits(granting, withIt)) grantHeaviest(granting, at + 1, withIt);
  grantHeaviest(granting, at + 1, granted);
}

function grant(
  session: Session,
  component: number,
  wishes: readonly Wish[],
  meter: Meter,
): { readonly granted: readonly Wish[]; readonly isCut: boolean } {
  const isWeighed = wishes.some(({ weight }) => weight !== undefined);
  const ordered = isWeighed ? [...wishes].sort((a, b) => weightOf(b) - weightOf(a)) : wishes;
  const granting: Granting = {
    session,
    component,
    meter,
    wishes: ordered,
    best: [],
    bestWeight: 0,
    isCut: false,
  };
  if (!isWeighed) return { granted: grantInOrder(granting), isCut: granting.isCut };
  grantHeaviest(granting, 0, []);
  return { granted: granting.best, isCut: granting.isCut };
}

function isKnown(space: Space, { attribute, value }: Choice): boolean {
  const v = space.lookup.indexOf.get(attribute) ?? -1;
  return space.lookup.variables[v]?.kind === 'attribute' && valueIndex(space, v, value) >= 0;
}

/** Each attribute once: several wishes can be for the same value. */
function withoutTwins(wishes: readonly Wish[]): readonly Wish[] {
  return [...new Map(wishes.map((wish) => [wish.attribute, wish])).values()];
}

function explainGivingWay(
  session: Session,
  granted: readonly Wish[],
  wish: Wish,
  budget: Budget,
): GaveWay | undefined {
  const own = session.choices.find(({ attribute }) => attribute === wish.attribute);
  if (own !== undefined) return { wish, to: 'choices', because: { rules: [], choices: [own] } };
  const alone = explain(session, wish, budget);
  if (alone.kind === 'impossible') return { wish, to: 'choices', because: alone.because };
  const rival = granted.find(({ attribute }) => attribute === wish.attribute);
  if (rival !== undefined) return { wish, to: 'wishes', because: { rules: [], choices: [rival] } };
  const choices = [...withoutTwins(granted), ...session.choices];
  const together = explain({ ...session, choices }, wish, budget);
  if (together.kind !== 'impossible') return undefined;
  return { wish, to: 'wishes', because: together.because };
}

/**
 * Which wishes can be granted on top of what the customer chose, and why the others give way. Wishes
 * never block: they are no choices, and the session stays as it is. Without weights each is granted
 * where it fits with those before it; with weights (1 where one has none) the granted ones weigh most
 * together. A wish that a choice fulfils is granted. Ask again after each choice.
 */
export function suggest(
  session: Session,
  wishes: readonly Wish[],
  budget: Budget = DEFAULT_BUDGET,
): Suggestion {
  const { space } = session;
  const meter = { left: budget.steps };
  const known = wishes.filter((wish) => isKnown(space, wish));
  const chosen = new Map(session.choices.map(({ attribute, value }) => [attribute, value]));
  const open = known.filter(({ attribute }) => !chosen.has(attribute));
  const granted = new Set(known.filter((wish) => chosen.get(wish.attribute) === wish.value));
  let isExact = true;
  for (const component of space.components.keys()) {
    const own = open.filter(
      ({ attribute }) => space.componentOf[space.lookup.indexOf.get(attribute) ?? -1] === component,
    );
    if (own.length === 0) continue;
    const answer = grant(session, component, own, meter);
    for (const wish of answer.granted) granted.add(wish);
    if (answer.isCut) isExact = false;
  }
  const together = known.filter((wish) => granted.has(wish));
  const added = together.filter(({ attribute }) => !chosen.has(attribute));
  const gaveWay = known.flatMap((wish) => {
    const reason = granted.has(wish) ? undefined : explainGivingWay(session, added, wish, budget);
    return reason ?? [];
  });
  const choices = [...session.choices, ...withoutTwins(added)];
  const values = completeMoment(space, { choices, texts: session.texts }, meter);
  return {
    granted: together,
    gaveWay,
    unknown: wishes.filter((wish) => !isKnown(space, wish)),
    ...(values === undefined ? {} : { values }),
    isExact,
  };
}
