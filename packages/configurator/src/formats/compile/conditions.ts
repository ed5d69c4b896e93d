import {
  addRule,
  addVariable,
  bindClause,
  type Draft,
  freshName,
  literalFor,
  opposite,
} from '../draft.ts';
import type { Condition, ConstraintDef, FeatureDef, Term } from '../feature-tree.ts';
import { bindFormula, type Formula } from '../formula.ts';
import { type Binding, compareFormula } from './compare.ts';
import type { Expansion, Place } from './instances.ts';
import { ZERO } from './rational.ts';
import { addPoints, findPoints, type Points, regionsOf } from './regions.ts';
import { type Held, instanceAt, OutsideError, type TermWorld } from './terms.ts';

function* comparesIn(condition: Condition): Generator<Condition & { kind: 'compare' }> {
  switch (condition.kind) {
    case 'compare':
      yield condition;
      return;
    case 'not':
      yield* comparesIn(condition.of);
      return;
    case 'all':
    case 'any':
      for (const part of condition.of) yield* comparesIn(part);
      return;
    case 'same':
      yield* comparesIn(condition.left);
      yield* comparesIn(condition.right);
  }
}

function* featuresInTerm(term: Term): Generator<FeatureDef> {
  if (term.kind === 'value' || term.kind === 'attribute') yield term.feature;
  else if (term.kind === 'sum' || term.kind === 'average') {
    if (term.within !== undefined) yield term.within;
  } else if (term.kind === 'binary') {
    yield* featuresInTerm(term.left);
    yield* featuresInTerm(term.right);
  } else if (term.kind !== 'number' && term.kind !== 'text') yield* featuresInTerm(term.of);
}

function* featuresIn(condition: Condition): Generator<FeatureDef> {
  switch (condition.kind) {
    case 'truth':
      return;
    case 'feature':
      yield condition.feature;
      return;
    case 'not':
      yield* featuresIn(condition.of);
      return;
    case 'compare':
      yield* featuresInTerm(condition.left);
      yield* featuresInTerm(condition.right);
      return;
    case 'same':
      yield* featuresIn(condition.left);
      yield* featuresIn(condition.right);
      return;
    default:
      for (const part of condition.of) yield* featuresIn(part);
  }
}

function scopesOf(def: FeatureDef | undefined): readonly FeatureDef[] {
  const chain: FeatureDef[] = [];
  for (let at = def; at !== undefined; at = at.scope) chain.push(at);
  return chain;
}

/** Where a constraint holds: in the whole model, or in each copy of the part that it is about. */
function placesOf(expansion: Expansion, condition: Condition): readonly Place[] {
  const scopes = new Set<FeatureDef>();
  for (const { scope } of featuresIn(condition)) if (scope !== undefined) scopes.add(scope);
  let deepest: readonly FeatureDef[] = [];
  for (const scope of scopes) {
    const chain = scopesOf(scope);
    if (chain.length > deepest.length) deepest = chain;
  }
  for (const scope of scopes) {
    if (!deepest.includes(scope)) {
      throw new OutsideError('it compares copies of one feature with copies of another');
    }
  }
  const [scope] = deepest;
  if (scope === undefined) return [expansion.whole];
  const places = expansion.places.get(scope);
  if (places !== undefined) return places;
  throw new OutsideError(`'${scope.name}' can be there too often to be counted`);
}

function formulaOf(
  binding: Binding,
  condition: Condition,
  at: { readonly place: Place; readonly isAll: boolean },
): Formula {
  const inner = { place: at.place, isAll: false };
  switch (condition.kind) {
    case 'truth':
      return condition;
    case 'feature': {
      const { presence } = instanceAt(binding.world, at.place, condition.feature);
      return { kind: 'literal', literal: literalFor(binding.draft, presence, 1) };
    }
    case 'not':
      return { kind: 'not', of: formulaOf(binding, condition.of, inner) };
    case 'all': {
      const of = condition.of.map((part) => formulaOf(binding, part, at));
      return { kind: 'all', of };
    }
    case 'any':
      return { kind: 'any', of: condition.of.map((part) => formulaOf(binding, part, inner)) };
    case 'same': {
      const left = formulaOf(binding, condition.left, inner);
      return { kind: 'same', left, right: formulaOf(binding, condition.right, inner) };
    }
    case 'compare':
      return compareFormula(binding, condition, at);
  }
}

/** Constraints of a problem at most: each copy of a part has its own. */
export const CONSTRAINTS_MAX = 1_000_000;

/** The constraints of a model on their way into its problem. */
interface Work {
  readonly draft: Draft;
  readonly expansion: Expansion;
  readonly outside: string[];
}

