import { ok, type Result, refused } from '@keepsake/kernel';
import type { Choice, Explanation } from './answers.ts';
import { completeMoment } from './complete.ts';
import { explain } from './explain.ts';
import type { Texts, Value, Values } from './expression.ts';
import { type Budget, DEFAULT_BUDGET, type Session, startSession, writeText } from './session.ts';
import { openClosest, type ValueCosts } from './solve/closest.ts';
import type { Meter } from './solve/network.ts';
import { type Space, valueIndex } from './space.ts';

/** A design of this model or of an earlier one, as it was frozen. */
export interface OldDesign {
  readonly values: Values;
  readonly texts?: Texts;
  readonly modelHash?: string;
}

/** A value that the new model does not allow together with the rest of the design. */
export interface ImportChange {
  readonly attribute: string;
  readonly from: Value;
  readonly to: Value;
  /** Why it could not stay, given all that did; missing when the budget ran out. */
  readonly because?: Explanation;
}

/** What the new model does not have, or does not take any more. */
export interface ImportDrop {
  readonly kind: 'attribute' | 'value' | 'text';
  readonly attribute: string;
  readonly from: Value;
  /** What stands in its place, where the attribute is still there. */
  readonly to?: Value;
}

/** A design taken over into the model as it is now. */
export interface ImportedDesign {
  /** Holds what was kept and what was changed as choices; the rest is open. */
  readonly session: Session;
  readonly kept: readonly Choice[];
  readonly changed: readonly ImportChange[];
  readonly dropped: readonly ImportDrop[];
  /** Attributes that the old design did not have, with what they are suggested to be. */
  readonly added: readonly Choice[];
  /** Whether the design comes from this very model. */
  readonly isSameModel: boolean;
}

/** Why nothing was taken over: no design exists at all, or the budget ran out. */
export type ImportFault = { readonly kind: 'impossible' } | { readonly kind: 'undecided' };

/** Sums up to here are kept exact. */
const COST_MAX = 2 ** 50;

/** What an old value is apart from a new one: changed at all, in price, and in steps. */
interface Apart {
  readonly changes: number;
  readonly amount: number;
  readonly steps: number;
}

/** For each value of a variable how far it is from the old one. */
function apartFrom(space: Space, v: number, old: Value): readonly Apart[] {
  const { amountsMinor = [], values = [] } = space.lookup.variables[v] ?? {};
  const own = values.indexOf(old);
  if (own < 0) return apartFromUnknown(values, old);
  return values.map((_, i) => ({
    changes: i === own ? 0 : 1,
    amount: Math.abs((amountsMinor[i] ?? 0) - (amountsMinor[own] ?? 0)),
    steps: Math.abs(i - own),
  }));
}

/** Of a number that is not on the grid any more the nearest one is best; else all are alike. */
function apartFromUnknown(values: readonly Value[], old: Value): readonly Apart[] {
  const distance = (value: Value): number =>
    typeof value === 'number' && typeof old === 'number' ? Math.abs(value - old) : 0;
  const order = [...new Set(values.map(distance))].sort((a, b) => a - b);
  return values.map((value) => ({
    changes: 0,
    amount: 0,
    steps: value === null ? values.length : order.indexOf(distance(value)),
  }));
}

/** One number for the three, the first weighing most; steps only where numbers stay exact. */
function toCosts(aparts: readonly (readonly Apart[] | undefined)[]): ValueCosts {
  const sumOfMost = (of: (apart: Apart) => number): number =>
    aparts.reduce((sum, own) => sum + Math.max(0, ...(own ?? []).map(of)), 0);
  const steps = sumOfMost((apart) => apart.steps) + 1;
  const amount = sumOfMost((apart) => apart.amount) + 1;
  const isExact = steps * amount * (aparts.length + 1) <= COST_MAX;
  const unit = isExact ? steps : 1;
  return aparts.map(
    (own) =>
      own &&
      Float64Array.from(
        own,
        (apart) => (apart.changes * amount + apart.amount) * unit + (isExact ? apart.steps : 0),
      ),
  );
}

