import type { Instant } from '@keepsake/kernel';
import type { Binding } from './binding.ts';
import type { PartAvailability } from './demand.ts';
import type { Placed } from './place.ts';
import { type Availability, getCentre, type PlantState } from './plant-state.ts';
import { HORIZON_MS, spanFrom } from './timeline.ts';

/** An item's availability with the reason for it. */
export type ExplainedPart = Pick<PartAvailability, 'item' | 'quantity'> & Availability;

/**
 * Why a forward placement finishes no sooner: what each step on the way back from its last end
 * waited for, the longest delay first. The delays together are the time from `earliest` to the end.
 */
export function explainForward(
  state: PlantState,
  placed: ReadonlyMap<string, Placed>,
  parts: readonly ExplainedPart[],
  earliest: Instant,
): readonly Binding[] {
  const found: Binding[] = [];
  let step = lastEnding([...placed.values()]);
  while (step !== undefined) {
    found.unshift(...explainStep(state, step));
    const { task, ready } = step;
    step = task.after
      .map((id) => placed.get(id))
      .find((other) => other !== undefined && other.end === ready);
  }
  found.unshift(...explainParts(parts, earliest));
  return found.sort((a, b) => b.delayMs - a.delayMs);
}

function lastEnding(placed: readonly Placed[]): Placed | undefined {
  return placed.reduce<Placed | undefined>(
    (last, step) => (last === undefined || step.end > last.end ? step : last),
    undefined,
  );
}

/** The part that comes last, where one comes after the earliest start. */
function explainParts(parts: readonly ExplainedPart[], earliest: Instant): readonly Binding[] {
  const last = parts.reduce<ExplainedPart | undefined>(
    (latest, part) => (part.at > (latest?.at ?? earliest) ? part : latest),
    undefined,
  );
  if (last === undefined) return [];
  const { item, quantity, at, because } = last;
  const delayMs = at - earliest;
  return [{ kind: 'waits-for-part', item, quantity, availableAt: at, because, delayMs }];
}

function explainStep(state: PlantState, step: Placed): readonly Binding[] {
  const { task, ready, start, end, workCentre } = step;
  if (end === start || task.work === 'stay') return [];
  const { time } = getCentre(state, workCentre);
  const soonest = spanFrom(time, ready, task.work, ready + HORIZON_MS)?.start ?? start;
  const closed = soonest - ready + (end - start - task.work);
  const at = { workCentre, operation: task.id };
  const all: readonly Binding[] = [
    {
      kind: 'closed-hours',
      ...at,
      until: end - start > task.work ? end : soonest,
      delayMs: closed,
    },
    { kind: 'work-centre-busy', ...at, until: start, delayMs: start - soonest },
    { kind: 'work', ...at, delayMs: task.work },
  ];
  return all.filter(({ delayMs }) => delayMs > 0);
}
