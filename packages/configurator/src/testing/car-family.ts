import { seededRandom } from '@keepsake/kernel';
import { type Constraint, makeProblem, type Problem } from '../problem/problem.ts';

/** How large a made-up car family is. */
export interface CarFamilySize {
  readonly seed: number;
  readonly variables: number;
  /** Values of all variables together; met within a few per cent. */
  readonly values: number;
  readonly tables: number;
  /** Rows of all tables together; met within some ten per cent. */
  readonly rows: number;
}

type Dice = ReturnType<typeof seededRandom>;

/** What a variable may be, given its parents: the parents' values in groups choose a set. */
interface Law {
  readonly parents: readonly number[];
  /** By parent and value: its group. */
  readonly groups: readonly Uint8Array[];
  /** By group, those of the first parent foremost: 1 for each value allowed. */
  readonly allowed: readonly Uint8Array[];
}

const GROUPS = 4;
/** Variables of a subsystem (engine, cabin, …), the first of which is its leading variable. */
const CLUSTER = 14;
/** Tuples of the widest table on the way, as a share of all rows. */
const WIDEST_SHARE = 0.22;
/** Tables that hold a single law. */
const NARROW_SHARE = 0.62;
/** Designs that every rule spares. */
const PLANTED = 24;

function sizesOf(size: CarFamilySize, dice: Dice): Int32Array {
  const sizes = new Int32Array(size.variables);
  for (let v = 0; v < sizes.length; v++) {
    const isLeading = v % CLUSTER === 0;
    const small = [2, 2, 2, 2, 3, 3, 4][dice.below(7)] ?? 2;
    sizes[v] = isLeading ? 8 + dice.below(9) : small;
  }
  sizes[0] = 20 + dice.below(8);
  let total = sizes.reduce((a, b) => a + b, 0);
  // What is missing goes to a few long lists (colours, upholstery), as in the published families.
  while (total < size.values) {
    const v = dice.below(sizes.length);
    const more = Math.min(2 + dice.below(10), size.values - total);
    if ((sizes[v] ?? 0) + more > 42) continue;
    sizes[v] = (sizes[v] ?? 0) + more;
    total += more;
  }
  return sizes;
}

/** Parents of a variable: the version, the leading variable of its subsystem, neighbours. */
function parentsOf(v: number, dice: Dice): readonly number[] {
  const leading = v - (v % CLUSTER);
  if (v === 0) return [];
  if (v === leading) return dice.below(2) === 0 ? [0] : [0, leading - CLUSTER];
  const parents = new Set<number>();
  const wanted = v === 1 ? 1 : 1 + dice.below(2);
  while (parents.size < wanted) {
    const die = dice.below(100);
    if (die < 20) parents.add(0);
    else if (die < 55 || v === leading + 1) parents.add(leading);
    else if (die < 98) parents.add(Math.max(leading, v - 1 - dice.below(4)));
    else parents.add(Math.max(0, v - 1 - dice.below(2 * CLUSTER)));
  }
  return [...parents];
}

/** A set of values: one alone for what is determined, else some of them. */
function someValues(size: number, isDetermined: boolean, dice: Dice): Uint8Array {
  const marks = new Uint8Array(size);
  marks[dice.below(size)] = 1;
  const more = isDetermined ? 0 : 1 + dice.below(Math.max(1, size >> 1));
  for (let i = 0; i < more; i++) marks[dice.below(size)] = 1;
  return marks;
}

function lawOf(v: number, sizes: Int32Array, dice: Dice): Law {
  const size = sizes[v] ?? 1;
  const parents = parentsOf(v, dice);
  // Most variables are determined by what is above them; in larger families, more of them are.
  const isDetermined = v % CLUSTER !== 0 && dice.below(100) < Math.min(82, 57 + sizes.length / 11);
  const groups = parents.map((p) =>
    Uint8Array.from({ length: sizes[p] ?? 1 }, () => dice.below(GROUPS)),
  );
  const allowed = Array.from({ length: GROUPS ** parents.length }, () =>
    parents.length === 0 ? new Uint8Array(size).fill(1) : someValues(size, isDetermined, dice),
  );
  return { parents, groups, allowed };
}

