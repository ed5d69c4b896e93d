import { type Instant, invariant, SECOND_MS } from '@keepsake/kernel';
import type { MoveReason } from './binding.ts';
import { type Claims, putClaim, unitKey } from './claim-changes.ts';
import type { Claim } from './demand.ts';
import type { Order, OrderOperation } from './order.ts';
import { isLive } from './order-stages.ts';
import { overlaps } from './place.ts';
import { getCentre, type PlantState } from './plant-state.ts';
import { HORIZON_MS, type Span, spanFrom } from './timeline.ts';

interface Found {
  readonly claims: Claims;
  readonly reasons: Map<string, MoveReason>;
}

interface Running {
  readonly order: Order;
  readonly operation: OrderOperation;
  readonly startedAt: Instant;
}

/**
 * The claims that others must give way to, by unit: operations under way, with the time they will
 * need as far as is known now, and stays. Notes in `found` where these differ from the plan.
 */
export function settleClaims(
  state: PlantState,
  now: Instant,
  found: Found,
): ReadonlyMap<string, readonly Span[]> {
  const settled = new Map<string, Span[]>();
  const used = new Set<string>();
  for (const running of runningOperations(state))
    settleRunning(state, running, now, { settled, used, found });
  settleStays(state, settled, found);
  return settled;
}

/** What runs and holds a unit, the longest running first. */
function runningOperations(state: PlantState): readonly Running[] {
  const running: Running[] = [];
  for (const order of state.orders.values()) {
    if (!isLive(order)) continue;
    for (const operation of order.operations) {
      const { stage, startedAt, seconds } = operation;
      if (stage !== 'running' || startedAt === null || seconds === 0) continue;
      running.push({ order, operation, startedAt });
    }
  }
  return running.sort((a, b) => a.startedAt - b.startedAt || (a.order.id < b.order.id ? -1 : 1));
}

function settleRunning(
  state: PlantState,
  { order, operation, startedAt }: Running,
  now: Instant,
  into: {
    readonly settled: Map<string, Span[]>;
    readonly used: Set<string>;
    readonly found: Found;
  },
): void {
  const { workCentre, claim, id } = operation;
  const unit = freeUnit(state, operation, into.used);
  const settled = { workCentre, unit, ...expectedSpan(state, order, operation, startedAt, now) };
  const key = unitKey(settled);
  into.used.add(key);
  addSpan(into.settled, key, settled);
  if (claim !== null && isSame(claim, settled)) return;
  putClaim(into.found.claims, order.id, id, settled);
  const isLater = claim === null || settled.end > claim.end;
  const reason: MoveReason = isLater
    ? { kind: 'operation-overran', operation: id }
    : { kind: 'sooner' };
  if (!into.found.reasons.has(order.id)) into.found.reasons.set(order.id, reason);
}

/** Its own unit, unless something that runs longer is there: then the first without. */
function freeUnit(
  state: PlantState,
  { workCentre, claim }: OrderOperation,
  used: ReadonlySet<string>,
): number {
  const isUnused = (unit: number): boolean => !used.has(unitKey({ workCentre, unit }));
  if (claim !== null && isUnused(claim.unit)) return claim.unit;
  const unit = getCentre(state, workCentre).timelines.findIndex((_, index) => isUnused(index));
  invariant(unit >= 0, 'no more operations run than there are units');
  return unit;
}

function expectedSpan(
  state: PlantState,
  order: Order,
  operation: OrderOperation,
  startedAt: Instant,
  now: Instant,
): Span {
  const { seconds, workCentre, remainingSeconds } = operation;
  if (seconds === 'stay') {
    const { from, to } = order.stay ?? { from: startedAt, to: startedAt + 1 };
    return { start: Math.min(startedAt, from), end: Math.max(to, now) };
  }
  const work = remainingSeconds * SECOND_MS;
  const { time } = getCentre(state, workCentre);
  const end = spanFrom(time, startedAt, work, startedAt + HORIZON_MS)?.end ?? startedAt + work;
  return { start: startedAt, end: Math.max(end, now) };
}

interface ComingStay {
  readonly order: string;
  readonly operation: string;
  readonly claim: Claim;
}

/** Stays keep their unit unless someone is still in it; then they take another one, or none. */
function settleStays(state: PlantState, settled: Map<string, Span[]>, found: Found): void {
  const moving: ComingStay[] = [];
  for (const stay of comingStays(state)) {
    if (isClear(settled, stay.claim)) addSpan(settled, unitKey(stay.claim), stay.claim);
    else moving.push(stay);
  }
  for (const { order, operation, claim } of moving) {
    const { workCentre } = claim;
    const unit = getCentre(state, workCentre).timelines.findIndex((_, index) =>
      isClear(settled, { ...claim, unit: index }),
    );
    const other = unit < 0 ? null : { ...claim, unit };
    putClaim(found.claims, order, operation, other);
    if (other !== null) addSpan(settled, unitKey(other), other);
    const at = { workCentre, operation };
    const reason: MoveReason =
      other === null
        ? { kind: 'no-capacity', ...at }
        : { kind: 'work-centre-busy', ...at, until: claim.start };
    found.reasons.set(order, reason);
  }
}

function comingStays(state: PlantState): readonly ComingStay[] {
  const stays = [...state.orders.values()].filter((order) => order.stay !== null && isLive(order));
  return stays.flatMap((order) =>
    order.operations.flatMap(({ id, claim, seconds, stage }) =>
      seconds === 'stay' && stage !== 'running' && claim !== null
        ? [{ order: order.id, operation: id, claim }]
        : [],
    ),
  );
}

function isClear(settled: ReadonlyMap<string, readonly Span[]>, claim: Claim): boolean {
  return !(settled.get(unitKey(claim)) ?? []).some((other) => overlaps(other, claim));
}

function addSpan(settled: Map<string, Span[]>, key: string, { start, end }: Span): void {
  const spans = settled.get(key);
  if (spans === undefined) settled.set(key, [{ start, end }]);
  else spans.push({ start, end });
}

function isSame(one: Claim, other: Claim): boolean {
  return one.unit === other.unit && one.start === other.start && one.end === other.end;
}
