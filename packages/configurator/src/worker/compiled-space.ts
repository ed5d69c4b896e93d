import type { Diagram } from '../diagram/diagram.ts';
import { type FamilyProblem, problemOf } from '../family-problem.ts';
import type { Question } from '../questions/answer.ts';
import { conditionAll } from '../questions/condition.ts';
import { countExact } from '../questions/counts.ts';
import { readSpace } from '../questions/read-space.ts';
import { writeSpace } from '../questions/write-space.ts';
import type { Decided } from '../solve/problem.ts';
import type { Space } from '../space.ts';
import { SPACE_FORMAT } from './space-format.ts';

/** A space with a diagram for each component of its problem. */
export interface CompiledSpace {
  readonly space: Space;
  readonly family: FamilyProblem;
  readonly diagrams: readonly Diagram[];
  /** The diagram of each variable. */
  readonly diagramOf: Int32Array;
}

/** Puts a space and its diagrams together. */
export function joinDiagrams(
  space: Space,
  family: FamilyProblem,
  diagrams: readonly Diagram[],
): CompiledSpace {
  const diagramOf = new Int32Array(family.problem.sizes.length);
  diagrams.forEach(({ order }, d) => {
    for (const v of order) diagramOf[v] = d;
  });
  return { space, family, diagrams, diagramOf };
}

/** The file of a compiled space: the same bytes wherever it is written. */
export function writeSpaceFile({ space, diagrams }: CompiledSpace): Uint8Array {
  return writeSpace({ diagrams, modelHash: space.modelHash, engineVersion: String(SPACE_FORMAT) });
}

/** The diagrams of a file; undefined where it is of another version, or broken. */
function readDiagrams(space: Space, file: Uint8Array): readonly Diagram[] | undefined {
  const sizes = Int32Array.from(space.classes.members, ({ length }) => length);
  const { modelHash } = space;
  const read = readSpace(file, { modelHash, engineVersion: String(SPACE_FORMAT), sizes });
  if (read.kind === 'refused') return undefined;
  const { diagrams } = read.value;
  const isWhole =
    diagrams.length === space.components.length &&
    diagrams.every(({ order }) => {
      const component = space.componentOf[order[0] ?? -1] ?? -1;
      const own = space.components[component] ?? [];
      return order.length === own.length && order.every((v) => own.includes(v));
    });
  return isWhole ? diagrams : undefined;
}

/** A space with the diagrams of a file; undefined where the file is of another version, or broken. */
export function readSpaceFile(space: Space, file: Uint8Array): CompiledSpace | undefined {
  const diagrams = readDiagrams(space, file);
  return diagrams && joinDiagrams(space, problemOf(space), diagrams);
}

/**
 * Lets a space answer by the diagrams of a file from now on, in place of compiling them; false where
 * the file is of another version, or broken: then nothing has changed. Linear in the file.
 */
export function adoptSpaceFile(space: Space, file: Uint8Array): boolean {
  const diagrams = readDiagrams(space, file);
  if (diagrams === undefined || space.backend.adopt === undefined) return false;
  space.backend.adopt(diagrams);
  return true;
}

/** What is asked of the diagrams under choices: by class, once for the least and once for the most. */
export interface ClassQuestion {
  readonly low: Question;
  readonly high: Question;
  readonly multiplicity: Float64Array;
}

/**
 * Choices as a question about classes. A class counts for all its values and costs as little (or as
 * much) as any of them; where a value is decided, its class is that one value.
 */
export function questionOf(compiled: CompiledSpace, decided: Decided): ClassQuestion {
  const { space, family } = compiled;
  const { optionAt } = family.problem;
  const lowAmounts = new Float64Array(optionAt.at(-1) ?? 0);
  const highAmounts = lowAmounts.slice();
  const multiplicity = family.multiplicity.slice();
  const classes = new Int32Array(decided.length).fill(-1);
  space.lookup.variables.forEach(({ amountsMinor }, v) => {
    const from = optionAt[v] ?? 0;
    space.classes.members[v]?.forEach((members, c) => {
      const amounts = members.map((i) => amountsMinor[i] ?? 0);
      lowAmounts[from + c] = Math.min(...amounts);
      highAmounts[from + c] = Math.max(...amounts);
    });
    const own = decided[v] ?? -1;
    if (own < 0) return;
    const c = space.classes.classOf[v]?.[own] ?? 0;
    classes[v] = c;
    multiplicity[from + c] = 1;
    lowAmounts[from + c] = amountsMinor[own] ?? 0;
    highAmounts[from + c] = amountsMinor[own] ?? 0;
  });
  const shared = { optionAt, multiplicity, decided: classes };
  return {
    low: { ...shared, amounts: lowAmounts },
    high: { ...shared, amounts: highAmounts },
    multiplicity,
  };
}

/** How many designs keep the choices, exactly at any size. */
export function countDesigns(compiled: CompiledSpace, decided: Decided): bigint {
  const { low, multiplicity } = questionOf(compiled, decided);
  const classes = low.decided ?? decided;
  return compiled.diagrams.reduce((product, diagram) => {
    const left = conditionAll(diagram, classes);
    return product * countExact(left, low.optionAt, multiplicity);
  }, 1n);
}
