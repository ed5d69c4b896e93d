import type { Work } from '@keepsake/kernel';
import { ANY } from '../problem/problem.ts';
import { combine, type Meter, TOO_MUCH, type Workspace } from './combine.ts';
import type { BoxRelation, ClauseRelation, Relation, RowRelation } from './relation.ts';
import { sortRows } from './row-order.ts';
import { NO, nodeOf, nodeWith, reserveEdges, YES } from './store.ts';
import { sumDiagram } from './sum-diagram.ts';

/** Rows that are worked off between two chances to pause. */
const SLICE = 1 << 14;

/** Joins some diagrams two by two, so that each takes part in few combinations. */
function* joinAll(space: Workspace, nodes: readonly number[], meter: Meter): Work<number> {
  let round = [...nodes];
  while (round.length > 1) {
    const next: number[] = [];
    for (let i = 0; i < round.length; i += 2) {
      const pair = [round[i] ?? NO, round[i + 1] ?? NO] as const;
      const node = yield* combine(space, 'or', pair, meter);
      if (node === TOO_MUCH) return TOO_MUCH;
      next.push(node);
      if ((i & 255) === 0) yield meter.progress;
    }
    round = next;
  }
  return round[0] ?? NO;
}

interface Column {
  readonly level: number;
  readonly values: number[];
  readonly children: number[];
}

/** Closes the nodes of columns behind `depth`, each becoming an edge of the one before. */
function closeColumns(
  space: Workspace,
  columns: readonly Column[],
  open: Int32Array,
  depth: number,
): number {
  const { store } = space;
  let child = YES;
  for (let c = columns.length - 1; c >= depth; c--) {
    const column = columns[c];
    if (column === undefined) break;
    column.values.push(open[c] ?? 0);
    column.children.push(child);
    if (c === depth) break;
    child = nodeWith(store, column.level, column);
    column.values.length = 0;
    column.children.length = 0;
  }
  return child;
}

/** A trie that rows are entered into, and the row whose nodes are not yet closed. */
interface Trie {
  readonly rows: Int32Array;
  readonly places: readonly number[];
  readonly columns: readonly Column[];
  readonly open: Int32Array;
}

/** Enters the row that begins at a cell; rows come sorted. */
function addRow(space: Workspace, { rows, places, columns, open }: Trie, at: number): void {
  const depth = sharedWith(open, rows, at, places);
  if (depth === open.length) return;
  // Before the first row nothing is open.
  if (open[0] !== -1) closeColumns(space, columns, open, depth);
  for (let c = depth; c < open.length; c++) open[c] = rows[at + (places[c] ?? 0)] ?? 0;
}

/** A trie of rows of one pattern, from sorted rows, each node made when its last edge is there. */
function* trieOf(
  space: Workspace,
  relation: RowRelation,
  group: { readonly columns: readonly number[]; readonly rows: Int32Array },
  meter: Meter,
): Work<number> {
  const { scope, rows } = relation;
  const { columns: places } = group;
  if (places.length === 0) return YES;
  if (group.rows.length === 0) return NO;
  meter.stepsLeft -= 2 * group.rows.length;
  if (meter.stepsLeft < 0) return TOO_MUCH;
  const sorted = yield* sortRows(relation, group.rows, places);
  const columns = places.map((p) => ({
    level: space.levelOf[scope[p] ?? 0] ?? 0,
    values: [] as number[],
    children: [] as number[],
  }));
  const trie = { rows, places, columns, open: new Int32Array(places.length).fill(-1) };
  for (let i = 0; i < sorted.length; i++) {
    if ((i & (SLICE - 1)) === SLICE - 1) {
      if (space.store.nodeCount > meter.nodesMax) return TOO_MUCH;
      yield meter.progress;
    }
    addRow(space, trie, (sorted[i] ?? 0) * scope.length);
  }
  closeColumns(space, columns, trie.open, 0);
  const [top] = columns;
  return top === undefined ? YES : nodeWith(space.store, top.level, top);
}

