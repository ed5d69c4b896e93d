import { canonicalHash, canonicalText, type Instant } from '@keepsake/kernel';
import { type SlotClaim, type SlotEvent, standingClaims, strikes } from './claims.ts';
import { compareClaims, type Fact, type Polarity } from './fact.ts';
import type { FactValue, Predicate } from './ontology.ts';
import { compareKnown, compareText } from './order.ts';
import { type Scope, scopeKey } from './scope.ts';

/** Everything said of one subject × predicate × scope, and the facts that follow from it. */
export interface Slot {
  /** In known order. */
  readonly events: readonly SlotEvent[];
  /** Every belief ever held, sorted by `txFrom`, `validFrom`, id. */
  readonly facts: readonly Fact[];
}

/** What a slot is about; conflicts are decided inside one slot only. */
export interface SlotTopic {
  readonly subject: string;
  readonly predicate: Predicate;
  readonly scope: Scope;
}

/** The key of a slot in a projection. */
export function slotId(topic: SlotTopic): string {
  return canonicalText([topic.subject, topic.predicate.name, scopeKey(topic.scope)]);
}

/**
 * The slot with more events. An event known after all others costs one derivation of the beliefs;
 * one that arrives late, or a forgetting, derives the history of this slot anew.
 */
export function addToSlot(slot: Slot, topic: SlotTopic, added: readonly SlotEvent[]): Slot {
  const seen = new Set(slot.events.map((event) => event.id));
  const fresh: SlotEvent[] = [];
  for (const event of added) {
    if (seen.has(event.id)) continue;
    seen.add(event.id);
    fresh.push(event);
  }
  if (fresh.length === 0) return slot;
  const events = [...slot.events, ...fresh].sort(compareKnown);
  const last = slot.events.at(-1)?.recordedAt ?? Number.NEGATIVE_INFINITY;
  const mayAppend = fresh.every((event) => event.recordedAt > last && !forgets(event));
  if (mayAppend) return { events, facts: sorted(derive(events, topic, slot)) };
  const kept = events.filter((event) => !isForgotten(event, events));
  return { events: kept, facts: sorted(derive(kept, topic, { events: [], facts: [] })) };
}

function forgets(event: SlotEvent): boolean {
  return event.body.kind === 'fact-withdrawn' && event.body.forget;
}

function isForgotten(event: SlotEvent, events: readonly SlotEvent[]): boolean {
  return events.some((other) => forgets(other) && strikes(other, event));
}

function sorted(facts: readonly Fact[]): readonly Fact[] {
  return [...facts].sort(
    (a, b) => a.txFrom - b.txFrom || a.validFrom - b.validFrom || compareText(a.id, b.id),
  );
}

/** Continues the beliefs of `done`, whose events are the first ones of `events`. */
function derive(events: readonly SlotEvent[], topic: SlotTopic, done: Slot): readonly Fact[] {
  let facts = done.facts;
  for (let count = done.events.length; count < events.length; ) {
    const txAt = events[count]?.recordedAt ?? 0;
    while (events[count]?.recordedAt === txAt) count++;
    facts = turn(facts, beliefs(standingClaims(events.slice(0, count)), topic), txAt);
  }
  return facts;
}

/** A fact before it has a place in transaction time. */
type Belief = Omit<Fact, 'id' | 'txFrom' | 'txTo' | 'supersedes'>;

/** Closes the rows no longer believed and opens those newly believed. */
function turn(facts: readonly Fact[], believed: readonly Belief[], txAt: Instant): readonly Fact[] {
  const wanted = new Map(believed.map((belief) => [beliefText(belief), belief]));
  const kept: Fact[] = [];
  const closed: Fact[] = [];
  for (const fact of facts) {
    if (fact.txTo !== null) kept.push(fact);
    else if (wanted.delete(beliefText(fact))) kept.push(fact);
    else closed.push({ ...fact, txTo: txAt });
  }
  const opened = [...wanted.values()].map((belief) => opening(belief, txAt, closed));
  return [...kept, ...closed, ...opened];
}

