import {
  findPredicate,
  type Interaction,
  type Ontology,
  type Projection,
  type Scope,
} from '@keepsake/memory';

/** What was said of one thing for a purpose. */
export interface PurposeLines {
  readonly predicate: string;
  readonly scope: Scope;
  /** Ids of the lines of the journal. */
  readonly evidence: readonly string[];
}

/** The lines of a journal that are kept for a purpose. */
export interface KeptLines {
  readonly withdrawals: readonly PurposeLines[];
  /** Lines that gave no fact, for example because their predicate is not known. */
  readonly strays: readonly string[];
}

/**
 * What of a journal is kept for a purpose: lines that name it, lines about its predicates that name
 * none, and whatever else bore out a fact kept for it.
 */
export function keptFor(
  journal: readonly Interaction[],
  projection: Projection,
  about: { readonly ontology: Ontology; readonly purpose: string },
): KeptLines {
  const { ontology, purpose } = about;
  const withdrawals: PurposeLines[] = [];
  const inSlots = new Set<string>();
  for (const { events, facts } of Object.values(projection.slots)) {
    for (const { id } of events) inSlots.add(id);
    const borne = facts.filter((fact) => fact.purpose === purpose).flatMap((one) => one.evidence);
    const said = events.filter(({ body }) => purposeOf(body, ontology) === purpose);
    const evidence = [...new Set([...borne, ...said.map(({ id }) => id)])];
    const [first] = events;
    if (evidence.length === 0 || first === undefined || !('predicate' in first.body)) continue;
    const { predicate } = first.body;
    withdrawals.push({ predicate, scope: scopeOf(first.body), evidence });
  }
  const strays = journal.filter(
    ({ id, body }) =>
      !inSlots.has(id) && body.kind === 'fact' && purposeOf(body, ontology) === purpose,
  );
  return { withdrawals, strays: strays.map(({ id }) => id) };
}

function scopeOf(body: Interaction['body']): Scope {
  return 'scope' in body ? (body.scope ?? {}) : {};
}

/** What a line is kept for; a withdrawal keeps nothing. */
function purposeOf(body: Interaction['body'], ontology: Ontology): string | undefined {
  if (body.kind === 'fact-withdrawn' || body.kind === 'declined') return undefined;
  if (!('predicate' in body)) return undefined;
  const own = body.kind === 'fact' ? body.purpose : undefined;
  return own ?? findPredicate(ontology, body.predicate)?.purpose;
}
