import { type Instant, invariant } from '@keepsake/kernel';
import {
  agedConfidence,
  compareClaims,
  type Fact,
  isHard,
  isLive,
  KNOWN_CONFIDENCE,
} from './fact.ts';
import {
  type FactValue,
  findPredicate,
  isVolatile,
  type Ontology,
  type Predicate,
} from './ontology.ts';
import { compareSpecificity, type Scope, scopeCovers, scopeKey } from './scope.ts';

/** Why something remembered is not simply used. */
export type Doubt =
  | 'unsure'
  | 'aged'
  | 'other-scope'
  | 'disputed'
  /** It belongs to one occasion, such as a booking. */
  | 'volatile'
  /** Nobody said it of this predicate; it follows from others. */
  | 'derived';

/** One value that is believed to apply, the facts that say so, and what speaks against using it. */
export interface Candidate {
  /** The deciding fact. */
  readonly fact: Fact;
  readonly factIds: readonly string[];
  readonly evidence: readonly string[];
  /** After ageing. */
  readonly confidence: number;
  readonly asOf: Instant;
  /** Null: it is known. */
  readonly doubt: Doubt | null;
}

/** What applies of one predicate in one situation. */
export interface Resolution {
  /** Requirements, then likes, bans and dislikes, the best first. */
  readonly candidates: readonly Candidate[];
  /** Facts that a stronger one rules out. */
  readonly overruled: readonly Fact[];
  /** Values that a ban, or a requirement or ban of another predicate, rules out. */
  readonly banned: ReadonlySet<FactValue>;
}

/** What a resolution is made from. */
export interface ResolveRequest {
  readonly predicate: Predicate;
  readonly situation: Scope & { readonly at: Instant };
  /** Readable facts of one person, of all predicates. */
  readonly facts: readonly Fact[];
  readonly ontology: Ontology;
}

/**
 * What applies of a predicate: the most specific scope wins; a requirement or ban holds in every
 * scope and beats a wish; a wish known only from other scopes is taken over when two of them agree
 * and none disagrees, and is otherwise in doubt. Linear in the facts but for sorting.
 */
export function resolve({ predicate, situation, facts, ontology }: ResolveRequest): Resolution {
  const live = facts.filter((fact) => isLive(fact, situation.at));
  const own = live.filter((fact) => fact.predicate === predicate.name);
  const here = { ...situation, category: categoryOf(predicate, situation) };
  const excluded = excludedValues(predicate, live, ontology);
  const forbidden = own.filter((fact) => fact.polarity === 'forbid');
  const banned = new Set<FactValue>([...excluded, ...forbidden.map((fact) => fact.value)]);
  const allowed = own.filter((fact) => !banned.has(fact.value));
  const required = positive(
    allowed.filter((fact) => fact.polarity === 'require'),
    { predicate, here },
  );
  const soft = allowed.filter((fact) => !isHard(fact));
  const isSettled = required.length > 0 && predicate.cardinality === 'one';
  const wishes = isSettled ? [] : wished(soft, { predicate, here });
  const bans = groups(forbidden, predicate, here.at);
  const candidates = [
    ...required,
    ...wishes.filter((one) => one.fact.polarity === 'like'),
    ...bans,
    ...wishes.filter((one) => one.fact.polarity === 'dislike'),
  ];
  return { candidates, overruled: overruledOf(own, candidates, { banned, isSettled }), banned };
}

/** The deeper of the two categories when one lies in the other, else the situation's. */
function categoryOf(predicate: Predicate, situation: Scope): string {
  const asked = situation.category ?? '';
  return scopeCovers({ category: asked }, { category: predicate.category })
    ? predicate.category
    : asked;
}

function excludedValues(
  predicate: Predicate,
  live: readonly Fact[],
  ontology: Ontology,
): readonly FactValue[] {
  const values: FactValue[] = [];
  for (const fact of live) {
    if (!isHard(fact) || fact.value === false) continue;
    for (const exclusion of findPredicate(ontology, fact.predicate)?.excludes ?? []) {
      if (findPredicate(ontology, exclusion.predicate) === predicate) values.push(exclusion.value);
    }
  }
  return values;
}

function overruledOf(
  own: readonly Fact[],
  candidates: readonly Candidate[],
  { banned, isSettled }: { banned: ReadonlySet<FactValue>; isSettled: boolean },
): readonly Fact[] {
  const used = new Set(candidates.flatMap((candidate) => candidate.factIds));
  return own.filter(
    (fact) => !used.has(fact.id) && (isHard(fact) || banned.has(fact.value) || isSettled),
  );
}

interface Where {
  readonly predicate: Predicate;
  readonly here: Scope & { readonly at: Instant };
}

