import { ok, type Result, refused } from '@keepsake/kernel';
import type { Model } from '../../model/model.ts';
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

function featureLines(writing: Writing): readonly string[] {
  const { model, names } = writing;
  const [optional, mandatory]: [string[], string[]] = [[], []];
  model.variables.forEach(({ values }, v) => {
    const name = names.ofVariable[v] ?? '';
    if (isFeature(values)) {
      optional.push(`\t\t\t${name}${attributesText(writing, name, v >= model.declared)}`);
      return;
    }
    mandatory.push(`\t\t\t${name} {abstract}`, '\t\t\t\talternative');
    const first = model.problem.optionAt[v] ?? 0;
    values.forEach((_, x) => {
      const child = names.ofOption[first + x] ?? '';
      mandatory.push(`\t\t\t\t\t${child}${attributesText(writing, child, false)}`);
    });
  });
  return [
    ...(mandatory.length === 0 ? [] : ['\t\tmandatory', ...mandatory]),
    ...(optional.length === 0 ? [] : ['\t\toptional', ...optional]),
  ];
}

/**
 * Writes a model in the Universal Variability Language, so that reading it again gives the same
 * designs: below one root, what is there or not is an optional feature, every other variable a
 * mandatory one with its values as alternatives. Tables become disjunctions of their rows, sums and
 * larger counts sums of attributes. Signs that UVL has no names for are replaced. Refused, with the
 * texts of their rules, where constraints are known only by what they do. Linear in the model.
 */
export function writeUvl(model: Model): Result<string, readonly string[]> {
  const names = chooseNames(model);
  const writing: Writing = { model, names, attributes: new Map(), sums: 0 };
  giveAmounts(writing);
  const lines: string[] = [];
  const unsaid: string[] = [];
  model.problem.constraints.forEach((constraint, c) => {
    const said = constraintLines(writing, constraint);
    if (said === undefined) unsaid.push(model.rules.at(model.ruleOf[c] ?? 0)?.text ?? 'a rule');
    else for (const line of said) lines.push(`\t${line}`);
  });
  if (unsaid.length > 0) return refused(unsaid);
  const features = featureLines(writing);
  const constraints = lines.length === 0 ? [] : ['', 'constraints', ...lines];
  return ok(['features', `\t${names.root} {abstract}`, ...features, ...constraints, ''].join('\n'));
}
