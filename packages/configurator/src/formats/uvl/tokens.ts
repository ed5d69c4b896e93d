import type { Faults } from '../faults.ts';

/** A piece of a line. A quoted name is `name`, a text in single quotes is `text`. */
export interface Token {
  readonly kind: 'name' | 'text' | 'number' | 'sign';
  readonly text: string;
  readonly isQuoted: boolean;
  readonly offset: number;
  readonly end: number;
}

/** A line with all that its brackets hold, without comments. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Columns of blanks in front; a tab goes to the next multiple of 8. */
  readonly indent: number;
  readonly tokens: readonly Token[];
}

const TOKENS_MAX = 5_000_000;

const SKIPPED = /(?:[ \t\r]|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y;
const NUMBER = /(?:\d*\.\d+|\d+)(?![\p{L}\p{N}_])/uy;
const NAME = /[\p{L}\p{N}_][\p{L}\p{N}_#§%?\\';]*/uy;
const QUOTED = /"[^"\n\r]*"|'[^'\n\r]*'/y;
const SIGN = /<=>|=>|==|!=|<=|>=|\.\.|[<>!&|()[\]{},.+\-*/]/y;

interface Lexer {
  readonly text: string;
  readonly faults: Faults;
  readonly lines: Line[];
  at: number;
  line: number;
  /** Offsets of brackets that are open. */
  readonly open: number[];
  count: number;
}

function match(lexer: Lexer, pattern: RegExp): string | undefined {
  pattern.lastIndex = lexer.at;
  return pattern.exec(lexer.text)?.[0];
}

function make(lexer: Lexer, kind: Token['kind'], raw: string, isQuoted: boolean): Token {
  const offset = lexer.at;
  lexer.at = offset + raw.length;
  const text = isQuoted ? raw.slice(1, -1) : raw;
  return { kind, text, isQuoted, offset, end: lexer.at };
}

function nextToken(lexer: Lexer): Token | undefined {
  const quoted = match(lexer, QUOTED);
  if (quoted !== undefined) {
    return make(lexer, quoted.startsWith('"') ? 'name' : 'text', quoted, true);
  }
  const number = match(lexer, NUMBER);
  if (number !== undefined) return make(lexer, 'number', number, false);
  const name = match(lexer, NAME);
  if (name !== undefined) return make(lexer, 'name', name, false);
  const sign = match(lexer, SIGN);
  return sign === undefined ? undefined : make(lexer, 'sign', sign, false);
}

/** Reports a sign that begins nothing, and goes on with the next line. */
function skipLine(lexer: Lexer): void {
  const sign = lexer.text[lexer.at] ?? '';
  const isQuote = sign === '"' || sign === "'";
  const message = isQuote ? 'a quote that does not end' : `'${sign}' has no meaning here`;
  lexer.faults.report(lexer.at, { code: 'text/malformed', message });
  const end = lexer.text.indexOf('\n', lexer.at);
  lexer.at = end < 0 ? lexer.text.length : end;
  lexer.open.length = 0;
}

function countBrackets(lexer: Lexer, token: Token): void {
  if (token.kind !== 'sign') return;
  if ('([{'.includes(token.text)) lexer.open.push(token.offset);
  else if (')]}'.includes(token.text)) lexer.open.pop();
}

function skipBlanks(lexer: Lexer): void {
  const skipped = match(lexer, SKIPPED);
  if (skipped === undefined) return;
  lexer.at += skipped.length;
  for (const sign of skipped) if (sign === '\n') lexer.line++;
}

/** The tokens up to the end of a line that lies outside of brackets. */
function readTokens(lexer: Lexer): readonly Token[] {
  const tokens: Token[] = [];
  while (lexer.at < lexer.text.length) {
    skipBlanks(lexer);
    if (lexer.text[lexer.at] === '\n') {
      if (lexer.open.length === 0) break;
      lexer.at++;
      lexer.line++;
      continue;
    }
    if (lexer.at >= lexer.text.length) break;
    const token = nextToken(lexer);
    if (token === undefined) skipLine(lexer);
    else {
      tokens.push(token);
      countBrackets(lexer, token);
    }
  }
  return tokens;
}

function measureIndent(lexer: Lexer): number {
  let indent = 0;
  for (let sign = lexer.text[lexer.at]; sign === ' ' || sign === '\t'; ) {
    indent += sign === ' ' ? 1 : 8 - (indent % 8);
    sign = lexer.text[++lexer.at];
  }
  return indent;
}

/** Cuts a UVL text into lines of tokens. Malformed places are reported and left out. Linear. */
export function readUvlLines(text: string, faults: Faults): readonly Line[] {
  const lexer: Lexer = { text, faults, lines: [], at: 0, line: 1, open: [], count: 0 };
  while (lexer.at < text.length) {
    const indent = measureIndent(lexer);
    const number = lexer.line;
    const tokens = readTokens(lexer);
    if (tokens.length > 0) lexer.lines.push({ number, indent, tokens });
    lexer.count += tokens.length;
    if (lexer.count > TOKENS_MAX) {
      const message = `at most ${String(TOKENS_MAX)} words and signs`;
      faults.report(lexer.at, { code: 'limit/exceeded', message });
      return [];
    }
    lexer.at++;
    lexer.line++;
  }
  const open = lexer.open[0];
  if (open !== undefined) {
    const message = `'${text[open] ?? ''}' is never closed`;
    faults.report(open, { code: 'text/malformed', message });
  }
  return lexer.lines;
}
