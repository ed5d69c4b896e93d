import type { Operator, Tree } from '../expression.ts';
import type { PartKind } from '../family.ts';
import type { CallName, Raw } from './syntax.ts';

/** Functions that can be about all parts of a kind. */
export const AGGREGATES: readonly CallName[] = ['count', 'sum', 'any', 'all'];

/** The names that an expression mentions. */
export function namesIn(raw: Raw): readonly string[] {
  switch (raw.kind) {
    case 'number':
    case 'quoted':
      return [];
    case 'name':
      return [raw.name];
    case 'not':
    case 'minus':
      return namesIn(raw.of);
    case 'binary':
      return [...namesIn(raw.left), ...namesIn(raw.right)];
    case 'in':
      return namesIn(raw.of);
    case 'call':
      return raw.of.flatMap(namesIn);
  }
}

/** What the ids of the attributes of one part begin with. */
export function prefixOf(kind: PartKind, number: number): string {
  return `${kind.one}.${String(number)}.`;
}

/** Whether part number `number` is there. */
export function isThere(kind: PartKind, number: number): Tree {
  const least: Tree = { kind: 'literal', value: number };
  return { kind: 'binary', op: '>=', left: { kind: 'attribute', id: kind.id }, right: least };
}

function join(op: Operator, trees: readonly Tree[]): Tree {
  return trees.reduce((left, right) => ({ kind: 'binary', op, left, right }));
}

const COMPARISONS: readonly Operator[] = ['=', '!=', '<', '<=', '>', '>='];

/** Whether a number or truth of a part that is not there is absent, or nothing. */
function isNothing(tree: Tree, prefix: string): boolean {
  switch (tree.kind) {
    case 'literal':
    case 'text':
    case 'not':
      return false;
    case 'attribute':
      return tree.id.startsWith(prefix);
    case 'minus':
      return isNothing(tree.of, prefix);
    case 'in':
      return isAbsent(tree.of, prefix);
    case 'call':
      return tree.of.every((each) => isNothing(each, prefix));
    case 'binary': {
      const sides = [tree.left, tree.right].map((side) => isNothing(side, prefix));
      if (COMPARISONS.includes(tree.op))
        return isAbsent(tree.left, prefix) || isAbsent(tree.right, prefix);
      const needsOne = tree.op === '*' || tree.op === '/' || tree.op === 'and';
      return needsOne ? sides.some(Boolean) : sides.every(Boolean);
    }
  }
}

/** Whether a number or choice of a part that is not there is absent. */
function isAbsent(tree: Tree, prefix: string): boolean {
  if (tree.kind === 'attribute') return tree.id.startsWith(prefix);
  if (tree.kind === 'minus') return isAbsent(tree.of, prefix);
  const isArithmetic = tree.kind === 'binary' && ['+', '-', '*', '/'].includes(tree.op);
  return isArithmetic && (isAbsent(tree.left, prefix) || isAbsent(tree.right, prefix));
}

type Resolve = (raw: Raw, number: number, wanted: 'truth' | 'number') => Tree;

interface Aggregated {
  readonly tree: Tree;
  readonly meaning: 'number' | 'truth';
}

/** `any`, `all`, `count` and `sum` over the parts of a kind that are there, told part by part. */
export function aggregate(
  call: { readonly name: CallName; readonly of: readonly Raw[] },
  kind: PartKind,
  resolve: Resolve,
): Aggregated {
  const numbers = Array.from({ length: kind.max }, (_, k) => k + 1);
  const [first] = call.of;
  const counted: Tree = { kind: 'attribute', id: kind.id };
  if (first === undefined || (first.kind === 'name' && first.name === kind.id)) {
    return { tree: counted, meaning: 'number' };
  }
  if (call.name === 'sum') {
    const of = numbers.flatMap((n) =>
      call.of.map((raw) => addend(kind, n, resolve(raw, n, 'number'))),
    );
    return { tree: { kind: 'call', name: 'sum', of }, meaning: 'number' };
  }
  const truths = numbers.map((n): Tree => {
    const own = resolve(first, n, 'truth');
    if (call.name === 'all') return join('or', [{ kind: 'not', of: isThere(kind, n) }, own]);
    return isNothing(own, prefixOf(kind, n)) ? own : join('and', [isThere(kind, n), own]);
  });
  if (call.name === 'count') return { tree: join('+', truths), meaning: 'number' };
  return { tree: join(call.name === 'any' ? 'or' : 'and', truths), meaning: 'truth' };
}

/** What one part adds to a sum: nothing where it is not there. */
function addend(kind: PartKind, number: number, own: Tree): Tree {
  return isNothing(own, prefixOf(kind, number)) ? own : join('*', [isThere(kind, number), own]);
}
