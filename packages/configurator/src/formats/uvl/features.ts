import { checkName } from '../faults.ts';
import type { FeatureDef, FeatureType, GroupDef, Range } from '../feature-tree.ts';
import { takeAttributes } from './attributes.ts';
import { expected, placeOf, type Raw, type TokenCursor, takePath, takeSign } from './raw.ts';
import type { Line } from './tokens.ts';

/** Levels of the tree at most, groups among them. */
const LEVELS_MAX = 500;

/** The features of a file by name, and constraints that stand among their attributes. */
export interface FeatureNames {
  readonly features: Map<string, FeatureDef>;
  readonly constraints: { readonly raw: Raw; readonly line: number }[];
}

interface Level {
  readonly indent: number;
  readonly feature: FeatureDef;
  /** Where the line is a group: which of its feature. */
  readonly group: GroupDef | undefined;
  /** Columns in front of what is below. */
  below: number | undefined;
}

interface Reading {
  readonly names: FeatureNames;
  readonly levels: Level[];
  root: FeatureDef | undefined;
}

const TYPES: Readonly<Record<string, FeatureType>> = {
  Boolean: 'boolean',
  Integer: 'integer',
  Real: 'real',
  String: 'string',
};

const GROUPS: Readonly<Record<string, Pick<GroupDef, 'kind' | 'min' | 'max'>>> = {
  mandatory: { kind: 'mandatory', min: 0, max: Number.POSITIVE_INFINITY },
  optional: { kind: 'optional', min: 0, max: Number.POSITIVE_INFINITY },
  or: { kind: 'or', min: 1, max: Number.POSITIVE_INFINITY },
  alternative: { kind: 'alternative', min: 1, max: 1 },
};

function takeWhole(cursor: TokenCursor): number | undefined {
  const token = cursor.tokens[cursor.at];
  if (token?.kind !== 'number' || !/^\d{1,9}$/.test(token.text)) {
    return expected(cursor, 'a whole number');
  }
  cursor.at++;
  return Number(token.text);
}

/** `[n]`, `[n..m]` or `[n..*]`. */
function takeRange(cursor: TokenCursor): Range | undefined {
  const place = placeOf(cursor);
  if (!takeSign(cursor, '[')) return expected(cursor, "'['");
  const min = takeWhole(cursor);
  if (min === undefined) return undefined;
  let max: number | undefined = min;
  if (takeSign(cursor, '..')) {
    max = takeSign(cursor, '*') ? Number.POSITIVE_INFINITY : takeWhole(cursor);
  }
  if (max === undefined) return undefined;
  if (!takeSign(cursor, ']')) return expected(cursor, "']'");
  if (min <= max) return { min, max };
  const message = `nothing lies between ${String(min)} and ${String(max)}`;
  cursor.faults.report(place, { code: 'value/bounds', message });
  return undefined;
}

function endLine(cursor: TokenCursor): void {
  if (cursor.at < cursor.tokens.length) expected(cursor, 'the end of the line');
}

function takeGroup(cursor: TokenCursor): GroupDef | undefined {
  const offset = placeOf(cursor);
  const token = cursor.tokens[cursor.at];
  const plain = token?.kind === 'name' && !token.isQuoted ? GROUPS[token.text] : undefined;
  if (plain !== undefined) {
    cursor.at++;
    endLine(cursor);
    return { ...plain, offset, children: [] };
  }
  if (token?.text !== '[') {
    return expected(cursor, 'a group', 'mandatory, optional, or, alternative or [n..m]');
  }
  const range = takeRange(cursor);
  if (range === undefined) return undefined;
  endLine(cursor);
  return { kind: 'cardinality', ...range, offset, children: [] };
}

/** `Integer`, `String` and the like are types only where a name follows. */
function takeType(cursor: TokenCursor): FeatureType {
  const [token, next] = [cursor.tokens[cursor.at], cursor.tokens[cursor.at + 1]];
  if (token === undefined || token.isQuoted || next?.kind !== 'name') return 'boolean';
  const type = Object.hasOwn(TYPES, token.text) ? TYPES[token.text] : undefined;
  const isCardinality = next.text === 'cardinality' && cursor.tokens[cursor.at + 2]?.text === '[';
  if (type === undefined || (isCardinality && !next.isQuoted)) return 'boolean';
  cursor.at++;
  return type;
}

