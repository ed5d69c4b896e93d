import type { Lit } from './formula.ts';
import type { Reduction } from './reduction.ts';
import { type Rows, rowsOf } from './rows.ts';

function implicationsOf(reduction: Reduction): Rows {
  const follows: Lit[][] = Array.from({ length: 2 * reduction.variables }, () => []);
  for (const clause of reduction.clauses) {
    const [a = 0, b = 0] = clause;
    if (clause.length !== 2) continue;
    follows[a ^ 1]?.push(b);
    follows[b ^ 1]?.push(a);
  }
  return rowsOf(follows);
}

/** Of each literal: the least literal that implies it and is implied by it (Tarjan 1972). */
function leastOfCycles({ at, items }: Rows): Int32Array {
  const count = at.length - 1;
  const least = Int32Array.from({ length: count }, (_, lit) => lit);
  const index = new Int32Array(count);
  const low = new Int32Array(count);
  const next = at.slice(0, count);
  const isOpen = new Uint8Array(count);
  const stack: Lit[] = [];
  const path: Lit[] = [];
  let clock = 0;
  const enter = (lit: Lit): void => {
    index[lit] = low[lit] = ++clock;
    isOpen[lit] = 1;
    stack.push(lit);
    path.push(lit);
  };
  const leave = (lit: Lit): void => {
    path.pop();
    const parent = path.at(-1);
    if (parent !== undefined) low[parent] = Math.min(low[parent] ?? 0, low[lit] ?? 0);
    if (low[lit] !== index[lit]) return;
    const members = stack.splice(stack.lastIndexOf(lit));
    const first = Math.min(...members);
    for (const member of members) {
      least[member] = first;
      isOpen[member] = 0;
    }
  };
  const advance = (lit: Lit): void => {
    const e = next[lit] ?? 0;
    if (e >= (at[lit + 1] ?? 0)) {
      leave(lit);
      return;
    }
    next[lit] = e + 1;
    const other = items[e] ?? 0;
    if (index[other] === 0) enter(other);
    else if (isOpen[other] === 1) low[lit] = Math.min(low[lit] ?? 0, index[other] ?? 0);
  };
  for (let start = 0; start < count; start++) {
    if (index[start] !== 0) continue;
    enter(start);
    for (let lit = path.at(-1); lit !== undefined; lit = path.at(-1)) advance(lit);
  }
  return least;
}

/** The literals of each cycle by its least one; none where one stands for its own opposite. */
function joinedBy(reduction: Reduction, least: Int32Array): Map<Lit, Lit[]> {
  const joined = new Map<Lit, Lit[]>();
  for (let lit = 0; lit < least.length; lit++) {
    const first = least[lit] ?? lit;
    if (first === lit || reduction.value[lit] !== 0) continue;
    if (least[first ^ 1] === first) {
      reduction.isContradiction = true;
      return new Map();
    }
    const own = joined.get(first) ?? [first];
    own.push(lit);
    joined.set(first, own);
  }
  return joined;
}

/**
 * Puts one literal in the stead of all that clauses of two make equal to it; its node then says all
 * of them. Answers whether there were any. Linear.
 */
export function mergeEquivalences(reduction: Reduction): boolean {
  const { builder, nodes, isGone } = reduction;
  const least = leastOfCycles(implicationsOf(reduction));
  const joined = joinedBy(reduction, least);
  for (const [first, lits] of joined) {
    const partners = lits.map((lit) => nodes[lit] ?? builder.yes);
    nodes[first] = builder.all(partners);
    for (const lit of lits) if (lit !== first) isGone[lit >> 1] = 1;
  }
  if (joined.size === 0) return false;
  const rename = (lit: Lit): Lit => least[lit] ?? lit;
  reduction.clauses = reduction.clauses.map((clause) => clause.map(rename));
  reduction.exclusions = reduction.exclusions.map((exclusion) => exclusion.map(rename));
  return true;
}
