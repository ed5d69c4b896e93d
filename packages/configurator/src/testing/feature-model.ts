import { seededRandom } from '@keepsake/kernel';
import { type Constraint, makeProblem, type Problem } from '../problem/problem.ts';

/** How large a feature model is, and what it is made of. */
export interface FeatureModelSize {
  readonly features: number;
  readonly seed: number;
  /** Clauses across the tree; half as many as there are features where it is left out. */
  readonly crossClauses?: number;
  /** Children of the widest groups; 12 where it is left out. */
  readonly widest?: number;
}

type Dice = ReturnType<typeof seededRandom>;

/** How the children of a feature depend on it. */
type GroupKind = 'and' | 'or' | 'alternative';

interface Group {
  readonly parent: number;
  readonly kind: GroupKind;
  readonly children: readonly number[];
  /** Of an `and`: how many of the first children must be there with their parent. */
  readonly mandatory: number;
}

/** Configurations of the tree that every clause across it keeps, so that few features are dead. */
const KEPT_CONFIGURATIONS = 64;
const TRIES_PER_CLAUSE = 200;
/** One feature in so many is excluded by the root. */
const DEAD_ONE_IN = 150;

function drawWidth(dice: Dice, kind: GroupKind, widest: number): number {
  if (kind === 'and') return 1 + dice.below(8);
  return dice.below(12) === 0 ? 2 + dice.below(widest) : 2 + dice.below(6);
}

function drawTree(dice: Dice, features: number, widest: number): readonly Group[] {
  const groups: Group[] = [];
  const leaves = [0];
  for (let next = 1; next < features; ) {
    const [parent] = leaves.splice(dice.below(Math.min(leaves.length, 40)), 1);
    const kinds: readonly GroupKind[] = ['and', 'and', 'and', 'or', 'alternative'];
    const kind = parent === 0 ? 'and' : (kinds[dice.below(kinds.length)] ?? 'and');
    const least = parent === 0 ? 6 : 1;
    const width = Math.max(least, drawWidth(dice, kind, widest));
    const children = Array.from({ length: Math.min(width, features - next) }, (_, i) => next + i);
    next += children.length;
    const mandatory = kind === 'and' ? dice.below(Math.min(3, children.length + 1)) : 0;
    groups.push({ parent: parent ?? 0, kind, children, mandatory });
    leaves.push(...children);
  }
  return groups;
}

/** Which children are there along with their parent. */
function drawChildren(dice: Dice, { kind, children, mandatory }: Group): readonly number[] {
  const one = children[dice.below(children.length)] ?? 0;
  if (kind === 'alternative') return [one];
  if (kind === 'or') return children.filter((child) => child === one || dice.below(4) === 0);
  return children.filter((_, i) => i < mandatory || dice.below(2) === 0);
}

function drawConfiguration(dice: Dice, groups: readonly Group[], features: number): Uint8Array {
  const has = new Uint8Array(features);
  has[0] = 1;
  for (const group of groups) {
    if (has[group.parent] === 1) for (const child of drawChildren(dice, group)) has[child] = 1;
  }
  return has;
}

/** The literal that a feature is there, or that it is not. */
function feature(f: number, isThere: boolean): number {
  return 2 * (2 * f + (isThere ? 1 : 0));
}

function clause(...literals: number[]): Constraint {
  return { kind: 'clause', literals: Int32Array.from(literals) };
}

function bindGroup({ parent, kind, children, mandatory }: Group): readonly Constraint[] {
  const up = children.map((child) => clause(feature(child, false), feature(parent, true)));
  const present = children.map((child) => feature(child, true));
  if (kind === 'and') {
    const down = children
      .slice(0, mandatory)
      .map((child) => clause(feature(parent, false), feature(child, true)));
    return [...up, ...down];
  }
  const some = clause(feature(parent, false), ...present);
  if (kind === 'or' || children.length < 2) return [...up, some];
  const literals = Int32Array.from(present);
  return [...up, some, { kind: 'count', literals, min: 0, max: 1 }];
}

interface Kept {
  readonly dice: Dice;
  readonly features: number;
  readonly configurations: readonly Uint8Array[];
}

/** One literal more: mostly that a feature near the root is there, as conditions of real models say. */
function drawLiteral({ dice, features }: Kept): number {
  if (dice.below(5) === 0) return feature(dice.below(features), false);
  return feature(dice.below(1 + Math.ceil(features / 10)), true);
}

/** A feature that needs one of some others, or excludes one. */
function drawCross(kept: Kept): Constraint | undefined {
  const { dice, features, configurations } = kept;
  const more = 1 + (dice.below(3) === 0 ? 0 : dice.below(3));
  const literals = Array.from({ length: more }, () => drawLiteral(kept));
  literals.unshift(feature(dice.below(features), false));
  const distinct = new Set(literals.map((literal) => literal >> 2));
  const isUsed = literals.every(
    (literal) => (literal >> 1) % 2 === 1 || configurations.some((has) => has[literal >> 2] === 1),
  );
  if (distinct.size < literals.length || !isUsed) return undefined;
  const isKept = configurations.every((has) =>
    literals.some((literal) => (has[literal >> 2] === 1) === ((literal >> 1) % 2 === 1)),
  );
  return isKept ? clause(...literals) : undefined;
}

/**
 * A random feature model: a variable of two values for each feature, 1 where it is there; a tree of
 * and, or and alternative groups, some of them wide, and clauses across it. It has a solution, some
 * features that every solution has and some that none has. The same size, the same model.
 */
export function featureModel(size: FeatureModelSize): Problem {
  const { features, seed, crossClauses = features >> 1, widest = 12 } = size;
  const dice = seededRandom(seed);
  const groups = drawTree(dice, features, widest);
  const configurations = Array.from({ length: KEPT_CONFIGURATIONS }, () =>
    drawConfiguration(dice, groups, features),
  );
  const constraints: Constraint[] = [clause(feature(0, true)), ...groups.flatMap(bindGroup)];
  const inner = new Set(groups.map(({ parent }) => parent));
  for (let f = 1; f < features; f++) {
    const isUsed = configurations.some((has) => has[f] === 1);
    if (!isUsed && !inner.has(f) && dice.below(DEAD_ONE_IN) === 0) {
      constraints.push(clause(feature(0, false), feature(f, false)));
    }
  }
  const kept: Kept = { dice, features, configurations };
  for (let k = 0, tries = 0; k < crossClauses && tries < crossClauses * TRIES_PER_CLAUSE; tries++) {
    const drawn = drawCross(kept);
    if (drawn === undefined) continue;
    constraints.push(drawn);
    k++;
  }
  return makeProblem(new Int32Array(features).fill(2), constraints);
}
