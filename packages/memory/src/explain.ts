import type { Instant } from '@keepsake/kernel';
import type { Basis, Fact } from './fact.ts';
import type { Actor, Interaction, InteractionBody } from './journal.ts';

/** One piece of evidence for a fact, as codes and references; rendering finds the words. */
export interface Evidence {
  readonly interaction: string;
  /** What kind of interaction it was. */
  readonly how: InteractionBody['kind'];
  /** For a fact or its correction; null for the rest. */
  readonly basis: Basis | null;
  /** Whether it decided the value, or supports it. */
  readonly role: 'deciding' | 'supporting';
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly channel: string;
  readonly touchpoint: string;
  readonly actor: Actor;
}

/** Why a fact is believed, in known words: what rests on what. */
export interface Explanation {
  readonly factId: string;
  /** In the order of the fact's evidence: the deciding one first. */
  readonly evidence: readonly Evidence[];
  /** Evidence that is not among the interactions given, for example because it was erased. */
  readonly missing: readonly string[];
}

/** Where, when, through which channel and how the company came to believe a fact. */
export function explainFact(fact: Fact, interactions: readonly Interaction[]): Explanation {
  const byId = new Map(interactions.map((interaction) => [interaction.id, interaction]));
  const evidence: Evidence[] = [];
  const missing: string[] = [];
  for (const id of fact.evidence) {
    const interaction = byId.get(id);
    if (interaction === undefined) missing.push(id);
    else evidence.push(evidenceOf(interaction, fact));
  }
  return { factId: fact.id, evidence, missing };
}

function evidenceOf(interaction: Interaction, fact: Fact): Evidence {
  const { id, occurredAt, recordedAt, channel, touchpoint, actor, body } = interaction;
  return {
    interaction: id,
    how: body.kind,
    basis: basisOf(body),
    role: fact.evidence[0] === id ? 'deciding' : 'supporting',
    occurredAt,
    recordedAt,
    channel,
    touchpoint,
    actor,
  };
}

function basisOf(body: InteractionBody): Basis | null {
  if (body.kind === 'fact') return body.basis;
  return body.kind === 'fact-corrected' ? (body.basis ?? 'stated') : null;
}