/** What is liked or disliked: from this scope if anything is known in it, else from the others. */
function wished(soft: readonly Fact[], where: Where): readonly Candidate[] {
  const matching = soft.filter((fact) => scopeCovers(fact.scope, where.here));
  if (matching.length === 0) return carriedOver(soft, where);
  const ranked = [...matching].sort(compareInScope);
  const upheld = ranked.filter(
    (fact, rank) =>
      !ranked
        .slice(0, rank)
        .some((other) => other.value === fact.value && other.polarity !== fact.polarity),
  );
  const dislikes = upheld.filter((fact) => fact.polarity === 'dislike');
  return [
    ...positive(
      upheld.filter((fact) => fact.polarity === 'like'),
      where,
    ),
    ...groups(dislikes, where.predicate, where.here.at),
  ];
}

function compareInScope(a: Fact, b: Fact): number {
  return compareSpecificity(a.scope, b.scope) || compareClaims(a, b);
}

/** Liked or required: of a single-valued predicate the one best, in doubt when members disagree. */
function positive(facts: readonly Fact[], { predicate, here }: Where): readonly Candidate[] {
  if (predicate.cardinality === 'many') return groups(facts, predicate, here.at);
  const matching = facts.filter((fact) => scopeCovers(fact.scope, here));
  const considered = matching.length > 0 ? matching : facts;
  const [best, ...rest] = [...considered].sort(compareInScope);
  if (best === undefined) return [];
  const level = matching.length > 0 ? rest.filter((fact) => isTied(best, fact)) : rest;
  const agreeing = considered.filter((fact) => fact.value === best.value);
  const candidate = candidateOf([best, ...agreeing.filter((fact) => fact !== best)], {
    predicate,
    at: here.at,
  });
  const isDisputed = level.some((fact) => fact.value !== best.value && fact.basis === best.basis);
  return [isDisputed ? { ...candidate, doubt: 'disputed' } : candidate];
}

function isTied(a: Fact, b: Fact): boolean {
  return compareSpecificity(a.scope, b.scope) === 0;
}

/** Wishes known from other scopes only. */
function carriedOver(soft: readonly Fact[], { predicate, here }: Where): readonly Candidate[] {
  const byValue = [...grouped(soft).values()].sort(
    (a, b) => scopeCount(b) - scopeCount(a) || compareFirst(a, b),
  );
  const isAgreed = (group: readonly Fact[]): boolean =>
    scopeCount(group) >= 2 && (predicate.cardinality === 'many' || byValue.length === 1);
  const candidates = byValue.map((group) => {
    const candidate = candidateOf(group, { predicate, at: here.at });
    return isAgreed(group) ? candidate : { ...candidate, doubt: 'other-scope' as const };
  });
  return predicate.cardinality === 'many' ? candidates : candidates.slice(0, 1);
}

function scopeCount(facts: readonly Fact[]): number {
  return new Set(facts.map((fact) => scopeKey(fact.scope))).size;
}

function compareFirst(a: readonly Fact[], b: readonly Fact[]): number {
  const [first] = a;
  const [second] = b;
  return first === undefined || second === undefined ? 0 : compareClaims(first, second);
}

/** One candidate for each value and polarity. */
function groups(facts: readonly Fact[], predicate: Predicate, at: Instant): readonly Candidate[] {
  return [...grouped(facts).values()].map((group) => candidateOf(group, { predicate, at }));
}

/** Facts by polarity and value, the groups and the facts in them the best first. */
function grouped(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const byValue = new Map<string, Fact[]>();
  for (const fact of [...facts].sort(compareClaims)) {
    const key = JSON.stringify([fact.polarity, fact.value]);
    const group = byValue.get(key);
    if (group === undefined) byValue.set(key, [fact]);
    else group.push(fact);
  }
  return byValue;
}

/** The first fact decides; the others say the same. */
function candidateOf(
  facts: readonly Fact[],
  { predicate, at }: { readonly predicate: Predicate; readonly at: Instant },
): Candidate {
  const [fact] = facts;
  invariant(fact !== undefined, 'a candidate stands on at least one fact');
  const confidence = Math.max(...facts.map((one) => agedConfidence(one, predicate, at)));
  const fresh = Math.max(...facts.map((one) => one.confidence));
  return {
    fact,
    factIds: facts.map((one) => one.id),
    evidence: [...new Set(facts.flatMap((one) => one.evidence))],
    confidence,
    asOf: Math.max(...facts.map((one) => one.asOf)),
    doubt: doubtOf(fact, { confidence, fresh, predicate }),
  };
}

function doubtOf(
  fact: Fact,
  {
    confidence,
    fresh,
    predicate,
  }: { readonly confidence: number; readonly fresh: number; readonly predicate: Predicate },
): Doubt | null {
  if (isHard(fact)) return null;
  if (confidence >= KNOWN_CONFIDENCE) return isVolatile(predicate) ? 'volatile' : null;
  return fresh >= KNOWN_CONFIDENCE ? 'aged' : 'unsure';
}
