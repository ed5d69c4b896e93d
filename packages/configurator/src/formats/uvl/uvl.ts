import { type Result, refused } from '@keepsake/kernel';
import type { Model } from '../../model/model.ts';
import { compileFeatureModel } from '../compile/compile.ts';
import { checkText, collectFaults, type Faults, issuesOf, withoutMark } from '../faults.ts';
import type { ConstraintDef } from '../feature-tree.ts';
import type { FormatIssue } from '../issue.ts';
import { readFeatureTree } from './features.ts';
import { expected, placeOf, type Raw, type TokenCursor, takeExpression, takePath } from './raw.ts';
import { type NameScope, resolveCondition } from './resolve.ts';
import { type Line, readUvlLines } from './tokens.ts';

const TEXT_MAX = 32 * 1024 * 1024;
const SECTIONS = ['namespace', 'include', 'imports', 'features', 'constraints'];

interface Section {
  readonly head: Line;
  readonly lines: Line[];
}

function cursorOver(line: Line, faults: Faults, at = 0): TokenCursor {
  const { tokens } = line;
  return { tokens, faults, end: tokens.at(-1)?.end ?? 0, at, level: 0 };
}

function cutSections(lines: readonly Line[], faults: Faults): ReadonlyMap<string, Section> {
  const sections = new Map<string, Section>();
  let current: Section | undefined;
  for (const line of lines) {
    const [first] = line.tokens;
    if (line.indent > 0 && current !== undefined) {
      current.lines.push(line);
      continue;
    }
    current = { head: line, lines: [] };
    const name = first?.isQuoted === false ? first.text : '';
    const isNew = !sections.has(name);
    if (SECTIONS.includes(name) && isNew && line.indent === 0) sections.set(name, current);
    else {
      const message = isNew
        ? 'expected a section at the beginning of the line'
        : `a second '${name}'`;
      const hint = `a file has ${SECTIONS.join(', ')}`;
      faults.report(first?.offset ?? 0, { code: 'text/malformed', message, hint });
    }
  }
  return sections;
}

/** What stands behind the name of a section, where there should be nothing. */
function checkHeads(sections: ReadonlyMap<string, Section>, faults: Faults): void {
  for (const [name, { head }] of sections) {
    const cursor = cursorOver(head, faults, 1);
    if (name !== 'namespace' && head.tokens.length > 1) expected(cursor, 'the end of the line');
  }
  const imports = sections.get('imports')?.lines[0];
  if (imports === undefined) return;
  faults.report(placeOf(cursorOver(imports, faults)), {
    code: 'format/unsupported',
    message: 'this file needs other files: imports are not read',
    hint: 'put the features of all files into one',
  });
}

function readNamespace(section: Section | undefined, faults: Faults): string | undefined {
  if (section === undefined) return undefined;
  const cursor = cursorOver(section.head, faults, 1);
  const path = takePath(cursor);
  if (path !== undefined && cursor.at < cursor.tokens.length) {
    expected(cursor, 'the end of the line');
  }
  return path?.join('.');
}

function readConstraintLines(
  section: Section | undefined,
  faults: Faults,
): readonly { readonly raw: Raw; readonly line: number }[] {
  return (section?.lines ?? []).flatMap((line) => {
    const cursor = cursorOver(line, faults);
    const raw = takeExpression(cursor);
    if (raw === undefined) return [];
    if (cursor.at < cursor.tokens.length) expected(cursor, 'the end of the constraint');
    return [{ raw, line: line.number }];
  });
}

function readUvlText(text: string, name: string, faults: Faults): Model | undefined {
  const sections = cutSections(readUvlLines(text, faults), faults);
  checkHeads(sections, faults);
  const namespace = readNamespace(sections.get('namespace'), faults);
  const featureLines = sections.get('features')?.lines ?? [];
  const tree = readFeatureTree(featureLines, (line) => cursorOver(line, faults));
  if (tree.root === undefined && faults.found.length === 0) {
    const message = "there is no feature: the section 'features' is missing or empty";
    faults.report(0, { code: 'text/malformed', message });
  }
  const attributes = new Set(
    [...tree.features.values()].flatMap((feature) => [...feature.attributes.keys()]),
  );
  const scope: NameScope = { features: tree.features, attributes, namespace, faults };
  const raws = [...tree.constraints, ...readConstraintLines(sections.get('constraints'), faults)];
  const constraints = raws.flatMap(({ raw, line }): ConstraintDef[] => {
    const condition = resolveCondition(scope, raw);
    const { offset } = raw;
    return condition ? [{ text: text.slice(offset, raw.end), line, offset, condition }] : [];
  });
  if (tree.root === undefined || faults.found.length > 0) return undefined;
  const own = namespace ?? name;
  return compileFeatureModel({ name: own, root: tree.root, constraints, notes: [] }, faults);
}

/**
 * Reads a feature model in the Universal Variability Language, all levels of it: groups with
 * cardinalities, features that can be there several times, attributes, features that hold a number
 * or a text, sums and averages. Imports are refused. What cannot be taken over exactly is not taken
 * over at all and stands in `outside`, with its line. Linear in the text, but for conditions over
 * numbers, which are tabulated within a limit.
 */
export function readUvl(given: string, name = 'model'): Result<Model, readonly FormatIssue[]> {
  const text = withoutMark(given);
  const faults = collectFaults();
  const model = checkText(text, faults, TEXT_MAX) ? readUvlText(text, name, faults) : undefined;
  if (model === undefined || faults.found.length > 0) return refused(issuesOf(text, faults));
  return { kind: 'ok', value: model };
}
