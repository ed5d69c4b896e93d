import { ok, type Result, refused } from '@keepsake/kernel';
import type { Model } from '../../model/model.ts';
import { compileFeatureModel } from '../compile/compile.ts';
import { checkText, collectFaults, type Faults, issuesOf, withoutMark } from '../faults.ts';
import type { FormatIssue } from '../issue.ts';
import { readRules } from './rules.ts';
import { type FeatureNames, readFeature } from './tree.ts';
import { readXml } from './xml.ts';

const TEXT_MAX = 32 * 1024 * 1024;
const ROOTS = ['featureModel', 'extendedFeatureModel'];

function readDocument(text: string, faults: Faults): Model | undefined {
  const root = readXml(text, faults);
  if (root === undefined) return undefined;
  if (!ROOTS.includes(root.name)) {
    const message = `a document of '${root.name}' is no feature model`;
    const hint = ROOTS.join(' or ');
    faults.report(root.offset, { code: 'format/unknown', message, hint });
    return undefined;
  }
  const named = (name: string) => root.children.filter((child) => child.name === name);
  const trees = named('struct').flatMap(({ children }) => children);
  const [tree] = trees;
  if (tree === undefined || trees.length > 1) {
    const message = 'a feature model has one struct with one root';
    faults.report((tree ?? root).offset, { code: 'text/malformed', message });
    return undefined;
  }
  const names: FeatureNames = new Map();
  const reading = { faults, names };
  const feature = readFeature(tree, reading, undefined);
  const constraints = readRules(named('constraints'), reading);
  if (feature === undefined || faults.found.length > 0) return undefined;
  return compileFeatureModel({ name: feature.name, root: feature, constraints, notes: [] }, faults);
}

/**
 * Reads a feature model as FeatureIDE writes it, with or without attributes. A feature that is hidden
 * or abstract is a feature like any other. A DOCTYPE is refused. Linear in the text.
 */
export function readFeatureIde(given: string): Result<Model, readonly FormatIssue[]> {
  const text = withoutMark(given);
  const faults = collectFaults();
  const model = checkText(text, faults, TEXT_MAX) ? readDocument(text, faults) : undefined;
  if (model === undefined || faults.found.length > 0) return refused(issuesOf(text, faults));
  return ok(model);
}
