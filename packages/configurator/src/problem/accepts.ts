import { ANY, type Constraint, type Literal, type Problem } from './problem.ts';

/** A full assignment: the value of each variable. */
export type Assignment = ArrayLike<number>;

function isTrue(problem: Problem, values: Assignment, literal: Literal): boolean {
  const option = literal >> 1;
  let v = 0;
  while ((problem.optionAt[v + 1] ?? 0) <= option) v++;
  const has = (problem.optionAt[v] ?? 0) + (values[v] ?? 0) === option;
  return has !== ((literal & 1) === 1);
}

function hasRow(scope: Int32Array, rows: Int32Array, values: Assignment): boolean {
  const width = scope.length;
  for (let r = 0; r * width < rows.length; r++) {
    let fits = true;
    for (let p = 0; p < width; p++) {
      const cell = rows[r * width + p] ?? ANY;
      if (cell !== ANY && cell !== values[scope[p] ?? 0]) fits = false;
    }
    if (fits) return true;
  }
  return false;
}

/**
 * Whether a full assignment obeys a constraint: the meaning of every kind, as plainly as it can be
 * said. Everything faster is tested against it.
 */
export function accepts(problem: Problem, constraint: Constraint, values: Assignment): boolean {
  switch (constraint.kind) {
    case 'table':
      return hasRow(constraint.scope, constraint.rows, values);
    case 'boxes': {
      const { scope, rows } = constraint;
      return rows.some((row) => row.every((cell, p) => cell.includes(values[scope[p] ?? 0] ?? 0)));
    }
    case 'clause':
      return constraint.literals.some((literal) => isTrue(problem, values, literal));
    case 'count': {
      const { literals, min, max } = constraint;
      const held = literals.filter((literal) => isTrue(problem, values, literal)).length;
      return min <= held && held <= max;
    }
    case 'linear': {
      const { scope, amounts, min, max, whether } = constraint;
      const sum = scope.reduce((total, v, p) => total + (amounts[p]?.[values[v] ?? 0] ?? 0), 0);
      const isWithin = min <= sum && sum <= max;
      return whether === undefined ? isWithin : isWithin === isTrue(problem, values, whether);
    }
    case 'opaque': {
      const possible = new Uint8Array(problem.optionAt.at(-1) ?? 0);
      for (const v of constraint.scope) possible[(problem.optionAt[v] ?? 0) + (values[v] ?? 0)] = 1;
      let isKept = true;
      const holds = constraint.prune(possible, () => {
        isKept = false;
      });
      return holds && isKept;
    }
  }
}
