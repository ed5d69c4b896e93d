import { ANY } from '../../problem/problem.ts';
import { addAuxiliary, addRule, bind, type Draft } from '../draft.ts';
import type { Expansion, Place } from './instances.ts';

/** The variables of a copy, in the same order for each copy of the same feature. */
function variablesOf(copy: Place): readonly number[] {
  const found: number[] = [];
  const walk = (place: Place): void => {
    if (place.presence !== undefined) found.push(place.presence);
    for (const { presence, number, value, copies } of place.instances.values()) {
      found.push(presence);
      if (number !== undefined) found.push(number.variable);
      if (value !== undefined) found.push(value);
      for (const inner of copies ?? []) walk(inner);
    }
  };
  walk(copy);
  return found;
}

/**
 * Rows (was equal, first, second, is equal) that say: as long as all before were equal, the value of
 * the first copy is not below that of the second.
 */
function orderRows(size: number): readonly Row[] {
  const rows: Row[] = [[0, ANY, ANY, 0]];
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) rows.push([1, a, b, a === b ? 1 : 0]);
  }
  return rows;
}

type Row = readonly [number, number, number, number];

interface Ordering {
  readonly draft: Draft;
  readonly rule: number;
  /** Tables that were made, by size and by whether something stands before and after. */
  readonly tables: Map<string, Int32Array>;
}

function tableFor(
  { tables }: Ordering,
  size: number,
  has: { readonly before: boolean; readonly after: boolean },
): Int32Array {
  const key = `${String(size)} ${String(has.before)} ${String(has.after)}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const rows = orderRows(size).filter(([was]) => was === 1 || has.before);
  const cells = rows.flatMap(([was, x, y, is]) => [
    ...(has.before ? [was] : []),
    ...[x, y],
    ...(has.after ? [is] : []),
  ]);
  const table = Int32Array.from(cells);
  tables.set(key, table);
  return table;
}

function bindPair(ordering: Ordering, first: readonly number[], second: readonly number[]): void {
  const { draft, rule } = ordering;
  let before: number | undefined;
  first.forEach((a, i) => {
    const b = second[i] ?? a;
    const isLast = i === first.length - 1;
    if (!isLast) addAuxiliary(draft);
    const after = isLast ? undefined : draft.variables.length - 1;
    const has = { before: before !== undefined, after: !isLast };
    const rows = tableFor(ordering, draft.variables[a]?.values.length ?? 2, has);
    const scope = Int32Array.from([before ?? [], a, b, after ?? []].flat());
    bind(draft, rule, { kind: 'table', scope, rows });
    before = after;
  });
}

/**
 * Copies of one feature have no order: of all ways to arrange them, the one is kept in which each
 * copy is not below the next in the order of its variables. So each design is counted once.
 */
export function bindOrderOfCopies(draft: Draft, expansion: Expansion): void {
  const tables = new Map<string, Int32Array>();
  for (const { copies, name, presence, def } of expansion.instances) {
    if (copies === undefined || copies.length < 2) continue;
    const rule = addRule(draft, {
      id: `order-${String(presence)}`,
      text: `copies of ${name} have no order`,
      line: def.line,
    });
    const variables = copies.map(variablesOf);
    variables.slice(1).forEach((second, i) => {
      bindPair({ draft, rule, tables }, variables[i] ?? [], second);
    });
  }
}