function leaveOut({ outside }: Work, { line, text }: ConstraintDef, error: unknown): void {
  if (!(error instanceof OutsideError)) throw error;
  const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  outside.push(`line ${String(line)} is left out, since ${error.message}: ${short}`);
}

/** Which constants each number and text is compared with, over the constraints that can be kept. */
function collectPoints(work: Work, constraints: readonly ConstraintDef[]) {
  const { draft, expansion } = work;
  const points: Points = new Map();
  const world: TermWorld = { expansion, regions: new Map() };
  const kept = constraints.filter((constraint) => {
    const compares = [...comparesIn(constraint.condition)];
    if (compares.length === 0) return true;
    try {
      const [place] = placesOf(expansion, constraint.condition);
      if (place === undefined) return true;
      const shaping = { world, place };
      addPoints(
        points,
        compares.flatMap((compare) => findPoints(draft, shaping, compare) ?? []),
      );
      return true;
    } catch (error) {
      leaveOut(work, constraint, error);
      return false;
    }
  });
  return { points, kept };
}

const WHAT = { boolean: 'a truth', integer: 'a whole number', real: 'a number', string: 'a text' };

/** Makes a variable of what each feature holds, as far as constraints ask for it. */
function addValues(work: Work, points: Points): ReadonlyMap<FeatureDef, readonly Held[]> {
  const { draft, expansion, outside } = work;
  const regions = new Map<FeatureDef, readonly Held[]>();
  const told = new Set<FeatureDef>();
  for (const instance of expansion.instances) {
    const { def, name, presence } = instance;
    if (def.type === 'boolean') continue;
    const own = points.get(def);
    const known = own === undefined || own.size === 0 ? [] : regionsOf(def, [...own.values()]);
    const labels = known.map(({ label }) => label);
    if (!told.has(def)) {
      const what = `${WHAT[def.type]} of '${def.name}' (line ${String(def.line)})`;
      const asked = labels.length === 0 ? 'no constraint asks for it' : labels.join(', ');
      outside.push(`${what} is known only as far as constraints ask: ${asked}`);
      told.add(def);
    }
    if (known.length === 0) continue;
    const value = addVariable(draft, freshName(draft, `value of ${name}`), [null, ...labels]);
    instance.value = value;
    regions.set(def, [def.type === 'string' ? '' : ZERO, ...known.map(({ held }) => held)]);
    const rule = addRule(draft, {
      id: `value-${String(presence)}`,
      text: `${name} has a value exactly when it is there`,
      line: def.line,
    });
    const there = literalFor(draft, presence, 1);
    const absent = literalFor(draft, value, 0);
    bindClause(draft, rule, [there, absent]);
    bindClause(draft, rule, [opposite(draft, there), opposite(draft, absent)]);
  }
  return regions;
}

function bindConstraint(work: Work, world: TermWorld, constraint: ConstraintDef, index: number) {
  const { draft, expansion } = work;
  const { text, line, condition } = constraint;
  const rule = addRule(draft, { id: `constraint-${String(index + 1)}`, text, line });
  const binding: Binding = { draft, rule, world };
  for (const place of placesOf(expansion, condition)) {
    const { presence } = place;
    const formula = formulaOf(binding, condition, { place, isAll: presence === undefined });
    if (presence === undefined) bindFormula(draft, rule, formula);
    else {
      const absent: Formula = { kind: 'literal', literal: literalFor(draft, presence, 0) };
      bindFormula(draft, rule, { kind: 'any', of: [absent, formula] });
    }
  }
}

/**
 * Binds constraints across the tree. A constraint about features below one that has copies holds in
 * each copy. Answers in sentences what could not be taken over.
 */
export function bindConstraints(
  draft: Draft,
  expansion: Expansion,
  constraints: readonly ConstraintDef[],
): readonly string[] {
  const work: Work = { draft, expansion, outside: [] };
  const { points, kept } = collectPoints(work, constraints);
  const world: TermWorld = { expansion, regions: addValues(work, points) };
  kept.forEach((constraint, i) => {
    if (draft.constraints.length > CONSTRAINTS_MAX) return;
    const size = [draft.constraints.length, draft.variables.length] as const;
    try {
      bindConstraint(work, world, constraint, i);
    } catch (error) {
      leaveOut(work, constraint, error);
      rollBack(draft, size);
    }
  });
  return work.outside;
}

/** Takes back what a constraint left that turned out to lie outside. */
function rollBack(draft: Draft, [constraints, variables]: readonly [number, number]): void {
  draft.constraints.length = constraints;
  draft.ruleOf.length = constraints;
  draft.rules.pop();
  draft.variables.length = variables;
  draft.optionAt.length = variables + 1;
  draft.variableOf.length = draft.optionAt[variables] ?? 0;
}
