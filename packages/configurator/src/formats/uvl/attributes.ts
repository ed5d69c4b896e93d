import type { AttributeValue } from '../feature-tree.ts';
import { expected, placeOf, type Raw, type TokenCursor, takeExpression, takeSign } from './raw.ts';

/** What stands in the braces behind a feature. */
export interface Attributes {
  readonly values: ReadonlyMap<string, AttributeValue>;
  /** Constraints that are written as attributes. */
  readonly constraints: readonly Raw[];
}

/** Levels of attributes within attributes at most. */
const LEVELS_MAX = 50;

interface Reading {
  readonly cursor: TokenCursor;
  readonly values: Map<string, AttributeValue>;
  readonly constraints: Raw[];
}

function isNext(cursor: TokenCursor, text: string): boolean {
  const token = cursor.tokens[cursor.at];
  return token?.kind === 'sign' && token.text === text;
}

/** A list of values: nothing refers to its entries. */
function skipVector(cursor: TokenCursor): boolean {
  let level = 0;
  do {
    const token = cursor.tokens[cursor.at];
    if (token === undefined) {
      expected(cursor, "']'");
      return false;
    }
    if (token.kind === 'sign' && token.text === '[') level++;
    if (token.kind === 'sign' && token.text === ']') level--;
    cursor.at++;
  } while (level > 0);
  return true;
}

function takeScalar(cursor: TokenCursor): AttributeValue | undefined {
  const isNegative = takeSign(cursor, '-');
  const token = cursor.tokens[cursor.at];
  if (token?.kind === 'number') {
    cursor.at++;
    return { kind: 'number', digits: isNegative ? `-${token.text}` : token.text };
  }
  if (isNegative || token === undefined || token.kind === 'sign') {
    return expected(cursor, 'a value', 'a number, true, false or a text in quotes');
  }
  cursor.at++;
  const isTruth = token.kind === 'name' && !token.isQuoted;
  if (isTruth && (token.text === 'true' || token.text === 'false')) {
    return { kind: 'truth', is: token.text === 'true' };
  }
  return { kind: 'text', text: token.text };
}

/** A value behind its key; without one the attribute holds. */
function takeValue(reading: Reading, key: string, level: number): boolean {
  const { cursor, values } = reading;
  if (isNext(cursor, ',') || isNext(cursor, '}')) {
    values.set(key, { kind: 'truth', is: true });
    return true;
  }
  if (isNext(cursor, '{')) return takeEntries(reading, `${key}.`, level + 1);
  if (isNext(cursor, '[')) return skipVector(cursor);
  const value = takeScalar(cursor);
  if (value !== undefined) values.set(key, value);
  return value !== undefined;
}

function takeConstraints({ cursor, constraints }: Reading, isList: boolean): boolean {
  if (isList && !takeSign(cursor, '[')) {
    expected(cursor, "'['");
    return false;
  }
  if (isList && takeSign(cursor, ']')) return true;
  do {
    const raw = takeExpression(cursor);
    if (raw === undefined) return false;
    constraints.push(raw);
  } while (isList && takeSign(cursor, ','));
  if (!isList || takeSign(cursor, ']')) return true;
  expected(cursor, "']'");
  return false;
}

function takeEntry(reading: Reading, prefix: string, level: number): boolean {
  const { cursor, values } = reading;
  const place = placeOf(cursor);
  const token = cursor.tokens[cursor.at];
  if (token?.kind !== 'name') {
    expected(cursor, 'the name of an attribute');
    return false;
  }
  cursor.at++;
  const isBare = !token.isQuoted && prefix === '';
  if (isBare && (token.text === 'constraint' || token.text === 'constraints')) {
    return takeConstraints(reading, token.text === 'constraints');
  }
  const key = prefix + token.text;
  if (values.has(key)) {
    const message = `the attribute '${key}' is there already`;
    cursor.faults.report(place, { code: 'name/duplicate', message });
  }
  return takeValue(reading, key, level);
}

function takeEntries(reading: Reading, prefix: string, level: number): boolean {
  const { cursor } = reading;
  if (level > LEVELS_MAX) {
    const message = 'attributes are nested too deeply';
    cursor.faults.report(placeOf(cursor), { code: 'text/too-deep', message });
    return false;
  }
  cursor.at++;
  if (takeSign(cursor, '}')) return true;
  do if (!takeEntry(reading, prefix, level)) return false;
  while (takeSign(cursor, ','));
  if (takeSign(cursor, '}')) return true;
  expected(cursor, "',' or '}'");
  return false;
}

/** Reads `{Price 5, abstract, …}` where it stands; attributes within attributes get joined names. */
export function takeAttributes(cursor: TokenCursor): Attributes | undefined {
  const reading: Reading = { cursor, values: new Map(), constraints: [] };
  if (isNext(cursor, '{') && !takeEntries(reading, '', 1)) return undefined;
  return reading;
}
