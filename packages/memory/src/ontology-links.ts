/** What predicates have to do with each other: derivations and counterparts. */
import type { Issue } from './issue.ts';
import {
  type Derivation,
  type FactValue,
  findPredicate,
  findValue,
  type Ontology,
  type Predicate,
} from './ontology.ts';

/** Reports derivations and counterparts that name nothing, mean nothing or go round in a circle. */
export function checkLinks(ontology: Ontology, issues: Issue[]): void {
  ontology.predicates.forEach((predicate, position) => {
    const path = `predicates[${position}]`;
    predicate.derivations?.forEach((derivation, at) => {
      checkDerivation(derivation, { ontology, predicate, issues }, `${path}.derivations[${at}]`);
    });
    predicate.counterparts?.forEach((name, at) => {
      const other = findPredicate(ontology, name);
      const where = `${path}.counterparts[${at}]`;
      if (other === undefined)
        issues.push({ code: 'unknown-predicate', path: where, detail: name });
      else if (other === predicate) issues.push({ code: 'duplicate', path: where, detail: name });
    });
  });
  const circle = findCircle(ontology);
  if (circle === undefined) return;
  const at = ontology.predicates.findIndex(({ name }) => name === circle[0]);
  const path = `predicates[${at}].derivations`;
  issues.push({ code: 'derivation-cycle', path, detail: circle.join(' -> ') });
}

interface Checking {
  readonly ontology: Ontology;
  readonly predicate: Predicate;
  readonly issues: Issue[];
}

function checkDerivation(derivation: Derivation, checking: Checking, path: string): void {
  const { ontology, predicate, issues } = checking;
  const source = findPredicate(ontology, derivation.from);
  if (source === undefined) {
    issues.push({ code: 'unknown-predicate', path: `${path}.from`, detail: derivation.from });
  }
  derivation.when?.forEach((condition, at) => {
    const other = findPredicate(ontology, condition.predicate);
    const where = `${path}.when[${at}]`;
    if (other === undefined) {
      issues.push({ code: 'unknown-predicate', path: where, detail: condition.predicate });
    } else checkValue(other, condition.value, where, issues);
  });
  derivation.map?.forEach(({ from, to }, at) => {
    if (source !== undefined) checkValue(source, from, `${path}.map[${at}].from`, issues);
    checkValue(predicate, to, `${path}.map[${at}].to`, issues);
  });
}

function checkValue(predicate: Predicate, value: FactValue, path: string, issues: Issue[]): void {
  if (findValue(predicate, value) !== undefined) return;
  issues.push({ code: 'unknown-value', path, detail: String(value) });
}

/** The predicates that a predicate follows from in one step, by whatever names they are called. */
export function sourcesOf(ontology: Ontology, predicate: Predicate): readonly Predicate[] {
  const names = (predicate.derivations ?? []).flatMap(({ from, when }) => [
    from,
    ...(when ?? []).map((condition) => condition.predicate),
  ]);
  const found = names.flatMap((name) => findPredicate(ontology, name) ?? []);
  return [...new Set(found)];
}

/**
 * The counterparts of a predicate: those it names, and those that name it. A link of two is one link,
 * whoever says it. Linear in the links of the ontology.
 */
export function counterpartsOf(ontology: Ontology, predicate: Predicate): readonly Predicate[] {
  const own = (predicate.counterparts ?? []).flatMap((name) => findPredicate(ontology, name) ?? []);
  const others = ontology.predicates.filter((other) =>
    other.counterparts?.some((name) => findPredicate(ontology, name) === predicate),
  );
  return [...new Set([...own, ...others])];
}

/** Names along a circle of derivations, the first also last; undefined where there is none. */
function findCircle(ontology: Ontology): readonly string[] | undefined {
  const done = new Set<Predicate>();
  const walk = (predicate: Predicate, way: readonly Predicate[]): readonly string[] | undefined => {
    const start = way.indexOf(predicate);
    if (start >= 0) return [...way.slice(start), predicate].map(({ name }) => name);
    if (done.has(predicate)) return undefined;
    for (const source of sourcesOf(ontology, predicate)) {
      const circle = walk(source, [...way, predicate]);
      if (circle !== undefined) return circle;
    }
    done.add(predicate);
    return undefined;
  };
  for (const predicate of ontology.predicates) {
    const circle = walk(predicate, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}
