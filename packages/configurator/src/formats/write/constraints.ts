import type { Model, ModelGroup } from '../../model/model.ts';
import {
  ANY,
  type Constraint,
  type LinearConstraint,
  type Literal,
} from '../../problem/problem.ts';
import type { FeatureNames } from './names.ts';

/** Literals that a small count is written with as clauses at most. */
const CLAUSES_OF_MAX = 12;

/** Constraints on their way to a text. */
export interface Writing {
  readonly model: Model;
  readonly names: FeatureNames;
  /** Groups of the tree by parent. */
  readonly groups: ReadonlyMap<number, readonly ModelGroup[]>;
  /** Attributes that stand for amounts: by feature. */
  readonly attributes: Map<string, Map<string, number>>;
  sums: number;
}

function optionText({ names, model }: Writing, option: number): string {
  const own = names.ofOption[option];
  if (own !== undefined) return own;
  return `!${names.ofOption[option + 1] ?? model.name}`;
}

function literalText(writing: Writing, literal: Literal): string {
  const text = optionText(writing, literal >> 1);
  if ((literal & 1) === 0) return text;
  return text.startsWith('!') ? text.slice(1) : `!${text}`;
}

function join(parts: readonly string[], sign: '&' | '|'): string {
  const [only = ''] = parts;
  return parts.length === 1 ? only : `(${parts.join(` ${sign} `)})`;
}

/** A disjunction of rows; undefined where it always holds. */
function anyRow(writing: Writing, rows: readonly (readonly string[])[]): string | undefined {
  if (rows.some((row) => row.length === 0)) return undefined;
  if (rows.length === 0) return `!${writing.names.root}`;
  return rows.map((row) => join(row, '&')).join(' | ');
}

function tableText(
  writing: Writing,
  { scope, rows }: Constraint & { kind: 'table' },
): string | undefined {
  const { optionAt } = writing.model.problem;
  const width = scope.length;
  const all = Array.from({ length: rows.length / width }, (_, r) =>
    Array.from(scope).flatMap((v, p) => {
      const cell = rows[r * width + p] ?? ANY;
      return cell === ANY ? [] : [optionText(writing, (optionAt[v] ?? 0) + cell)];
    }),
  );
  return anyRow(writing, all);
}

function boxesText(
  writing: Writing,
  { scope, rows }: Constraint & { kind: 'boxes' },
): string | undefined {
  const { optionAt, sizes } = writing.model.problem;
  const all = rows.map((row) =>
    row.flatMap((cell, p) => {
      const v = scope[p] ?? 0;
      if (cell.length === sizes[v]) return [];
      return [
        join(
          Array.from(cell, (x) => optionText(writing, (optionAt[v] ?? 0) + x)),
          '|',
        ),
      ];
    }),
  );
  return anyRow(writing, all);
}

/** A sum of amounts by option as an attribute of its own, and what no feature carries. */
function makeSum(
  writing: Writing,
  amounts: ReadonlyMap<number, number>,
): { readonly term: string; readonly base: number } {
  const { names, attributes, model } = writing;
  let key = '';
  do {
    writing.sums++;
    key = `sum_${String(writing.sums)}`;
  } while (Object.hasOwn(model.amounts ?? {}, key));
  let base = 0;
  const give = (feature: string, amount: number): void => {
    const own = attributes.get(feature) ?? new Map<string, number>();
    own.set(key, (own.get(key) ?? 0) + amount);
    attributes.set(feature, own);
  };
  for (const [option, amount] of amounts) {
    const feature = names.ofOption[option];
    if (feature !== undefined) give(feature, amount);
    else {
      base += amount;
      give(names.ofOption[option + 1] ?? '', -amount);
    }
  }
  return { term: `sum(${key})`, base };
}

function boundsText(
  { term, base }: { readonly term: string; readonly base: number },
  { min, max }: { readonly min: number; readonly max: number },
): string | undefined {
  const parts = [
    ...(Number.isFinite(min) ? [`${term} >= ${String(min - base)}`] : []),
    ...(Number.isFinite(max) ? [`${term} <= ${String(max - base)}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' & ');
}

function linearText(writing: Writing, linear: LinearConstraint): string | undefined {
  const { optionAt } = writing.model.problem;
  const amounts = new Map<number, number>();
  linear.scope.forEach((v, p) => {
    linear.amounts[p]?.forEach((amount, x) => {
      amounts.set((optionAt[v] ?? 0) + x, amount);
    });
  });
  const within = boundsText(makeSum(writing, amounts), linear);
  if (linear.whether === undefined) return within;
  const whether = literalText(writing, linear.whether);
  return within === undefined ? whether : `${whether} <=> (${within})`;
}

function countText(
  writing: Writing,
  { literals, min, max }: Constraint & { kind: 'count' },
): readonly (string | undefined)[] {
  const texts = Array.from(literals, (literal) => literalText(writing, literal));
  if (max === 1 && min <= 1 && literals.length <= CLAUSES_OF_MAX) {
    const opposite = (literal: Literal): string => {
      const text = literalText(writing, literal);
      return text.startsWith('!') ? text.slice(1) : `!${text}`;
    };
    const pairs = Array.from(literals).flatMap((a, i) =>
      Array.from(literals.subarray(i + 1), (b) => `${opposite(a)} | ${opposite(b)}`),
    );
    return min === 1
      ? [
          anyRow(
            writing,
            texts.map((text) => [text]),
          ),
          ...pairs,
        ]
      : pairs;
  }
  const amounts = new Map<number, number>();
  let denied = 0;
  for (const literal of literals) {
    const isDenied = (literal & 1) === 1;
    if (isDenied) denied++;
    const option = literal >> 1;
    amounts.set(option, (amounts.get(option) ?? 0) + (isDenied ? -1 : 1));
  }
  const sum = makeSum(writing, amounts);
  return [boundsText({ ...sum, base: sum.base + denied }, { min, max })];
}

/** The lines that say a constraint; none where it always holds, undefined where none can. */
export function constraintLines(
  writing: Writing,
  constraint: Constraint,
): readonly string[] | undefined {
  const isSaid = (line: string | undefined): line is string => line !== undefined;
  switch (constraint.kind) {
    case 'table':
      return [tableText(writing, constraint)].filter(isSaid);
    case 'boxes':
      return [boxesText(writing, constraint)].filter(isSaid);
    case 'clause': {
      const texts = Array.from(constraint.literals, (literal) => [literalText(writing, literal)]);
      return [anyRow(writing, texts)].filter(isSaid);
    }
    case 'count':
      return countText(writing, constraint).filter(isSaid);
    case 'linear':
      return [linearText(writing, constraint)].filter(isSaid);
    case 'opaque':
      return undefined;
  }
}
