import type {
  AttributeView,
  NumberRun,
  PriceRange,
  SessionView,
  Standing,
  Validity,
} from './answers.ts';
import { completeMoment } from './complete.ts';
import type { Value, Values } from './expression.ts';
import type { Attribute, NumberAttribute, TextAttribute } from './family.ts';
import { priceDesign } from './price.ts';
import { type Budget, DEFAULT_BUDGET, type Session, sweepAll } from './session.ts';
import { hasClass } from './solve/domains.ts';
import type { Sweep } from './solve/problem.ts';
import type { Space } from './space.ts';

/** Whether each value of a variable can be had, by value index. */
export function validitiesOf(space: Space, sweeps: readonly Sweep[], v: number): Validity[] {
  const { layout } = space.network;
  const sweep = sweeps[space.componentOf[v] ?? 0];
  const classOf = space.classes.classOf[v] ?? new Int32Array(0);
  // Where one part of the family contradicts itself there is no design at all.
  const isHopeless = sweeps.some(({ outcome }) => outcome === 'impossible');
  return Array.from(classOf, (c) => {
    if (isHopeless) return 'invalid';
    if (sweep === undefined) return 'unknown';
    if (hasClass(layout, sweep.valid, v, c)) return 'valid';
    return hasClass(layout, sweep.unsure, v, c) ? 'unknown' : 'invalid';
  });
}

/** The only index that is not invalid, or -1. */
export function onlyIndex(validities: readonly Validity[]): number {
  const left = validities.flatMap((validity, i) => (validity === 'invalid' ? [] : [i]));
  const first = left[0];
  return left.length === 1 && first !== undefined && validities[first] === 'valid' ? first : -1;
}

function runsOf(values: readonly Value[], validities: readonly Validity[]): NumberRun[] {
  const runs: NumberRun[] = [];
  values.forEach((value, i) => {
    const validity = validities[i] ?? 'unknown';
    const last = runs.at(-1);
    if (typeof value !== 'number') return;
    if (last?.validity === validity) runs[runs.length - 1] = { ...last, to: value };
    else runs.push({ from: value, to: value, validity });
  });
  return runs;
}

interface Standpoint {
  readonly id: string;
  readonly standing: Standing;
  readonly value: Value | undefined;
}

function standOf(
  id: string,
  chosen: ReadonlyMap<string, Value>,
  values: readonly Value[],
  validities: readonly Validity[],
): Standpoint {
  const own = chosen.get(id);
  if (own !== undefined) return { id, standing: 'chosen', value: own };
  const only = onlyIndex(validities);
  if (only < 0) return { id, standing: 'open', value: undefined };
  return { id, standing: 'forced', value: values[only] };
}

function viewNumber(
  attribute: NumberAttribute,
  at: Standpoint,
  values: readonly Value[],
  validities: readonly Validity[],
): AttributeView {
  const runs = runsOf(values, validities);
  const value = typeof at.value === 'number' || at.value === null ? { value: at.value } : {};
  const absent = attribute.optional ? { absent: validities.at(-1) ?? 'unknown' } : {};
  return { kind: 'numbers', id: at.id, standing: at.standing, ...value, runs, ...absent };
}

function viewText(attribute: TextAttribute, session: Session): AttributeView {
  const text = session.texts[attribute.id] ?? '';
  return { kind: 'text', id: attribute.id, standing: text === '' ? 'open' : 'chosen', text };
}

function viewAttribute(
  session: Session,
  sweeps: readonly Sweep[],
  chosen: ReadonlyMap<string, Value>,
  attribute: Attribute,
): AttributeView {
  if (attribute.type === 'text') return viewText(attribute, session);
  const { space } = session;
  const v = space.lookup.indexOf.get(attribute.id) ?? -1;
  const values = space.lookup.variables[v]?.values ?? [];
  const validities = validitiesOf(space, sweeps, v);
  const at = standOf(attribute.id, chosen, values, validities);
  if (attribute.type === 'integer' || attribute.type === 'decimal') {
    return viewNumber(attribute, at, values, validities);
  }
  const value = at.value === undefined || typeof at.value === 'number' ? null : at.value;
  const absent = attribute.optional === true ? { absent: validities.at(-1) ?? 'unknown' } : {};
  return {
    kind: 'values',
    id: at.id,
    standing: at.standing,
    ...(value === null ? {} : { value }),
    values: values.flatMap((each, i) => {
      const validity = validities[i] ?? 'unknown';
      return typeof each === 'string' || typeof each === 'boolean'
        ? [{ value: each, validity }]
        : [];
    }),
    ...absent,
  };
}

/** Adds the components' amounts to the base price. */
export function rangeOf(space: Space, sweeps: readonly Sweep[]): PriceRange {
  let [min, max] = [space.family.basePriceMinor, space.family.basePriceMinor];
  for (const sweep of sweeps) {
    min += sweep.minMinor;
    max += sweep.maxMinor;
  }
  const isExact = sweeps.every((sweep) => sweep.isExact && sweep.outcome !== 'unknown');
  if (isExact) return { kind: 'exact', minMinor: min, maxMinor: max };
  return { kind: 'bounds', atLeastMinor: min, atMostMinor: max };
}

function isDone(attribute: Attribute, view: AttributeView): boolean {
  if (view.standing !== 'open') return true;
  if (attribute.type === 'text') return attribute.optional;
  // Of a part that is there nothing can be absent, so that it must be decided.
  return 'absent' in view && view.absent !== 'invalid';
}

function completionOf(
  session: Session,
  values: Values | undefined,
): Pick<SessionView, 'completion'> {
  if (values === undefined) return {};
  const { totalMinor } = priceDesign(session.space.family, values, session.texts);
  return { completion: { values, totalMinor } };
}

/**
 * Everything a page shows after a choice: for every attribute what can still be had, the price at
 * least and at most, and the design if the customer stopped now. Exact within the budget; beyond it
 * values are `unknown` and the price is a bound, never a guess.
 */
export function viewSession(session: Session, budget: Budget = DEFAULT_BUDGET): SessionView {
  const { space } = session;
  const meter = { left: budget.steps };
  const sweeps = sweepAll(space, session, meter);
  const chosen = new Map(session.choices.map(({ attribute, value }) => [attribute, value]));
  const views = space.family.attributes.map((attribute) =>
    viewAttribute(session, sweeps, chosen, attribute),
  );
  const isPossible = sweeps.every((sweep) => sweep.outcome === 'possible');
  const values = isPossible ? completeMoment(space, session, meter) : undefined;
  return {
    attributes: views,
    price: rangeOf(space, sweeps),
    isComplete:
      isPossible &&
      space.family.attributes.every((attribute, i) => {
        const view = views[i];
        return view !== undefined && isDone(attribute, view);
      }),
    ...completionOf(session, values),
    stepsSpent: budget.steps - meter.left,
  };
}
