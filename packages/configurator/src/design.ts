import { canonicalHash, ok, type Result, refused } from '@keepsake/kernel';
import type { Configuration, DesignFault, RuleReference } from './answers.ts';
import { evaluate, holds, mentionedIn, type Texts, type Value, type Values } from './expression.ts';
import type { Cell, Family, Formula, Rule, Table } from './family.ts';
import type { Space } from './space.ts';
import { checkText, type TextFault } from './text.ts';

function obeysRule(rule: Rule, values: Values): boolean {
  if (rule.kind === 'require') return holds(rule.require, values);
  return !holds(rule.when, values) || holds(rule.then, values);
}

function fits(cell: Cell | undefined, value: Value): boolean {
  return cell === undefined || cell === '*' || cell.any.includes(value);
}

function obeysTable(table: Table, values: Values): boolean {
  return table.rows.some((row) => table.columns.every((id, p) => fits(row[p], values[id] ?? null)));
}

function obeysFormula(formula: Formula, values: Values): boolean {
  const { when, value, steps } = formula;
  const mentioned = [...mentionedIn(value.tree), ...(when ? mentionedIn(when.tree) : [])];
  const isOpen = mentioned.some((id) => (values[id] ?? null) === null);
  if (isOpen || !holds(when, values)) return true;
  const result = evaluate(value, values);
  const own = values[formula.attribute] ?? null;
  if (steps === undefined) return own !== null && own === Number(result) && result !== null;
  if (result === null) return false;
  const step = steps.find(({ upTo }) => upTo === undefined || Number(result) <= upTo);
  return step !== undefined && step.is === own;
}

function violations(family: Family, values: Values): DesignFault[] {
  const broken: RuleReference[] = [];
  for (const rule of family.rules) {
    if (!obeysRule(rule, values)) broken.push({ kind: 'rule', id: rule.id, text: rule.text });
  }
  for (const table of family.tables) {
    if (!obeysTable(table, values)) broken.push({ kind: 'table', id: table.id, text: table.text });
  }
  for (const { id, text, ...formula } of family.formulas) {
    if (obeysFormula({ id, text, ...formula }, values)) continue;
    broken.push({ kind: 'formula', id, text });
  }
  return broken.map((rule) => ({ kind: 'rule-violated', rule }));
}

/**
 * What is wrong with a full design: attributes that are missing or unknown, values that are not in
 * the family, and the rules it breaks; an empty list when it is valid. Evaluates the family itself
 * and shares nothing with the search. An attribute that may be left open may be missing.
 */
export function checkDesign(space: Space, values: Values): readonly DesignFault[] {
  const faults: DesignFault[] = [];
  const known = new Map(
    space.lookup.variables.flatMap((v) => (v.kind === 'attribute' ? [[v.id, v] as const] : [])),
  );
  for (const attribute of Object.keys(values)) {
    if (!known.has(attribute)) faults.push({ kind: 'attribute-unknown', attribute });
  }
  for (const [attribute, variable] of known) {
    const value = Object.hasOwn(values, attribute) ? values[attribute] : undefined;
    if (value === undefined) {
      if (!variable.values.includes(null)) faults.push({ kind: 'attribute-missing', attribute });
    } else if (!variable.values.includes(value)) {
      faults.push({ kind: 'value-unknown', attribute, value });
    }
  }
  return faults.length > 0 ? faults : violations(space.family, values);
}

function checkTexts(family: Family, texts: Texts): Result<Texts, readonly TextFault[]> {
  const faults: TextFault[] = [];
  const checked: Record<string, string> = {};
  const known = new Set<string>();
  for (const attribute of family.attributes) {
    if (attribute.type !== 'text') continue;
    known.add(attribute.id);
    const text = Object.hasOwn(texts, attribute.id) ? (texts[attribute.id] ?? '') : '';
    const outcome = checkText(attribute, text);
    if (outcome.kind === 'refused') faults.push(outcome.error);
    else if (outcome.value !== '') checked[attribute.id] = outcome.value;
  }
  for (const attribute of Object.keys(texts)) {
    if (!known.has(attribute)) faults.push({ kind: 'not-a-text', attribute });
  }
  return faults.length > 0 ? refused(faults) : ok(checked);
}

/**
 * Freezes a valid design: values in the order of the family with *absent* spelled out, texts as
 * checked with empty ones left out, and a hash over all of it that no key order changes. The hash
 * ties the design to the very rules and prices of `modelHash`.
 */
export function freezeDesign(
  space: Space,
  values: Values,
  texts: Texts = {},
): Result<Configuration, readonly (DesignFault | TextFault)[]> {
  const faults = checkDesign(space, values);
  const checked = checkTexts(space.family, texts);
  if (checked.kind === 'refused') return refused([...faults, ...checked.error]);
  if (faults.length > 0) return refused(faults);
  const whole: Record<string, Value> = {};
  for (const { kind, id } of space.lookup.variables) {
    if (kind === 'attribute') whole[id] = values[id] ?? null;
  }
  const frozen = {
    family: space.family.id,
    modelHash: space.modelHash,
    values: whole,
    texts: { ...checked.value },
  };
  return ok({ ...frozen, hash: canonicalHash(frozen) });
}
