import type { Lit } from './formula.ts';
import { type Rows, rowsOf, transposed } from './rows.ts';

/** What binds the variables of a propagation. */
export interface Constraints {
  readonly variables: number;
  readonly clauses: readonly (readonly Lit[])[];
  readonly exclusions: readonly (readonly Lit[])[];
}

const NONE: readonly Lit[] = [];

/**
 * Unit propagation over clauses and exclusions, with undo. Clauses of two literals are lists of
 * what follows from each literal; longer ones count their true and false literals, because the
 * search for components asks each of them whether it is satisfied.
 */
export class Propagation {
  /** Of each literal: 1 true, -1 false, 0 open. */
  readonly value: Int8Array;
  /** Literals in the order in which they became true. */
  readonly trail: Int32Array;
  /** Length of the trail. */
  size = 0;
  /** Whether the constraints contradict each other without any decision. */
  readonly isContradiction: boolean;
  /** Of each literal: what follows where it holds, by clauses of two. */
  readonly implied: Rows;
  /** Of each literal: the exclusions that it stands in. */
  readonly excludedBy: Rows;
  readonly exclusions: Rows;
  /** Of each literal: the clauses of three and more that it stands in. */
  readonly occurrences: Rows;
  readonly clauses: Rows;
  /** Of each clause: how many of its literals are true. */
  readonly trues: Int32Array;
  /** Literals and constraints looked at so far. */
  steps = 0;
  readonly #falses: Int32Array;
  #head = 0;

  constructor({ variables, clauses, exclusions }: Constraints) {
    const count = 2 * variables;
    this.value = new Int8Array(count);
    this.trail = new Int32Array(variables);
    const follows: number[][] = [];
    const implied = Array.from({ length: count }, () => NONE);
    const add = (from: Lit, to: Lit): void => {
      if (implied[from] === NONE) implied[from] = follows[from] = [];
      follows[from]?.push(to);
    };
    for (const [a = 0, b = 0, ...rest] of clauses) {
      if (rest.length > 0) continue;
      add(a ^ 1, b);
      add(b ^ 1, a);
    }
    this.implied = rowsOf(implied);
    this.exclusions = rowsOf(exclusions);
    this.excludedBy = transposed(this.exclusions, count);
    this.clauses = rowsOf(clauses.filter((clause) => clause.length > 2));
    this.occurrences = transposed(this.clauses, count);
    this.trues = new Int32Array(this.clauses.at.length - 1);
    this.#falses = new Int32Array(this.trues.length);
    this.isContradiction = !this.#takeUnits(clauses);
  }

  #takeUnits(clauses: readonly (readonly Lit[])[]): boolean {
    for (const [lit, ...rest] of clauses) {
      if (lit === undefined) return false;
      if (rest.length === 0 && !this.#set(lit)) return false;
    }
    return this.#propagate();
  }

  /** Makes a literal true and all that follows; false, to be undone, where that cannot be. */
  assume(lit: Lit): boolean {
    return this.#set(lit) && this.#propagate();
  }

  /** Opens all literals again that became true since the trail had this length. */
  undo(size: number): void {
    for (let i = this.size - 1; i >= size; i--) {
      const lit = this.trail[i] ?? 0;
      this.value[lit] = 0;
      this.value[lit ^ 1] = 0;
      if (i < this.#head) this.#count(lit, -1);
    }
    this.size = size;
    this.#head = size;
  }

  #set(lit: Lit): boolean {
    const value = this.value[lit];
    if (value !== 0) return value === 1;
    this.value[lit] = 1;
    this.value[lit ^ 1] = -1;
    this.trail[this.size++] = lit;
    return true;
  }

  #count(lit: Lit, by: 1 | -1): void {
    const { at, items } = this.occurrences;
    const { trues } = this;
    const falses = this.#falses;
    for (let e = at[lit] ?? 0; e < (at[lit + 1] ?? 0); e++) {
      const clause = items[e] ?? 0;
      trues[clause] = (trues[clause] ?? 0) + by;
    }
    const not = lit ^ 1;
    for (let e = at[not] ?? 0; e < (at[not + 1] ?? 0); e++) {
      const clause = items[e] ?? 0;
      falses[clause] = (falses[clause] ?? 0) + by;
    }
  }

  #propagate(): boolean {
    while (this.#head < this.size) {
      const lit = this.trail[this.#head++] ?? 0;
      this.steps++;
      this.#count(lit, 1);
      if (!this.#follow(lit) || !this.#exclude(lit) || !this.#shorten(lit ^ 1)) return false;
    }
    return true;
  }

  #follow(lit: Lit): boolean {
    const { at, items } = this.implied;
    const [from, to] = [at[lit] ?? 0, at[lit + 1] ?? 0];
    this.steps += to - from;
    for (let e = from; e < to; e++) if (!this.#set(items[e] ?? 0)) return false;
    return true;
  }

  #exclude(lit: Lit): boolean {
    const { at, items } = this.excludedBy;
    for (let e = at[lit] ?? 0; e < (at[lit + 1] ?? 0); e++) {
      const row = items[e] ?? 0;
      const [from, to] = [this.exclusions.at[row] ?? 0, this.exclusions.at[row + 1] ?? 0];
      this.steps += to - from;
      for (let i = from; i < to; i++) {
        const other = this.exclusions.items[i] ?? 0;
        if (other !== lit && !this.#set(other ^ 1)) return false;
      }
    }
    return true;
  }

  /** Looks for the last open literal of the clauses that this false literal stands in. */
  #shorten(lit: Lit): boolean {
    const { at, items } = this.occurrences;
    for (let e = at[lit] ?? 0; e < (at[lit + 1] ?? 0); e++) {
      const row = items[e] ?? 0;
      if (this.trues[row] !== 0) continue;
      const from = this.clauses.at[row] ?? 0;
      const to = this.clauses.at[row + 1] ?? 0;
      const open = to - from - (this.#falses[row] ?? 0);
      if (open === 0) return false;
      if (open === 1) this.#setOpen(from, to);
    }
    return true;
  }

  /** Sets the literal of a clause that is still open; it may be settled but not counted yet. */
  #setOpen(from: number, to: number): void {
    this.steps += to - from;
    for (let i = from; i < to; i++) {
      const lit = this.clauses.items[i] ?? 0;
      if (this.value[lit] === 0) this.#set(lit);
    }
  }
}