/** The values of the known attributes in the closest design. */
function findClosest(
  space: Space,
  old: ReadonlyMap<number, Value>,
  meter: Meter,
): Result<ReadonlyMap<number, Value>, ImportFault> {
  const aparts = space.lookup.variables.map((_, v) => {
    const value = old.get(v);
    return value === undefined ? undefined : apartFrom(space, v, value);
  });
  const costs = toCosts(aparts);
  const closest = openClosest(space);
  const found = new Map<number, Value>();
  for (const [component, variables] of space.components.entries()) {
    const completed = closest.find(component, costs, meter);
    if (completed.kind === 'impossible') return refused({ kind: 'impossible' });
    if (completed.kind === 'unknown') return refused({ kind: 'undecided' });
    for (const v of variables) {
      if (!old.has(v)) continue;
      found.set(v, space.lookup.variables[v]?.values[completed.indexes[v] ?? 0] ?? null);
    }
  }
  return ok(found);
}

interface Texted {
  readonly session: Session;
  readonly dropped: readonly ImportDrop[];
}

function takeTexts(start: Session, texts: Texts): Texted {
  let session = start;
  const dropped: ImportDrop[] = [];
  for (const [attribute, text] of Object.entries(texts)) {
    const written = writeText(session, attribute, text);
    if (written.kind === 'ok') session = written.value;
    else dropped.push({ kind: 'text', attribute, from: text });
  }
  return { session: { ...session, past: [], future: [] }, dropped };
}

function explainChange(session: Session, change: ImportChange, meter: Meter): ImportChange {
  const why = explain(
    session,
    { attribute: change.attribute, value: change.from },
    { steps: meter.left },
  );
  return why.kind === 'impossible' ? { ...change, because: why.because } : change;
}

/** The old values that the space knows an attribute for, by variable. */
function knownValues(space: Space, values: Values): ReadonlyMap<number, Value> {
  const known = new Map<number, Value>();
  space.lookup.variables.forEach(({ id, kind }, v) => {
    if (kind === 'attribute' && Object.hasOwn(values, id)) known.set(v, values[id] ?? null);
  });
  return known;
}

/**
 * A design “as last time”: the design of this model that changes the fewest values of an old one, of
 * those the one whose changed values are closest in price, then in steps along the list. Exact, or
 * `undecided` where the budget runs out. What was kept or changed are choices; attributes that are
 * new, or whose old value is gone, stay open, but for a number, which takes the nearest that is left.
 */
export function importDesign(
  space: Space,
  old: OldDesign,
  budget: Budget = DEFAULT_BUDGET,
): Result<ImportedDesign, ImportFault> {
  const meter = { left: budget.steps };
  const known = knownValues(space, old.values);
  const closest = findClosest(space, known, meter);
  if (closest.kind === 'refused') return closest;
  const kept: Choice[] = [];
  const changed: ImportChange[] = [];
  const gone: ImportDrop[] = [];
  const choices: Choice[] = [];
  for (const [v, from] of known) {
    const attribute = space.lookup.variables[v]?.id ?? '';
    const to = closest.value.get(v) ?? null;
    const isOffered = valueIndex(space, v, from) >= 0;
    if (!isOffered) gone.push({ kind: 'value', attribute, from, to });
    else if (to === from) kept.push({ attribute, value: to });
    else changed.push({ attribute, from, to });
    if (isOffered || typeof from === 'number') choices.push({ attribute, value: to });
  }
  const texted = takeTexts({ ...startSession(space), choices }, old.texts ?? {});
  const { session } = texted;
  const values = completeMoment(space, session, meter) ?? {};
  const isThere = new Set([
    ...space.lookup.variables.map(({ id }) => id),
    ...Object.keys(old.texts ?? {}),
  ]);
  const lost = Object.entries(old.values).flatMap(([attribute, from]): ImportDrop[] =>
    isThere.has(attribute) ? [] : [{ kind: 'attribute', attribute, from }],
  );
  return ok({
    session,
    kept,
    changed: changed.map((change) => explainChange(session, change, meter)),
    dropped: [
      ...lost,
      ...gone.map((drop) => ({ ...drop, to: values[drop.attribute] ?? null })),
      ...texted.dropped,
    ],
    added: space.lookup.variables.flatMap(({ id, kind }) =>
      kind === 'attribute' && !Object.hasOwn(old.values, id)
        ? [{ attribute: id, value: values[id] ?? null }]
        : [],
    ),
    isSameModel: old.modelHash === space.modelHash,
  });
}
