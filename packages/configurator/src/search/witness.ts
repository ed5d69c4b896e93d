import { accepts } from '../problem/accepts.ts';
import {
  type CountConstraint,
  type LinearConstraint,
  variablesOfOptions,
} from '../problem/problem.ts';
import { type Engine, HEADER } from './engine.ts';
import { type Inner, innerOf } from './literals.ts';
import type { Loaded, Wide } from './load.ts';
import { allowsNow } from './rows.ts';

/**
 * A solution that follows the trail: the one kept last, with what the trail says otherwise patched
 * onto it. Constraints that the patches break are noted, to be mended by patching more.
 */
export interface Witness {
  readonly loaded: Loaded;
  readonly engine: Engine;
  /** By literal: 1 where it holds now. Two entries of an atom always differ. */
  readonly now: Uint8Array;
  /** By variable: its value now. */
  readonly values: Int32Array;
  readonly variableOf: Int32Array;
  /** By group: the member that holds now, or -1. */
  readonly holders: Int32Array;
  /** By literal: given clauses with it, from `clauseAt[p]` on. */
  readonly clauseAt: Int32Array;
  readonly clauses: Int32Array;
  /** By variable: wide constraints about it. */
  readonly wideAt: Int32Array;
  readonly wides: Int32Array;
  /** By literal: 1 where a kept solution had it, for the decisions asked about. */
  readonly seen: Uint8Array;
  /** How much of the trail is patched on. */
  head: number;
  /** Patches from the trail, with their places, in turns. */
  readonly patches: number[];
  /** What patches broke, and the place of the patch, in turns: `2 * ref` or `2 * wide + 1`. */
  readonly broken: number[];
  brokenFrom: number;
  /** Looks at constraints so far; the measure of work beside propagation. */
  looks: number;
}

function listByLiteral(loaded: Loaded): readonly [Int32Array, Int32Array] {
  const { engine, givenSize } = loaded;
  const { arena } = engine;
  const at = new Int32Array(2 * engine.atomCount + 1);
  const each = (visit: (ref: number, literal: Inner) => void): void => {
    for (let ref = 1; ref < givenSize; ) {
      const end = ref + HEADER + (arena[ref] ?? 0);
      for (let i = ref + HEADER; i < end; i++) visit(ref, arena[i] ?? 0);
      ref = end;
    }
  };
  each((_, literal) => {
    at[literal + 1] = (at[literal + 1] ?? 0) + 1;
  });
  for (let l = 0; l + 1 < at.length; l++) at[l + 1] = (at[l + 1] ?? 0) + (at[l] ?? 0);
  const next = at.slice();
  const refs = new Int32Array(at.at(-1) ?? 0);
  each((ref, literal) => {
    const to = next[literal] ?? 0;
    refs[to] = ref;
    next[literal] = to + 1;
  });
  return [at, refs];
}

function listByVariable(loaded: Loaded): readonly [Int32Array, Int32Array] {
  const count = loaded.problem.sizes.length;
  const lists: number[][] = Array.from({ length: count }, () => []);
  loaded.wide.forEach(({ scope }, k) => {
    for (const v of scope) lists[v]?.push(k);
  });
  const at = new Int32Array(count + 1);
  lists.forEach((list, v) => {
    at[v + 1] = (at[v] ?? 0) + list.length;
  });
  return [at, Int32Array.from(lists.flat())];
}

/** A witness of the assignment on the trail, which must be a whole solution. */
export function makeWitness(loaded: Loaded): Witness {
  const { engine, problem } = loaded;
  const [clauseAt, clauses] = listByLiteral(loaded);
  const [wideAt, wides] = listByVariable(loaded);
  const witness: Witness = {
    loaded,
    engine,
    now: new Uint8Array(2 * engine.atomCount),
    values: new Int32Array(problem.sizes.length),
    variableOf: variablesOfOptions(problem),
    holders: new Int32Array(engine.memberAt.length - 1).fill(-1),
    clauseAt,
    clauses,
    wideAt,
    wides,
    seen: new Uint8Array(2 * engine.atomCount),
    head: engine.size,
    patches: [],
    broken: [],
    brokenFrom: 0,
    looks: 0,
  };
  for (let i = 0; i < engine.size; i++) hold(witness, engine.trail[i] ?? 0);
  engine.onTakenBack = (place) => follow(witness, place);
  return witness;
}