function beliefText(belief: Belief): string {
  const { subject, predicate, value, unit, polarity, basis, confidence, evidence } = belief;
  const { seq, asOf, purpose, sensitivity, validFrom, validTo } = belief;
  return canonicalText([
    [subject, predicate, value, unit, polarity, basis, confidence, evidence],
    [seq, asOf, purpose, sensitivity, validFrom, validTo],
  ]);
}

function opening(belief: Belief, txFrom: Instant, closed: readonly Fact[]): Fact {
  const deciding = belief.evidence[0] ?? '';
  // The value stays out of the id: a short value could be guessed from its hash.
  const id = canonicalHash([deciding, txFrom, belief.validFrom]).slice(0, 32);
  return { ...belief, id, txFrom, txTo: null, supersedes: superseded(belief, closed)?.id ?? null };
}

/** The row a new one replaces: overlapping in valid time, of its lane or sharing evidence. */
function superseded(belief: Belief, closed: readonly Fact[]): Fact | undefined {
  const related = closed.filter(
    (fact) =>
      fact.validFrom < (belief.validTo ?? Number.POSITIVE_INFINITY) &&
      belief.validFrom < (fact.validTo ?? Number.POSITIVE_INFINITY) &&
      (fact.polarity === belief.polarity ||
        fact.evidence.some((id) => belief.evidence.includes(id))),
  );
  return related.sort((a, b) => b.validFrom - a.validFrom || compareText(a.id, b.id))[0];
}

function beliefs(claims: readonly SlotClaim[], topic: SlotTopic): readonly Belief[] {
  const lanes = new Map<string, SlotClaim[]>();
  for (const claim of claims) {
    const key = laneOf(claim, topic.predicate.cardinality);
    const lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, [claim]);
    else lane.push(claim);
  }
  return [...lanes.values()].flatMap((lane) =>
    paint(lane).map((piece) => beliefOf(piece, lane, topic)),
  );
}

/**
 * Claims of one lane exclude each other. A single-valued predicate has one lane for what is liked
 * and one for what is required; what is disliked or forbidden never excludes another value.
 */
function laneOf(
  claim: { readonly polarity: Polarity; readonly value: FactValue },
  cardinality: 'one' | 'many',
): string {
  const isPositive = claim.polarity === 'like' || claim.polarity === 'require';
  if (cardinality === 'one' && isPositive) return claim.polarity;
  return canonicalText([claim.polarity, claim.value]);
}

interface Piece {
  readonly claim: SlotClaim;
  readonly from: number;
  readonly to: number;
}

/** Lays the claims on the valid-time line, the strongest first, each where there is room left. */
function paint(lane: readonly SlotClaim[]): readonly Piece[] {
  let gaps = [{ from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }];
  const pieces: Piece[] = [];
  for (const claim of [...lane].sort(compareClaims)) {
    const left: typeof gaps = [];
    for (const gap of gaps) {
      const from = Math.max(gap.from, claim.validFrom);
      const to = Math.min(gap.to, claim.validTo);
      if (from >= to) {
        left.push(gap);
        continue;
      }
      pieces.push({ claim, from, to });
      if (gap.from < from) left.push({ from: gap.from, to: from });
      if (to < gap.to) left.push({ from: to, to: gap.to });
    }
    gaps = left;
  }
  return pieces;
}

function beliefOf(piece: Piece, lane: readonly SlotClaim[], topic: SlotTopic): Belief {
  const { claim, from, to } = piece;
  const { predicate, subject, scope } = topic;
  const supporting = lane.filter(
    (other) =>
      other !== claim &&
      other.value === claim.value &&
      other.validFrom < to &&
      from < other.validTo,
  );
  supporting.sort(compareKnown);
  const trail = [claim, ...supporting].flatMap((one) => one.trail);
  return {
    subject,
    predicate: predicate.name,
    value: claim.value,
    unit: predicate.unit,
    scope,
    polarity: claim.polarity,
    basis: claim.basis,
    confidence: claim.confidence,
    evidence: [...new Set(trail)],
    seq: claim.seq,
    asOf: Math.max(claim.asOf, ...supporting.map((one) => one.asOf)),
    purpose: claim.purpose ?? predicate.purpose,
    sensitivity: predicate.sensitivity,
    validFrom: from,
    validTo: to === Number.POSITIVE_INFINITY ? null : to,
  };
}
