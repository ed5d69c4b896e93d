import type { Fact } from '../fact.ts';
import type { FactValue } from '../ontology.ts';
import type { Scope } from '../scope.ts';

/** What the reference takes a single-valued, ageless wish to be in one situation. */
export type ReferenceWish =
  | { readonly kind: 'none' }
  | { readonly kind: 'sure' | 'doubtful'; readonly value: FactValue };

/**
 * Scope resolution by enumeration: tries every scope that covers the situation, the most specific
 * first, and only then counts agreeing scopes elsewhere. For likes of one single-valued predicate
 * of one subject that never age, all live and with distinct `validFrom`.
 */
export function referenceWish(facts: readonly Fact[], situation: Scope): ReferenceWish {
  for (const scope of coveringScopes(situation)) {
    const here = facts.filter((fact) => sameScope(fact.scope, scope));
    const best = here.sort(strongestFirst)[0];
    if (best !== undefined) return { kind: sureness(best, facts, situation), value: best.value };
  }
  const values = [...new Set(facts.map((fact) => fact.value))];
  const [only] = values;
  if (only === undefined) return { kind: 'none' };
  const places = new Set(facts.map((fact) => JSON.stringify(path(fact.scope))));
  if (values.length === 1 && places.size >= 2) {
    const trusted = facts.some((fact) => fact.confidence >= 0.5);
    return { kind: trusted ? 'sure' : 'doubtful', value: only };
  }
  return { kind: 'doubtful', value: mostSupported(facts).value };
}

function sureness(best: Fact, facts: readonly Fact[], situation: Scope): 'sure' | 'doubtful' {
  const covering = coveringScopes(situation);
  const trusted = facts.some(
    (fact) =>
      fact.value === best.value &&
      fact.confidence >= 0.5 &&
      covering.some((scope) => sameScope(fact.scope, scope)),
  );
  return trusted ? 'sure' : 'doubtful';
}

function coveringScopes(situation: Scope): readonly Scope[] {
  const scopes: Scope[] = [];
  for (const occasion of [...new Set([situation.occasion ?? '', ''])]) {
    for (const place of prefixes(situation.place ?? '')) {
      for (const category of prefixes(situation.category ?? '')) {
        scopes.push({ place, category, occasion });
      }
    }
  }
  return scopes;
}

function prefixes(text: string): readonly string[] {
  const parts = text === '' ? [] : text.split('/');
  return Array.from({ length: parts.length + 1 }, (_, cut) =>
    parts.slice(0, parts.length - cut).join('/'),
  );
}

function path(scope: Scope): readonly string[] {
  return [scope.place ?? '', scope.category ?? '', scope.occasion ?? ''];
}

function sameScope(a: Scope, b: Scope): boolean {
  return path(a).every((part, at) => part === path(b)[at]);
}

const ORDER = ['stated', 'confirmed', 'observed', 'inferred', 'imported'];

function strongestFirst(a: Fact, b: Fact): number {
  return ORDER.indexOf(a.basis) - ORDER.indexOf(b.basis) || b.validFrom - a.validFrom;
}

function mostSupported(facts: readonly Fact[]): Fact {
  const support = (fact: Fact): number =>
    new Set(
      facts.filter((other) => other.value === fact.value).map((other) => path(other.scope).join()),
    ).size;
  return facts.reduce((best, fact) => {
    const order = support(fact) - support(best);
    return order > 0 || (order === 0 && strongestFirst(fact, best) < 0) ? fact : best;
  });
}