/** Makes a literal hold now, which did not. */
export function hold(witness: Witness, literal: Inner): void {
  const { now, holders, engine, values, variableOf, loaded } = witness;
  const { groupAt, groups } = engine;
  const gone = literal ^ 1;
  now[literal] = 1;
  now[gone] = 0;
  for (let k = groupAt[literal] ?? 0; k < (groupAt[literal + 1] ?? 0); k++) {
    holders[groups[k] ?? 0] = literal;
  }
  for (let k = groupAt[gone] ?? 0; k < (groupAt[gone + 1] ?? 0); k++) {
    if (holders[groups[k] ?? 0] === gone) holders[groups[k] ?? 0] = -1;
  }
  const option = loaded.numbering.optionOf[literal] ?? -1;
  if (option < 0) return;
  const v = variableOf[option] ?? 0;
  values[v] = option - (loaded.problem.optionAt[v] ?? 0);
}

/** Takes patches back that stood at the place or later. */
function follow(witness: Witness, place: number): void {
  const { patches, broken } = witness;
  witness.head = Math.min(witness.head, place);
  while (patches.length > 0 && (patches.at(-1) ?? 0) >= place) {
    hold(witness, (patches.at(-2) ?? 0) ^ 1);
    patches.length -= 2;
  }
  while (broken.length > 0 && (broken.at(-1) ?? 0) >= place) broken.length -= 2;
  witness.brokenFrom = 0;
}

/** Whether a given clause holds now. */
export function isClauseKept({ engine, now }: Witness, ref: number): boolean {
  const { arena } = engine;
  const end = ref + HEADER + (arena[ref] ?? 0);
  for (let i = ref + HEADER; i < end; i++) if (now[arena[i] ?? 0] === 1) return true;
  return false;
}

/** How many literals of a count hold now. */
export function heldOf({ loaded, now }: Witness, { literals }: CountConstraint): number {
  let held = 0;
  for (const literal of literals) held += now[innerOf(loaded.numbering, literal)] ?? 0;
  return held;
}

function isSumKept({ loaded, now, values }: Witness, sum: LinearConstraint): boolean {
  let total = 0;
  for (let p = 0; p < sum.scope.length; p++) {
    total += sum.amounts[p]?.[values[sum.scope[p] ?? 0] ?? 0] ?? 0;
  }
  const isWithin = sum.min <= total && total <= sum.max;
  if (sum.whether === undefined) return isWithin;
  return isWithin === (now[innerOf(loaded.numbering, sum.whether)] === 1);
}

/** Whether a wide constraint holds now. */
export function isWideKept(witness: Witness, { constraint, rows }: Wide): boolean {
  switch (constraint.kind) {
    case 'table':
    case 'boxes':
      // A long table is kept without rows of bits.
      return rows === undefined
        ? accepts(witness.loaded.problem, constraint, witness.values)
        : allowsNow(rows, constraint.scope, witness.values);
    case 'count': {
      const held = heldOf(witness, constraint);
      return constraint.min <= held && held <= constraint.max;
    }
    case 'linear':
      return isSumKept(witness, constraint);
    default:
      return accepts(witness.loaded.problem, constraint, witness.values);
  }
}

function noteBroken(witness: Witness, literal: Inner, place: number): void {
  const { clauseAt, clauses, broken } = witness;
  const gone = literal ^ 1;
  const end = clauseAt[gone + 1] ?? 0;
  for (let k = clauseAt[gone] ?? 0; k < end; k++) {
    witness.looks++;
    const ref = clauses[k] ?? 0;
    if (!isClauseKept(witness, ref)) broken.push(2 * ref, place);
  }
  const v = variableAt(witness, literal);
  if (v < 0) return;
  for (let k = witness.wideAt[v] ?? 0; k < (witness.wideAt[v + 1] ?? 0); k++) {
    const wide = witness.wides[k] ?? 0;
    const own = witness.loaded.wide[wide];
    witness.looks += 10;
    if (own !== undefined && !isWideKept(witness, own)) broken.push(2 * wide + 1, place);
  }
}

/** The variable that a literal is about. */
export function variableAt({ loaded, variableOf }: Witness, literal: Inner): number {
  const { optionOf } = loaded.numbering;
  const own = optionOf[literal] ?? -1;
  const option = own >= 0 ? own : (optionOf[literal ^ 1] ?? -1);
  return option < 0 ? -1 : (variableOf[option] ?? -1);
}

/** Patches on what the trail says and the witness does not. */
export function patchTrail(witness: Witness): void {
  const { engine, now, patches } = witness;
  while (witness.head < engine.size) {
    const place = witness.head++;
    const literal = engine.trail[place] ?? 0;
    if (now[literal] === 1) continue;
    hold(witness, literal);
    patches.push(literal, place);
    noteBroken(witness, literal, place);
  }
}
