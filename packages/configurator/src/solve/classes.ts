import type { Row } from './boxes.ts';
import type { ValueSum } from './pieces.ts';
import type { ClassSum } from './sums.ts';
import type { Lookup } from './variable.ts';

/** A relation before classes are known: boxes over value indexes, and their scope. */
export interface ValueBoxes {
  readonly scope: readonly number[];
  readonly rows: readonly Row[];
}

/** Values that no constraint tells apart are one class: the search then sees them as one. */
export interface Classes {
  /** Of each variable: the class of each value index. */
  readonly classOf: readonly Int32Array[];
  /** Of each variable: the value indexes of each class, ascending. */
  readonly members: readonly (readonly (readonly number[])[])[];
}

/** What classes are made of: boxes, sums, and variables whose values must stay single. */
export interface Distinctions {
  readonly boxes: readonly ValueBoxes[];
  readonly sums: readonly ValueSum[];
  readonly apart: ReadonlySet<number>;
}

/** For each value of variable v, which rows take it and what it adds to sums, as text. */
function signatures(lookup: Lookup, v: number, by: Distinctions): string[] {
  const values = lookup.variables[v]?.values ?? [];
  const marks: string[] = values.map((value) => (value === null ? 'absent;' : ''));
  const mark = (text: (i: number) => string): void => {
    for (let i = 0; i < marks.length; i++) marks[i] = `${marks[i] ?? ''}${text(i)};`;
  };
  for (const { rows, scope } of by.boxes) {
    if (!scope.includes(v)) continue;
    rows.forEach((row, r) => {
      const taken = row.get(v);
      if (taken === undefined) return;
      for (const i of taken) marks[i] = `${marks[i] ?? ''}${r},`;
    });
    mark(() => '');
  }
  for (const { amounts, scope, whether } of by.sums) {
    const own = amounts[scope.indexOf(v)];
    if (own !== undefined) mark((i) => String((own[i] ?? 0) + 0));
    if (whether === v) mark(String);
  }
  return marks;
}

/**
 * Neighbourhood interchangeability (Freuder 1991): values with the same rows in all relations and the
 * same amounts in all sums fall together. A measure with hundreds of steps shrinks to the few classes
 * that a formula tells apart.
 */
export function classify(lookup: Lookup, by: Distinctions): Classes {
  const classOf: Int32Array[] = [];
  const members: number[][][] = [];
  lookup.variables.forEach((variable, v) => {
    const marks = by.apart.has(v) ? undefined : signatures(lookup, v, by);
    const seen = new Map<string, number>();
    const of = new Int32Array(variable.values.length);
    const groups: number[][] = [];
    variable.values.forEach((_, i) => {
      const mark = marks?.[i] ?? String(i);
      const c = seen.get(mark) ?? groups.length;
      seen.set(mark, c);
      if (c === groups.length) groups.push([]);
      groups[c]?.push(i);
      of[i] = c;
    });
    classOf.push(of);
    members.push(groups);
  });
  return { classOf, members };
}

/** Boxes over value indexes as boxes over classes, each row once. */
export function toClasses(relation: ValueBoxes, classes: Classes): ReadonlySet<number>[][] {
  const rows = new Map<string, ReadonlySet<number>[]>();
  for (const row of relation.rows) {
    const cells = relation.scope.map((v) => {
      const of = classes.classOf[v] ?? new Int32Array(0);
      const taken = row.get(v);
      const list = taken === undefined ? of : Array.from(taken, (i) => of[i] ?? 0);
      return new Set([...new Set(list)].sort((a, b) => a - b));
    });
    rows.set(cells.map((cell) => [...cell].join(',')).join(';'), cells);
  }
  return [...rows.values()];
}

/** A sum over value indexes as a sum over classes, of which all members add the same. */
export function toClassSum(sum: ValueSum, classes: Classes): ClassSum {
  const { max, min, scope, whether } = sum;
  const amounts = scope.map((v, p) => {
    const own = sum.amounts[p] ?? new Float64Array(0);
    return Float64Array.from(classes.members[v] ?? [], (group) => own[group[0] ?? 0] ?? 0);
  });
  if (whether === undefined) return { scope, amounts, min, max };
  const held = classes.classOf[whether]?.[1] ?? 0;
  return { scope, amounts, min, max, whether: { variable: whether, held } };
}
