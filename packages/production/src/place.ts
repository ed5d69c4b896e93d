import type { Instant } from '@keepsake/kernel';
import type { Claim } from './demand.ts';
import { type Centre, getCentre, type PlantState } from './plant-state.ts';
import { earliestFit, isFree, latestFit, type Span, type Timeline } from './timeline.ts';

/**
 * An operation to find a time for. `work` is in ms of open time; `endsAt` says that its time is
 * settled already, as that of a running or finished one.
 */
export interface Task {
  readonly id: string;
  readonly workCentre: string;
  readonly work: number | 'stay';
  readonly after: readonly string[];
  readonly endsAt?: Instant;
}

/** A task with its time, and what it waited for. */
export interface Placed extends Claim {
  readonly task: Task;
  /** When its predecessors and parts were there. */
  readonly ready: Instant;
}

/** A task that found no time. */
export interface Unplaced {
  readonly kind: 'no-capacity' | 'stay-taken';
  readonly task: Task;
}

/** Times found so far. `taken` are claims that no timeline holds yet. */
export interface Placing {
  readonly placed: Map<string, Placed>;
  readonly taken: Claim[];
}

/** A search that has found nothing yet. */
export function startPlacing(): Placing {
  return { placed: new Map(), taken: [] };
}

/**
 * Gives each task the earliest end over all units of its work centre, in the order given
 * (predecessors first). For operations in a chain no other choice of gaps finishes sooner.
 */
export function placeForward(
  state: PlantState,
  placing: Placing,
  tasks: readonly Task[],
  { from, limit }: { readonly from: Instant; readonly limit: Instant },
): Unplaced | undefined {
  for (const task of tasks) {
    const ready = Math.max(from, ...task.after.map((id) => placing.placed.get(id)?.end ?? from));
    const claim = claimForward(state, placing, task, { ready, limit });
    if (claim === undefined) return { kind: 'no-capacity', task };
    keep(placing, { ...claim, task, ready });
  }
  return undefined;
}

function claimForward(
  state: PlantState,
  placing: Placing,
  task: Task,
  { ready, limit }: { readonly ready: Instant; readonly limit: Instant },
): Claim | undefined {
  const { workCentre, work, endsAt } = task;
  if (endsAt !== undefined) return { workCentre, unit: 0, start: endsAt, end: endsAt };
  if (work === 'stay') return undefined;
  if (work === 0) return { workCentre, unit: 0, start: ready, end: ready };
  const centre = getCentre(state, workCentre);
  let best: Claim | undefined;
  for (const [unit, timeline] of centre.timelines.entries()) {
    const taken = takenOn(placing, workCentre, unit);
    const bounds = { work, ready, limit: best === undefined ? limit : best.end - 1 };
    const span = firstClear(timeline, centre, taken, bounds);
    if (span !== undefined) best = { workCentre, unit, ...span };
  }
  return best;
}

function firstClear(
  timeline: Timeline,
  { time }: Centre,
  taken: readonly Span[],
  bounds: { readonly work: number; readonly ready: Instant; readonly limit: Instant },
): Span | undefined {
  for (let { ready } = bounds; ; ) {
    const span = earliestFit(timeline, time, { ...bounds, ready });
    if (span === undefined) return undefined;
    // Any later start before the clash ends would clash too, so nothing is skipped.
    const clash = taken.find((other) => overlaps(other, span));
    if (clash === undefined) return span;
    ready = clash.end;
  }
}

/**
 * Gives each task the latest start over all units such that it ends by `deadline` and before its
 * successors, going through the tasks backwards; none starts before `earliest`.
 */
export function placeBackward(
  state: PlantState,
  placing: Placing,
  tasks: readonly Task[],
  { earliest, deadline }: { readonly earliest: Instant; readonly deadline: Instant },
): Unplaced | undefined {
  const due = new Map<string, Instant>();
  for (const task of tasks.toReversed()) {
    const by = due.get(task.id) ?? deadline;
    const claim = claimBackward(state, placing, task, { earliest, deadline: by });
    if (claim === undefined) return { kind: 'no-capacity', task };
    keep(placing, { ...claim, task, ready: claim.start });
    for (const id of task.after) due.set(id, Math.min(due.get(id) ?? deadline, claim.start));
  }
  return undefined;
}

function claimBackward(
  state: PlantState,
  placing: Placing,
  { workCentre, work }: Task,
  bounds: { readonly earliest: Instant; readonly deadline: Instant },
): Claim | undefined {
  const { earliest, deadline } = bounds;
  if (work === 'stay' || deadline < earliest) return undefined;
  if (work === 0) return { workCentre, unit: 0, start: deadline, end: deadline };
  const centre = getCentre(state, workCentre);
  let best: Claim | undefined;
  for (const [unit, timeline] of centre.timelines.entries()) {
    const taken = takenOn(placing, workCentre, unit);
    const span = lastClear(timeline, centre, taken, { work, earliest, deadline });
    if (span !== undefined && (best === undefined || span.start > best.start)) {
      best = { workCentre, unit, ...span };
    }
  }
  return best;
}

function lastClear(
  timeline: Timeline,
  { time }: Centre,
  taken: readonly Span[],
  bounds: { readonly work: number; readonly earliest: Instant; readonly deadline: Instant },
): Span | undefined {
  for (let { deadline } = bounds; ; ) {
    const span = latestFit(timeline, time, { ...bounds, deadline });
    if (span === undefined) return undefined;
    const clash = taken.find((other) => overlaps(other, span));
    if (clash === undefined) return span;
    deadline = clash.start;
  }
}

/** Gives each task of the stay the first unit that is free for all of it, at any hour. */
export function placeStay(
  state: PlantState,
  placing: Placing,
  tasks: readonly Task[],
  span: Span,
): Unplaced | undefined {
  for (const task of tasks) {
    if (task.endsAt !== undefined) {
      const { workCentre, endsAt } = task;
      keep(placing, { workCentre, unit: 0, start: endsAt, end: endsAt, task, ready: endsAt });
      continue;
    }
    const { timelines } = getCentre(state, task.workCentre);
    const unit = timelines.findIndex(
      (timeline, index) =>
        isFree(timeline, span) &&
        !takenOn(placing, task.workCentre, index).some((other) => overlaps(other, span)),
    );
    if (unit < 0) return { kind: 'stay-taken', task };
    const { start, end } = span;
    keep(placing, { workCentre: task.workCentre, unit, start, end, task, ready: start });
  }
  return undefined;
}

function keep(placing: Placing, placed: Placed): void {
  placing.placed.set(placed.task.id, placed);
  if (placed.end > placed.start) placing.taken.push(placed);
}

function takenOn({ taken }: Placing, workCentre: string, unit: number): readonly Claim[] {
  if (taken.length === 0) return taken;
  return taken.filter((claim) => claim.workCentre === workCentre && claim.unit === unit);
}

/** Whether two spans share a moment. */
export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
