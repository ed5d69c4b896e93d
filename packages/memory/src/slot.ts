import { canonicalHash, canonicalText, type Instant } from '@keepsake/kernel';
import { type Belief, bearsOn, beliefOf, type Piece, piecesOf, type SlotTopic } from './belief.ts';
import { claimReader, type SlotClaim, type SlotEvent, strikes } from './claims.ts';
import type { Fact } from './fact.ts';
import { compareKnown, compareText } from './order.ts';
import { scopeKey } from './scope.ts';

/** Everything said of one subject × predicate × scope, and the facts that follow from it. */
export interface Slot {
  /** In known order. */
  readonly events: readonly SlotEvent[];
  /** Every belief ever held, sorted by `txFrom`, `validFrom`, id. */
  readonly facts: readonly Fact[];
}

const EMPTY_SLOT: Slot = { events: [], facts: [] };

/** The key of a slot in a projection. */
export function slotId(topic: SlotTopic): string {
  return canonicalText([topic.subject, topic.predicate.name, scopeKey(topic.scope)]);
}

/**
 * The slot with more events. An event known after all others costs one derivation of the beliefs;
 * one that arrives late, or a forgetting, derives the history of this slot anew.
 */
export function addToSlot(
  slot: Slot | undefined,
  topic: SlotTopic,
  added: readonly SlotEvent[],
): Slot {
  const there = slot ?? EMPTY_SLOT;
  const fresh = unseen(added, there.events);
  if (fresh.length === 0) return there;
  const events = [...there.events, ...fresh].sort(compareKnown);
  const last = there.events.at(-1)?.recordedAt ?? Number.NEGATIVE_INFINITY;
  const mayAppend = fresh.every((event) => event.recordedAt > last && !forgets(event));
  if (mayAppend) return derive(events, topic, there);
  const kept = events.filter((event) => !isForgotten(event, events));
  return derive(kept, topic, EMPTY_SLOT);
}

function unseen(added: readonly SlotEvent[], there: readonly SlotEvent[]): readonly SlotEvent[] {
  const seen = new Set(there.map((event) => event.id));
  return added.filter((event) => {
    if (seen.has(event.id)) return false;
    seen.add(event.id);
    return true;
  });
}

function forgets(event: SlotEvent): boolean {
  return event.body.kind === 'fact-withdrawn' && event.body.forget;
}

function isForgotten(event: SlotEvent, events: readonly SlotEvent[]): boolean {
  return events.some((other) => forgets(other) && strikes(other, event));
}

/** Continues the beliefs of `done`, whose events are the first ones of `events`. */
function derive(events: readonly SlotEvent[], topic: SlotTopic, done: Slot): Slot {
  let open: readonly Fact[] = done.facts.filter((fact) => fact.txTo === null);
  const closed = done.facts.filter((fact) => fact.txTo !== null);
  const standingClaims = claimReader();
  let claims = standingClaims(done.events);
  for (let count = done.events.length; count < events.length; ) {
    const txAt = events[count]?.recordedAt ?? 0;
    while (events[count]?.recordedAt === txAt) count++;
    const next = standingClaims(events.slice(0, count));
    const turned = turn(open, { before: claims, after: next, topic, txAt });
    closed.push(...turned.closed);
    open = turned.open;
    claims = next;
  }
  return { events, facts: sorted([...closed, ...open]) };
}

function sorted(facts: readonly Fact[]): readonly Fact[] {
  return [...facts].sort(
    (a, b) => a.txFrom - b.txFrom || a.validFrom - b.validFrom || compareText(a.id, b.id),
  );
}

interface Step {
  readonly before: readonly SlotClaim[];
  readonly after: readonly SlotClaim[];
  readonly topic: SlotTopic;
  readonly txAt: Instant;
}

