import type { Instant } from '@keepsake/kernel';
import { type Basis, DEFAULT_CONFIDENCE, isHard, type Polarity } from './fact.ts';
import type { FactCorrected, InstructionOutcome, Interaction, MindChanged } from './journal.ts';
import type { FactValue } from './ontology.ts';
import { compareKnown } from './order.ts';

/** One interaction about a slot, its predicate, scope and values already the ontology's. */
export type SlotEvent = Pick<Interaction, 'id' | 'seq' | 'occurredAt' | 'recordedAt' | 'body'>;

/** What one interaction claims to be true, once later interactions about it are taken in. */
export interface SlotClaim {
  readonly id: string;
  readonly seq: number;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly value: FactValue;
  readonly polarity: Polarity;
  readonly basis: Basis;
  readonly confidence: number;
  readonly purpose: string | null;
  readonly validFrom: Instant;
  /** `Infinity` is open. */
  readonly validTo: number;
  /** The claiming interaction, its corrections and the outcomes that bear it out. */
  readonly trail: readonly string[];
  readonly asOf: Instant;
}

/** Answers the claims that stand, given every event known so far in known order. */
export type ClaimReader = (known: readonly SlotEvent[]) => readonly SlotClaim[];

/**
 * A reader for one journal as it grows. It reads each event once, and a claim that nothing later
 * bears on is the same object each time.
 */
export function claimReader(): ClaimReader {
  const read = new Map<SlotEvent, SlotClaim | undefined>();
  const claimedBy = (event: SlotEvent): SlotClaim | undefined => {
    if (!read.has(event)) read.set(event, readClaim(event));
    return read.get(event);
  };
  return (known) => standingClaims(known, claimedBy);
}

function standingClaims(
  known: readonly SlotEvent[],
  claimedBy: (event: SlotEvent) => SlotClaim | undefined,
): readonly SlotClaim[] {
  const withdrawals = known.filter((event) => event.body.kind === 'fact-withdrawn');
  const standing = known.filter((event) => !withdrawals.some((other) => strikes(other, event)));
  const corrections = correctionsByRoot(standing);
  const outcomes = standing.filter((event) => event.body.kind === 'instruction-outcome');
  const changes = standing.filter((event) => event.body.kind === 'mind-changed');
  const claims: SlotClaim[] = [];
  for (const event of standing) {
    const claim = claimedBy(event);
    if (claim === undefined) continue;
    const corrected = withCorrection(claim, corrections.last.get(claim.id));
    claims.push(cutByChanges(withOutcomes(corrected, outcomes, corrections), changes));
  }
  return claims;
}

/**
 * Whether one event is a withdrawal of an event known before it. A withdrawal itself is never taken
 * back: what it ended would come up again.
 */
export function strikes(withdrawal: SlotEvent, event: SlotEvent): boolean {
  const { body } = withdrawal;
  if (body.kind !== 'fact-withdrawn' || event.body.kind === 'fact-withdrawn') return false;
  if (compareKnown(event, withdrawal) >= 0) return false;
  return body.evidence === undefined || body.evidence.includes(event.id);
}

function readClaim(event: SlotEvent): SlotClaim | undefined {
  const { body, occurredAt } = event;
  switch (body.kind) {
    case 'fact':
      return claimOf(event, {
        value: body.value,
        polarity: body.polarity ?? 'like',
        basis: body.basis,
        confidence: body.confidence ?? DEFAULT_CONFIDENCE[body.basis],
        purpose: body.purpose ?? null,
        validFrom: body.validFrom ?? occurredAt,
        validTo: body.validTo ?? Number.POSITIVE_INFINITY,
      });
    case 'mind-changed':
      return statedFrom(event, body, body.validFrom ?? occurredAt);
    case 'instruction-outcome':
      return body.outcome === 'corrected' ? statedFrom(event, body, occurredAt) : undefined;
    default:
      return undefined;
  }
}

type Claimed = Pick<
  SlotClaim,
  'value' | 'polarity' | 'basis' | 'confidence' | 'purpose' | 'validFrom' | 'validTo'
>;

/** Each property is named, as spreading takes ten times as long and this is made for every event. */
function claimOf(event: SlotEvent, claimed: Claimed): SlotClaim {
  return {
    id: event.id,
    seq: event.seq,
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    value: claimed.value,
    polarity: claimed.polarity,
    basis: claimed.basis,
    confidence: claimed.confidence,
    purpose: claimed.purpose,
    validFrom: claimed.validFrom,
    validTo: claimed.validTo,
    trail: [event.id],
    asOf: event.occurredAt,
  };
}