function takeCopies(cursor: TokenCursor): Range | undefined {
  const token = cursor.tokens[cursor.at];
  if (token?.kind !== 'name' || token.isQuoted || token.text !== 'cardinality') return undefined;
  cursor.at++;
  const range = takeRange(cursor);
  return range?.min === 1 && range.max === 1 ? undefined : range;
}

function takeFeature(
  cursor: TokenCursor,
  line: number,
  parent: FeatureDef | undefined,
): { readonly feature: FeatureDef; readonly constraints: readonly Raw[] } | undefined {
  const offset = placeOf(cursor);
  const type = takeType(cursor);
  const path = takePath(cursor);
  const name = path?.join('.');
  if (name === undefined || !checkName(name, offset, cursor.faults)) return undefined;
  const copies = takeCopies(cursor);
  const attributes = takeAttributes(cursor);
  if (attributes === undefined) return undefined;
  endLine(cursor);
  const abstract = attributes.values.get('abstract');
  const isAbstract = abstract?.kind === 'truth' && abstract.is;
  const scope = parent?.copies === undefined ? parent?.scope : parent;
  const { values } = attributes;
  const feature: FeatureDef = {
    ...{ name, offset, line, type, isAbstract, copies, parent, scope },
    ...{ attributes: values, groups: [] },
  };
  return { feature, constraints: attributes.constraints };
}

function addFeature(reading: Reading, cursor: TokenCursor, line: Line): Level | undefined {
  const { names, levels } = reading;
  const above = levels.at(-1);
  const taken = takeFeature(cursor, line.number, above?.feature);
  if (taken === undefined) return undefined;
  const { feature, constraints } = taken;
  const former = names.features.get(feature.name);
  if (former !== undefined) {
    const message = `'${feature.name}' is in line ${String(former.line)} already`;
    cursor.faults.report(feature.offset, { code: 'name/duplicate', message });
  }
  names.features.set(feature.name, feature);
  above?.group?.children.push(feature);
  for (const raw of constraints) names.constraints.push({ raw, line: line.number });
  return { indent: line.indent, feature, group: undefined, below: undefined };
}

function addGroup(cursor: TokenCursor, line: Line, feature: FeatureDef): Level | undefined {
  const group = takeGroup(cursor);
  if (group === undefined) return undefined;
  feature.groups.push(group);
  return { indent: line.indent, feature, group, below: undefined };
}

/** Why a line cannot stand where it stands. */
function misplaced({ root, levels }: Reading, line: Line): string | undefined {
  const above = levels.at(-1);
  if (levels.length >= LEVELS_MAX) return `the tree is deeper than ${String(LEVELS_MAX)} levels`;
  if (above === undefined) {
    return root === undefined ? undefined : `a second root beside '${root.name}'`;
  }
  above.below ??= line.indent;
  return above.below === line.indent ? undefined : 'this line is indented unlike those beside it';
}

function addLine(reading: Reading, cursor: TokenCursor, line: Line): Level | undefined {
  const message = misplaced(reading, line);
  const above = reading.levels.at(-1);
  if (message !== undefined) {
    const code = reading.levels.length >= LEVELS_MAX ? 'text/too-deep' : 'text/malformed';
    cursor.faults.report(placeOf(cursor), { code, message });
    return undefined;
  }
  const isBelowFeature = above !== undefined && above.group === undefined;
  return isBelowFeature ? addGroup(cursor, line, above.feature) : addFeature(reading, cursor, line);
}

/**
 * Reads the tree below `features`: features and groups in turn, by how far they are in. What is below
 * a line that cannot be read is left out.
 */
export function readFeatureTree(
  lines: readonly Line[],
  cursorOf: (line: Line) => TokenCursor,
): FeatureNames & { readonly root: FeatureDef | undefined } {
  const names: FeatureNames = { features: new Map(), constraints: [] };
  const reading: Reading = { names, levels: [], root: undefined };
  const { levels } = reading;
  let skipped = Number.POSITIVE_INFINITY;
  for (const line of lines) {
    if (line.indent > skipped) continue;
    while ((levels.at(-1)?.indent ?? -1) >= line.indent) levels.pop();
    const level = addLine(reading, cursorOf(line), line);
    skipped = level === undefined ? line.indent : Number.POSITIVE_INFINITY;
    if (level === undefined) continue;
    levels.push(level);
    reading.root ??= level.feature;
  }
  return { ...names, root: reading.root };
}
