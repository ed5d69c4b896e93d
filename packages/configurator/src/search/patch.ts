import type { CountConstraint } from '../problem/problem.ts';
import { HEADER } from './engine.ts';
import { type Inner, innerOf } from './literals.ts';
import type { Wide } from './load.ts';
import {
  heldOf,
  hold,
  isClauseKept,
  isWideKept,
  patchTrail,
  variableAt,
  type Witness,
} from './witness.ts';

/** Patches by which one option is tried at most before it is searched for. */
const FLIPS_MAX = 400;
/** Looks at constraints that one option may cost; where many led nowhere, the less is enough. */
const LOOKS_MAX = 2_000;
const LOOKS_FEW = 200;
/** Looks in vain after which others are spent sparingly. */
export const WASTED_MAX = 200_000;

/** What a literal that led nowhere costs beside others. */
const COST_AVOIDED = 1_000;
/** What each other literal costs that has to turn along. */
const COST_TURNED = 2;
/** Tries for one option. */
const TRIES_MAX = 2;

/** Tries to patch options onto a witness; kept between tries. */
export interface Patcher {
  readonly witness: Witness;
  readonly flips: Inner[];
  /** Broken clauses that can be mended in several ways. */
  readonly choices: number[];
  /** By atom: the try that fixed it last. */
  readonly fixedIn: Int32Array;
  /** By literal: the option for which turning it led nowhere last. */
  readonly avoidedFor: Int32Array;
  options: number;
  tries: number;
  /** The number of looks at which the option is given up. */
  looksMax: number;
  /** Looks that led nowhere under the decisions at hand. */
  wasted: number;
}

/** A patcher for a witness. */
export function makePatcher(witness: Witness): Patcher {
  const { atomCount } = witness.engine;
  return {
    witness,
    flips: [],
    choices: [],
    fixedIn: new Int32Array(atomCount),
    avoidedFor: new Int32Array(2 * atomCount),
    options: 0,
    tries: 0,
    looksMax: 0,
    wasted: 0,
  };
}

function isFree({ witness, fixedIn, tries }: Patcher, literal: Inner): boolean {
  return witness.engine.values[literal] === 0 && fixedIn[literal >> 1] !== tries;
}

function flip(patcher: Patcher, literal: Inner): void {
  patcher.fixedIn[literal >> 1] = patcher.tries;
  patcher.flips.push(literal);
  hold(patcher.witness, literal);
}

/** Notes that a literal was needed whose opposite is fixed: that is avoided in the next try. */
function fail(patcher: Patcher, literal: Inner): false {
  patcher.avoidedFor[literal ^ 1] = patcher.options;
  return false;
}

/** Turns away what holds in the groups of a literal; false where something there is fixed. */
function makeRoom(patcher: Patcher, literal: Inner): boolean {
  const { engine, holders } = patcher.witness;
  const { groupAt, groups } = engine;
  const end = groupAt[literal + 1] ?? 0;
  for (let k = groupAt[literal] ?? 0; k < end; k++) {
    const holder = holders[groups[k] ?? 0] ?? -1;
    if (holder < 0 || holder === literal) continue;
    // What the holder gives way to may be in groups itself.
    if (!turn(patcher, holder ^ 1)) return false;
  }
  return true;
}

/** Whether no other literal holds in the groups of a literal. */
function hasRoom({ witness }: Patcher, literal: Inner): boolean {
  const { groupAt, groups } = witness.engine;
  const end = groupAt[literal + 1] ?? 0;
  for (let k = groupAt[literal] ?? 0; k < end; k++) {
    if ((witness.holders[groups[k] ?? 0] ?? -1) >= 0) return false;
  }
  return true;
}

/** Makes a literal hold, and none beside it in its groups; false where one of them is fixed. */
function turn(patcher: Patcher, literal: Inner): boolean {
  if (patcher.witness.now[literal] === 1) return true;
  if (!isFree(patcher, literal)) return fail(patcher, literal);
  patcher.fixedIn[literal >> 1] = patcher.tries;
  if (!makeRoom(patcher, literal)) return false;
  // What made room in one group may have come to hold in another that was free by then.
  if (!hasRoom(patcher, literal)) return fail(patcher, literal);
  flip(patcher, literal);
  return true;
}

/** What it costs that others must turn too: infinite where one of them may not. */
function costOfPairs(patcher: Patcher, literal: Inner): number {
  const { now, engine } = patcher.witness;
  let cost = 0;
  const end = engine.pairAt[literal + 1] ?? 0;
  for (let k = engine.pairAt[literal] ?? 0; k < end; k++) {
    const other = engine.pairs[k] ?? 0;
    if (now[other] === 1) continue;
    if (!isFree(patcher, other)) return Number.POSITIVE_INFINITY;
    cost += COST_TURNED;
  }
  return cost;
}

