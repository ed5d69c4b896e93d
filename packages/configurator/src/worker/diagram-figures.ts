import type { RuleReference } from '../answers.ts';
import type { CompiledSpace } from './compiled-space.ts';
import type { DiagramFigures, LevelFigures } from './messages.ts';

/** A rule and the first and last level at which it is read. */
interface Span {
  readonly owner: RuleReference;
  readonly first: number;
  readonly last: number;
}

/** Where each rule of one diagram begins and ends. */
function spansOf({ space, diagramOf }: CompiledSpace, d: number, levelOf: Int32Array): Span[] {
  return space.relations.flatMap(({ owner, scope }) => {
    if (owner === undefined || diagramOf[scope[0] ?? -1] !== d) return [];
    const levels = scope.map((v) => levelOf[v] ?? 0);
    return [{ owner, first: Math.min(...levels), last: Math.max(...levels) }];
  });
}

function levelsOf(compiled: CompiledSpace, d: number, levelOf: Int32Array): LevelFigures[] {
  const { space, diagrams } = compiled;
  const diagram = diagrams[d];
  if (diagram === undefined) return [];
  const { order, nodeAt, edgeAt } = diagram;
  const spans = spansOf(compiled, d, levelOf);
  return Array.from(order, (v, l) => {
    const variable = space.lookup.variables[v];
    const [from, to] = [nodeAt[l] ?? 0, nodeAt[l + 1] ?? 0];
    return {
      id: variable?.id ?? '',
      kind: variable?.kind ?? 'attribute',
      component: d,
      nodes: to - from,
      edges: (edgeAt[to] ?? 0) - (edgeAt[from] ?? 0),
      across: spans.flatMap(({ owner, first, last }) => (first < l && last >= l ? [owner] : [])),
    };
  });
}

/**
 * The diagrams in numbers, level by level. A level is as wide as what was decided above still
 * matters: the rules *across* it, which were begun above and are not yet settled, are why.
 */
export function diagramFigures(compiled: CompiledSpace, fileBytes: number): DiagramFigures {
  const levelOf = new Int32Array(compiled.diagramOf.length);
  for (const { order } of compiled.diagrams) {
    order.forEach((v, l) => {
      levelOf[v] = l;
    });
  }
  const bound = compiled.diagrams.map((_, d) => levelsOf(compiled, d, levelOf));
  const levels = bound.sort((a, b) => b.length - a.length).flat();
  return {
    nodes: compiled.diagrams.reduce((sum, { edgeAt }) => sum + edgeAt.length - 1, 0),
    edges: compiled.diagrams.reduce((sum, { children }) => sum + children.length, 0),
    levels,
    fileBytes,
  };
}
