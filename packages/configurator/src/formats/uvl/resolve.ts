import type { Faults } from '../faults.ts';
import type { Comparison, Condition, FeatureDef, Term } from '../feature-tree.ts';
import type { Raw } from './raw.ts';

/** What names stand for. */
export interface NameScope {
  readonly features: ReadonlyMap<string, FeatureDef>;
  /** Names of attributes that some feature has. */
  readonly attributes: ReadonlySet<string>;
  readonly namespace: string | undefined;
  readonly faults: Faults;
}

const COMPARISONS: readonly string[] = [
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
] satisfies readonly Comparison[];

type Reference = Raw & { kind: 'reference' };

function isComparison(op: string): op is Comparison {
  return COMPARISONS.includes(op);
}

function findFeature(scope: NameScope, path: readonly string[]): FeatureDef | undefined {
  const name = path.join('.');
  const own = scope.features.get(name);
  if (own !== undefined || scope.namespace === undefined) return own;
  const prefix = `${scope.namespace}.`;
  return name.startsWith(prefix) ? scope.features.get(name.slice(prefix.length)) : undefined;
}

function unknown(scope: NameScope, raw: Reference): undefined {
  const message = `no feature or attribute is called '${raw.path.join('.')}'`;
  scope.faults.report(raw.offset, { code: 'name/unknown', message });
}

function mistyped(scope: NameScope, raw: Raw, what: string): undefined {
  const message = `expected ${what}`;
  scope.faults.report(raw.offset, { code: 'value/type', message });
}

/** An attribute of a feature, by the longest name of a feature that its path begins with. */
function findAttribute(
  scope: NameScope,
  raw: Reference,
): (Term & { kind: 'attribute' }) | undefined {
  for (let cut = raw.path.length - 1; cut > 0; cut--) {
    const feature = findFeature(scope, raw.path.slice(0, cut));
    const value = feature?.attributes.get(raw.path.slice(cut).join('.'));
    if (feature !== undefined && value !== undefined) return { kind: 'attribute', feature, value };
  }
  return undefined;
}

function isTruth(raw: Reference): boolean {
  const [name = ''] = raw.path;
  return !raw.isQuoted && raw.path.length === 1 && (name === 'true' || name === 'false');
}

function resolveLiteral(scope: NameScope, raw: Reference): Condition | undefined {
  const feature = findFeature(scope, raw.path);
  if (feature !== undefined) return { kind: 'feature', feature };
  if (isTruth(raw)) return { kind: 'truth', is: raw.path[0] === 'true' };
  const attribute = findAttribute(scope, raw);
  if (attribute === undefined) return unknown(scope, raw);
  if (attribute.value.kind !== 'truth') return mistyped(scope, raw, 'what is true or false');
  return attribute.value.is
    ? { kind: 'feature', feature: attribute.feature }
    : { kind: 'truth', is: false };
}

function resolveBinary(scope: NameScope, raw: Raw & { kind: 'binary' }): Condition | undefined {
  const { op } = raw;
  if (isComparison(op)) {
    const [left, right] = [resolveTerm(scope, raw.left), resolveTerm(scope, raw.right)];
    return left && right && { kind: 'compare', op, left, right };
  }
  if (op !== '=>' && op !== '<=>') return mistyped(scope, raw, 'what is true or false');
  const left = resolveCondition(scope, raw.left);
  const right = resolveCondition(scope, raw.right);
  if (left === undefined || right === undefined) return undefined;
  if (op === '<=>') return { kind: 'same', left, right };
  return { kind: 'any', of: [{ kind: 'not', of: left }, right] };
}

/** Looks up the names of a condition; undefined where a fault was told. */
export function resolveCondition(scope: NameScope, raw: Raw): Condition | undefined {
  switch (raw.kind) {
    case 'reference':
      return resolveLiteral(scope, raw);
    case 'not': {
      const of = resolveCondition(scope, raw.of);
      return of && { kind: 'not', of };
    }
    case 'chain': {
      const of = raw.of.map((part) => resolveCondition(scope, part));
      const known = of.filter((part) => part !== undefined);
      if (known.length < of.length) return undefined;
      return { kind: raw.op === '&' ? 'all' : 'any', of: known };
    }
    case 'binary':
      return resolveBinary(scope, raw);
    default:
      return mistyped(scope, raw, 'what is true or false');
  }
}

function resolveAggregate(scope: NameScope, raw: Raw & { kind: 'call' }): Term | undefined {
  const kind = raw.name === 'sum' ? 'sum' : 'average';
  const paths = raw.of.map((of) => (of.kind === 'reference' ? of.path : []));
  const last = paths.at(-1)?.join('.') ?? '';
  const within = paths.length === 2 ? findFeature(scope, paths[0] ?? []) : undefined;
  const isKnown = scope.attributes.has(last) && (paths.length === 1 || within !== undefined);
  if (isKnown && paths.length <= 2) return { kind, name: last, within };
  const message = `${raw.name} needs an attribute, or a feature and an attribute`;
  scope.faults.report(raw.offset, { code: 'name/unknown', message });
  return undefined;
}

function resolveCall(scope: NameScope, raw: Raw & { kind: 'call' }): Term | undefined {
  if (raw.name === 'sum' || raw.name === 'avg') return resolveAggregate(scope, raw);
  const [first] = raw.of;
  if (first === undefined || raw.of.length > 1) return mistyped(scope, raw, 'one operand');
  const of = resolveTerm(scope, first);
  const kind = raw.name === 'len' ? 'length' : raw.name === 'floor' ? 'floor' : 'ceil';
  return of && { kind, of };
}

function resolveReference(scope: NameScope, raw: Reference): Term | undefined {
  const feature = findFeature(scope, raw.path);
  if (feature !== undefined) {
    if (feature.type !== 'boolean') return { kind: 'value', feature };
    const hint = 'a feature that holds a number or a text';
    return mistyped(scope, raw, `${hint}: '${feature.name}' is there or not`);
  }
  const attribute = findAttribute(scope, raw);
  if (attribute === undefined) return unknown(scope, raw);
  return attribute;
}

function resolveTerm(scope: NameScope, raw: Raw): Term | undefined {
  switch (raw.kind) {
    case 'number':
      return { kind: 'number', digits: raw.text };
    case 'text':
      return { kind: 'text', text: raw.text };
    case 'reference':
      return resolveReference(scope, raw);
    case 'call':
      return resolveCall(scope, raw);
    case 'minus': {
      const right = resolveTerm(scope, raw.of);
      return right && { kind: 'binary', op: '-', left: { kind: 'number', digits: '0' }, right };
    }
    case 'binary': {
      const { op } = raw;
      if (op !== '+' && op !== '-' && op !== '*' && op !== '/') break;
      const [left, right] = [resolveTerm(scope, raw.left), resolveTerm(scope, raw.right)];
      return left && right && { kind: 'binary', op, left, right };
    }
  }
  return mistyped(scope, raw, 'a number or a text');
}
