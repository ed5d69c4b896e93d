/** The part of an operation that its order depends on. */
export interface Node {
  readonly id: string;
  readonly after?: readonly string[] | undefined;
}

/** What is wrong with a graph of operations. */
export type RoutingFault =
  | { readonly kind: 'duplicate-operation'; readonly line: number; readonly operation: string }
  | {
      readonly kind: 'unknown-predecessor';
      readonly operation: string;
      readonly predecessor: string;
    }
  | { readonly kind: 'cycle'; readonly operations: readonly string[] };

/** The first fault of a graph of operations, or undefined. Linear in lines and edges. */
export function findRoutingFault(lines: readonly Node[]): RoutingFault | undefined {
  const ids = new Set<string>();
  for (const [line, { id }] of lines.entries()) {
    if (ids.has(id)) return { kind: 'duplicate-operation', line, operation: id };
    ids.add(id);
  }
  for (const { id, after } of lines) {
    const predecessor = after?.find((other) => !ids.has(other));
    if (predecessor !== undefined) {
      return { kind: 'unknown-predecessor', operation: id, predecessor };
    }
  }
  const sorted = new Set(sortOperations(lines).map(({ id }) => id));
  if (sorted.size === lines.length) return undefined;
  return { kind: 'cycle', operations: lines.map(({ id }) => id).filter((id) => !sorted.has(id)) };
}

/**
 * Predecessors before successors, otherwise in the order given (Kahn 1962). Operations on a cycle,
 * or after one, are left out.
 */
export function sortOperations<T extends Node>(lines: readonly T[]): T[] {
  const waiting = new Map<string, number>();
  const successors = new Map<string, T[]>();
  for (const line of lines) {
    const after = new Set(line.after);
    waiting.set(line.id, after.size);
    for (const id of after) {
      const list = successors.get(id);
      if (list === undefined) successors.set(id, [line]);
      else list.push(line);
    }
  }
  const sorted = lines.filter((line) => waiting.get(line.id) === 0);
  for (const { id } of sorted) {
    for (const next of successors.get(id) ?? []) {
      const left = (waiting.get(next.id) ?? 0) - 1;
      waiting.set(next.id, left);
      if (left === 0) sorted.push(next);
    }
  }
  return sorted;
}

/**
 * For each present operation, its nearest present predecessors: those named, and in place of an
 * absent one, that one's own. The graph has no cycles.
 */
export function bridgePredecessors(
  lines: readonly Node[],
  present: ReadonlySet<string>,
): Map<string, readonly string[]> {
  const nearest = new Map<string, readonly string[]>();
  const bridged = new Map<string, readonly string[]>();
  for (const { id, after } of sortOperations(lines)) {
    const ids = new Set((after ?? []).flatMap((other) => nearest.get(other) ?? []));
    bridged.set(id, [...ids]);
    nearest.set(id, present.has(id) ? [id] : [...ids]);
  }
  return bridged;
}
