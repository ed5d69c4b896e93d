import { ok, type Result, refused } from '@keepsake/kernel';
import type { Model, ModelRule, ModelRules } from '../model/model.ts';
import { type Constraint, makeProblem } from '../problem/problem.ts';
import {
  checkName,
  checkText,
  collectFaults,
  type Faults,
  issuesOf,
  withoutMark,
} from './faults.ts';
import type { FormatIssue } from './issue.ts';

const VARIABLES_MAX = 1_000_000;
const CLAUSES_MAX = 2_000_000;

const [TAB, RETURN, SPACE, MINUS, ZERO, NINE] = [9, 13, 32, 45, 48, 57];

interface Reading {
  readonly text: string;
  readonly faults: Faults;
  /** What `p cnf` says; undefined before it. */
  header: { readonly variables: number; readonly clauses: number } | undefined;
  /** Names by number, and where they stand. */
  readonly names: Map<number, { readonly name: string; readonly offset: number }>;
  readonly clauses: Constraint[];
  /** Line of each clause that was kept. */
  readonly lines: number[];
  /** Clauses that ended, tautologies among them. */
  ended: number;
  /** Literals of the clause being read, and the line and place where it began. */
  readonly open: number[];
  openLine: number;
  openOffset: number;
}

function readHeader(reading: Reading, offset: number, end: number): void {
  const found = /^p\s+cnf\s+(\d{1,9})\s+(\d{1,9})\s*$/.exec(reading.text.slice(offset, end));
  if (reading.header !== undefined || found === null) {
    const message = found === null ? 'no header of a CNF' : 'a second header';
    const hint = 'p cnf <variables> <clauses>';
    reading.faults.report(offset, { code: 'text/malformed', message, hint });
    return;
  }
  const [variables, clauses] = [Number(found[1]), Number(found[2])];
  if (variables > VARIABLES_MAX || clauses > CLAUSES_MAX) {
    const message = `at most ${String(VARIABLES_MAX)} variables and ${String(CLAUSES_MAX)} clauses`;
    reading.faults.report(offset, { code: 'limit/exceeded', message });
  }
  reading.header = { variables, clauses };
}

/** `c 5 NAME`; tools write `5$` where they made the name up. Other comments are left alone. */
function readComment(reading: Reading, offset: number, end: number): void {
  const found = /^c\s+(\d{1,9})\$?\s+(.*\S)\s*$/.exec(reading.text.slice(offset, end));
  if (found === null) return;
  const [number, name = ''] = [Number(found[1]), found[2]];
  if (number < 1 || number > VARIABLES_MAX) return;
  const former = reading.names.get(number);
  if (former !== undefined && former.name !== name) {
    const message = `variable ${String(number)} is called '${former.name}' already`;
    reading.faults.report(offset, { code: 'name/duplicate', message });
    return;
  }
  if (checkName(name, offset, reading.faults)) reading.names.set(number, { name, offset });
}

/** Keeps a clause that ended, each literal once; a tautology binds nothing. */
function endClause(reading: Reading): void {
  const { open } = reading;
  reading.ended++;
  if (reading.clauses.length < CLAUSES_MAX && !isTautology(open)) {
    const literals = new Int32Array(open.length);
    open.forEach((number, i) => {
      const option = 2 * (Math.abs(number) - 1) + (number > 0 ? 1 : 0);
      literals[i] = 2 * option;
    });
    reading.clauses.push({ kind: 'clause', literals: withoutRepeats(literals) });
    reading.lines.push(reading.openLine);
  }
  open.length = 0;
}

/** Longer clauses than this are searched with a set. */
const SHORT = 16;

function isTautology(numbers: readonly number[]): boolean {
  if (numbers.length <= SHORT) return numbers.some((number) => numbers.includes(-number));
  const all = new Set(numbers);
  return numbers.some((number) => all.has(-number));
}

function withoutRepeats(literals: Int32Array): Int32Array {
  if (literals.length > SHORT) {
    const all = new Set(literals);
    return all.size === literals.length ? literals : Int32Array.from(all);
  }
  const isNew = (literal: number, i: number): boolean => literals.indexOf(literal) === i;
  return literals.every(isNew) ? literals : literals.filter(isNew);
}

function take(reading: Reading, number: number, offset: number): void {
  if (number === 0) {
    endClause(reading);
    return;
  }
  const most = reading.header?.variables ?? 0;
  if (Math.abs(number) > most) {
    const message = `there is no variable ${String(Math.abs(number))}: the header says ${String(most)}`;
    reading.faults.report(offset, { code: 'name/unknown', message });
    return;
  }
  reading.open.push(number);
}

function isBlank(sign: number): boolean {
  return sign === SPACE || sign === TAB || sign === RETURN;
}

function isDigit(sign: number): boolean {
  return sign >= ZERO && sign <= NINE;
}

/** Takes the number at an offset; where it ends, or -1 where there is none. */
function readNumber(reading: Reading, offset: number, end: number): number {
  const { text } = reading;
  const isNegative = text.charCodeAt(offset) === MINUS;
  const digits = isNegative ? offset + 1 : offset;
  let [i, number] = [digits, 0];
  for (; i < end && isDigit(text.charCodeAt(i)); i++) {
    number = number * 10 + text.charCodeAt(i) - ZERO;
  }
  if (i === digits || (i < end && !isBlank(text.charCodeAt(i)))) return -1;
  take(reading, isNegative ? -number : number, offset);
  return i;
}

