import type { FunctionName, Operator } from '../expression.ts';
import { cutTokens, type Token } from './tokens.ts';

/** An expression as it is written, before names are looked up. */
export type Raw =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number }
  | { readonly kind: 'quoted'; readonly text: string; readonly at: number }
  | { readonly kind: 'not' | 'minus'; readonly of: Raw; readonly at: number }
  | {
      readonly kind: 'binary';
      readonly op: Operator;
      readonly left: Raw;
      readonly right: Raw;
      readonly at: number;
    }
  | { readonly kind: 'in'; readonly of: Raw; readonly options: readonly Raw[]; readonly at: number }
  | {
      readonly kind: 'call';
      readonly name: CallName;
      readonly of: readonly Raw[];
      readonly at: number;
    };

/** Functions of one thing about all parts of a kind. */
export type AggregateName = 'count' | 'any' | 'all';

/** What can be called. */
export type CallName = FunctionName | AggregateName;

/** Why an expression does not parse. */
export interface SyntaxFault {
  readonly at: number;
  readonly message: string;
}

/** Nesting levels of an expression at most, and characters. */
const LEVELS_MAX = 40;
const SOURCE_MAX = 4_000;
const TOO_DEEP = `nested deeper than ${String(LEVELS_MAX)} levels`;

/** How many values each takes; a sum takes any number. */
const FUNCTIONS: Readonly<Record<CallName, number>> = {
  round: 1,
  floor: 1,
  ceil: 1,
  min: 2,
  max: 2,
  sum: Number.POSITIVE_INFINITY,
  count: 1,
  any: 1,
  all: 1,
};

function isFunction(name: string): name is CallName {
  return Object.hasOwn(FUNCTIONS, name);
}

/** Binary operators by how strongly they bind; `not` stands between `and` and comparisons. */
const BINDING: readonly (readonly Operator[])[] = [
  ['or'],
  ['and'],
  ['=', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
];
const COMPARISON = 2;

/** Ends parsing at a fault; caught in `parseSyntax` and nowhere else. */
class Stop extends Error {
  readonly fault: SyntaxFault;
  constructor(at: number, message: string) {
    super(message);
    this.fault = { at, message };
  }
}

interface Cursor {
  readonly tokens: readonly Token[];
  index: number;
}

function peek(cursor: Cursor): Token {
  return cursor.tokens[cursor.index] ?? { kind: 'end', at: 0 };
}

function isNext(cursor: Cursor, word: string): boolean {
  const token = peek(cursor);
  if (token.kind === 'sign') return token.sign === word;
  return token.kind === 'name' && token.name === word;
}

function accept(cursor: Cursor, word: string): boolean {
  const found = isNext(cursor, word);
  if (found) cursor.index++;
  return found;
}

function expect(cursor: Cursor, word: string): void {
  if (!accept(cursor, word)) throw new Stop(peek(cursor).at, `expected '${word}'`);
}

function parseList(cursor: Cursor, level: number, close: string): Raw[] {
  const items = [parseAt(cursor, 0, level)];
  while (accept(cursor, ',')) items.push(parseAt(cursor, 0, level));
  expect(cursor, close);
  return items;
}

function parseName(cursor: Cursor, token: Token & { kind: 'name' }, level: number): Raw {
  const { name, at } = token;
  if (['or', 'and', 'in'].includes(name)) throw new Stop(at, `'${name}' has nothing before it`);
  if (!isFunction(name) || !accept(cursor, '(')) return { kind: 'name', name, at };
  const of = parseList(cursor, level, ')');
  if (of.length !== FUNCTIONS[name] && name !== 'sum') {
    throw new Stop(at, `'${name}' takes ${String(FUNCTIONS[name])} values`);
  }
  return { kind: 'call', name, of, at };
}

function parsePrimary(cursor: Cursor, level: number): Raw {
  const token = peek(cursor);
  if (level > LEVELS_MAX) throw new Stop(token.at, TOO_DEEP);
  cursor.index++;
  switch (token.kind) {
    case 'number':
      return token;
    case 'quoted':
      return token;
    case 'name':
      return parseName(cursor, token, level + 1);
    case 'sign': {
      if (token.sign === '-')
        return { kind: 'minus', of: parsePrimary(cursor, level + 1), at: token.at };
      if (token.sign !== '(') throw new Stop(token.at, `'${token.sign}' stands here in vain`);
      const inner = parseAt(cursor, 0, level + 1);
      expect(cursor, ')');
      return inner;
    }
    case 'end':
      throw new Stop(token.at, 'the expression ends too early');
  }
}

function parseIn(cursor: Cursor, of: Raw, level: number): Raw {
  expect(cursor, '[');
  const options = parseList(cursor, level + 1, ']');
  return { kind: 'in', of, options, at: of.at };
}

function parseAt(cursor: Cursor, strength: number, level: number): Raw {
  if (strength === BINDING.length) return parsePrimary(cursor, level);
  const { at } = peek(cursor);
  if (strength === COMPARISON && accept(cursor, 'not')) {
    if (level > LEVELS_MAX) throw new Stop(at, TOO_DEEP);
    return { kind: 'not', of: parseAt(cursor, COMPARISON, level + 1), at };
  }
  return parseRest(cursor, strength, level, parseAt(cursor, strength + 1, level));
}

/** Joins what follows on the same strength, to the left. */
function parseRest(cursor: Cursor, strength: number, level: number, first: Raw): Raw {
  let left = first;
  for (let count = 0; ; count++) {
    const token = peek(cursor);
    if (strength === COMPARISON && count === 0 && accept(cursor, 'in')) {
      return parseIn(cursor, left, level);
    }
    const op = BINDING[strength]?.find((each) => isNext(cursor, each));
    if (op === undefined) return left;
    if (strength === COMPARISON && count > 0) {
      throw new Stop(token.at, 'comparisons do not chain; join them with and');
    }
    cursor.index++;
    const right = parseAt(cursor, strength + 1, level);
    left = { kind: 'binary', op, left, right, at: left.at };
  }
}

/** Parses the source of an expression; the fault tells where it stops making sense. */
export function parseSyntax(source: string): Raw | { readonly fault: SyntaxFault } {
  if (source.length > SOURCE_MAX)
    return { fault: { at: 0, message: 'the expression is too long' } };
  const tokens = cutTokens(source);
  if ('strayAt' in tokens) {
    return {
      fault: {
        at: tokens.strayAt,
        message: `'${source.charAt(tokens.strayAt)}' is no sign of the language`,
      },
    };
  }
  try {
    const cursor: Cursor = { tokens, index: 0 };
    const raw = parseAt(cursor, 0, 0);
    const rest = peek(cursor);
    if (rest.kind !== 'end') throw new Stop(rest.at, 'expected an operator');
    return raw;
  } catch (error) {
    if (error instanceof Stop) return { fault: error.fault };
    throw error;
  }
}
