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

const YES = 0;
const NO = 1;

/** A reduced decision diagram of a sum: nodes 0 *yes*, 1 *no*, then children before parents. */
interface SumDiagram {
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
  const diagram = { lits: [-1, -1], high: [-1, -1], low: [-1, -1] };
  const known = new Map<string, number>();
  const unique = new Map<string, number>();
  const make = (lit: Lit, high: number, low: number): number => {
    if (high === low) return high;
    const key = `${lit} ${high} ${low}`;
    const old = unique.get(key);
    if (old !== undefined) return old;
    unique.set(key, diagram.lits.length);
    diagram.lits.push(lit);
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
    const node = make(term.lit, build(i + 1, sum + term.amount), build(i + 1, sum));
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
    walk(high[node] ?? NO, [...clause, lit ^ 1]);
    walk(low[node] ?? NO, [...clause, lit]);
  };
  walk(root, []);
  return clauses.length > CLAUSES_MAX ? undefined : clauses;
}

/** Gives every node a variable that is true exactly where the node holds; answers the root's. */
function nameNodes(draft: FormulaDraft, { lits, high, low }: SumDiagram, root: number): Lit {
  const always = 2 * draft.variables++;
  draft.clauses.push([always]);
  const names = [always, always ^ 1];
  for (let node = 2; node <= root; node++) {
    const own = 2 * draft.variables++;
    names.push(own);
    const lit = lits[node] ?? 0;
    for (const [given, child] of [
      [lit ^ 1, names[high[node] ?? NO] ?? always],
      [lit, names[low[node] ?? NO] ?? always],
    ] as const) {
      draft.clauses.push([given, own ^ 1, child], [given, own, child ^ 1]);
    }
  }
  return names[root] ?? always;
}

/**
 * Adds to a formula that the amounts of the literals that hold sum to within the bounds; with
 * `whether`, that they do so exactly where it holds. Narrow sums become plain clauses, others the
 * decision diagram of the sum with one variable a node (Eén, Sörensson 2006), each of them defined by
 * the terms both ways. False where that is too large.
 */
export function encodeSum(
  draft: FormulaDraft,
  terms: readonly SumTerm[],
  bounds: SumBounds,
  whether?: Lit,
): boolean {
  const sorted = [...terms].sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const made = diagramOf(sorted, bounds);
  if (made === undefined) return false;
  const { diagram, root } = made;
  const clauses = whether === undefined ? clausesOf(diagram, root) : undefined;
  if (clauses !== undefined) {
    draft.clauses.push(...clauses);
    return true;
  }
  const name = nameNodes(draft, diagram, root);
  if (whether === undefined) draft.clauses.push([name]);
  else draft.clauses.push([name, whether ^ 1], [name ^ 1, whether]);
  return true;
}
