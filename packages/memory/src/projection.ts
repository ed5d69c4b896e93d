import type { Instant } from '@keepsake/kernel';
import type { Decline } from './ask.ts';
import type { SlotTopic } from './belief.ts';
import type { SlotEvent } from './claims.ts';
import type { ConsentRecord } from './consent.ts';
import { type Fact, isWithin } from './fact.ts';
import type { Interaction } from './journal.ts';
import type { Ontology } from './ontology.ts';
import { compareKnown, compareText } from './order.ts';
import { addToSlot, type Slot, slotId } from './slot.ts';
import { type IgnoreReason, understand } from './understand.ts';

/** An interaction that could not be understood; a replay with a richer ontology may use it. */
export interface Ignored {
  readonly interaction: string;
  readonly reason: IgnoreReason;
}

/** What follows from a journal. Plain data: equal journals give equal canonical text. */
export interface Projection {
  readonly slots: Readonly<Record<string, Slot>>;
  readonly consents: readonly ConsentRecord[];
  readonly declines: readonly Decline[];
  readonly ignored: readonly Ignored[];
}

/** The moment in both times: when it was true, and when the company believed it. */
export interface AsOf {
  readonly validAt: Instant;
  readonly knownAt: Instant;
}

/** What follows from a journal with nothing in it. */
export const EMPTY_PROJECTION: Projection = { slots: {}, consents: [], declines: [], ignored: [] };

/**
 * What follows from these interactions, in whatever order they come and however often. Cost: per
 * subject × predicate × scope, quadratic in what was ever said of it.
 */
export function project(interactions: readonly Interaction[], ontology: Ontology): Projection {
  return applyAll(EMPTY_PROJECTION, interactions, ontology);
}

/**
 * The projection with one more interaction: the same, byte for byte, as a replay of the whole
 * journal. The ontology must be the one the projection was made with. Only one slot is derived.
 */
export function applyInteraction(
  projection: Projection,
  interaction: Interaction,
  ontology: Ontology,
): Projection {
  return applyAll(projection, [interaction], ontology);
}

function applyAll(
  projection: Projection,
  interactions: readonly Interaction[],
  ontology: Ontology,
): Projection {
  const gathered = gather(interactions, ontology);
  const slots = { ...projection.slots };
  for (const [key, { topic, events }] of gathered.slots) {
    slots[key] = addToSlot(slots[key], topic, events);
  }
  return {
    slots,
    consents: merged(projection.consents, gathered.consents),
    declines: merged(projection.declines, gathered.declines),
    ignored: mergedIgnored(projection.ignored, gathered.ignored),
  };
}

interface Gathered {
  readonly slots: Map<string, { readonly topic: SlotTopic; readonly events: SlotEvent[] }>;
  readonly consents: ConsentRecord[];
  readonly declines: Decline[];
  readonly ignored: Ignored[];
}

function gather(interactions: readonly Interaction[], ontology: Ontology): Gathered {
  const gathered: Gathered = { slots: new Map(), consents: [], declines: [], ignored: [] };
  for (const interaction of interactions) {
    const understood = understand(interaction, ontology);
    switch (understood.kind) {
      case 'slot': {
        const key = slotId(understood.topic);
        const slot = gathered.slots.get(key);
        if (slot !== undefined) slot.events.push(understood.event);
        else gathered.slots.set(key, { topic: understood.topic, events: [understood.event] });
        break;
      }
      case 'consent':
        gathered.consents.push(understood.consent);
        break;
      case 'decline':
        gathered.declines.push(understood.decline);
        break;
      case 'ignored':
        gathered.ignored.push({ interaction: interaction.id, reason: understood.reason });
        break;
      case 'nothing':
        break;
    }
  }
  return gathered;
}

function merged<T extends { recordedAt: Instant; seq: number; id: string }>(
  there: readonly T[],
  added: readonly T[],
): readonly T[] {
  if (added.length === 0) return there;
  const byId = new Map([...there, ...added].map((record) => [record.id, record]));
  return [...byId.values()].sort(compareKnown);
}

function mergedIgnored(there: readonly Ignored[], added: readonly Ignored[]): readonly Ignored[] {
  if (added.length === 0) return there;
  const byId = new Map([...there, ...added].map((entry) => [entry.interaction, entry]));
  return [...byId.values()].sort((a, b) => compareText(a.interaction, b.interaction));
}

/** Every fact ever believed, open and closed, in an order that is always the same. */
export function factsOf(projection: Projection): readonly Fact[] {
  const keys = Object.keys(projection.slots).sort(compareText);
  return keys.flatMap((key) => projection.slots[key]?.facts ?? []);
}

/** What was true at `validAt` as far as the company knew at `knownAt`. */
export function factsAsOf(projection: Projection, asOf: AsOf): readonly Fact[] {
  return selectAsOf(factsOf(projection), asOf);
}

/** As `factsAsOf`, over facts that were stored. */
export function selectAsOf(facts: readonly Fact[], { validAt, knownAt }: AsOf): readonly Fact[] {
  return facts.filter(
    (fact) =>
      isWithin(validAt, fact.validFrom, fact.validTo) && isWithin(knownAt, fact.txFrom, fact.txTo),
  );
}
