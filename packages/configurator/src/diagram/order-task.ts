import { seededRandom, type Work } from '@keepsake/kernel';
import { type Counting, makeCounting, type Projection, projectionOf } from './projection.ts';
import type { Part } from './relation.ts';

/** What an order is sought for: open variables, what binds them, and how tightly. */
export interface OrderTask {
  /** Logarithm of the live values of each variable. */
  readonly logSizes: Float64Array;
  /** The open variables of each relation that has two or more of them. */
  readonly scopes: readonly Int32Array[];
  /** The relations of each variable. */
  readonly scopesOf: readonly (readonly number[])[];
  /** Relations that are no tables. */
  readonly loose: readonly number[];
  /** By relation: 1 where its states tell the values that were read. */
  readonly isTable: Uint8Array;
  /** By relation: logarithm of the states that it can be in when it is half read, at most. */
  readonly logStates: Float64Array;
  /** Tables that tell what their variables have to do with each other. */
  readonly projections: readonly Projection[];
  readonly counting: Counting;
  /** By variable: the projections it stands in, each followed by its column there. */
  readonly columnsOf: readonly Int32Array[];
  readonly known: Known;
}

/** Widths that were worked out before: a cut is told by what is above it, in whatever order. */
export interface Known {
  /** By variable: two random numbers. */
  readonly marks: Int32Array;
  /** By slot: what marked the cut that was last put there, and its width. */
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly widths: Float64Array;
}

/** Slots for widths that are known: for each variable about, and at most. */
const KNOWN_EACH = 128;
const KNOWN_MAX = 1 << 17;

function makeKnown(variables: number): Known {
  const dice = seededRandom(variables);
  const marks = Int32Array.from({ length: 2 * variables }, () => dice.below(0x1_0000_0000) | 0);
  let size = KNOWN_EACH;
  while (size < KNOWN_MAX && size < KNOWN_EACH * variables) size *= 2;
  const [first, second] = [new Int32Array(size), new Int32Array(size)];
  return { marks, first, second, widths: new Float64Array(size) };
}

/** Logarithm of states up to which a table is a rule, told by its states: most implications are. */
const FEW_STATES = Math.log(9);
/** Rows that may be read while projections of tables are counted. */
const ROWS_MAX = 100_000_000;

function countOf(live: Uint8Array): number {
  return live.reduce((sum, is) => sum + is, 0);
}

/**
 * What an order needs to know of a part, given how many states its relations have. A pass over the
 * cells of each table.
 */
export function* orderTask(part: Part, widths: Float64Array): Work<OrderTask> {
  const logSizes = Float64Array.from(part.alive, (own) => Math.log(countOf(own)));
  const isOpen = (v: number): boolean => (logSizes[v] ?? 0) > 0;
  const projections: Projection[] = [];
  const columnsOf: number[][] = part.alive.map(() => []);
  const scopes: Int32Array[] = [];
  const states: number[] = [];
  const isTable: number[] = [];
  for (const [r, relation] of part.relations.entries()) {
    const scope = relation.scope.filter(isOpen);
    if (scope.length < 2) continue;
    scopes.push(scope);
    states.push(widths[r] ?? 0);
    isTable.push(relation.kind === 'rows' && (widths[r] ?? 0) > FEW_STATES ? 1 : 0);
    if (relation.kind !== 'rows') continue;
    yield { done: r, of: part.relations.length };
    const { columns, projection } = projectionOf(relation, isOpen);
    if (columns.length < 2) continue;
    columns.forEach((p, column) => {
      columnsOf[relation.scope[p] ?? 0]?.push(projections.length, column);
    });
    projections.push(projection);
  }
  const scopesOf: number[][] = part.alive.map(() => []);
  scopes.forEach((scope, s) => {
    for (const v of scope) scopesOf[v]?.push(s);
  });
  return {
    logSizes,
    scopes,
    scopesOf,
    loose: Array.from(scopes.keys()).filter((s) => isTable[s] === 0),
    isTable: Uint8Array.from(isTable),
    logStates: Float64Array.from(states),
    projections,
    counting: makeCounting(ROWS_MAX),
    columnsOf: columnsOf.map((list) => Int32Array.from(list)),
    known: makeKnown(part.alive.length),
  };
}

/** The same with every relation told by its states alone: as it suits rules that tell few values. */
export function statesOnly(task: OrderTask): OrderTask {
  const isTable = new Uint8Array(task.scopes.length);
  const known = makeKnown(task.logSizes.length);
  return { ...task, isTable, loose: Array.from(task.scopes.keys()), known };
}
