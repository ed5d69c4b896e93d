import type { Tree, Value } from '../expression.ts';

/**
 * A variable of the problem. Besides the attributes there is one for each conditional price (does it
 * apply?) and one for each text (is it written?), so that every price is a sum over single values.
 * Auxiliary ones stand for parts of conditions too wide for a table; the others determine them.
 */
export interface Variable {
  readonly kind: 'attribute' | 'price' | 'text' | 'auxiliary';
  /** The attribute, price or text; the ids of other kinds cannot clash with attributes. */
  readonly id: string;
  readonly values: readonly Value[];
  /** What each value adds, in minor units. */
  readonly amountsMinor: readonly number[];
  /** Index of the default value, of *absent* where that is none, or -1. */
  readonly wish: number;
}

/** The variable id of a conditional price. */
export function priceVariable(id: string): string {
  return `price:${id}`;
}

/** The variable id of a text attribute: whether it is written. */
export function textVariable(id: string): string {
  return `text:${id}`;
}

/** A condition with `text = ''` told by the variables of the texts. */
export function tellTexts(tree: Tree): Tree {
  switch (tree.kind) {
    case 'literal':
    case 'attribute':
      return tree;
    case 'text':
      return { kind: 'attribute', id: textVariable(tree.id) };
    case 'not':
    case 'minus':
    case 'in':
      return { ...tree, of: tellTexts(tree.of) };
    case 'call':
      return { ...tree, of: tree.of.map(tellTexts) };
    case 'binary': {
      const text = [tree.left, tree.right].find((side) => side.kind === 'text');
      if (text === undefined) {
        return { ...tree, left: tellTexts(tree.left), right: tellTexts(tree.right) };
      }
      const written = tellTexts(text);
      return tree.op === '=' ? { kind: 'not', of: written } : written;
    }
  }
}

/** Variables by id, and their values as an expression sees them. */
export interface Lookup {
  readonly variables: readonly Variable[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Tuples that are tried for one condition at most, where it is not the usual number. */
  readonly tuplesMax?: number;
}
