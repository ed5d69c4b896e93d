import { InputError, readJson } from './input.ts';
import type { Decision, NamedDecision, Names } from './names.ts';

/**
 * Decisions of an argument: `frame=steel,lights=true`. Parts with commas, equals signs or blanks at
 * their ends stand in double quotes, or have a backslash before what would end them:
 * `"a, b"="x=y"` and `a\, b=x\=y` are one. Throws `InputError`.
 */
export function parseDecisions(text: string): readonly NamedDecision[] {
  if (text.trim() === '') return [];
  const parts = splitParts(text);
  return parts.map(([variable, value, ...rest], i) => {
    if (variable === undefined || value === undefined || rest.length > 0 || variable === '') {
      const what = `decision ${i + 1} of '${text}'`;
      throw new InputError(`${what} is not of the form variable=value; quote what holds , or =`);
    }
    return { variable, value };
  });
}

/** The parts between equals signs, of each stretch between commas. */
function splitParts(text: string): readonly (readonly string[])[] {
  const all: string[][] = [[]];
  for (let at = 0; at <= text.length; ) {
    const part = readPart(text, at);
    all.at(-1)?.push(part.text);
    if (text[part.end] === ',') all.push([]);
    at = part.end + 1;
  }
  return all;
}

interface Part {
  readonly text: string;
  /** Where the comma or the equals sign stands, or the end of the text. */
  readonly end: number;
}

function readPart(text: string, from: number): Part {
  const start = from + (/^\s*/.exec(text.slice(from))?.[0].length ?? 0);
  return text[start] === '"' ? readQuoted(text, start) : readBare(text, start);
}

function readQuoted(text: string, start: number): Part {
  const found = /^"((?:[^"\\]|\\.)*)"\s*(?=[,=]|$)/s.exec(text.slice(start));
  if (found === null) {
    throw new InputError(`in '${text}' a quote at ${start + 1} does not end before , or =`);
  }
  return { text: (found[1] ?? '').replace(/\\(.)/gs, '$1'), end: start + found[0].length };
}

function readBare(text: string, start: number): Part {
  const found = /^(?:[^,=\\]|\\.|\\$)*/s.exec(text.slice(start))?.[0] ?? '';
  const trimmed = /\\\s+$/.test(found) ? found : found.trimEnd();
  return { text: trimmed.replace(/\\(.)/gs, '$1'), end: start + found.length };
}

/** Decisions in numbers. Throws `InputError` naming the argument. */
export function findDecisions(option: string, text: string, names: Names): readonly Decision[] {
  const found = parseDecisions(text).map((named) => {
    const decision = names.find(named);
    if (typeof decision === 'string') throw new InputError(`${option}: ${decision}`);
    return decision;
  });
  const again = found.find((one, i) => found.slice(0, i).some((e) => e.variable === one.variable));
  if (again !== undefined) {
    throw new InputError(`${option}: '${names.variables[again.variable]}' is decided twice`);
  }
  return found;
}

/** Reads `[["variable", "value"], …]`. Throws `InputError` with file and line. */
export function readDecisions(file: string, names: Names): readonly Decision[] {
  const { value, fault } = readJson(file);
  if (!Array.isArray(value)) throw fault([], 'is not a list of ["variable", "value"]');
  return value.map((entry: unknown, i) => {
    const pair = Array.isArray(entry) && entry.length === 2 ? entry.map(textOf) : [];
    const [variable, named] = pair;
    if (variable === undefined || named === undefined) {
      throw fault([i], `decision ${i} is not of the form ["variable", "value"]`);
    }
    const decision = names.find({ variable, value: named });
    if (typeof decision === 'string') throw fault([i], `decision ${i}: ${decision}`);
    return decision;
  });
}

/** Values may be written as JSON has them: `true` is "true", `4` is "4", `null` is "absent". */
function textOf(part: unknown): string | undefined {
  if (part === null) return 'absent';
  const isPlain = ['string', 'number', 'boolean'].includes(typeof part);
  return isPlain ? String(part) : undefined;
}
