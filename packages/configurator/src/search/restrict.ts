import {
  type Constraint,
  type Literal,
  makeProblem,
  type OpaqueConstraint,
  type Problem,
  variablesOfOptions,
} from '../problem/problem.ts';
import { scopeOf } from '../problem/scopes.ts';

/** Some constraints of a problem over their own variables only. */
export interface Restricted {
  readonly problem: Problem;
  /** The literal of the restricted problem for one of the whole. */
  readonly literalOf: (literal: Literal) => Literal;
}

function restrictOpaque(
  constraint: OpaqueConstraint,
  scope: Int32Array,
  optionOf: Int32Array,
  oldOf: Int32Array,
): OpaqueConstraint {
  const possible = new Uint8Array(optionOf.length);
  return {
    kind: 'opaque',
    scope,
    prune(own, remove) {
      oldOf.forEach((old, option) => {
        possible[old] = own[option] ?? 0;
      });
      return constraint.prune(possible, (old) => remove(optionOf[old] ?? 0));
    },
  };
}

/**
 * A problem of some constraints, over the variables that they or the literals mention. The other
 * variables bind nothing then. Linear in the options of the whole and in the constraints.
 */
export function restrict(
  whole: Problem,
  constraints: readonly Constraint[],
  literals: Iterable<Literal>,
): Restricted {
  const variableOf = variablesOfOptions(whole);
  const isIn = new Uint8Array(whole.sizes.length);
  for (const literal of literals) isIn[variableOf[literal >> 1] ?? 0] = 1;
  for (const constraint of constraints) for (const v of scopeOf(whole, constraint)) isIn[v] = 1;
  const kept = Int32Array.from(whole.sizes.keys()).filter((v) => isIn[v] === 1);
  const placeOf = new Int32Array(whole.sizes.length).fill(-1);
  const optionOf = new Int32Array(variableOf.length).fill(-1);
  const oldOf: number[] = [];
  kept.forEach((v, place) => {
    placeOf[v] = place;
    for (let o = whole.optionAt[v] ?? 0; o < (whole.optionAt[v + 1] ?? 0); o++) {
      optionOf[o] = oldOf.length;
      oldOf.push(o);
    }
  });
  const literalOf = (literal: Literal): Literal =>
    2 * (optionOf[literal >> 1] ?? 0) + (literal & 1);
  const over = (constraint: Constraint): Constraint => {
    if (constraint.kind === 'clause' || constraint.kind === 'count') {
      return { ...constraint, literals: constraint.literals.map(literalOf) };
    }
    const scope = constraint.scope.map((v) => placeOf[v] ?? 0);
    if (constraint.kind === 'opaque') {
      return restrictOpaque(constraint, scope, optionOf, Int32Array.from(oldOf));
    }
    if (constraint.kind !== 'linear' || constraint.whether === undefined) {
      return { ...constraint, scope };
    }
    return { ...constraint, scope, whether: literalOf(constraint.whether) };
  };
  const sizes = kept.map((v) => whole.sizes[v] ?? 1);
  return { problem: makeProblem(sizes, constraints.map(over)), literalOf };
}
