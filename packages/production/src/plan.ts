import type { Instant } from '@keepsake/kernel';
import type { Binding } from './binding.ts';
import type { NeededPart, PartAvailability, Stay } from './demand.ts';
import { type ExplainedPart, explainForward } from './explain.ts';
import {
  type Placed,
  type Placing,
  placeBackward,
  placeForward,
  placeStay,
  startPlacing,
  type Task,
  type Unplaced,
} from './place.ts';
import { availabilityOf, freeStock, getShelf, type PlantState } from './plant-state.ts';
import { fromMillionths, toMillionths } from './quantity.ts';
import { HORIZON_MS } from './timeline.ts';

/** What to find times for: sorted tasks (predecessors first) and the parts not issued yet. */
export interface Aim {
  readonly now: Instant;
  readonly earliest: Instant;
  readonly parts: readonly NeededPart[];
  readonly tasks: readonly Task[];
  /** The ids of the tasks of the stay and after it; empty for goods. */
  readonly later: ReadonlySet<string>;
  readonly stay: Stay | null;
  readonly deadline: Instant | null;
}

/** Times for everything that was aimed at. */
export interface Plan {
  readonly finish: Instant;
  readonly placed: ReadonlyMap<string, Placed>;
  readonly parts: readonly PartAvailability[];
  readonly partsAt: Instant;
  readonly binding: readonly Binding[];
}

/** Why there are none. */
export type PlanRefusal =
  | Unplaced
  | {
      readonly kind: 'deadline-missed';
      readonly deadline: Instant;
      readonly finish: Instant;
      readonly binding: readonly Binding[];
    };

/** A plan, or why not. */
export type Planning = { readonly kind: 'plan'; readonly plan: Plan } | PlanRefusal;

/** Finds times for everything: as soon as possible, or for a stay as late as possible before it. */
export function findPlan(state: PlantState, aim: Aim): Planning {
  return aim.stay === null ? planGoods(state, aim) : planStay(state, aim, aim.stay);
}

function planGoods(state: PlantState, aim: Aim): Planning {
  const placing = startPlacing();
  const parts = explainedParts(state, aim);
  const from = latest(parts, aim.earliest);
  const unplaced = placeForward(state, placing, aim.tasks, { from, limit: from + HORIZON_MS });
  if (unplaced !== undefined) return unplaced;
  const { placed } = placing;
  const binding = explainForward(state, placed, parts, aim.earliest);
  const finish = Math.max(from, ...[...placed.values()].map(({ end }) => end));
  const { deadline } = aim;
  if (deadline !== null && finish > deadline) {
    return { kind: 'deadline-missed', deadline, finish, binding };
  }
  const partsAt = firstStart(placed, aim.tasks) ?? from;
  return {
    kind: 'plan',
    plan: { finish, placed, partsAt, parts: settleParts(state, aim, parts, partsAt), binding },
  };
}

function planStay(state: PlantState, aim: Aim, stay: Stay): Planning {
  const placing = startPlacing();
  const during = aim.tasks.filter(({ work }) => work === 'stay');
  const span = { start: stay.from, end: stay.to };
  const taken = placeStay(state, placing, during, span);
  if (taken !== undefined) return taken;
  const ready = makeReady(state, aim, stay, placing);
  if (ready.kind !== 'plan') return ready;
  const after = aim.tasks.filter(({ id, work }) => aim.later.has(id) && work !== 'stay');
  const from = Math.max(stay.to, aim.earliest);
  const bounds = { from, limit: from + HORIZON_MS };
  const unplaced = placeForward(state, ready.placing, after, bounds);
  return unplaced ?? { kind: 'plan', plan: { ...ready.plan, placed: ready.placing.placed } };
}

type Readied = { readonly kind: 'plan'; readonly plan: Plan; readonly placing: Placing };

/** Everything before the arrival: backwards from it, and where that fails, forwards. */
function makeReady(state: PlantState, aim: Aim, stay: Stay, begun: Placing): Readied | PlanRefusal {
  const tasks = aim.tasks.filter(({ id }) => !aim.later.has(id));
  const deadline = Math.min(stay.from, aim.deadline ?? stay.from);
  const parts = explainedParts(state, aim);
  const from = latest(parts, aim.earliest);
  const backward: Placing = { placed: new Map(begun.placed), taken: [...begun.taken] };
  const isSettled = tasks.some(({ endsAt }) => endsAt !== undefined);
  const bounds = { earliest: aim.earliest, deadline };
  if (!isSettled && placeBackward(state, backward, tasks, bounds) === undefined) {
    const partsAt = firstStart(backward.placed, tasks) ?? deadline;
    if (from <= partsAt) {
      const plan = readyPlan(state, aim, { placed: backward.placed, tasks, parts, partsAt });
      const binding: Binding = {
        kind: 'arrival',
        at: stay.from,
        delayMs: partsAt - aim.earliest,
      };
      return { kind: 'plan', plan: { ...plan, binding: [binding] }, placing: backward };
    }
  }
  const unplaced = placeForward(state, begun, tasks, { from, limit: from + HORIZON_MS });
  if (unplaced !== undefined) return unplaced;
  const partsAt = firstStart(begun.placed, tasks) ?? from;
  const plan = readyPlan(state, aim, { placed: begun.placed, tasks, parts, partsAt });
  if (aim.deadline !== null && plan.finish > deadline) {
    const { finish, binding } = plan;
    return { kind: 'deadline-missed', deadline, finish, binding };
  }
  return { kind: 'plan', plan, placing: begun };
}

function readyPlan(
  state: PlantState,
  aim: Aim,
  found: {
    readonly placed: ReadonlyMap<string, Placed>;
    readonly tasks: readonly Task[];
    readonly parts: readonly ExplainedPart[];
    readonly partsAt: Instant;
  },
): Plan {
  const { tasks, parts, partsAt } = found;
  const ids = new Set(tasks.map(({ id }) => id));
  const placed = new Map([...found.placed].filter(([id]) => ids.has(id)));
  const finish = Math.max(partsAt, ...[...placed.values()].map(({ end }) => end));
  const binding = explainForward(state, placed, parts, aim.earliest);
  return { finish, placed, partsAt, parts: settleParts(state, aim, parts, partsAt), binding };
}

function explainedParts(state: PlantState, aim: Aim): readonly ExplainedPart[] {
  const { now, earliest } = aim;
  return aim.parts.map(({ item, quantity }) => ({
    item,
    quantity,
    ...availabilityOf(getShelf(state, item), { quantity, earliest, now }),
  }));
}

/** What of each part is in no known supply when it is needed. */
function settleParts(
  state: PlantState,
  { now }: Aim,
  parts: readonly ExplainedPart[],
  partsAt: Instant,
): readonly PartAvailability[] {
  return parts.map(({ item, quantity, at }) => {
    const free = freeStock(getShelf(state, item), partsAt, now);
    const short = Math.max(0, toMillionths(quantity) - toMillionths(free));
    return { item, quantity, availableAt: at, toBuy: fromMillionths(short) };
  });
}

function latest(parts: readonly ExplainedPart[], earliest: Instant): Instant {
  return Math.max(earliest, ...parts.map(({ at }) => at));
}

/** The first start of the tasks that are not settled yet. */
function firstStart(
  placed: ReadonlyMap<string, Placed>,
  tasks: readonly Task[],
): Instant | undefined {
  const starts = tasks
    .filter(({ endsAt }) => endsAt === undefined)
    .map(({ id }) => placed.get(id)?.start ?? Number.POSITIVE_INFINITY);
  return starts.length === 0 ? undefined : Math.min(...starts);
}
