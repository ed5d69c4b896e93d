import type { Words } from '@keepsake/kernel';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Scalar,
  visit,
} from 'yaml';
import type { IssueCode, ModelIssue } from '../issue.ts';

/** Bytes of a file at most; UTF-16 code units are counted, which are never more. */
const TEXT_MAX = 1024 * 1024;
/** Nodes read at most, aliases followed: a file of a megabyte without aliases stays below. */
const NODES_MAX = 700_000;
/** Characters of a message at most: it may quote the file. */
const MESSAGE_MAX = 200;
/** Faults reported at most. */
const ISSUES_MAX = 200;

/** A node of the document and where it is. */
export interface Place {
  readonly node: unknown;
  readonly path: string;
  /** Where to point when the node itself is missing or empty. */
  readonly offset: number;
}

/** A document being read: what was found wrong so far, and how many nodes were visited. */
export interface Reading {
  readonly document: Document;
  readonly lines: LineCounter;
  readonly issues: ModelIssue[];
  /** The node that each alias stands for. */
  readonly targets: ReadonlyMap<unknown, unknown>;
  nodesLeft: number;
}

/** What each alias stands for, in one pass: asking the document alias by alias is quadratic. */
function findTargets(document: Document): ReadonlyMap<unknown, unknown> {
  const anchors = new Map<string, unknown>();
  const targets = new Map<unknown, unknown>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) targets.set(node, anchors.get(node.source));
      else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Levels of nesting at most; the format needs eight. */
const LEVELS_MAX = 100;
const TOO_DEEP = 'the file is nested too deeply';
const NESTING = /(?:[-?:][ \t]+){100}/;

/** Brackets that close nothing, at most: a few stand in texts. */
const STRAYS_MAX = 1_000;

/**
 * Whether a text is nested deeper or is more broken than any family, by its brackets and marks
 * alone. The parser recurses, is slow to complain a million times, and can take the whole process
 * down: it must not see such a text.
 */
function isHostile(text: string): boolean {
  let level = 0;
  let strays = 0;
  for (let i = 0; i < text.length; i++) {
    const sign = text.charCodeAt(i);
    if (sign === OPEN_LIST || sign === OPEN_MAP) level++;
    else if (sign !== CLOSE_LIST && sign !== CLOSE_MAP) continue;
    else if (level > 0) level--;
    else strays++;
    if (level > LEVELS_MAX || strays > STRAYS_MAX) return true;
  }
  return NESTING.test(text);
}

