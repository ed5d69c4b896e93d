/** Decides whether something said may be remembered, and what the journal then says. */
import {
  type Basis,
  type FactValue,
  findAskable,
  findPurpose,
  findValue,
  type InteractionBody,
  type Ontology,
  type Polarity,
  type Purpose,
} from '@keepsake/memory';

/** One thing somebody said or staff saw. */
export interface Statement {
  /** Name or synonym. */
  readonly predicate: string;
  readonly value: FactValue;
  readonly polarity?: Polarity;
  readonly basis?: Basis;
  /** Where it holds; absent: everywhere. */
  readonly place?: string;
  readonly occasion?: string;
}

/** What is to be remembered, and what the customer agreed to just now. */
export interface StatementRequest {
  readonly statements: readonly Statement[];
  /** Ids of purposes agreed to in so many words. */
  readonly consents: readonly string[];
  readonly ontology: Ontology;
  /** Whether a purpose is allowed already. */
  readonly isGranted: (purpose: string) => boolean;
  readonly receiptId: () => string;
}

/** The lines for the journal, or why not. */
export type StatementDecision =
  | { readonly kind: 'accepted'; readonly bodies: readonly InteractionBody[] }
  | { readonly kind: 'unknown-predicate'; readonly predicate: string }
  | { readonly kind: 'value-refused'; readonly predicate: string }
  | { readonly kind: 'unknown-purpose'; readonly purpose: string }
  | { readonly kind: 'consent-required'; readonly purposes: readonly string[] };

/**
 * Consents come first in the journal, then what they allow. A fact whose purpose needs a consent
 * that was neither given before nor comes along is not remembered at all.
 */
export function decideStatements(request: StatementRequest): StatementDecision {
  const { ontology, statements, consents } = request;
  const stranger = consents.find((id) => findPurpose(ontology, id) === undefined);
  if (stranger !== undefined) return { kind: 'unknown-purpose', purpose: stranger };
  const required = new Set<string>();
  const facts: InteractionBody[] = [];
  for (const statement of statements) {
    const predicate = findAskable(ontology, statement.predicate);
    if (predicate === undefined) {
      return { kind: 'unknown-predicate', predicate: statement.predicate };
    }
    const value = findValue(predicate, statement.value);
    if (value === undefined || value === '') {
      return { kind: 'value-refused', predicate: predicate.name };
    }
    required.add(predicate.purpose);
    facts.push(factBody({ ...statement, predicate: predicate.name, value }));
  }
  const missing = [...required].filter(
    (purpose) => !request.isGranted(purpose) && !consents.includes(purpose),
  );
  if (missing.length > 0) return { kind: 'consent-required', purposes: missing };
  return { kind: 'accepted', bodies: [...grants(request), ...facts] };
}

function grants({ consents, ontology, isGranted, receiptId }: StatementRequest): InteractionBody[] {
  return [...new Set(consents)].flatMap((id) => {
    const purpose = findPurpose(ontology, id);
    if (purpose === undefined || isGranted(id)) return [];
    return grantOf(purpose, receiptId());
  });
}

/** The line of a consent in the words of its purpose; an objection to a contract is taken back. */
export function grantOf(purpose: Purpose, receiptId: string): InteractionBody {
  return {
    kind: 'consent-granted',
    purpose: purpose.id,
    basis: purpose.needs === 'explicit-consent' ? 'explicit-consent' : 'consent',
    wording: purpose.description,
    receiptId,
  };
}

function factBody(statement: Statement): InteractionBody {
  const { predicate, value, polarity, basis, place, occasion } = statement;
  const scope = {
    ...(place === undefined ? {} : { place }),
    ...(occasion === undefined ? {} : { occasion }),
  };
  return {
    kind: 'fact',
    basis: basis ?? 'stated',
    predicate,
    value,
    ...(polarity === undefined ? {} : { polarity }),
    ...(Object.keys(scope).length === 0 ? {} : { scope }),
  };
}