/** Closes the rows no longer believed and opens those newly believed. */
function turn(
  rows: readonly Fact[],
  { before, after, topic, txAt }: Step,
): { readonly open: readonly Fact[]; readonly closed: readonly Fact[] } {
  const byPlace = new Map(rows.map((row) => [rowPlace(row), row]));
  const changed = changedClaims(before, after);
  const open: Fact[] = [];
  const beliefs: Belief[] = [];
  for (const piece of piecesOf(after, topic.predicate.cardinality)) {
    const place = piecePlace(piece);
    const found = byPlace.get(place);
    const row = found !== undefined && isOver(found, piece) ? found : undefined;
    // A row that no changed claim bears on need not be compared, let alone derived.
    const isUntouched = row !== undefined && !changed.some((claim) => bearsOn(claim, piece));
    const belief = isUntouched ? row : beliefOf(piece, topic);
    if (row !== undefined && (isUntouched || isSameBelief(row, belief))) {
      open.push(row);
      byPlace.delete(place);
    } else {
      beliefs.push(belief);
    }
  }
  const closed = [...byPlace.values()].map((row) => ({ ...row, txTo: txAt }));
  open.push(...beliefs.map((belief) => opening(belief, txAt, closed)));
  return { open, closed };
}

/** Where a belief sits: who decides it, and from when; a claim decides once from one moment. */
function rowPlace(row: Fact): string {
  return `${row.validFrom} ${row.evidence[0]}`;
}

function piecePlace({ claim, from }: Piece): string {
  return `${from} ${claim.id}`;
}

function isOver(row: Fact, { from, to }: Piece): boolean {
  return row.validFrom === from && (row.validTo ?? Number.POSITIVE_INFINITY) === to;
}

/** Both versions of every claim that is new, gone or not as it was. */
function changedClaims(
  before: readonly SlotClaim[],
  after: readonly SlotClaim[],
): readonly SlotClaim[] {
  const old = new Map(before.map((claim) => [claim.id, claim]));
  const changed: SlotClaim[] = [];
  for (const claim of after) {
    const was = old.get(claim.id);
    if (was === undefined) changed.push(claim);
    else if (was !== claim && !isSameClaim(was, claim)) changed.push(was, claim);
    old.delete(claim.id);
  }
  return [...changed, ...old.values()];
}

function isSameClaim(a: SlotClaim, b: SlotClaim): boolean {
  return (
    a.value === b.value &&
    a.polarity === b.polarity &&
    a.basis === b.basis &&
    a.confidence === b.confidence &&
    a.validTo === b.validTo &&
    a.asOf === b.asOf &&
    isSameList(a.trail, b.trail)
  );
}

function isSameBelief(row: Fact, belief: Belief): boolean {
  return (
    row.value === belief.value &&
    row.polarity === belief.polarity &&
    row.basis === belief.basis &&
    row.confidence === belief.confidence &&
    row.asOf === belief.asOf &&
    isSameList(row.evidence, belief.evidence)
  );
}

function isSameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, at) => item === b[at]);
}

function opening(belief: Belief, txFrom: Instant, closed: readonly Fact[]): Fact {
  const deciding = belief.evidence[0] ?? '';
  // The value stays out of the id: a short value could be guessed from its hash.
  const id = canonicalHash([deciding, txFrom, belief.validFrom]).slice(0, 32);
  // Each property is named, as spreading takes ten times as long and this is made for every fact.
  return {
    id,
    subject: belief.subject,
    predicate: belief.predicate,
    value: belief.value,
    unit: belief.unit,
    scope: belief.scope,
    polarity: belief.polarity,
    basis: belief.basis,
    confidence: belief.confidence,
    evidence: belief.evidence,
    seq: belief.seq,
    asOf: belief.asOf,
    purpose: belief.purpose,
    sensitivity: belief.sensitivity,
    validFrom: belief.validFrom,
    validTo: belief.validTo,
    txFrom,
    txTo: null,
    supersedes: superseded(belief, closed)?.id ?? null,
  };
}

/** The row a new one replaces: overlapping in valid time, of its polarity or sharing evidence. */
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
