import { ANY } from '../../problem/problem.ts';
import { addAuxiliary, addRule, bind, type Draft } from '../draft.ts';
import type { Expansion, Instance, Place } from './instances.ts';

/** The variables of a copy, in the same order for each copy of the same feature. */
function variablesOf(expansion: Expansion, copy: Place): readonly number[] {
  const isIn = ({ place }: Instance): boolean => {
    let at: Place | undefined = place;
    while (at !== undefined && at !== copy) at = at.outer;
    return at !== undefined;
  };
  const inner = expansion.instances.filter(isIn);
  const own = inner.flatMap(({ presence, number, value, copies }) => [
    presence,
    ...(number === undefined ? [] : [number.variable]),
    ...(value === undefined ? [] : [value]),
    ...(copies ?? []).flatMap((place) => place.presence ?? []),
  ]);
  return [...(copy.presence === undefined ? [] : [copy.presence]), ...own];
}

/**
 * Rows (was equal, first, second, is equal) that say: as long as all before were equal, the value of
 * the first copy is not below that of the second.
 */
function orderRows(size: number): readonly (readonly [number, number, number, number])[] {
  const rows: (readonly [number, number, number, number])[] = [[0, ANY, ANY, 0]];
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) rows.push([1, a, b, a === b ? 1 : 0]);
  }
  return rows;
}

function bindPair(draft: Draft, rule: number, first: readonly number[], second: readonly number[]) {
  let before: number | undefined;
  first.forEach((a, i) => {
    const b = second[i] ?? a;
    const isLast = i === first.length - 1;
    if (!isLast) addAuxiliary(draft);
    const after = isLast ? undefined : draft.variables.length - 1;
    const rows = orderRows(draft.variables[a]?.values.length ?? 2)
      .filter(([was]) => was === 1 || before !== undefined)
      .flatMap(([was, x, y, is]) => [
        ...(before === undefined ? [] : [was]),
        ...[x, y],
        ...(after === undefined ? [] : [is]),
      ]);
    const scope = Int32Array.from([before ?? [], a, b, after ?? []].flat());
    bind(draft, rule, { kind: 'table', scope, rows: Int32Array.from(rows) });
    before = after;
  });
}

/**
 * Copies of one feature have no order: of all ways to arrange them, the one is kept in which each
 * copy is not below the next in the order of its variables. So each design is counted once.
 */
export function bindOrderOfCopies(draft: Draft, expansion: Expansion): void {
  for (const { copies, name, presence, def } of expansion.instances) {
    if (copies === undefined || copies.length < 2) continue;
    const rule = addRule(draft, {
      id: `order-${String(presence)}`,
      text: `copies of ${name} have no order`,
      line: def.line,
    });
    const variables = copies.map((copy) => variablesOf(expansion, copy));
    variables.slice(1).forEach((second, i) => {
      bindPair(draft, rule, variables[i] ?? [], second);
    });
  }
}
