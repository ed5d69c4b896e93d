/** One value of an attribute: a value id, a number, a truth, or `null` for *absent*. */
export type Value = string | number | boolean | null;

/** The chosen value of every attribute but the texts, by attribute id. */
export type Values = Readonly<Record<string, Value>>;

/** What was written into text attributes, by attribute id; a missing key is an empty text. */
export type Texts = Readonly<Record<string, string>>;

/** An operator between two operands. */
export type Operator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/';

/** A function of the expression language. */
export type FunctionName = 'round' | 'floor' | 'ceil' | 'min' | 'max' | 'sum';

/** A checked expression as a tree of plain data. */
export type Tree =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'attribute'; readonly id: string }
  | { readonly kind: 'text'; readonly id: string }
  | { readonly kind: 'not'; readonly of: Tree }
  | { readonly kind: 'minus'; readonly of: Tree }
  | {
      readonly kind: 'binary';
      readonly op: Operator;
      readonly left: Tree;
      readonly right: Tree;
    }
  | {
      readonly kind: 'in';
      readonly of: Tree;
      readonly options: readonly (string | number | boolean)[];
    }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: readonly Tree[] };

/** An expression of a family: its source as the author wrote it, and its tree. */
export type Expression = { readonly source: string; readonly tree: Tree };

/**
 * Rounds away binary noise: numbers of the language are decimals with nine digits after the point,
 * so that `0.1 * 3 = 0.3` holds. Beyond nine million a double has no such digits to spare.
 */
function tidy(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Math.abs(value) < 9e6 ? Math.round(value * 1e9) / 1e9 : value;
}

/** Adds, subtracts, multiplies or divides; absent (`null`) where there is no finite result. */
export function arithmetic(op: '+' | '-' | '*' | '/', left: number, right: number): number | null {
  switch (op) {
    case '+':
      return tidy(left + right);
    case '-':
      return tidy(left - right);
    case '*':
      return tidy(left * right);
    case '/':
      return right === 0 ? null : tidy(left / right);
  }
}

function compare(op: '=' | '!=' | '<' | '<=' | '>' | '>=', left: Value, right: Value): boolean {
  if (left === null || right === null) return false;
  if (op === '=') return left === right;
  if (op === '!=') return left !== right;
  const [a, b] = [Number(left), Number(right)];
  if (op === '<') return a < b;
  if (op === '<=') return a <= b;
  return op === '>' ? a > b : a >= b;
}

/** Half away from zero, as people round measures. */
function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.floor(Math.abs(value) + 0.5);
}

/** Applies a function of the language; absent when an operand is, but for sums, which skip it. */
export function call(name: FunctionName, operands: readonly (number | null)[]): number | null {
  const numbers = operands.filter((operand) => operand !== null);
  if (name === 'sum') return numbers.reduce<number | null>(addUp, 0);
  const first = numbers[0];
  if (first === undefined || numbers.length < operands.length) return null;
  switch (name) {
    case 'round':
      return roundHalfAway(first) + 0;
    case 'floor':
      return Math.floor(first);
    case 'ceil':
      return Math.ceil(first) + 0;
    case 'min':
      return Math.min(...numbers);
    case 'max':
      return Math.max(...numbers);
  }
}

function addUp(total: number | null, next: number): number | null {
  return total === null ? null : arithmetic('+', total, next);
}

/** Where a tree finds what it mentions. */
interface Scope {
  readonly values: Values;
  readonly texts: Texts;
}

function numberOf(tree: Tree, scope: Scope): number | null {
  const value = resultOf(tree, scope);
  return value === null ? null : Number(value);
}

function binary(op: Operator, sides: readonly [Tree, Tree], scope: Scope): Value {
  switch (op) {
    case 'or':
      return resultOf(sides[0], scope) === true || resultOf(sides[1], scope) === true;
    case 'and':
      return resultOf(sides[0], scope) === true && resultOf(sides[1], scope) === true;
    case '+':
    case '-':
    case '*':
    case '/': {
      const [left, right] = [numberOf(sides[0], scope), numberOf(sides[1], scope)];
      return left === null || right === null ? null : arithmetic(op, left, right);
    }
    case '=':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compare(op, resultOf(sides[0], scope), resultOf(sides[1], scope));
  }
}

function resultOf(tree: Tree, scope: Scope): Value {
  switch (tree.kind) {
    case 'literal':
      return tree.value;
    case 'attribute':
      return scope.values[tree.id] ?? null;
    case 'text':
      return scope.texts[tree.id] ?? '';
    case 'not':
      return resultOf(tree.of, scope) !== true;
    case 'minus': {
      const value = numberOf(tree.of, scope);
      return value === null ? null : 0 - value;
    }
    case 'in': {
      const value = resultOf(tree.of, scope);
      return value !== null && tree.options.includes(value);
    }
    case 'call':
      return call(
        tree.name,
        tree.of.map((operand) => numberOf(operand, scope)),
      );
    case 'binary':
      return binary(tree.op, [tree.left, tree.right], scope);
  }
}

/**
 * The value of an expression on a design. Absent operands make arithmetic absent (`null`) and
 * comparisons false; a division by zero is absent. Cost is linear in the expression.
 */
export function evaluate(expression: Expression, values: Values, texts: Texts = {}): Value {
  return resultOf(expression.tree, { values, texts });
}

/** Whether a condition holds on a design; a missing condition always holds. */
export function holds(
  condition: Expression | undefined,
  values: Values,
  texts: Texts = {},
): boolean {
  return condition === undefined || resultOf(condition.tree, { values, texts }) === true;
}

/** A quantity on a design: a plain number, or an expression where a condition counts 1 or 0. */
export function quantityOf(
  quantity: number | Expression,
  values: Values,
  texts: Texts = {},
): number | null {
  return typeof quantity === 'number' ? quantity : numberOf(quantity.tree, { values, texts });
}

/** The attribute and text ids that a tree mentions, each once, in order of appearance. */
export function mentionedIn(tree: Tree): readonly string[] {
  const found = new Set<string>();
  const visit = (node: Tree): void => {
    if (node.kind === 'attribute' || node.kind === 'text') found.add(node.id);
    else if (node.kind === 'binary') [node.left, node.right].forEach(visit);
    else if (node.kind === 'call') node.of.forEach(visit);
    else if (node.kind !== 'literal') visit(node.of);
  };
  visit(tree);
  return [...found];
}