function statedFrom(
  event: SlotEvent,
  body: MindChanged | InstructionOutcome,
  validFrom: Instant,
): SlotClaim | undefined {
  if (body.value === undefined) return undefined;
  return claimOf(event, {
    value: body.value,
    polarity: body.polarity ?? 'like',
    basis: 'stated',
    confidence: DEFAULT_CONFIDENCE.stated,
    purpose: null,
    validFrom,
    validTo: Number.POSITIVE_INFINITY,
  });
}

interface Correction extends SlotEvent {
  readonly body: FactCorrected;
}

interface Corrections {
  /** The last correction of each claim. */
  readonly last: ReadonlyMap<string, Correction>;
  readonly byId: ReadonlyMap<string, Correction>;
}

function correctionsByRoot(standing: readonly SlotEvent[]): Corrections {
  const byId = new Map<string, Correction>();
  for (const event of standing) {
    if (event.body.kind === 'fact-corrected') byId.set(event.id, { ...event, body: event.body });
  }
  const last = new Map<string, Correction>();
  for (const correction of byId.values()) last.set(rootOf(correction.id, byId), correction);
  return { last, byId };
}

/** The claim a chain of corrections starts from; a ring of corrections ends where it closes. */
function rootOf(id: string, byId: ReadonlyMap<string, Correction>): string {
  const seen = new Set<string>();
  let root = id;
  for (let next = byId.get(root); next !== undefined && !seen.has(root); next = byId.get(root)) {
    seen.add(root);
    root = next.body.corrects;
  }
  return root;
}

function withCorrection(claim: SlotClaim, correction: Correction | undefined): SlotClaim {
  if (correction === undefined) return claim;
  const { body } = correction;
  const basis = body.basis ?? 'stated';
  return {
    ...claim,
    value: body.value,
    polarity: body.polarity ?? claim.polarity,
    basis,
    confidence: body.confidence ?? DEFAULT_CONFIDENCE[basis],
    trail: [...claim.trail, correction.id],
    asOf: Math.max(claim.asOf, correction.occurredAt),
  };
}

/** A kept instruction halves the doubt and renews the claim; a rejected one halves the trust. */
function withOutcomes(
  claim: SlotClaim,
  outcomes: readonly SlotEvent[],
  { last, byId }: Corrections,
): SlotClaim {
  const since = last.get(claim.id);
  let weighed = claim;
  for (const event of outcomes) {
    if (event.body.kind !== 'instruction-outcome' || event.body.outcome === 'corrected') continue;
    if (since !== undefined && compareKnown(event, since) < 0) continue;
    if (!event.body.evidence.some((id) => rootOf(id, byId) === claim.id)) continue;
    weighed = event.body.outcome === 'kept' ? borneOut(weighed, event) : doubted(weighed);
  }
  return weighed;
}

function borneOut(claim: SlotClaim, event: SlotEvent): SlotClaim {
  return {
    ...claim,
    confidence: claim.confidence + (1 - claim.confidence) / 2,
    trail: [...claim.trail, event.id],
    asOf: Math.max(claim.asOf, event.occurredAt),
  };
}

function doubted(claim: SlotClaim): SlotClaim {
  return { ...claim, confidence: claim.confidence / 2 };
}

function cutByChanges(claim: SlotClaim, changes: readonly SlotEvent[]): SlotClaim {
  let validTo = claim.validTo;
  for (const event of changes) {
    if (event.body.kind !== 'mind-changed' || !closes(event, event.body, claim)) continue;
    validTo = Math.min(validTo, event.body.validFrom ?? event.occurredAt);
  }
  return validTo === claim.validTo ? claim : { ...claim, validTo };
}

function closes(event: SlotEvent, change: MindChanged, claim: SlotClaim): boolean {
  const order = claim.occurredAt - event.occurredAt || compareKnown(claim, event);
  if (order >= 0 || claim.validFrom >= (change.validFrom ?? event.occurredAt)) return false;
  if (change.former !== undefined && change.former !== claim.value) return false;
  const polarity = change.polarity ?? 'like';
  return isHard({ polarity }) ? claim.polarity === polarity : !isHard(claim);
}
