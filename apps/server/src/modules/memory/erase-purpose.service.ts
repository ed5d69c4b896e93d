/** Erasing what is kept of a person for one purpose, and nothing else. */
import { type Instant, newId } from '@keepsake/kernel';
import { findPurpose, type InteractionBody, type Ontology, project } from '@keepsake/memory';
import type { Tx } from '../../platform/database/schema.ts';
import { deleteAsked } from './erase-purpose.store.ts';
import { listEverBelieved } from './facts.store.ts';
import { recordInteractions } from './journal.service.ts';
import { blankInteractions, listInteractions } from './journal.store.ts';
import type { MemoryServiceDeps, Who } from './memory-deps.ts';
import { interactionOf } from './projection.rules.ts';
import { keptFor } from './purpose-lines.rules.ts';
import { isGrantedToAny, type LoadedPerson, loadPerson, type Reader } from './recall.service.ts';

/** What of whom, and who does it. */
export interface ErasePurposeInput extends Who {
  readonly purpose: string;
  readonly officer: Reader;
  readonly idempotencyKey: string | null;
}

/** What became of it. */
export type PurposeErased =
  | {
      readonly kind: 'erased';
      readonly at: Instant;
      readonly facts: number;
      readonly lines: number;
    }
  | { readonly kind: 'subject-not-found' | 'purpose-not-found' };

/**
 * Forgets everything kept for a purpose, in one transaction: the facts, whatever else was said of
 * them in the journal, free texts recorded together with it, and the log of questions. Where the
 * purpose needs consent, it is withdrawn. Consents and readings stay: they prove what was allowed and
 * done. Facts of other purposes stay as they are.
 */
export async function erasePurpose(
  deps: MemoryServiceDeps,
  input: ErasePurposeInput,
): Promise<PurposeErased> {
  return await deps.database.transaction(async (tx) => {
    const person = await loadPerson(tx, deps, input);
    if (person === undefined) return { kind: 'subject-not-found' };
    const purpose = findPurpose(person.ontology, input.purpose);
    if (purpose === undefined) return { kind: 'purpose-not-found' };
    const isEnding = purpose.needs !== 'contract' && isGrantedToAny(person, purpose.id);
    let facts = 0;
    let lines = 0;
    for (const subject of [...person.members].sort()) {
      const erased = await eraseOf(tx, deps, { input, person, subject, isEnding });
      facts += erased.facts;
      lines += erased.lines;
    }
    return { kind: 'erased', at: deps.clock.now(), facts, lines };
  });
}

interface Erasing {
  readonly input: ErasePurposeInput;
  readonly person: LoadedPerson;
  readonly subject: string;
  /** Whether a consent is withdrawn. */
  readonly isEnding: boolean;
}

async function eraseOf(
  tx: Tx,
  deps: MemoryServiceDeps,
  { input, person, subject, isEnding }: Erasing,
): Promise<{ readonly facts: number; readonly lines: number }> {
  const { company, purpose, officer } = input;
  const { ontology } = person;
  const key = person.keys.get(subject);
  const who = { company, subject };
  if (key === undefined) return { facts: 0, lines: 0 };
  const rows = await listInteractions(tx, company, [subject]);
  const journal = rows.flatMap((row) => interactionOf(key, row) ?? []);
  const kept = keptFor(journal, project(journal, ontology), { ontology, purpose });
  const before = await listEverBelieved(tx, who);
  const bodies: InteractionBody[] = kept.withdrawals.map((withdrawal) => ({
    kind: 'fact-withdrawn',
    ...withdrawal,
    forget: true,
  }));
  if (isEnding) {
    const receiptId = newId(deps.clock.now(), deps.random);
    bodies.push({ kind: 'consent-withdrawn', purpose, receiptId });
  }
  if (bodies.length > 0) {
    await recordInteractions(tx, deps, {
      ...who,
      channel: 'desk',
      touchpoint: 'privacy',
      actor: { kind: 'staff', ...(officer.id === undefined ? {} : { id: officer.id }) },
      bodies,
      ...(input.idempotencyKey === null ? {} : { idempotencyKey: input.idempotencyKey }),
    });
  }
  await blankInteractions(tx, who, kept.strays);
  await deleteAsked(tx, who, purpose, predicatesFor(ontology, purpose));
  const after = await listEverBelieved(tx, who);
  const lines = kept.withdrawals.reduce((sum, { evidence }) => sum + evidence.length, 0);
  return { facts: before.length - after.length, lines: lines + kept.strays.length };
}

function predicatesFor(ontology: Ontology, purpose: string): readonly string[] {
  return ontology.predicates.filter((one) => one.purpose === purpose).map(({ name }) => name);
}
