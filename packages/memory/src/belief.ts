import { canonicalText } from '@keepsake/kernel';
import type { SlotClaim } from './claims.ts';
import { compareClaims, type Fact } from './fact.ts';
import type { Predicate } from './ontology.ts';
import { compareKnown } from './order.ts';
import type { Scope } from './scope.ts';

/** What a slot is about; conflicts are decided inside one slot only. */
export interface SlotTopic {
  readonly subject: string;
  readonly predicate: Predicate;
  readonly scope: Scope;
}

/** A fact before it has a place in transaction time. */
export type Belief = Omit<Fact, 'id' | 'txFrom' | 'txTo' | 'supersedes'>;

/** A stretch of valid time in which one claim of a lane decides. `Infinity` is open. */
export interface Piece {
  readonly claim: SlotClaim;
  readonly from: number;
  readonly to: number;
  /** The claims that compete for the same. */
  readonly lane: readonly SlotClaim[];
}

/** Who decides when, over all lanes of a slot. */
export function piecesOf(
  claims: readonly SlotClaim[],
  cardinality: Predicate['cardinality'],
): readonly Piece[] {
  const lanes = new Map<string, SlotClaim[]>();
  for (const claim of claims) {
    const key = laneOf(claim, cardinality);
    const lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, [claim]);
    else lane.push(claim);
  }
  return [...lanes.values()].flatMap(paint);
}

/**
 * Claims of one lane exclude each other. A single-valued predicate has one lane for what is liked
 * and one for what is required; what is disliked or forbidden never excludes another value.
 */
function laneOf(claim: SlotClaim, cardinality: Predicate['cardinality']): string {
  const isPositive = claim.polarity === 'like' || claim.polarity === 'require';
  if (cardinality === 'one' && isPositive) return claim.polarity;
  return canonicalText([claim.polarity, claim.value]);
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
      pieces.push({ claim, from, to, lane });
      if (gap.from < from) left.push({ from: gap.from, to: from });
      if (to < gap.to) left.push({ from: to, to: gap.to });
    }
    gaps = left;
  }
  return pieces;
}

/** What is believed over a piece: the deciding claim, and whoever says the same meanwhile. */
export function beliefOf(piece: Piece, { subject, predicate, scope }: SlotTopic): Belief {
  const { claim, from, to } = piece;
  const supporting = piece.lane.filter((other) => other !== claim && bearsOn(other, piece));
  supporting.sort(compareKnown);
  return {
    subject,
    predicate: predicate.name,
    value: claim.value,
    unit: predicate.unit,
    scope,
    polarity: claim.polarity,
    basis: claim.basis,
    confidence: claim.confidence,
    evidence: [...new Set([claim, ...supporting].flatMap((one) => one.trail))],
    seq: claim.seq,
    asOf: supporting.reduce((newest, one) => Math.max(newest, one.asOf), claim.asOf),
    purpose: claim.purpose ?? predicate.purpose,
    sensitivity: predicate.sensitivity,
    validFrom: from,
    validTo: to === Number.POSITIVE_INFINITY ? null : to,
  };
}

/** Whether a claim decides a piece or supports it. */
export function bearsOn(claim: SlotClaim, piece: Piece): boolean {
  if (claim.id === piece.claim.id) return true;
  return (
    claim.value === piece.claim.value &&
    claim.polarity === piece.claim.polarity &&
    claim.validFrom < piece.to &&
    piece.from < claim.validTo
  );
}
