import type { Literal } from '../../problem/problem.ts';
import { addRule, bind, bindClause, type Draft, literalFor, opposite } from '../draft.ts';
import type { FeatureDef, GroupDef } from '../feature-tree.ts';
import type { Expansion, Instance, Place } from './instances.ts';

/** Names in the text of a rule at most. */
const NAMES_MAX = 12;

interface Family {
  readonly parent: Literal;
  readonly name: string;
  /** Whether every design has the parent. */
  readonly isCore: boolean;
  readonly children: readonly Instance[];
}

function listNames(children: readonly Instance[]): string {
  const names = children.slice(0, NAMES_MAX).map(({ name }) => name);
  return children.length > NAMES_MAX ? `${names.join(', ')}, …` : names.join(', ');
}

function textOf(group: GroupDef, { name, children }: Family): string {
  const list = listNames(children);
  const many = String(children.length);
  if (group.kind === 'or') return `${name}: at least one of ${list}`;
  if (group.kind === 'alternative') return `${name}: exactly one of ${list}`;
  const max = Number.isFinite(group.max) ? String(group.max) : many;
  return `${name}: ${String(group.min)} to ${max} of ${list}`;
}

function thereOf(draft: Draft, { presence }: Instance): Literal {
  return literalFor(draft, presence, 1);
}

/** That a child needs its parent, and a mandatory one the other way round too. */
function bindChild(draft: Draft, group: GroupDef, family: Family, child: Instance): void {
  const { parent, name } = family;
  const isMandatory = group.kind === 'mandatory';
  const rule = addRule(draft, {
    id: `needs-${String(child.presence)}`,
    text: isMandatory
      ? `${child.name} is there exactly when ${name} is`
      : `${child.name} needs ${name}`,
    line: child.def.line,
  });
  const there = thereOf(draft, child);
  bindClause(draft, rule, [opposite(draft, there), parent]);
  if (isMandatory) bindClause(draft, rule, [opposite(draft, parent), there]);
}

/** Between `min` and `max` of the children, where the parent is there; each needs it already. */
function bindCardinality(draft: Draft, rule: number, group: GroupDef, family: Family): void {
  const { parent, children, isCore } = family;
  const literals = children.map((child) => thereOf(draft, child));
  const max = Math.min(group.max, literals.length);
  const { min } = group;
  if (min > literals.length) bindClause(draft, rule, [opposite(draft, parent)]);
  else if (isCore || min === 0) {
    bind(draft, rule, { kind: 'count', literals: Int32Array.from(literals), min, max });
  } else if (min === 1) {
    bindClause(draft, rule, [opposite(draft, parent), ...literals]);
    if (max < literals.length) {
      bind(draft, rule, { kind: 'count', literals: Int32Array.from(literals), min: 0, max });
    }
  } else {
    const all = [parent, ...literals].map((literal) => draft.variableOf[literal >> 1] ?? 0);
    const amounts = all.map((_, i) => Float64Array.of(0, i === 0 ? -min : 1));
    const scope = Int32Array.from(all);
    bind(draft, rule, { kind: 'linear', scope, amounts, min: 0, max: max - min });
  }
}

function bindGroup(draft: Draft, group: GroupDef, family: Family): void {
  const { parent, children } = family;
  const isGroup = group.kind !== 'mandatory' && group.kind !== 'optional';
  const isExact = group.kind === 'alternative';
  if (!isExact) for (const child of children) bindChild(draft, group, family, child);
  const [first] = children;
  if (!isGroup || first === undefined) return;
  const id = `group-${String(first.presence)}`;
  const rule = addRule(draft, { id, text: textOf(group, family), line: first.def.line });
  const literals = children.map((child) => thereOf(draft, child));
  if (isExact) {
    const all = Int32Array.of(opposite(draft, parent), ...literals);
    bind(draft, rule, { kind: 'count', literals: all, min: 1, max: 1 });
  } else if (group.kind === 'or') {
    bindClause(draft, rule, [opposite(draft, parent), ...literals]);
  } else bindCardinality(draft, rule, group, family);
}

function bindBelow(
  draft: Draft,
  def: FeatureDef,
  place: Place,
  parent: Omit<Family, 'children'>,
): readonly Instance[] {
  const core: Instance[] = [];
  for (const group of def.groups) {
    const children = group.children.flatMap((child) => place.instances.get(child) ?? []);
    bindGroup(draft, group, { ...parent, children });
    if (parent.isCore && group.kind === 'mandatory') core.push(...children);
  }
  return core;
}

/** How many copies: none where the feature is not there. */
function bindNumber(draft: Draft, instance: Instance): void {
  const { number, def, name, presence } = instance;
  if (number === undefined) return;
  const rule = addRule(draft, {
    id: `copies-${String(presence)}`,
    text: `${name} is there as often as its copies are counted`,
    line: def.line,
  });
  const rows = number.counts.flatMap((count, x) => {
    const isMeant = count >= (def.copies?.min ?? 0);
    return [...(x === 0 ? [0, x] : []), ...(isMeant ? [1, x] : [])];
  });
  const scope = Int32Array.of(presence, number.variable);
  bind(draft, rule, { kind: 'table', scope, rows: Int32Array.from(rows) });
}

/** Copies one after the other, at least as many as there must be. */
function bindCopies(draft: Draft, instance: Instance): void {
  const { copies, def, name } = instance;
  if (copies === undefined) return;
  const rule = addRule(draft, {
    id: `copies-${String(instance.presence)}`,
    text: `${name}: ${String(def.copies?.min)} to ${String(def.copies?.max)} copies`,
    line: def.line,
  });
  const there = thereOf(draft, instance);
  const literals = copies.map((copy) => literalFor(draft, copy.presence ?? 0, 1));
  literals.forEach((literal, i) => {
    const before = i === 0 ? there : (literals[i - 1] ?? there);
    bindClause(draft, rule, [opposite(draft, literal), before]);
    if (i < (def.copies?.min ?? 0)) bindClause(draft, rule, [opposite(draft, there), literal]);
    const copy = copies[i];
    if (copy === undefined) return;
    const own = `${name}-${String(i + 1)}`;
    bindBelow(draft, def, copy, { parent: literal, name: own, isCore: false });
  });
}

/** Binds what the tree says: what needs what, groups, and how many copies there are. */
export function bindTree(draft: Draft, expansion: Expansion): void {
  const core = new Set<Instance>(expansion.instances.slice(0, 1));
  for (const instance of expansion.instances) {
    bindNumber(draft, instance);
    bindCopies(draft, instance);
    if (instance.copies !== undefined) continue;
    const parent = thereOf(draft, instance);
    const { name } = instance;
    const family = { parent, name, isCore: core.has(instance) };
    for (const child of bindBelow(draft, instance.def, instance.place, family)) core.add(child);
  }
}
