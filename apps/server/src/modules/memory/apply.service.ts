import { type Instant, invariant, newId } from '@keepsake/kernel';
import {
  type Actor,
  apply,
  type Capability,
  type Instruction,
  type InteractionBody,
} from '@keepsake/memory';
import type { Db, Tx } from '../../platform/database/schema.ts';
import {
  type ApplicationInsert,
  type ApplicationRow,
  listOpenApplications,
  replaceApplications,
  updateOutcome,
} from './applications.store.ts';
import { recordInteractions } from './journal.service.ts';
import type { MemoryDeps, MemoryServiceDeps, Who } from './memory-deps.ts';
import { placeOf } from './places.rules.ts';
import { findSiteOf } from './places.service.ts';
import { type LoadedPerson, loadPerson, logReads } from './recall.service.ts';
import { getKey, sealJson } from './sealing.ts';
import { inTransaction } from './transaction.ts';

/** The purpose that carrying out an order reads memory for. */
export const SERVICE_PURPOSE = 'service';

/** Where remembered facts are to be acted on. */
export interface ApplyInput extends Who {
  /** Id of the site where the order is made or the room made ready. */
  readonly site: string;
  /** What it is, for the log of readings: for example `order` or `stay`. */
  readonly kind: string;
  /** When facts are read. */
  readonly at: Instant;
  readonly deadline: Instant;
  readonly occasion?: 'self' | 'gift';
  /** What the operations of the family can do about what is remembered. */
  readonly capabilities: readonly Capability[];
  /** The order that the instructions become part of; absent: only a look ahead. */
  readonly order?: string;
}

/**
 * What the remembered facts of a customer ask of the makers: only facts that may be read for
 * `service`, in this place, and nothing personal for a gift. With `order` the instructions are
 * written down, so that their outcome can flow back; asking again for the same order replaces those
 * not yet carried out. Nobody known, nothing asked.
 */
export async function applyMemory(
  db: Db,
  deps: MemoryServiceDeps,
  input: ApplyInput,
): Promise<readonly Instruction[]> {
  const person = await loadPerson(db, deps, input);
  const site = await findSiteOf(db, input.company, input.site);
  if (person === undefined || site === undefined || site === null) return [];
  const { instructions } = apply({
    ...person,
    capabilities: input.capabilities,
    purpose: SERVICE_PURPOSE,
    touchpoint: {
      kind: input.kind,
      place: placeOf(site),
      at: Math.max(input.at, person.at),
      deadline: input.deadline,
      ...(input.occasion === 'gift' ? { occasion: 'gift', gift: true } : {}),
    },
  });
  await inTransaction(db, deps, (tx) => keepApplied(tx, deps, { input, person, instructions }));
  return instructions;
}

interface Applied {
  readonly input: ApplyInput;
  readonly person: LoadedPerson;
  readonly instructions: readonly Instruction[];
}

async function keepApplied(tx: Tx, deps: MemoryDeps, applied: Applied): Promise<void> {
  const { input, person, instructions } = applied;
  const factIds = instructions.flatMap((one) => one.factIds);
  const reading = { purpose: SERVICE_PURPOSE, touchpoint: input.kind, site: input.site };
  await logReads(tx, deps, person, { ...reading, reader: { kind: 'system' }, factIds });
  const { order } = input;
  if (order === undefined) return;
  const now = deps.clock.now();
  const places = new Map<string, number>();
  const rows = instructions.map((instruction): ApplicationInsert => {
    const fact = person.facts.find((one) => one.id === instruction.factIds[0]);
    invariant(fact !== undefined, 'an instruction stands on a fact of the person');
    const position = places.get(instruction.operation) ?? 0;
    places.set(instruction.operation, position + 1);
    return {
      company: input.company,
      subject: fact.subject,
      id: newId(now, deps.random),
      order_id: order,
      operation: instruction.operation,
      position,
      predicate: instruction.predicate,
      scope: JSON.stringify(fact.scope),
      fact_ids: JSON.stringify(instruction.factIds),
      evidence: JSON.stringify(instruction.evidence),
      touchpoint: input.kind,
      site: input.site,
      applied_at: new Date(now),
      deadline_at: new Date(input.deadline),
      outcome: null,
      outcome_at: null,
      reason: null,
    };
  });
  await replaceApplications(tx, input, order, rows);
}

/** What became of the instructions of one operation. */
export interface OutcomeInput {
  readonly company: string;
  readonly order: string;
  readonly operation: string;
  readonly actor: Actor;
  readonly site: string;
  /** Those that could not be followed, by their index among the operation's instructions. */
  readonly rejected: readonly { readonly index: number; readonly reason: string }[];
}

/**
 * Writes what became of the instructions of an operation that is done, and tells memory: what was
 * kept bears the fact out. Answers how many there were; an operation without instructions, or one
 * told of before, answers 0.
 */
export async function recordOutcome(
  tx: Tx,
  deps: MemoryDeps,
  input: OutcomeInput,
): Promise<number> {
  const open = await listOpenApplications(tx, input.company, input);
  const bySubject = new Map<string, InteractionBody[]>();
  for (const row of open) {
    const rejection = input.rejected.find((one) => one.index === row.position);
    await closeApplication(tx, deps, row, rejection?.reason);
    const bodies = bySubject.get(row.subject) ?? [];
    bodies.push(outcomeOf(row, rejection?.reason));
    bySubject.set(row.subject, bodies);
  }
  // In one order, so that two operations of one person do not wait for each other.
  for (const subject of [...bySubject.keys()].sort()) {
    await recordInteractions(tx, deps, {
      company: input.company,
      subject,
      channel: 'workshop',
      touchpoint: 'operation',
      actor: input.actor,
      site: input.site,
      bodies: bySubject.get(subject) ?? [],
    });
  }
  return open.length;
}

async function closeApplication(
  tx: Tx,
  deps: MemoryDeps,
  row: ApplicationRow,
  reason: string | undefined,
): Promise<void> {
  const key = await getKey(tx, deps.keys, row);
  await updateOutcome(tx, row, {
    kind: reason === undefined ? 'kept' : 'rejected',
    at: new Date(deps.clock.now()),
    reason: reason === undefined ? null : sealJson(key, 'application.reason', reason),
  });
}

/**
 * That something was kept bears the fact out. That makers could not follow it (no such pillow left)
 * says nothing against the fact: it is an event of the journal, and the promise was not kept.
 */
function outcomeOf(row: ApplicationRow, rejection: string | undefined): InteractionBody {
  const { predicate, scope, evidence, operation } = row;
  if (rejection === undefined) {
    return { kind: 'instruction-outcome', predicate, scope, evidence, outcome: 'kept' };
  }
  const data = { predicate, operation, order: row.order_id, reason: rejection };
  return { kind: 'event', name: 'instruction.rejected', data };
}