/** The values that a law leaves, where `valueAt` tells the value of each of its parents. */
function allowedBy(law: Law, valueAt: (parent: number) => number): Uint8Array {
  let group = 0;
  for (let i = 0; i < law.parents.length; i++) {
    group = group * GROUPS + (law.groups[i]?.[valueAt(i)] ?? 0);
  }
  return law.allowed[group] ?? new Uint8Array(0);
}

/** One design that keeps all laws. */
function plant(laws: readonly Law[], dice: Dice): Int32Array {
  const values = new Int32Array(laws.length);
  laws.forEach((law, v) => {
    const open = allowedBy(law, (i) => values[law.parents[i] ?? 0] ?? 0);
    const kept = Array.from(open.keys()).filter((x) => open[x] === 1);
    values[v] = kept[dice.below(kept.length)] ?? 0;
  });
  return values;
}

interface Draft {
  readonly dice: Dice;
  readonly sizes: Int32Array;
  readonly laws: readonly Law[];
  readonly planted: readonly Int32Array[];
}

/** Tuples over a scope: value lists in one array. */
interface Tuples {
  readonly scope: readonly number[];
  readonly cells: number[];
}

/** All tuples with one variable more: of its law where the parents are there, else of its values. */
function extended({ laws, sizes }: Draft, { scope, cells }: Tuples, v: number): Tuples {
  const law = laws[v];
  const isBound = law?.parents.every((p) => scope.includes(p)) === true;
  const free = new Uint8Array(sizes[v] ?? 1).fill(1);
  const places = law?.parents.map((p) => scope.indexOf(p)) ?? [];
  const openAt = (at: number): Uint8Array =>
    isBound && law ? allowedBy(law, (i) => cells[at + (places[i] ?? 0)] ?? 0) : free;
  const next: number[] = [];
  for (let at = 0; at < cells.length; at += scope.length) {
    openAt(at).forEach((isOpen, x) => {
      if (isOpen !== 1) return;
      for (let i = 0; i < scope.length; i++) next.push(cells[at + i] ?? 0);
      next.push(x);
    });
  }
  return { scope: [...scope, v], cells: next };
}

function allOf({ sizes }: Draft, v: number): Tuples {
  return { scope: [v], cells: Array.from({ length: sizes[v] ?? 1 }, (_, x) => x) };
}

/** A table of a single law. */
function narrow(draft: Draft, v: number): Tuples {
  const [first = v, ...others] = draft.laws[v]?.parents ?? [];
  let tuples = allOf(draft, first);
  for (const u of [...others, v]) if (u !== first) tuples = extended(draft, tuples, u);
  return tuples;
}

/** A rule that planted designs keep: a value of one set excludes those of another. */
function ruleOf({ dice, sizes, planted }: Draft, u: number, v: number): readonly Uint8Array[] {
  const first = someValues(sizes[u] ?? 1, false, dice);
  const second = someValues(sizes[v] ?? 1, false, dice);
  for (const design of planted) {
    if (first[design[u] ?? 0] === 1) second[design[v] ?? 0] = 0;
  }
  return [first, second];
}

/** Tuples less those that a rule across two of their variables excludes. */
function ruled(draft: Draft, { scope, cells }: Tuples): Tuples {
  const width = scope.length;
  const [a, b] = [draft.dice.below(width), draft.dice.below(width)];
  if (a === b) return { scope, cells };
  const [first, second] = ruleOf(draft, scope[a] ?? 0, scope[b] ?? 0);
  const kept: number[] = [];
  for (let at = 0; at < cells.length; at += width) {
    if (first?.[cells[at + a] ?? 0] === 1 && second?.[cells[at + b] ?? 0] === 1) continue;
    for (let i = 0; i < width; i++) kept.push(cells[at + i] ?? 0);
  }
  return { scope, cells: kept };
}

function rowsIn({ scope, cells }: Tuples): number {
  return cells.length / scope.length;
}

