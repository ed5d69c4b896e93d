import type { Faults } from '../faults.ts';
import type { Condition, ConstraintDef } from '../feature-tree.ts';
import type { FeatureNames } from './tree.ts';
import type { XmlElement } from './xml.ts';

/** Operands of `atmost1` at most: it becomes a condition for each pair. */
const PAIRS_OF_MAX = 200;
const ASIDES = ['description', 'graphics', 'tags'];

interface Reading {
  readonly faults: Faults;
  readonly names: FeatureNames;
}

interface Said {
  readonly condition: Condition;
  readonly text: string;
}

function refuse({ faults }: Reading, element: XmlElement, message: string): undefined {
  faults.report(element.offset, { code: 'expression/syntax', message });
}

function bracketed(of: Said): string {
  return / (?:&|\||=>|<=>) /.test(of.text) ? `(${of.text})` : of.text;
}

function atMostOne(reading: Reading, element: XmlElement, of: readonly Said[]): Said | undefined {
  if (of.length > PAIRS_OF_MAX) {
    return refuse(reading, element, `atmost1 of more than ${String(PAIRS_OF_MAX)} features`);
  }
  const not = ({ condition }: Said): Condition => ({ kind: 'not', of: condition });
  const pairs = of.flatMap((a, i) =>
    of.slice(i + 1).map((b): Condition => ({ kind: 'any', of: [not(a), not(b)] })),
  );
  const text = `at most one of ${of.map(({ text: said }) => said).join(', ')}`;
  return { condition: { kind: 'all', of: pairs }, text };
}

function readVariable(reading: Reading, element: XmlElement): Said | undefined {
  const name = element.text;
  const feature = reading.names.get(name) ?? reading.names.get(name.trim());
  if (feature !== undefined) return { condition: { kind: 'feature', feature }, text: feature.name };
  const message = `no feature is called '${name}'`;
  reading.faults.report(element.offset, { code: 'name/unknown', message });
  return undefined;
}

function join(kind: 'all' | 'any', of: readonly Said[]): Said {
  const text = of.map(bracketed).join(kind === 'all' ? ' & ' : ' | ');
  return { condition: { kind, of: of.map(({ condition }) => condition) }, text };
}

function readPair(reading: Reading, element: XmlElement, of: readonly Said[]): Said | undefined {
  const [left, right] = of;
  if (left === undefined || right === undefined || of.length > 2) {
    return refuse(reading, element, `'${element.name}' needs two operands`);
  }
  const sign = element.name === 'imp' ? '=>' : '<=>';
  const text = `${bracketed(left)} ${sign} ${bracketed(right)}`;
  const [a, b] = [left.condition, right.condition];
  if (element.name === 'eq') return { condition: { kind: 'same', left: a, right: b }, text };
  return { condition: { kind: 'any', of: [{ kind: 'not', of: a }, b] }, text };
}

function readOperator(reading: Reading, element: XmlElement, of: readonly Said[]) {
  const [first] = of;
  switch (element.name) {
    case 'conj':
      return join('all', of);
    case 'disj':
      return join('any', of);
    case 'imp':
    case 'eq':
      return readPair(reading, element, of);
    case 'atmost1':
      return atMostOne(reading, element, of);
    case 'not': {
      if (first === undefined || of.length > 1) {
        return refuse(reading, element, "'not' needs one operand");
      }
      const condition: Condition = { kind: 'not', of: first.condition };
      return { condition, text: `!${bracketed(first)}` };
    }
    default:
      return refuse(reading, element, `'${element.name}' is no operator that is read here`);
  }
}

function readSaid(reading: Reading, element: XmlElement): Said | undefined {
  if (element.name === 'var') return readVariable(reading, element);
  const of = element.children.map((child) => readSaid(reading, child));
  const known = of.filter((said) => said !== undefined);
  return known.length < of.length ? undefined : readOperator(reading, element, known);
}

/** Reads the rules below `constraints`; each says one thing about the features. */
export function readRules(
  constraints: readonly XmlElement[],
  reading: Reading,
): readonly ConstraintDef[] {
  const rules = constraints.flatMap(({ children }) => children);
  return rules.flatMap((rule): ConstraintDef[] => {
    const { offset, line } = rule;
    const parts = rule.children.filter(({ name }) => !ASIDES.includes(name));
    const [part] = parts;
    if (rule.name !== 'rule' || part === undefined || parts.length > 1) {
      refuse(reading, rule, 'expected a rule that holds one condition');
      return [];
    }
    const said = readSaid(reading, part);
    return said === undefined ? [] : [{ text: said.text, line, offset, condition: said.condition }];
  });
}