/** How many columns of a row are those of the row before. */
function sharedWith(
  open: Int32Array,
  rows: Int32Array,
  at: number,
  places: readonly number[],
): number {
  let depth = 0;
  while (depth < open.length && rows[at + (places[depth] ?? 0)] === open[depth]) depth++;
  return depth;
}

/** Rows by which of their cells say nothing: each group is a table without gaps. */
function* groupsOf(
  { scope, rows }: RowRelation,
  places: readonly number[],
  meter: Meter,
): Work<readonly Int32Array[]> {
  const groups = new Map<string, number[]>();
  const width = scope.length;
  for (let r = 0; r * width < rows.length; r++) {
    if ((r & (SLICE - 1)) === SLICE - 1) yield meter.progress;
    let key = '';
    for (const p of places) if (rows[r * width + p] === ANY) key += `${p},`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [r]);
    else group.push(r);
  }
  return Array.from(groups.values(), (group) => Int32Array.from(group));
}

/** The columns whose variables are still open, in the order of the space. */
function openPlaces(space: Workspace, scope: Int32Array): readonly number[] {
  const levelAt = (p: number): number => space.levelOf[scope[p] ?? 0] ?? 0;
  const places = Array.from(scope, (_, p) => p).filter(
    (p) => (space.store.spans[levelAt(p)] ?? 1) > 1,
  );
  return places.sort((a, b) => levelAt(a) - levelAt(b));
}

function* rowDiagram(space: Workspace, relation: RowRelation, meter: Meter): Work<number> {
  const { scope, rows } = relation;
  const places = openPlaces(space, scope);
  const count = rows.length / scope.length;
  const groups = rows.includes(ANY)
    ? yield* groupsOf(relation, places, meter)
    : [Int32Array.from({ length: count }, (_, r) => r)];
  const nodes: number[] = [];
  for (const group of groups) {
    const first = (group[0] ?? 0) * scope.length;
    const columns = places.filter((p) => rows[first + p] !== ANY);
    const node = yield* trieOf(space, relation, { columns, rows: group }, meter);
    if (node === TOO_MUCH || space.store.nodeCount > meter.nodesMax) return TOO_MUCH;
    nodes.push(node);
  }
  return yield* joinAll(space, nodes, meter);
}

function* boxDiagram(space: Workspace, relation: BoxRelation, meter: Meter): Work<number> {
  const { scope, rows } = relation;
  const places = openPlaces(space, scope).toReversed();
  const nodes = rows.map((row) => {
    let node: number = YES;
    for (const p of places) {
      const values = row[p] ?? new Int32Array(0);
      const children = new Int32Array(values.length).fill(node);
      node = nodeWith(space.store, space.levelOf[scope[p] ?? 0] ?? 0, { values, children });
    }
    return node;
  });
  return yield* joinAll(space, nodes, meter);
}

/** A chain: a sufficing value says yes, any other asks the next variable. */
function clauseDiagram({ store, alive, levelOf }: Workspace, relation: ClauseRelation): number {
  const { scope, suffices } = relation;
  const places = Array.from(scope, (_, p) => p);
  places.sort((a, b) => (levelOf[scope[b] ?? 0] ?? 0) - (levelOf[scope[a] ?? 0] ?? 0));
  let node: number = NO;
  for (const p of places) {
    const level = levelOf[scope[p] ?? 0] ?? 0;
    const values = alive[level] ?? new Int32Array(0);
    reserveEdges(store, values.length);
    let end = store.edgeCount;
    for (const x of values) {
      const child = suffices[p]?.[x] === 1 ? YES : node;
      if (child === NO) continue;
      store.values[end] = x;
      store.children[end++] = child;
    }
    node = nodeOf(store, level, end);
  }
  return node;
}

/** The diagram of one relation over live values; `TOO_MUCH` where it outgrows the budget. */
export function* relationDiagram(space: Workspace, relation: Relation, meter: Meter): Work<number> {
  switch (relation.kind) {
    case 'rows':
      return yield* rowDiagram(space, relation, meter);
    case 'boxes':
      return yield* boxDiagram(space, relation, meter);
    case 'clause':
      return clauseDiagram(space, relation);
    case 'sum':
      return yield* sumDiagram(space, relation, meter);
  }
}
