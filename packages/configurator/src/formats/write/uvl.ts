import { ok, type Result, refused } from '@keepsake/kernel';
import type { Model, ModelGroup } from '../../model/model.ts';
import { constraintLines, type Writing } from './constraints.ts';
import { chooseNames, isFeature, quoted } from './names.ts';

/** A number without an exponent. */
function digits(amount: number): string {
  const short = String(amount);
  return short.includes('e') ? amount.toFixed(9) : short;
}

/** The amounts of the model as attributes of the features that have them. */
function giveAmounts({ model, names, attributes }: Writing): void {
  for (const [name, amounts] of Object.entries(model.amounts ?? {})) {
    const key = quoted(name.replaceAll(/[".\r\n]/g, ' '));
    amounts.forEach((amount, option) => {
      const feature = names.ofOption[option];
      if (amount === 0 || feature === undefined) return;
      const own = attributes.get(feature) ?? new Map<string, number>();
      own.set(key, amount);
      attributes.set(feature, own);
    });
  }
}

function attributesText({ attributes }: Writing, feature: string, isAbstract: boolean): string {
  const own = [...(attributes.get(feature) ?? [])].map(([key, n]) => `${key} ${digits(n)}`);
  const all = isAbstract ? ['abstract', ...own] : own;
  return all.length === 0 ? '' : ` {${all.join(', ')}}`;
}

/** The features of a variable, `indent` levels in, with all that is below. */
function variableLines(writing: Writing, v: number, indent: number): readonly string[] {
  const { model, names } = writing;
  const name = names.ofVariable[v] ?? '';
  const blanks = '\t'.repeat(indent);
  const values = model.variables[v]?.values ?? [];
  if (isFeature(values)) {
    const attributes = attributesText(writing, name, v >= model.declared);
    const below = (writing.groups.get(v) ?? []).flatMap((group) => [
      `${blanks}\t${groupWord(group)}`,
      ...group.children.flatMap((child) => variableLines(writing, child, indent + 2)),
    ]);
    return [`${blanks}${name}${attributes}`, ...below];
  }
  const first = model.problem.optionAt[v] ?? 0;
  const children = values.map((_, x) => {
    const child = names.ofOption[first + x] ?? '';
    return `${blanks}\t\t${child}${attributesText(writing, child, false)}`;
  });
  return [`${blanks}${name} {abstract}`, `${blanks}\talternative`, ...children];
}

function groupWord({ kind, min, max }: ModelGroup): string {
  if (kind !== 'cardinality') return kind;
  return `[${String(min)}..${Number.isFinite(max) ? String(max) : '*'}]`;
}

/** What the tree of the model does not hold, below the root: truths are optional, others are there. */
function looseLines(writing: Writing): readonly string[] {
  const { model } = writing;
  const held = new Set((model.tree?.groups ?? []).flatMap(({ children }) => children));
  if (model.tree !== undefined) held.add(0);
  const loose = model.variables.flatMap((_, v) => (held.has(v) ? [] : [v]));
  const isTruth = (v: number): boolean => isFeature(model.variables[v]?.values ?? []);
  const section = (word: string, variables: readonly number[]): readonly string[] => {
    if (variables.length === 0) return [];
    return [`\t\t${word}`, ...variables.flatMap((v) => variableLines(writing, v, 3))];
  };
  return [
    ...section(
      'mandatory',
      loose.filter((v) => !isTruth(v)),
    ),
    ...section('optional', loose.filter(isTruth)),
  ];
}

function featureLines(writing: Writing): readonly string[] {
  const { model, names } = writing;
  const top =
    model.tree === undefined ? [`\t${names.root} {abstract}`] : variableLines(writing, 0, 1);
  return ['features', ...top, ...looseLines(writing)];
}

/**
 * Writes a model in the Universal Variability Language, so that reading it again gives the same
 * designs: the tree that the model has, else one root. Below the root, what else is there or not is
 * an optional feature, every other variable a mandatory one with its values as alternatives. Tables become disjunctions of their rows, sums and
 * larger counts sums of attributes. Signs that UVL has no names for are replaced. Refused, with the
 * texts of their rules, where constraints are known only by what they do. Linear in the model.
 */
export function writeUvl(model: Model): Result<string, readonly string[]> {
  const names = chooseNames(model);
  const groups = new Map<number, ModelGroup[]>();
  for (const group of model.tree?.groups ?? []) {
    groups.set(group.parent, [...(groups.get(group.parent) ?? []), group]);
  }
  const writing: Writing = { model, names, groups, attributes: new Map(), sums: 0 };
  giveAmounts(writing);
  const lines: string[] = [];
  const unsaid: string[] = [];
  model.problem.constraints.forEach((constraint, c) => {
    if ((model.ruleOf[c] ?? 0) < (model.tree?.rules ?? 0)) return;
    const said = constraintLines(writing, constraint);
    if (said === undefined) unsaid.push(model.rules.at(model.ruleOf[c] ?? 0)?.text ?? 'a rule');
    else for (const line of said) lines.push(`\t${line}`);
  });
  if (unsaid.length > 0) return refused(unsaid);
  const features = featureLines(writing);
  const constraints = lines.length === 0 ? [] : ['', 'constraints', ...lines];
  return ok([...features, ...constraints, ''].join('\n'));
}