function costOfGroups(patcher: Patcher, literal: Inner): number {
  const { engine, holders } = patcher.witness;
  let cost = 0;
  const end = engine.groupAt[literal + 1] ?? 0;
  for (let k = engine.groupAt[literal] ?? 0; k < end; k++) {
    const holder = holders[engine.groups[k] ?? 0] ?? -1;
    if (holder < 0) continue;
    if (!isFree(patcher, holder)) return Number.POSITIVE_INFINITY;
    cost += COST_TURNED;
  }
  return cost;
}

/** How many others must turn at once along with a literal, those not seen yet first among equals. */
function costOf(patcher: Patcher, literal: Inner): number {
  const isAvoided = patcher.avoidedFor[literal] === patcher.options;
  const own = (patcher.witness.seen[literal] ?? 0) + (isAvoided ? COST_AVOIDED : 0);
  return own + costOfPairs(patcher, literal) + costOfGroups(patcher, literal);
}

/** The literal to turn for a broken clause: where least else has to turn; or -1. */
function chooseIn(patcher: Patcher, ref: number): Inner {
  const { arena } = patcher.witness.engine;
  const end = ref + HEADER + (arena[ref] ?? 0);
  let [best, bestCost] = [-1, Number.POSITIVE_INFINITY];
  for (let i = ref + HEADER; i < end; i++) {
    const literal = arena[i] ?? 0;
    if (!isFree(patcher, literal)) continue;
    patcher.witness.looks++;
    const cost = costOf(patcher, literal);
    if (cost < bestCost) [best, bestCost] = [literal, cost];
  }
  return best;
}

/** How many literals of a clause may be turned: 0, 1, or 2 for more. */
function countFree(patcher: Patcher, ref: number): number {
  const { arena } = patcher.witness.engine;
  const end = ref + HEADER + (arena[ref] ?? 0);
  let free = 0;
  for (let i = ref + HEADER; i < end && free < 2; i++) {
    if (isFree(patcher, arena[i] ?? 0)) free++;
  }
  return free;
}

function failClause(patcher: Patcher, ref: number): false {
  const { arena } = patcher.witness.engine;
  const end = ref + HEADER + (arena[ref] ?? 0);
  for (let i = ref + HEADER; i < end; i++) fail(patcher, arena[i] ?? 0);
  return false;
}

function mendClauses(patcher: Patcher, literal: Inner): boolean {
  const { witness } = patcher;
  const gone = literal ^ 1;
  const end = witness.clauseAt[gone + 1] ?? 0;
  for (let k = witness.clauseAt[gone] ?? 0; k < end; k++) {
    const ref = witness.clauses[k] ?? 0;
    witness.looks++;
    if (isClauseKept(witness, ref)) continue;
    if (witness.looks > patcher.looksMax) return false;
    const free = countFree(patcher, ref);
    if (free > 1) patcher.choices.push(ref);
    else if (free === 0) return failClause(patcher, ref);
    else if (!turn(patcher, chooseIn(patcher, ref))) return false;
  }
  return true;
}

/** Makes a choice that nothing forces, for a clause that is still broken. */
function mendByChoice(patcher: Patcher, ref: number): boolean {
  if (isClauseKept(patcher.witness, ref)) return true;
  const literal = chooseIn(patcher, ref);
  return literal < 0 ? failClause(patcher, ref) : turn(patcher, literal);
}

function mendPairs(patcher: Patcher, literal: Inner): boolean {
  const { now, engine } = patcher.witness;
  const end = engine.pairAt[literal + 1] ?? 0;
  for (let k = engine.pairAt[literal] ?? 0; k < end; k++) {
    const other = engine.pairs[k] ?? 0;
    if (now[other] === 0 && !turn(patcher, other)) return false;
  }
  return true;
}

function mendCount(patcher: Patcher, wide: Wide, count: CountConstraint): boolean {
  const { witness } = patcher;
  const { numbering } = witness.loaded;
  let held = heldOf(witness, count);
  for (const literal of count.literals) {
    if (held >= count.min && held <= count.max) return true;
    const wanted = innerOf(numbering, literal) ^ (held > count.max ? 1 : 0);
    if (witness.now[wanted] === 1 || !isFree(patcher, wanted)) continue;
    if (!turn(patcher, wanted)) return false;
    held = heldOf(witness, count);
  }
  return isWideKept(witness, wide);
}

function mendWide(patcher: Patcher, literal: Inner): boolean {
  const { witness } = patcher;
  const v = variableAt(witness, literal);
  if (v < 0) return true;
  const end = witness.wideAt[v + 1] ?? 0;
  for (let k = witness.wideAt[v] ?? 0; k < end; k++) {
    const wide = witness.loaded.wide[witness.wides[k] ?? 0];
    if (wide === undefined) continue;
    witness.looks += 10;
    if (wide.constraint.kind === 'count') {
      if (!mendCount(patcher, wide, wide.constraint)) return false;
    } else if (!isWideKept(witness, wide)) return false;
  }
  return true;
}