const [OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Controls but tabs and line ends, and halves of a surrogate pair: YAML has no such characters, and
 * neither has any text that a store or a page can hold.
 */
const UNPRINTABLE = /(?![\t\n\r\u0085])[\p{Cc}\p{Cs}]/u;

/** Opens a document; malformed YAML is an issue, and the rest is then not read. */
export function openDocument(text: string): Reading {
  const lines = new LineCounter();
  const options = {
    lineCounter: lines,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  } as const;
  const reading = (document: Document): Reading => ({
    document,
    lines,
    issues: [],
    targets: findTargets(document),
    nodesLeft: NODES_MAX,
  });
  const empty = (code: IssueCode, message: string): Reading => {
    const opened = reading(parseDocument('', options));
    report(opened, { node: null, path: '', offset: 0 }, { code, message });
    return opened;
  };
  if (text.length > TEXT_MAX) return empty('yaml/too-large', 'the file is larger than 1 MiB');
  if (isHostile(text)) return empty('yaml/too-deep', TOO_DEEP);
  try {
    const opened = reading(parseDocument(text, options));
    // One slip makes the parser stumble on all that follows: the first fault of a line is told.
    const linesTold = new Set<number>();
    for (const error of [...opened.document.errors, ...opened.document.warnings]) {
      const { line } = lines.linePos(error.pos[0]);
      if (linesTold.has(line)) continue;
      linesTold.add(line);
      const place = { node: null, path: '', offset: error.pos[0] };
      report(opened, place, { code: 'yaml/malformed', message: error.message });
    }
    const unprintable = text.search(UNPRINTABLE);
    if (unprintable >= 0) {
      const place = { node: null, path: '', offset: unprintable };
      report(opened, place, { code: 'yaml/malformed', message: unprintableAt(text, unprintable) });
    }
    return opened;
  } catch (error) {
    if (error instanceof RangeError) return empty('yaml/too-deep', TOO_DEEP);
    throw error;
  }
}

function unprintableAt(text: string, index: number): string {
  const code = text.charCodeAt(index).toString(16).toUpperCase().padStart(4, '0');
  return `the character U+${code} cannot stand in a text`;
}

/** What to say about a fault. */
export interface Fault {
  readonly code: IssueCode;
  readonly message: string;
  readonly hint?: string;
}

/** Notes a fault at a place, `shift` characters into it. Answers undefined, for a value not read. */
export function report(reading: Reading, place: Place, fault: Fault, shift = 0): undefined {
  if (reading.issues.length >= ISSUES_MAX) return;
  const at = reading.lines.linePos(place.offset + shift);
  const line = Math.max(1, at.line);
  const message = fault.message.slice(0, MESSAGE_MAX);
  reading.issues.push({ ...fault, message, line, column: Math.max(1, at.col), path: place.path });
}

function offsetOf(node: unknown, fallback: number): number {
  const hasRange = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
  return hasRange ? (node.range?.[0] ?? fallback) : fallback;
}

/** A place below another, with an alias followed. Aliases are counted as the nodes they stand for. */
export function placeAt(reading: Reading, node: unknown, path: string, near: number): Place {
  reading.nodesLeft--;
  const offset = offsetOf(node, near);
  const place = { node: isAlias(node) ? reading.targets.get(node) : node, path, offset };
  if (reading.nodesLeft < 0) {
    if (reading.nodesLeft === -1) {
      report(reading, place, {
        code: 'limit/exceeded',
        message: 'the aliases of the file stand for too many nodes',
      });
    }
    return { node: null, path, offset };
  }
  return place;
}

/** The keys of a mapping, each with its place. */
export type Fields = ReadonlyMap<string, Place>;

/** Which keys a mapping may have, and which it must. */
export interface Shape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

function closest(key: string, known: readonly string[]): string | undefined {
  return known.find(
    (other) => other.toLowerCase() === key.toLowerCase() || other.startsWith(key.slice(0, 4)),
  );
}

/** The entries of a mapping with any keys; undefined when it is none. */
export function readEntries(reading: Reading, place: Place): Fields | undefined {
  if (!isMap(place.node)) {
    return report(reading, place, { code: 'value/type', message: 'expected a mapping' });
  }
  const fields = new Map<string, Place>();
  for (const { key, value } of place.node.items) {
    const name = isScalar(key) ? String(key.value) : '';
    const at = offsetOf(key, place.offset);
    const path = place.path === '' ? name : `${place.path}.${name}`;
    if (fields.has(name)) {
      const message = `'${name}' is there already`;
      report(reading, { node: null, path, offset: at }, { code: 'key/duplicate', message });
    }
    fields.set(name, placeAt(reading, value, path, at));
  }
  return fields;
}

/** The entries of a mapping of a known shape: unknown and missing keys are issues. */
export function readMapping(reading: Reading, place: Place, shape: Shape): Fields | undefined {
  const fields = readEntries(reading, place);
  if (fields === undefined) return undefined;
  const known = [...shape.required, ...shape.optional];
  for (const [key, at] of fields) {
    if (known.includes(key)) continue;
    const similar = closest(key, known);
    const hint = similar === undefined ? `known here: ${known.join(', ')}` : `write ${similar}`;
    report(reading, at, { code: 'key/unknown', message: `unknown key '${key}'`, hint });
  }
  for (const key of shape.required) {
    if (fields.has(key)) continue;
    report(reading, place, { code: 'key/missing', message: `'${key}' is missing` });
  }
  return fields;
}

/** The items of a list; an issue when there are more than `most` or fewer than `least`. */
export function readList(
  reading: Reading,
  place: Place | undefined,
  size: { readonly least?: number; readonly most: number },
): readonly Place[] {
  if (place === undefined) return [];
  if (!isSeq(place.node)) {
    report(reading, place, { code: 'value/type', message: 'expected a list' });
    return [];
  }
  const { items } = place.node;
  if (items.length > size.most) {
    const message = `at most ${String(size.most)} entries, not ${String(items.length)}`;
    report(reading, place, { code: 'limit/exceeded', message });
    return [];
  }
  if (items.length < (size.least ?? 0)) {
    const message = `at least ${String(size.least)} entries are needed`;
    report(reading, place, { code: 'value/bounds', message });
  }
  return items.map((item, i) =>
    placeAt(reading, item, `${place.path}[${String(i)}]`, place.offset),
  );
}

/** A scalar node, or undefined. */
export function scalarAt(place: Place): Scalar | undefined {
  return isScalar(place.node) ? place.node : undefined;
}

/** A text; a number or truth is told to be quoted. */
export function readText(reading: Reading, place: Place | undefined): string | undefined {
  if (place === undefined) return undefined;
  const value = scalarAt(place)?.value;
  const unprintable = typeof value === 'string' ? value.search(UNPRINTABLE) : -1;
  if (typeof value === 'string' && unprintable >= 0) {
    const message = unprintableAt(value, unprintable);
    return report(reading, place, { code: 'value/form', message });
  }
  if (typeof value === 'string' && value.length <= 4_000) return value;
  return report(reading, place, {
    code: 'value/type',
    message: typeof value === 'string' ? 'the text is too long' : 'expected a text',
    ...(typeof value === 'number' || typeof value === 'boolean'
      ? { hint: `write '${String(value)}' in quotes` }
      : {}),
  });
}

/** A text in one language or several; English must be among them. */
export function readWords(reading: Reading, place: Place | undefined): Words | undefined {
  if (place === undefined) return undefined;
  if (!isMap(place.node)) {
    const en = readText(reading, place);
    return en === undefined ? undefined : { en };
  }
  const words: Record<string, string> = {};
  for (const [locale, at] of readEntries(reading, place) ?? []) {
    const text = readText(reading, at);
    if (!/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(locale)) {
      report(reading, at, { code: 'value/form', message: `'${locale}' is no language tag` });
    } else if (text !== undefined) words[locale] = text;
  }
  const { en } = words;
  if (en !== undefined) return { ...words, en };
  return report(reading, place, {
    code: 'key/missing',
    message: "the English text 'en' is missing",
  });
}
