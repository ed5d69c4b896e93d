import type { Draft } from '../draft.ts';

/** How many assignments some variables have. */
export function countAssignments(draft: Draft, variables: readonly number[]): number {
  return variables.reduce((count, v) => count * (draft.variables[v]?.values.length ?? 1), 1);
}

/** Every assignment of some variables, the last one changing fastest. */
export function* assignmentsOf(
  draft: Draft,
  variables: readonly number[],
): Generator<ReadonlyMap<number, number>> {
  const values = variables.map(() => 0);
  for (;;) {
    yield new Map(variables.map((v, i) => [v, values[i] ?? 0]));
    let at = variables.length - 1;
    while (at >= 0) {
      const next = (values[at] ?? 0) + 1;
      const size = draft.variables[variables[at] ?? 0]?.values.length ?? 1;
      values[at] = next < size ? next : 0;
      if (next < size) break;
      at--;
    }
    if (at < 0) return;
  }
}