/**
 * Tries to turn the witness into one that has the literal, by mending what that breaks, and then
 * what mending breaks; nothing that follows from the decisions, or was turned already, is turned.
 * The flips stand in `flips` where it worked; otherwise all is as it was, which proves nothing.
 * The witness must hold all that is on the trail.
 */
export function tryPatch(patcher: Patcher, literal: Inner): boolean {
  const { flips, witness } = patcher;
  const { looks } = witness;
  patcher.options++;
  patcher.looksMax = looks + (patcher.wasted > WASTED_MAX ? LOOKS_FEW : LOOKS_MAX);
  for (let k = 0; k < TRIES_MAX; k++) {
    if (tryOnce(patcher, literal)) return true;
    // What fails at once fails in the same way again.
    if (flips.length < 3) break;
  }
  patcher.wasted += witness.looks - looks;
  flips.length = 0;
  return false;
}

function tryOnce(patcher: Patcher, literal: Inner): boolean {
  const { flips, witness, choices } = patcher;
  flips.length = 0;
  choices.length = 0;
  patcher.tries++;
  if (turn(patcher, literal) && mendAll(patcher)) return true;
  for (let i = flips.length - 1; i >= 0; i--) hold(witness, (flips[i] ?? 0) ^ 1);
  return false;
}

/** Mends what the flips break: first by what pairs force, then clauses, and choices last. */
function mendAll(patcher: Patcher): boolean {
  const { flips, choices, witness } = patcher;
  let [pairs, clauses, chosen] = [0, 0, 0];
  for (;;) {
    let isMended = flips.length <= FLIPS_MAX && witness.looks <= patcher.looksMax;
    if (pairs < flips.length) isMended &&= mendPairs(patcher, flips[pairs++] ?? 0);
    else if (clauses < flips.length) {
      const own = flips[clauses++] ?? 0;
      isMended &&= mendClauses(patcher, own) && mendWide(patcher, own);
    } else if (chosen < choices.length) {
      isMended &&= mendByChoice(patcher, choices[chosen++] ?? 0);
    } else return isMended;
    if (!isMended) return false;
  }
}

/** The open literal with most activity that mends a broken clause; or -1. */
function decideClause(witness: Witness, ref: number): Inner {
  const { engine } = witness;
  const { arena, values, activities } = engine;
  const end = ref + HEADER + (arena[ref] ?? 0);
  let [best, bestScore] = [-1, -1];
  for (let i = ref + HEADER; i < end; i++) {
    const literal = arena[i] ?? 0;
    if (values[literal] !== 0) continue;
    const score = (activities[literal >> 1] ?? 0) + engine.bump;
    if (score > bestScore) [best, bestScore] = [literal, score];
  }
  return best;
}

/** An open literal about a variable, of a value that no solution showed yet; or -1. */
function unseenAt({ engine, loaded, seen }: Witness, v: number): Inner {
  const { optionAt } = loaded.problem;
  const end = optionAt[v + 1] ?? 0;
  for (let option = optionAt[v] ?? 0; option < end; option++) {
    const literal = loaded.numbering.held[option] ?? 0;
    if (engine.values[literal] === 0 && seen[literal] === 0) return literal;
  }
  return -1;
}

/**
 * An open literal about a variable of a broken wide constraint: a value not seen yet, so that one
 * search proves more, or else the value that the witness has; or -1.
 */
function decideWide(witness: Witness, { scope }: Wide): Inner {
  const { engine, loaded, values } = witness;
  for (const v of scope) {
    const literal = unseenAt(witness, v);
    if (literal >= 0) return literal;
  }
  for (const v of scope) {
    const option = (loaded.problem.optionAt[v] ?? 0) + (values[v] ?? 0);
    const literal = loaded.numbering.held[option] ?? 0;
    if (engine.values[literal] === 0) return literal;
  }
  return -1;
}

/** The literal to decide for something broken by its code; -1 where it is mended by now. */
function decideFor(witness: Witness, code: number): Inner {
  if ((code & 1) === 0) {
    const ref = code >> 1;
    return isClauseKept(witness, ref) ? -1 : decideClause(witness, ref);
  }
  const wide = witness.loaded.wide[code >> 1];
  return wide === undefined || isWideKept(witness, wide) ? -1 : decideWide(witness, wide);
}

/**
 * The next literal to decide so that the witness, patched with the trail, becomes a solution; -1
 * where it is one already.
 */
export function chooseToMend(witness: Witness): Inner {
  patchTrail(witness);
  const { broken } = witness;
  for (; witness.brokenFrom < broken.length; witness.brokenFrom += 2) {
    const literal = decideFor(witness, broken[witness.brokenFrom] ?? 0);
    if (literal >= 0) return literal;
  }
  return -1;
}
