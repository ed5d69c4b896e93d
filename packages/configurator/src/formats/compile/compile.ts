import type { Model, ModelTree } from '../../model/model.ts';
import { addRule, bindClause, type Draft, finishDraft, literalFor, startDraft } from '../draft.ts';
import type { Faults } from '../faults.ts';
import type { FeatureModelDef } from '../feature-tree.ts';
import { bindConstraints, CONSTRAINTS_MAX } from './conditions.ts';
import { type Expansion, expandTree, type Instance } from './instances.ts';
import { toNumber } from './rational.ts';
import { bindOrderOfCopies } from './symmetry.ts';
import { carriersOf } from './terms.ts';
import { bindTree } from './tree.ts';

/** Names of attributes whose numbers are offered at most. */
const AMOUNTS_MAX = 100;

function amountsOf(
  draft: Draft,
  expansion: Expansion,
): Readonly<Record<string, Float64Array>> | undefined {
  const names = new Set<string>();
  for (const { def } of expansion.instances) {
    for (const [name, value] of def.attributes) if (value.kind === 'number') names.add(name);
  }
  if (names.size === 0) return undefined;
  const options = draft.optionAt.at(-1) ?? 0;
  const entries = [...names].slice(0, AMOUNTS_MAX).map((name) => {
    const amounts = new Float64Array(options);
    for (const { variable, counts, amount } of carriersOf({ expansion }, name)) {
      const each = toNumber(amount);
      counts.forEach((count, x) => {
        if (count > 0) amounts[(draft.optionAt[variable] ?? 0) + x] = count * each;
      });
    }
    return [name, amounts] as const;
  });
  return Object.fromEntries(entries);
}

/** The sentences about features that can be there several times. */
function aboutCopies(instances: readonly Instance[]): readonly string[] {
  const seen = new Set<unknown>();
  return instances.flatMap(({ def }) => {
    if (def.copies === undefined || seen.has(def)) return [];
    seen.add(def);
    const line = `line ${String(def.line)}`;
    return [`'${def.name}' (${line}) can be there several times; what it has counts each time`];
  });
}

function aboutEndless(expansion: Expansion): readonly string[] {
  return [...expansion.endless].flatMap(([def, name]) =>
    def.name === name
      ? [`how often '${name}' (line ${String(def.line)}) is there, and what is below it`]
      : [],
  );
}

/** The tree by variables; undefined where features have copies, which no tree of variables says. */
function treeOf({ instances, whole }: Expansion, rules: number): ModelTree | undefined {
  if (instances.some(({ def }) => def.copies !== undefined)) return undefined;
  const groups = instances.flatMap(({ def, presence }) =>
    def.groups.map(({ kind, min, max, children }) => ({
      ...{ parent: presence, kind, min, max },
      children: children.flatMap((child) => whole.instances.get(child)?.presence ?? []),
    })),
  );
  return { groups: groups.filter(({ children }) => children.length > 0), rules };
}

/**
 * Makes a model of a tree of features and constraints across it. Undefined where a limit is
 * exceeded, which is then told. What is auxiliary is defined in both directions and comes last.
 */
export function compileFeatureModel(def: FeatureModelDef, faults: Faults): Model | undefined {
  const draft = startDraft();
  const expansion = expandTree(draft, def.root);
  if (expansion.isTooLarge) {
    const message = 'there are too many features with all their copies';
    faults.report(def.root.offset, { code: 'limit/exceeded', message });
    return undefined;
  }
  const rule = addRule(draft, {
    id: 'root',
    text: `${def.root.name} is always there`,
    line: def.root.line,
  });
  const root = expansion.instances[0]?.presence ?? 0;
  bindClause(draft, rule, [literalFor(draft, root, 1)]);
  bindTree(draft, expansion);
  const tree = treeOf(expansion, draft.rules.length);
  const outside = bindConstraints(draft, expansion, def.constraints);
  if (draft.constraints.length > CONSTRAINTS_MAX) {
    const message = `more than ${String(CONSTRAINTS_MAX)} constraints with those of all copies`;
    faults.report(def.root.offset, { code: 'limit/exceeded', message });
    return undefined;
  }
  bindOrderOfCopies(draft, expansion);
  const amounts = amountsOf(draft, expansion);
  return finishDraft(draft, {
    name: def.name,
    outside: [...aboutEndless(expansion), ...outside],
    notes: [...def.notes, ...aboutCopies(expansion.instances)],
    ...(amounts === undefined ? {} : { amounts }),
    ...(tree === undefined ? {} : { tree }),
  });
}
