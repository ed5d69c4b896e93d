import type { Faults } from '../faults.ts';
import type { Token } from './tokens.ts';

/** An expression as it is written, before names are looked up. `depth` counts levels below. */
export type Raw = { readonly offset: number; readonly end: number; readonly depth: number } & (
  | { readonly kind: 'reference'; readonly path: readonly string[]; readonly isQuoted: boolean }
  | { readonly kind: 'number' | 'text'; readonly text: string }
  | { readonly kind: 'call'; readonly name: string; readonly of: readonly Raw[] }
  | { readonly kind: 'not' | 'minus'; readonly of: Raw }
  | { readonly kind: 'chain'; readonly op: '&' | '|'; readonly of: readonly Raw[] }
  | { readonly kind: 'binary'; readonly op: string; readonly left: Raw; readonly right: Raw }
);

/** Tokens of a line and how far they were read. */
export interface TokenCursor {
  readonly tokens: readonly Token[];
  readonly faults: Faults;
  /** Where to point when the line ends too soon. */
  readonly end: number;
  at: number;
  /** Brackets and `!` that are open around the cursor. */
  level: number;
}

/** Levels of nesting of an expression at most. */
const LEVELS_MAX = 200;

const LEVELS: Readonly<Record<string, number>> = {
  '<=>': 1,
  '=>': 2,
  '|': 3,
  '&': 4,
  '==': 5,
  '!=': 5,
  '<': 5,
  '<=': 5,
  '>': 5,
  '>=': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
};

const FUNCTIONS = ['sum', 'avg', 'len', 'floor', 'ceil'];

/** The next token if it is the given sign. */
export function takeSign(cursor: TokenCursor, text: string): boolean {
  const token = cursor.tokens[cursor.at];
  if (token?.kind !== 'sign' || token.text !== text) return false;
  cursor.at++;
  return true;
}

/** Where the cursor stands. */
export function placeOf(cursor: TokenCursor): number {
  return cursor.tokens[cursor.at]?.offset ?? cursor.end;
}

/** Reports what was expected instead of the next token. */
export function expected(cursor: TokenCursor, what: string, hint?: string): undefined {
  const token = cursor.tokens[cursor.at];
  const found = token === undefined ? 'the end of the line' : `'${token.text}'`;
  const message = `expected ${what}, not ${found}`;
  const fault = { code: 'expression/syntax' as const, message };
  cursor.faults.report(placeOf(cursor), hint === undefined ? fault : { ...fault, hint });
}

/** Names joined by dots. */
export function takePath(cursor: TokenCursor): readonly string[] | undefined {
  const path: string[] = [];
  do {
    const token = cursor.tokens[cursor.at];
    if (token?.kind !== 'name') {
      expected(cursor, 'a name', 'names with other signs than letters stand in double quotes');
      return undefined;
    }
    path.push(token.text);
    cursor.at++;
  } while (takeSign(cursor, '.'));
  return path;
}

function tooDeep(cursor: TokenCursor): undefined {
  cursor.faults.report(placeOf(cursor), {
    code: 'text/too-deep',
    message: `an expression is nested deeper than ${String(LEVELS_MAX)} levels`,
  });
}

/** Reads what is within brackets or behind a sign in front. */
function takeInner(cursor: TokenCursor, level: number): Raw | undefined {
  if (cursor.level >= LEVELS_MAX) return tooDeep(cursor);
  cursor.level++;
  const inner = takeExpression(cursor, level);
  cursor.level--;
  return inner;
}

function takeCall(cursor: TokenCursor, name: Token): Raw | undefined {
  cursor.at += 2;
  const of: Raw[] = [];
  do {
    const argument = takeInner(cursor, 6);
    if (argument === undefined) return undefined;
    of.push(argument);
  } while (takeSign(cursor, ','));
  const end = cursor.tokens[cursor.at]?.end ?? cursor.end;
  if (!takeSign(cursor, ')')) return expected(cursor, "')'");
  const depth = 1 + Math.max(...of.map((raw) => raw.depth));
  return { kind: 'call', name: name.text, of, offset: name.offset, end, depth };
}

function takeBracket(cursor: TokenCursor, offset: number): Raw | undefined {
  const inner = takeInner(cursor, 1);
  if (inner === undefined) return undefined;
  const end = cursor.tokens[cursor.at]?.end ?? cursor.end;
  return takeSign(cursor, ')') ? { ...inner, offset, end } : expected(cursor, "')'");
}

function takeReference(cursor: TokenCursor, first: Token): Raw | undefined {
  const path = takePath(cursor);
  if (path === undefined) return undefined;
  const end = cursor.tokens[cursor.at - 1]?.end ?? first.end;
  const { isQuoted, offset } = first;
  return { kind: 'reference', path, isQuoted, offset, end, depth: 0 };
}

function isCall(cursor: TokenCursor, { isQuoted, text }: Token): boolean {
  const next = cursor.tokens[cursor.at + 1];
  return !isQuoted && next?.text === '(' && FUNCTIONS.includes(text);
}

function takeOperand(cursor: TokenCursor): Raw | undefined {
  const token = cursor.tokens[cursor.at];
  if (token === undefined) return expected(cursor, 'a feature');
  const { offset, end } = token;
  if (token.kind === 'number' || token.kind === 'text') {
    cursor.at++;
    return { kind: token.kind, text: token.text, offset, end, depth: 0 };
  }
  if (takeSign(cursor, '(')) return takeBracket(cursor, offset);
  const front = takeSign(cursor, '!') ? 'not' : takeSign(cursor, '-') ? 'minus' : undefined;
  if (front !== undefined) {
    const of = takeInner(cursor, front === 'not' ? 5 : 7);
    return of && { kind: front, of, offset, end: of.end, depth: of.depth + 1 };
  }
  return isCall(cursor, token) ? takeCall(cursor, token) : takeReference(cursor, token);
}

function combine(left: Raw, op: string, right: Raw): Raw {
  const depth = 1 + Math.max(left.depth, right.depth);
  return { kind: 'binary', op, left, right, offset: left.offset, end: right.end, depth };
}

/** Operands of one sign `&` or `|`, as many as there are: a chain is one level. */
function takeChain(cursor: TokenCursor, first: Raw, op: '&' | '|'): Raw | undefined {
  const of = [first];
  while (takeSign(cursor, op)) {
    const operand = takeExpression(cursor, (LEVELS[op] ?? 0) + 1);
    if (operand === undefined) return undefined;
    of.push(operand);
  }
  const depth = 1 + of.reduce((most, raw) => Math.max(most, raw.depth), 0);
  const end = of.at(-1)?.end ?? first.end;
  return { kind: 'chain', op, of, offset: first.offset, end, depth };
}

/**
 * Reads an expression by precedence: `!`, then `* /`, `+ -`, comparisons, `&`, `|`, `=>`, `<=>`; all
 * to the left, as the grammar of the language has it.
 */
export function takeExpression(cursor: TokenCursor, level = 1): Raw | undefined {
  let left = takeOperand(cursor);
  while (left !== undefined) {
    const token = cursor.tokens[cursor.at];
    const own = token?.kind === 'sign' ? (LEVELS[token.text] ?? 0) : 0;
    if (token === undefined || own < level) return left;
    if (left.depth >= LEVELS_MAX) return tooDeep(cursor);
    if (token.text === '&' || token.text === '|') {
      left = takeChain(cursor, left, token.text);
      continue;
    }
    cursor.at++;
    const right = takeExpression(cursor, own + 1);
    left = right && combine(left, token.text, right);
  }
  return undefined;
}