/** The numbers of a line; what is none is told once a line. */
function readNumbers(reading: Reading, offset: number, end: number, line: number): void {
  for (let i = offset; i < end; ) {
    if (isBlank(reading.text.charCodeAt(i))) {
      i++;
      continue;
    }
    if (reading.open.length === 0) {
      reading.openLine = line;
      reading.openOffset = i;
    }
    const after = readNumber(reading, i, end);
    if (after < 0) {
      reading.faults.report(i, { code: 'text/malformed', message: 'expected whole numbers' });
      return;
    }
    i = after;
  }
}

function readLines(reading: Reading): void {
  const { text, faults } = reading;
  let line = 0;
  for (let offset = 0; offset < text.length; ) {
    line++;
    const found = text.indexOf('\n', offset);
    const end = found < 0 ? text.length : found;
    const sign = text[offset];
    if (sign === 'c') readComment(reading, offset, end);
    else if (sign === 'p') readHeader(reading, offset, end);
    else if (sign === '%') return;
    else if (reading.header !== undefined) readNumbers(reading, offset, end, line);
    else if (text.slice(offset, end).trim() !== '') {
      const message = 'clauses begin after the header';
      faults.report(offset, {
        code: 'text/malformed',
        message,
        hint: 'p cnf <variables> <clauses>',
      });
      return;
    }
    offset = end + 1;
  }
}

/** Names by number from 1 on, each once. */
function nameVariables(reading: Reading, count: number): readonly string[] {
  const names = Array.from({ length: count }, (_, i) => {
    return reading.names.get(i + 1)?.name ?? String(i + 1);
  });
  const numbers = new Map<string, number>();
  names.forEach((name, i) => {
    const former = numbers.get(name);
    numbers.set(name, i + 1);
    if (former === undefined) return;
    const offset = (reading.names.get(i + 1) ?? reading.names.get(former))?.offset ?? 0;
    const message = `variables ${String(former)} and ${String(i + 1)} are both called '${name}'`;
    reading.faults.report(offset, { code: 'name/duplicate', message });
  });
  return names;
}

/** What the clauses say, put into words when asked: a quarter of a million texts cost much. */
function clauseRules(
  names: readonly string[],
  clauses: readonly Constraint[],
  lines: Int32Array,
): ModelRules {
  const rule = (k: number): ModelRule | undefined => {
    const clause = clauses[k];
    if (clause?.kind !== 'clause') return undefined;
    const says = Array.from(clause.literals, (literal) => {
      const name = names[literal >> 2] ?? '';
      return ((literal >> 1) & 1) === 1 ? name : `not ${name}`;
    });
    const text = says.length === 0 ? 'nothing fits' : says.join(' or ');
    return { id: `clause-${String(k + 1)}`, text, line: lines[k] ?? 0 };
  };
  return { length: clauses.length, at: rule };
}

function checkWhole(reading: Reading): void {
  const { text, faults, header } = reading;
  const hint = 'p cnf <variables> <clauses>';
  if (header === undefined) {
    faults.report(0, { code: 'text/malformed', message: 'the header is missing', hint });
    return;
  }
  if (reading.open.length > 0) {
    const message = 'the last clause does not end: a clause ends with 0';
    faults.report(reading.openOffset, { code: 'text/malformed', message });
  } else if (reading.ended !== header.clauses) {
    const message = `${String(reading.ended)} clauses, where the header says ${String(header.clauses)}`;
    faults.report(text.length, { code: 'value/bounds', message });
  }
}

/**
 * Reads a CNF in the DIMACS format. Every variable of the header is a declared feature with the
 * values false and true, called as a comment `c <number> <name>` says, else by its number; so
 * counts are over all of them, used or not. A name that stands for two variables is refused. Each
 * clause is one rule; a clause that always holds is left out. Files whose number of clauses is not
 * that of the header are refused: they may be cut off. Linear in the text; a quarter of a million
 * clauses take a tenth of a second.
 */
export function readDimacs(given: string, name = 'model'): Result<Model, readonly FormatIssue[]> {
  const text = withoutMark(given);
  const faults = collectFaults();
  const reading: Reading = {
    text,
    faults,
    header: undefined,
    names: new Map(),
    clauses: [],
    lines: [],
    ended: 0,
    open: [],
    openLine: 0,
    openOffset: 0,
  };
  if (checkText(text, faults)) {
    readLines(reading);
    if (faults.found.length === 0) checkWhole(reading);
  }
  const count = faults.found.length === 0 ? (reading.header?.variables ?? 0) : 0;
  const names = nameVariables(reading, count);
  if (faults.found.length > 0) return refused(issuesOf(text, faults));
  const { clauses } = reading;
  const values = [false, true] as const;
  return ok({
    name,
    variables: names.map((each) => ({ name: each, values })),
    declared: count,
    problem: makeProblem(new Int32Array(count).fill(2), clauses),
    rules: clauseRules(names, clauses, Int32Array.from(reading.lines)),
    ruleOf: Int32Array.from({ length: clauses.length }, (_, k) => k),
    outside: [],
  });
}
