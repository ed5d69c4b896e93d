import { isHard } from './fact.ts';
import {
  type Derivation,
  type FactValue,
  findPredicate,
  findValue,
  type Ontology,
  type Predicate,
} from './ontology.ts';
import { counterpartsOf, sourcesOf } from './ontology-links.ts';
import type { Candidate } from './resolve.ts';

/** A value that nobody said of this predicate, and what it follows from. */
export interface Derived {
  readonly value: FactValue;
  /** Names of the predicates whose facts it follows from, the deciding one first. */
  readonly from: readonly string[];
  /** What it stands on, the deciding one first. */
  readonly grounds: readonly Candidate[];
  /** True where it is as good as said. */
  readonly isCertain: boolean;
}

/** What a derivation reads from. */
export interface DeriveRequest {
  readonly ontology: Ontology;
  /** What is remembered of a predicate itself, its best value first. */
  readonly remembered: (predicate: Predicate) => readonly Candidate[];
  /** Whether a predicate may be read from at all, in this situation. */
  readonly isOpen: (predicate: Predicate) => boolean;
  /** Values that must not be offered for the predicate asked about. */
  readonly unwelcome: ReadonlySet<FactValue>;
}

/**
 * The value of a predicate that nobody told: by its derivations, of which the first that gives a
 * value decides, else from the counterpart that was told last. Chains of derivations are followed,
 * counterparts are one step. Linear in the derivations, which go in no circle.
 */
export function derive(predicate: Predicate, request: DeriveRequest): Derived | undefined {
  const derived = byDerivation(predicate, request, new Map()) ?? byCounterpart(predicate, request);
  return derived === undefined || request.unwelcome.has(derived.value) ? undefined : derived;
}

type Seen = Map<Predicate, Derived | undefined>;

function byDerivation(
  predicate: Predicate,
  request: DeriveRequest,
  seen: Seen,
): Derived | undefined {
  for (const derivation of predicate.derivations ?? []) {
    const derived = applied(derivation, predicate, { request, seen });
    if (derived !== undefined) return derived;
  }
  return undefined;
}

interface Deriving {
  readonly request: DeriveRequest;
  readonly seen: Seen;
}

function applied(
  derivation: Derivation,
  target: Predicate,
  deriving: Deriving,
): Derived | undefined {
  const { ontology } = deriving.request;
  const conditions: Derived[] = [];
  for (const { predicate, value } of derivation.when ?? []) {
    const other = findPredicate(ontology, predicate);
    const known = other === undefined ? undefined : knownOf(other, deriving);
    if (other === undefined || known === undefined) return undefined;
    if (known.value !== findValue(other, value)) return undefined;
    conditions.push(known);
  }
  const source = findPredicate(ontology, derivation.from);
  const known = source === undefined ? undefined : knownOf(source, deriving);
  if (source === undefined || known === undefined) return undefined;
  const value = translated(derivation, { source, target, value: known.value });
  if (value === undefined) return undefined;
  const all = [known, ...conditions];
  return {
    value,
    from: [...new Set(all.flatMap(({ from }) => from))],
    grounds: [...new Set(all.flatMap(({ grounds }) => grounds))],
    isCertain: derivation.certain === true && all.every(({ isCertain }) => isCertain),
  };
}

/** What is known of a predicate, told or derived. */
function knownOf(predicate: Predicate, { request, seen }: Deriving): Derived | undefined {
  if (seen.has(predicate)) return seen.get(predicate);
  const known = told(predicate, request) ?? byDerivation(predicate, request, seen);
  seen.set(predicate, known);
  return known;
}

/** What was told of a predicate; that any will do is told of that predicate alone. */
function told(predicate: Predicate, { isOpen, remembered }: DeriveRequest): Derived | undefined {
  if (predicate.retired === true || !isOpen(predicate)) return undefined;
  const [best] = remembered(predicate).filter(({ fact }) => isWanted(fact));
  if (best === undefined || best.fact.value === predicate.indifferent) return undefined;
  const { value } = best.fact;
  return { value, from: [predicate.name], grounds: [best], isCertain: best.doubt === null };
}

function isWanted(fact: Candidate['fact']): boolean {
  return isHard(fact) ? fact.polarity === 'require' : fact.polarity === 'like';
}

function translated(
  { map }: Derivation,
  { source, target, value }: { source: Predicate; target: Predicate; value: FactValue },
): FactValue | undefined {
  if (map === undefined) return findValue(target, value);
  const entry = map.find(({ from }) => findValue(source, from) === value);
  return entry === undefined ? undefined : findValue(target, entry.to);
}

/** The counterpart told last; of those told at one moment the first. */
function byCounterpart(predicate: Predicate, request: DeriveRequest): Derived | undefined {
  let last: Derived | undefined;
  for (const other of counterpartsOf(request.ontology, predicate)) {
    const known = told(other, request);
    const value = known === undefined ? undefined : findValue(predicate, known.value);
    if (known === undefined || value === undefined || request.unwelcome.has(value)) continue;
    if (last === undefined || asOf(known) > asOf(last))
      last = { ...known, value, isCertain: false };
  }
  return last;
}

function asOf({ grounds }: Derived): number {
  return grounds[0]?.asOf ?? Number.NEGATIVE_INFINITY;
}

/**
 * The predicates among `others` whose value the answer to this one would give, and of them those it
 * gives for sure: copied without a condition.
 */
export function decidedBy(
  predicate: Predicate,
  others: readonly Predicate[],
  ontology: Ontology,
): { readonly any: readonly Predicate[]; readonly surely: readonly Predicate[] } {
  const derived = ontology.predicates.filter(({ derivations }) => derivations !== undefined);
  const reached = (isStep: (from: Predicate, to: Predicate) => boolean): readonly Predicate[] => {
    const there = new Set([predicate]);
    for (const one of there) {
      for (const next of derived) if (isStep(one, next)) there.add(next);
    }
    return others.filter((other) => other !== predicate && there.has(other));
  };
  const isCopied = (from: Predicate, to: Predicate): boolean =>
    from.kind === to.kind &&
    (to.derivations ?? []).some(
      (one) =>
        one.when === undefined &&
        one.map === undefined &&
        findPredicate(ontology, one.from) === from,
    );
  const near = new Set(counterpartsOf(ontology, predicate));
  const far = new Set(reached((from, to) => sourcesOf(ontology, to).includes(from)));
  return {
    any: others.filter((other) => other !== predicate && (far.has(other) || near.has(other))),
    surely: reached(isCopied),
  };
}
