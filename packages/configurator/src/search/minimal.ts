/** Whether a selection excludes itself; undefined when that could not be told. */
export type ConflictTest<T> = (selected: readonly T[]) => boolean | undefined;

/**
 * A minimal selection that excludes itself, of candidates that do so together: QuickXplain (Junker,
 * AAAI 2004), which keeps earlier candidates before later ones. Undefined when a test could not be
 * answered. About k log(n / k) tests for k kept of n.
 */
export function minimalSelection<T>(
  candidates: readonly T[],
  test: ConflictTest<T>,
): readonly T[] | undefined {
  let isCut = false;
  const isConflict = (selected: readonly T[]): boolean => {
    const answer = test(selected);
    if (answer === undefined) isCut = true;
    return answer === true;
  };
  const split = (kept: readonly T[], hasNew: boolean, rest: readonly T[]): readonly T[] => {
    if (isCut || (hasNew && isConflict(kept))) return [];
    if (rest.length === 1) return rest;
    const half = rest.length >> 1;
    const [first, second] = [rest.slice(0, half), rest.slice(half)];
    const fromSecond = split([...kept, ...first], true, second);
    const fromFirst = split([...kept, ...fromSecond], fromSecond.length > 0, first);
    return [...fromFirst, ...fromSecond];
  };
  if (isConflict([])) return [];
  const kept = candidates.length === 0 ? [] : split([], false, candidates);
  return isCut ? undefined : kept;
}
