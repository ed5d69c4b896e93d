import { checkName, type Faults } from '../faults.ts';
import type { AttributeValue, FeatureDef, GroupDef } from '../feature-tree.ts';
import type { XmlElement } from './xml.ts';

/** The features of a document by name. */
export type FeatureNames = Map<string, FeatureDef>;

const KINDS = ['and', 'or', 'alt', 'feature'];
/** What stands among features and says nothing about designs. */
const ASIDES = ['description', 'graphics', 'attribute', 'property', 'tags'];

function isTrue(element: XmlElement, name: string): boolean {
  return element.attributes[name] === 'true';
}

function numberOf(value: string, element: XmlElement, faults: Faults): AttributeValue | undefined {
  const trimmed = value.trim();
  if (/^-?\d{1,30}(\.\d{1,30})?$/.test(trimmed)) return { kind: 'number', digits: trimmed };
  const number = Number(trimmed);
  // Programs write very small and very large numbers with an exponent.
  if (trimmed !== '' && Number.isFinite(number) && Math.abs(number) < 1e15) {
    return { kind: 'number', digits: number.toFixed(9) };
  }
  faults.report(element.offset, { code: 'value/type', message: `'${value}' is no number` });
  return undefined;
}

function readValue(element: XmlElement, faults: Faults): AttributeValue | undefined {
  const { type, value = '' } = element.attributes;
  if (value === '') return undefined;
  if (type === 'long' || type === 'double') return numberOf(value, element, faults);
  const isTruth = type === 'boolean' && (value === 'true' || value === 'false');
  return isTruth ? { kind: 'truth', is: value === 'true' } : { kind: 'text', text: value };
}

function readAttributes(feature: XmlElement, faults: Faults): ReadonlyMap<string, AttributeValue> {
  const values = new Map<string, AttributeValue>();
  for (const element of feature.children) {
    const { name } = element.attributes;
    if (element.name !== 'attribute' || name === undefined) continue;
    const value = readValue(element, faults);
    if (value !== undefined) values.set(name, value);
  }
  return values;
}

interface Reading {
  readonly faults: Faults;
  readonly names: FeatureNames;
}

function childrenOf(element: XmlElement, { faults }: Reading): readonly XmlElement[] {
  return element.children.filter((child) => {
    if (KINDS.includes(child.name)) return true;
    if (!ASIDES.includes(child.name)) {
      const message = `'${child.name}' is no kind of feature`;
      const hint = KINDS.join(', ');
      faults.report(child.offset, { code: 'format/unsupported', message, hint });
    }
    return false;
  });
}

function group(
  kind: GroupDef['kind'],
  element: XmlElement,
  children: readonly FeatureDef[],
): readonly GroupDef[] {
  if (children.length === 0) return [];
  const min = kind === 'or' || kind === 'alternative' ? 1 : 0;
  const max = kind === 'alternative' ? 1 : Number.POSITIVE_INFINITY;
  return [{ kind, min, max, offset: element.offset, children: [...children] }];
}

function groupsOf(
  element: XmlElement,
  children: readonly { readonly element: XmlElement; readonly feature: FeatureDef }[],
): readonly GroupDef[] {
  const all = children.map(({ feature }) => feature);
  if (element.name === 'or') return group('or', element, all);
  if (element.name === 'alt') return group('alternative', element, all);
  const isMandatory = children.map((child) => isTrue(child.element, 'mandatory'));
  return [
    ...group(
      'mandatory',
      element,
      all.filter((_, i) => isMandatory[i]),
    ),
    ...group(
      'optional',
      element,
      all.filter((_, i) => !isMandatory[i]),
    ),
  ];
}

/** Reads a feature and what is below it; the reader of XML limits the depth. */
export function readFeature(
  element: XmlElement,
  reading: Reading,
  parent: FeatureDef | undefined,
): FeatureDef | undefined {
  const { faults, names } = reading;
  const { offset, line } = element;
  const name = element.attributes['name'] ?? '';
  if (!checkName(name, offset, faults)) return undefined;
  const former = names.get(name);
  if (former !== undefined) {
    const message = `'${name}' is in line ${String(former.line)} already`;
    faults.report(offset, { code: 'name/duplicate', message });
  }
  const feature: FeatureDef = {
    ...{ name, offset, line, type: 'boolean', copies: undefined, parent, scope: undefined },
    isAbstract: isTrue(element, 'abstract'),
    attributes: readAttributes(element, faults),
    groups: [],
  };
  names.set(name, feature);
  const below = childrenOf(element, reading);
  if (element.name === 'feature' && below.length > 0) {
    const message = `'${name}' is said to have nothing below it`;
    faults.report(offset, { code: 'text/malformed', message, hint: 'write and, or or alt' });
  }
  const children = below.flatMap((child) => {
    const read = readFeature(child, reading, feature);
    return read === undefined ? [] : [{ element: child, feature: read }];
  });
  feature.groups.push(...groupsOf(element, children));
  return feature;
}
