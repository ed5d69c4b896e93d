import { DAY_MS, type Instant } from '@keepsake/kernel';

import type { FactValue, Predicate, Sensitivity } from './ontology.ts';
import { compareText } from './order.ts';
import type { Scope } from './scope.ts';

/** A wish (`like`, `dislike`) or something that must or must not be (`require`, `forbid`). */
export type Polarity = 'like' | 'dislike' | 'require' | 'forbid';

/** How the company came to know, from the strongest to the weakest. */
export type Basis = 'stated' | 'confirmed' | 'observed' | 'inferred' | 'imported';

/** Bases from the strongest to the weakest: the first thing that decides a conflict. */
export const BASES: readonly Basis[] = ['stated', 'confirmed', 'observed', 'inferred', 'imported'];

/** Confidence given to a basis when the interaction names none. */
export const DEFAULT_CONFIDENCE: Readonly<Record<Basis, number>> = {
  stated: 1,
  confirmed: 0.95,
  observed: 0.7,
  inferred: 0.4,
  imported: 0.6,
};

/** Confidence from which a fact is used without asking the customer to confirm it. */
export const KNOWN_CONFIDENCE = 0.5;

/** One row of what is believed. Intervals are half-open; null is an open end. Never updated but
 * for `txTo`: a change closes the row and inserts its successor. */
export interface Fact {
  /** Derived from the deciding interaction and the times, never from the value. */
  readonly id: string;
  readonly subject: string;
  readonly predicate: string;
  readonly value: FactValue;
  readonly unit: string | null;
  readonly scope: Scope;
  readonly polarity: Polarity;
  readonly basis: Basis;
  /** 0 to 1, before ageing. */
  readonly confidence: number;
  /** Ids of the interactions that say so, the deciding one first. */
  readonly evidence: readonly string[];
  /** `seq` of the deciding interaction. */
  readonly seq: number;
  /** When the newest evidence occurred: ageing counts from here. */
  readonly asOf: Instant;
  readonly purpose: string;
  readonly sensitivity: Sensitivity;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly txFrom: Instant;
  readonly txTo: Instant | null;
  /** Id of the row this one took the place of. */
  readonly supersedes: string | null;
}

/** What decides between claims about one thing. */
export type Claim = Pick<Fact, 'basis' | 'validFrom' | 'confidence' | 'seq' | 'id'>;

/**
 * Orders conflicting claims, the winner first: stronger basis, then later `validFrom`, then higher
 * confidence, then higher `seq`, then id.
 */
export function compareClaims(a: Claim, b: Claim): number {
  return (
    BASES.indexOf(a.basis) - BASES.indexOf(b.basis) ||
    b.validFrom - a.validFrom ||
    b.confidence - a.confidence ||
    b.seq - a.seq ||
    compareText(a.id, b.id)
  );
}

/** Whether `at` lies in the half-open interval. */
export function isWithin(at: Instant, from: Instant, to: Instant | null): boolean {
  return from <= at && (to === null || at < to);
}

/** Whether the fact is valid and known at `at`. */
export function isLive(fact: Fact, at: Instant): boolean {
  return isWithin(at, fact.validFrom, fact.validTo) && isWithin(at, fact.txFrom, fact.txTo);
}

/** Whether the fact must or must not be, rather than being a wish. */
export function isHard(fact: { readonly polarity: Polarity }): boolean {
  return fact.polarity === 'require' || fact.polarity === 'forbid';
}

/**
 * The confidence left at `at`: halved every half-life since `asOf`. Requirements, bans and
 * predicates without a half-life never age.
 */
export function agedConfidence(fact: Fact, predicate: Predicate, at: Instant): number {
  if (isHard(fact) || predicate.halfLifeDays === null || at <= fact.asOf) return fact.confidence;
  const halfLives = (at - fact.asOf) / (predicate.halfLifeDays * DAY_MS);
  return fact.confidence * 0.5 ** halfLives;
}