/** Tuples with a variable and its parents; as large as it got where that is too large. */
function joined(draft: Draft, tuples: Tuples, v: number, rowsMax: number): Tuples {
  let next = tuples;
  for (const u of [...(draft.laws[v]?.parents ?? []), v]) {
    if (next.scope.includes(u)) continue;
    if (rowsIn(next) > rowsMax) return next;
    next = extended(draft, next, u);
  }
  return next;
}

/** A wide table of about so many rows: several laws of neighbours and a few rules across them. */
function wide(draft: Draft, rows: number): Tuples {
  const { dice, laws } = draft;
  const leading = CLUSTER * dice.below(Math.ceil(laws.length / CLUSTER));
  let tuples = allOf(draft, dice.below(3) > 0 ? leading : 0);
  let misses = 0;
  while (misses < 20 && tuples.scope.length < 12 && rowsIn(tuples) < 0.9 * rows) {
    const v = Math.min(laws.length - 1, leading + dice.below(CLUSTER + 1));
    const next = joined(draft, tuples, v, 1.3 * rows);
    const isTooMuch = rowsIn(next) > 1.3 * rows;
    misses += isTooMuch ? 4 : 1;
    if (!isTooMuch) tuples = next;
  }
  for (let rules = 2 + dice.below(3); rules > 0; rules--) tuples = ruled(draft, tuples);
  return tuples;
}

function shuffled(count: number, dice: Dice): Int32Array {
  const list = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = dice.below(i + 1);
    [list[i], list[j]] = [list[j] ?? 0, list[i] ?? 0];
  }
  return list;
}

/** Sizes of the wide tables: few are very long, most are short. */
function rowCounts(size: CarFamilySize, wides: number, spent: number): readonly number[] {
  const weights = Array.from({ length: wides }, (_, k) => 1 / (k + 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  const left = Math.max(0, size.rows - spent);
  return weights.map((w) => Math.min(WIDEST_SHARE * size.rows, (left * w) / sum));
}

/**
 * A made-up car family in the manner of the published ones: a version on which almost everything
 * depends, subsystems with a leading variable each, most variables determined by what stands above
 * them, short tables of single laws and a few very long ones of many, with rules across that leave
 * dead ends. Variables and values are numbered at random, so that their order tells nothing. Has
 * solutions always. The same size, the same family.
 */
export function carFamily(size: CarFamilySize): Problem {
  const dice = seededRandom(size.seed);
  const sizes = sizesOf(size, dice);
  const laws = Array.from(sizes, (_, v) => lawOf(v, sizes, dice));
  const planted = Array.from({ length: PLANTED }, () => plant(laws, dice));
  const draft = { dice, sizes, laws, planted };
  const narrows = Math.min(laws.length - 1, Math.round(NARROW_SHARE * size.tables));
  const tables = [...shuffled(laws.length - 1, dice)]
    .slice(0, narrows)
    .map((i) => narrow(draft, i + 1));
  const spent = tables.reduce((sum, { scope, cells }) => sum + cells.length / scope.length, 0);
  let missing = 0;
  for (const rows of rowCounts(size, size.tables - narrows, spent)) {
    const table = wide(draft, rows + missing);
    missing += rows - table.cells.length / table.scope.length;
    tables.push(table);
  }
  return renumbered(sizes, tables, dice);
}

function renumbered(sizes: Int32Array, tables: readonly Tuples[], dice: Dice): Problem {
  const nameOf = shuffled(sizes.length, dice);
  const renamed = Array.from(sizes, (count) => shuffled(count, dice));
  const own = new Int32Array(sizes.length);
  sizes.forEach((count, v) => {
    own[nameOf[v] ?? 0] = count;
  });
  const constraints: Constraint[] = tables.map(({ scope, cells }) => ({
    kind: 'table',
    scope: Int32Array.from(scope, (v) => nameOf[v] ?? 0),
    rows: Int32Array.from(cells, (x, i) => renamed[scope[i % scope.length] ?? 0]?.[x] ?? 0),
  }));
  return makeProblem(own, constraints);
}
