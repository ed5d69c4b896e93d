import type { Literal } from '../problem/problem.ts';
import { addAuxiliary, bindClause, type Draft, opposite } from './draft.ts';

/** A formula over literals. Nested no deeper than the readers allow. */
export type Formula =
  | { readonly kind: 'truth'; readonly is: boolean }
  | { readonly kind: 'literal'; readonly literal: Literal }
  | { readonly kind: 'not'; readonly of: Formula }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Formula[] }
  | { readonly kind: 'same'; readonly left: Formula; readonly right: Formula };

type Clause = readonly Literal[];

/** Clauses that a disjunction is spread out to at most; beyond, a part gets a variable. */
const SPREAD_MAX = 24;

interface Spreading {
  readonly draft: Draft;
  readonly rule: number;
  /** Clauses of a formula and of its negation, so that each is spread out once. */
  readonly held: Map<Formula, readonly Clause[]>;
  readonly denied: Map<Formula, readonly Clause[]>;
  readonly defined: Map<Formula, Literal>;
}

function isFlat(formula: Formula): boolean {
  if (formula.kind === 'not') return isFlat(formula.of);
  if (formula.kind === 'all' || formula.kind === 'any') {
    return formula.of.length <= 4 && formula.of.every(isLiteral);
  }
  return formula.kind !== 'same';
}

function isLiteral(formula: Formula): boolean {
  return formula.kind === 'literal' || (formula.kind === 'not' && formula.of.kind === 'literal');
}

/** A variable that is true exactly when the formula holds: each design has one way to set it. */
function define(spreading: Spreading, formula: Formula): Literal {
  const former = spreading.defined.get(formula);
  if (former !== undefined) return former;
  const { draft, rule } = spreading;
  const held = spread(spreading, formula, true);
  const denied = spread(spreading, formula, false);
  const literal = addAuxiliary(draft);
  for (const clause of held) bindClause(draft, rule, [opposite(draft, literal), ...clause]);
  for (const clause of denied) bindClause(draft, rule, [literal, ...clause]);
  spreading.defined.set(formula, literal);
  return literal;
}

/** The clauses of a disjunction, each part of which must hold or, unless `holds`, must not. */
function spreadAny(
  spreading: Spreading,
  parts: readonly Formula[],
  holds: boolean,
): readonly Clause[] {
  const { draft } = spreading;
  const spreads = parts.map((part) => ({ part, clauses: spread(spreading, part, holds) }));
  if (spreads.some(({ clauses }) => clauses.length === 0)) return [];
  spreads.sort((a, b) => a.clauses.length - b.clauses.length);
  const single: Literal[] = [];
  let product: readonly Clause[] = [[]];
  for (const { part, clauses } of spreads) {
    const [first = []] = clauses;
    if (clauses.length === 1) for (const literal of first) single.push(literal);
    else if (product.length * clauses.length <= SPREAD_MAX) {
      product = product.flatMap((a) => clauses.map((b) => [...a, ...b]));
    } else {
      const literal = define(spreading, part);
      single.push(holds ? literal : opposite(draft, literal));
    }
  }
  return product.map((clause) => [...clause, ...single]);
}

function spreadSame(
  spreading: Spreading,
  formula: Formula & { kind: 'same' },
  holds: boolean,
): readonly Clause[] {
  const operand = (of: Formula): Formula =>
    isFlat(of) ? of : { kind: 'literal', literal: define(spreading, of) };
  const [left, right] = [operand(formula.left), operand(formula.right)];
  const not = (of: Formula): Formula => ({ kind: 'not', of });
  const other = holds ? not(right) : right;
  const same = holds ? right : not(right);
  return [
    ...spreadAny(spreading, [left, other], true),
    ...spreadAny(spreading, [not(left), same], true),
  ];
}

function spreadAnew(spreading: Spreading, formula: Formula, holds: boolean): readonly Clause[] {
  switch (formula.kind) {
    case 'truth':
      return formula.is === holds ? [] : [[]];
    case 'literal':
      return [[holds ? formula.literal : opposite(spreading.draft, formula.literal)]];
    case 'not':
      return spread(spreading, formula.of, !holds);
    case 'same':
      return spreadSame(spreading, formula, holds);
    default:
      if ((formula.kind === 'all') === holds) {
        return formula.of.flatMap((part) => spread(spreading, part, holds));
      }
      return spreadAny(spreading, formula.of, holds);
  }
}

function spread(spreading: Spreading, formula: Formula, holds: boolean): readonly Clause[] {
  const known = holds ? spreading.held : spreading.denied;
  const former = known.get(formula);
  if (former !== undefined) return former;
  const clauses = spreadAnew(spreading, formula, holds);
  known.set(formula, clauses);
  return clauses;
}

/**
 * Binds a formula by clauses: spread out while that is short, else with auxiliary variables that are
 * defined in both directions (Tseitin 1968), so that every design has exactly one way to set them.
 * Linear in the formula.
 */
export function bindFormula(draft: Draft, rule: number, formula: Formula): void {
  const spreading: Spreading = {
    draft,
    rule,
    held: new Map(),
    denied: new Map(),
    defined: new Map(),
  };
  for (const clause of spread(spreading, formula, true)) bindClause(draft, rule, clause);
}
