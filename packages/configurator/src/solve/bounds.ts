import { arithmetic, call, type Operator, type Tree, type Value } from '../expression.ts';
import { scopeOf } from './boxes.ts';
import type { Constraint } from './constraint.ts';
import { type Layout, nextClass, type Store } from './domains.ts';
import type { Lookup } from './variable.ts';

/** What an expression may still come to: numbers between bounds, ids, truths, or absent. */
interface Hull {
  readonly low: number;
  readonly high: number;
  /** Only of expressions that name values of a choice. */
  readonly ids: ReadonlySet<string> | undefined;
  readonly mayBeAbsent: boolean;
  readonly mayBePresent: boolean;
}

const NOWHERE: Hull = {
  low: 0,
  high: 0,
  ids: undefined,
  mayBeAbsent: true,
  mayBePresent: false,
};

function numbers(low: number, high: number, mayBeAbsent: boolean): Hull {
  return { low, high, ids: undefined, mayBeAbsent, mayBePresent: true };
}

function truth(canBeTrue: boolean, canBeFalse: boolean): Hull {
  return numbers(canBeFalse ? 0 : 1, canBeTrue ? 1 : 0, false);
}

function canBeTrue(hull: Hull): boolean {
  return hull.mayBePresent && hull.high >= 1;
}

function canBeFalse(hull: Hull): boolean {
  return hull.mayBeAbsent || hull.low < 1;
}

/** The hull of some values of one attribute. */
function hullOf(values: readonly Value[]): Hull {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return NOWHERE;
  const mayBeAbsent = present.length < values.length;
  if (typeof present[0] === 'string') {
    const ids = new Set(present.map(String));
    return { low: 0, high: 0, ids, mayBeAbsent, mayBePresent: true };
  }
  const all = present.map(Number);
  return numbers(Math.min(...all), Math.max(...all), mayBeAbsent);
}

const WIDE: Hull = numbers(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, true);

function combine(op: '+' | '-' | '*' | '/', a: Hull, b: Hull): Hull {
  if (!a.mayBePresent || !b.mayBePresent) return NOWHERE;
  const mayBeAbsent = a.mayBeAbsent || b.mayBeAbsent;
  if (op === '/' && b.low <= 0 && b.high >= 0) {
    return b.low === 0 && b.high === 0 ? NOWHERE : WIDE;
  }
  // Each operator is monotone in each operand, and rounding is monotone: the corners bound it.
  const corners = [
    arithmetic(op, a.low, b.low),
    arithmetic(op, a.low, b.high),
    arithmetic(op, a.high, b.low),
    arithmetic(op, a.high, b.high),
  ].filter((corner) => corner !== null);
  if (corners.length < 4) return WIDE;
  return numbers(Math.min(...corners), Math.max(...corners), mayBeAbsent);
}

function compareIds(op: Operator, a: ReadonlySet<string>, b: ReadonlySet<string>): Hull {
  const shared = [...a].some((id) => b.has(id));
  const alwaysEqual = shared && a.size === 1 && b.size === 1;
  return op === '=' ? truth(shared, !alwaysEqual) : truth(!alwaysEqual, shared);
}

function compareNumbers(op: Operator, a: Hull, b: Hull): Hull {
  const meets = a.low <= b.high && b.low <= a.high;
  const single = a.low === a.high && b.low === b.high && meets;
  if (op === '=') return truth(meets, !single);
  if (op === '!=') return truth(!single, meets);
  if (op === '<') return truth(a.low < b.high, a.high >= b.low);
  if (op === '<=') return truth(a.low <= b.high, a.high > b.low);
  if (op === '>') return truth(a.high > b.low, a.low <= b.high);
  return truth(a.high >= b.low, a.low < b.high);
}

function compareHulls(op: Operator, a: Hull, b: Hull): Hull {
  if (!a.mayBePresent || !b.mayBePresent) return truth(false, true);
  const outcome =
    a.ids !== undefined && b.ids !== undefined
      ? compareIds(op, a.ids, b.ids)
      : compareNumbers(op, a, b);
  if (!a.mayBeAbsent && !b.mayBeAbsent) return outcome;
  return truth(canBeTrue(outcome), true);
}

type Domains = (id: string) => readonly Value[];

function boundBinary(tree: Tree & { kind: 'binary' }, domains: Domains): Hull {
  const a = bound(tree.left, domains);
  const b = bound(tree.right, domains);
  switch (tree.op) {
    case 'or':
      return truth(canBeTrue(a) || canBeTrue(b), canBeFalse(a) && canBeFalse(b));
    case 'and':
      return truth(canBeTrue(a) && canBeTrue(b), canBeFalse(a) || canBeFalse(b));
    case '+':
    case '-':
    case '*':
    case '/':
      return combine(tree.op, a, b);
    default:
      return compareHulls(tree.op, a, b);
  }
}

/** A sum skips what is absent: that counts nothing. */
function boundSum(hulls: readonly Hull[]): Hull {
  const counted = hulls.map((hull) => {
    if (!hull.mayBePresent) return hullOf([0]);
    const { low, high, mayBeAbsent } = hull;
    return mayBeAbsent ? numbers(Math.min(0, low), Math.max(0, high), false) : hull;
  });
  return counted.reduce((total, next) => combine('+', total, next), hullOf([0]));
}

