import type { Instant } from '@keepsake/kernel';
import { type ConsentRecord, readable } from './consent.ts';
import { type Fact, isLive } from './fact.ts';
import { findPurpose, type Ontology, type Predicate } from './ontology.ts';
import { type Resolution, resolve } from './resolve.ts';
import type { Scope } from './scope.ts';

/** What a reading of memory starts from. */
export interface RecallRequest {
  readonly facts: readonly Fact[];
  readonly consents: readonly ConsentRecord[];
  readonly ontology: Ontology;
  readonly situation: Scope & { readonly at: Instant; readonly purpose: string };
}

/** Memory as it may be read for one purpose in one situation. */
export interface Recall {
  /** The readable facts that are valid and known at the moment. */
  readonly facts: readonly Fact[];
  /** Whether facts of this predicate may be read at all; does not depend on unreadable ones. */
  isReadable(predicate: Predicate): boolean;
  resolve(predicate: Predicate): Resolution;
}

/** Opens memory for reading: the only way `ask` and `apply` get at facts. */
export function openRecall({ facts, consents, ontology, situation }: RecallRequest): Recall {
  const purpose = findPurpose(ontology, situation.purpose);
  const book = { purposes: ontology.purposes, consents };
  const { at } = situation;
  const open =
    purpose === undefined
      ? []
      : facts.filter((fact) => isLive(fact, at) && readable(fact, purpose, book, at));
  const resolved = new Map<Predicate, Resolution>();
  // A contract allows a subject that never said anything about consent, hence the nameless one.
  const subjects = new Set(['', ...consents.map((consent) => consent.subject)]);
  return {
    facts: open,
    isReadable: (predicate) =>
      purpose !== undefined &&
      (open.some((fact) => fact.predicate === predicate.name) ||
        [...subjects].some((subject) => readable({ ...predicate, subject }, purpose, book, at))),
    resolve(predicate) {
      const known =
        resolved.get(predicate) ?? resolve({ predicate, situation, facts: open, ontology });
      resolved.set(predicate, known);
      return known;
    },
  };
}

/** Whether the customer chooses for someone else. */
export function isGift(situation: {
  readonly gift?: boolean;
  readonly occasion?: string;
}): boolean {
  return situation.gift === true || situation.occasion === 'gift';
}
