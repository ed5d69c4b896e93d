import type { FormulaDraft, Lit } from './formula.ts';

/** What a literal adds to a sum where it holds. */
export interface SumTerm {
  readonly lit: Lit;
  readonly amount: number;
}

/** Both included; either may be infinite. */
export interface SumBounds {
  readonly min: number;
  readonly max: number;
}

/** Nodes of the decision diagram of one sum at most. */
const NODES_MAX = 20_000;
/** Ways to break a sum up to which each is a clause of its own, so that no variable is added. */
const CLAUSES_MAX = 64;

/** Terms up to which that is tried. */
const CLAUSE_TERMS_MAX = 16;
/** Terms of a sum at most. */
const TERMS_MAX = 4000;

const YES = 0;
const NO = 1;

/**
 * A decision diagram of a sum: nodes 0 *yes*, 1 *no*, then children before parents. Every edge leads
 * to the next level, to *yes* or to *no*; no two nodes of a level are alike.
 */
interface SumDiagram {
  readonly levels: readonly number[];
  readonly lits: readonly Lit[];
  readonly high: readonly number[];
  readonly low: readonly number[];
}

/** What the terms from each place on can add at least and at most. */
function restsOf(terms: readonly SumTerm[]): { least: Float64Array; most: Float64Array } {
  const least = new Float64Array(terms.length + 1);
  const most = new Float64Array(terms.length + 1);
  for (let i = terms.length - 1; i >= 0; i--) {
    const amount = terms[i]?.amount ?? 0;
    least[i] = (least[i + 1] ?? 0) + Math.min(0, amount);
    most[i] = (most[i + 1] ?? 0) + Math.max(0, amount);
  }
  return { least, most };
}

/** The diagram and its root; undefined where it would have too many nodes. */
function diagramOf(
  terms: readonly SumTerm[],
  bounds: SumBounds,
): { readonly diagram: SumDiagram; readonly root: number } | undefined {
  const { least, most } = restsOf(terms);
  const diagram = { levels: [-1, -1], lits: [-1, -1], high: [-1, -1], low: [-1, -1] };
  const known = new Map<string, number>();
  const unique = new Map<string, number>();
  const make = (level: number, high: number, low: number): number => {
    if (high === low && high <= NO) return high;
    const key = `${level} ${high} ${low}`;
    const old = unique.get(key);
    if (old !== undefined) return old;
    unique.set(key, diagram.lits.length);
    diagram.levels.push(level);
    diagram.lits.push(terms[level]?.lit ?? 0);
    diagram.high.push(high);
    return diagram.low.push(low) - 1;
  };
  const build = (i: number, sum: number): number => {
    const [low, high] = [sum + (least[i] ?? 0), sum + (most[i] ?? 0)];
    if (low >= bounds.min && high <= bounds.max) return YES;
    const term = terms[i];
    if (high < bounds.min || low > bounds.max || term === undefined) return NO;
    const key = `${i} ${sum}`;
    const old = known.get(key);
    if (old !== undefined || known.size > NODES_MAX) return old ?? NO;
    const node = make(i, build(i + 1, sum + term.amount), build(i + 1, sum));
    known.set(key, node);
    return node;
  };
  const root = build(0, 0);
  return known.size > NODES_MAX ? undefined : { diagram, root };
}

/** Every way down to *no*, as the clause that forbids it; undefined where there are too many. */
function clausesOf({ lits, high, low }: SumDiagram, root: number): Lit[][] | undefined {
  const clauses: Lit[][] = [];
  const walk = (node: number, clause: readonly Lit[]): void => {
    if (node === YES || clauses.length > CLAUSES_MAX) return;
    if (node === NO) {
      clauses.push([...clause]);
      return;
    }
    const lit = lits[node] ?? 0;
    const [pro = NO, contra = NO] = [high[node], low[node]];
    walk(pro, pro === contra ? clause : [...clause, lit ^ 1]);
    if (pro !== contra) walk(contra, [...clause, lit]);
  };
  walk(root, []);
  return clauses.length > CLAUSES_MAX ? undefined : clauses;
}

/**
 * Gives every node a variable that is true exactly where the way of an assignment goes through it: so
 * the variables of all levels above are settled once their literals are, and what is left depends on
 * one node alone. `ends` is true where the way ends in *yes*.
 */
function nameNodes(draft: FormulaDraft, diagram: SumDiagram, root: number, ends?: Lit): void {
  const { levels, lits, high, low } = diagram;
  const names = [-1, -1];
  const byLevel = new Map<number, Lit[]>();
  for (let node = 2; node <= root; node++) {
    const own = 2 * draft.variables++;
    names.push(own);
    const level = byLevel.get(levels[node] ?? 0) ?? [];
    level.push(own);
    byLevel.set(levels[node] ?? 0, level);
  }
  const cameFrom = names.map((): Lit[] => []);
  const follow = (given: readonly Lit[], child: number, other: number): void => {
    if (child > NO) draft.clauses.push([...given, names[child] ?? 0]);
    else if (ends !== undefined) draft.clauses.push([...given, ends ^ child]);
    else if (child === NO) draft.clauses.push([...given]);
    if (child <= NO && other > NO) draft.clauses.push([...given, (names[other] ?? 0) ^ 1]);
  };
  for (let node = 2; node <= root; node++) {
    const [own = 0, lit = 0, pro = NO, contra = NO] = [
      names[node],
      lits[node],
      high[node],
      low[node],
    ];
    follow([own ^ 1, lit ^ 1], pro, contra);
    follow([own ^ 1, lit], contra, pro);
    for (const child of new Set([pro, contra])) cameFrom[child]?.push(own);
  }
  draft.clauses.push([names[root] ?? 0]);
  for (let node = 2; node < root; node++) {
    draft.clauses.push([(names[node] ?? 0) ^ 1, ...(cameFrom[node] ?? [])]);
  }
  for (const level of byLevel.values()) if (level.length > 1) draft.exclusions.push(level);
}

/**
 * Adds to a formula that the amounts of the literals that hold sum to within the bounds; with
 * `whether`, that they do so exactly where it holds. Narrow sums become plain clauses, others their
 * decision diagram, each node a variable that the literals settle. False where that is too large.
 */
export function encodeSum(
  draft: FormulaDraft,
  terms: readonly SumTerm[],
  bounds: SumBounds,
  whether?: Lit,
): boolean {
  const sorted = [...terms].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const made = terms.length > TERMS_MAX ? undefined : diagramOf(sorted, bounds);
  if (made === undefined) return false;
  const { diagram, root } = made;
  const isNarrow = whether === undefined && terms.length <= CLAUSE_TERMS_MAX;
  const clauses = isNarrow ? clausesOf(diagram, root) : undefined;
  if (clauses !== undefined) draft.clauses.push(...clauses);
  else if (root <= NO) draft.clauses.push(whether === undefined ? [] : [whether ^ root]);
  else nameNodes(draft, diagram, root, whether);
  return true;
}