function boundCall(tree: Tree & { kind: 'call' }, domains: Domains): Hull {
  const hulls = tree.of.map((operand) => bound(operand, domains));
  if (tree.name === 'sum') return boundSum(hulls);
  if (hulls.some((hull) => !hull.mayBePresent)) return NOWHERE;
  const low = call(
    tree.name,
    hulls.map((hull) => hull.low),
  );
  const high = call(
    tree.name,
    hulls.map((hull) => hull.high),
  );
  if (low === null || high === null) return NOWHERE;
  return numbers(
    low,
    high,
    hulls.some((hull) => hull.mayBeAbsent),
  );
}

function boundIn(tree: Tree & { kind: 'in' }, domains: Domains): Hull {
  const of = bound(tree.of, domains);
  let [mayHit, mayMiss] = [false, true];
  for (const option of tree.options) {
    const equal = compareHulls('=', of, hullOf([option]));
    mayHit ||= canBeTrue(equal);
    mayMiss &&= canBeFalse(equal);
  }
  if (of.ids !== undefined) {
    mayMiss = of.mayBeAbsent || [...of.ids].some((id) => !tree.options.includes(id));
  }
  return truth(mayHit, mayMiss);
}

/** What a tree may still come to; exact when every domain has one value. */
function bound(tree: Tree, domains: Domains): Hull {
  switch (tree.kind) {
    case 'literal':
      return hullOf([tree.value]);
    case 'attribute':
    case 'text':
      return hullOf(domains(tree.id));
    case 'not': {
      const of = bound(tree.of, domains);
      return truth(canBeFalse(of), canBeTrue(of));
    }
    case 'minus':
      return combine('-', hullOf([0]), bound(tree.of, domains));
    case 'in':
      return boundIn(tree, domains);
    case 'call':
      return boundCall(tree, domains);
    case 'binary':
      return boundBinary(tree, domains);
  }
}

/** What a bounds constraint needs: a condition over variables whose classes are their values. */
export interface BoundsTask {
  readonly layout: Layout;
  readonly lookup: Lookup;
  readonly tree: Tree;
}

function readDomain(task: BoundsTask, store: Store, v: number): readonly Value[] {
  const values: Value[] = [];
  for (let c = nextClass(task.layout, store, v, 0); c >= 0; ) {
    values.push(task.lookup.variables[v]?.values[c] ?? null);
    c = nextClass(task.layout, store, v, c + 1);
  }
  return values;
}

function idOf(lookup: Lookup, v: number): string {
  return lookup.variables[v]?.id ?? '';
}

/** Drops the values of one variable with which the condition cannot hold: the number left. */
function pruneByBounds(
  task: BoundsTask,
  store: Store,
  domains: Map<string, readonly Value[]>,
  v: number,
): boolean {
  const id = idOf(task.lookup, v);
  const own = domains.get(id) ?? [];
  const { values } = task.lookup.variables[v] ?? { values: [] };
  const kept = own.filter((value) => {
    domains.set(id, [value]);
    return canBeTrue(bound(task.tree, (other) => domains.get(other) ?? []));
  });
  domains.set(id, kept);
  if (kept.length === own.length) return false;
  const words = store.subarray(task.layout.at[v] ?? 0, task.layout.at[v + 1] ?? 0);
  const left = new Set(kept);
  for (let c = 0; c < values.length; c++) {
    if (!left.has(values[c] ?? null)) words[c >>> 5] = (words[c >>> 5] ?? 0) & ~(1 << (c & 31));
  }
  return true;
}

/** Prunes until nothing changes: the positions that shrank, or undefined when one is empty. */
function pruneToFixpoint(
  task: BoundsTask,
  scope: readonly number[],
  store: Store,
): ReadonlySet<number> | undefined {
  const domains = new Map<string, readonly Value[]>();
  for (const v of scope) domains.set(idOf(task.lookup, v), readDomain(task, store, v));
  const shrunk = new Set<number>();
  for (let again = true; again; ) {
    again = false;
    for (let p = 0; p < scope.length; p++) {
      const v = scope[p] ?? 0;
      if (!pruneByBounds(task, store, domains, v)) continue;
      if (domains.get(idOf(task.lookup, v))?.length === 0) return undefined;
      shrunk.add(p);
      again = true;
    }
  }
  return shrunk;
}

/**
 * A condition too wide to be tabulated: values are dropped when interval arithmetic shows that it
 * cannot hold with them. Runs to its own fixpoint, so it is exact once all are assigned.
 */
export function boundsConstraint(task: BoundsTask): Constraint {
  const scope = scopeOf(task.tree, task.lookup);
  return {
    scope,
    revise(store, changed) {
      const shrunk = pruneToFixpoint(task, scope, store);
      if (shrunk === undefined) return -1;
      let count = 0;
      for (const p of shrunk) changed[count++] = p;
      return count;
    },
    accepts(classes) {
      const single = new Map<string, readonly Value[]>();
      for (const v of scope) {
        const variable = task.lookup.variables[v];
        if (variable) single.set(variable.id, [variable.values[classes[v] ?? 0] ?? null]);
      }
      return canBeTrue(bound(task.tree, (id) => single.get(id) ?? []));
    },
  };
}
