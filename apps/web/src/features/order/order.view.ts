import type { Order, OrderEnding } from '@keepsake/contract';

/** The colour of an order's state: done well, to be minded, or over. */
export function toneOf(state: Order['state']): 'good' | 'warn' | 'bad' | undefined {
  switch (state) {
    case 'made':
      return 'good';
    case 'blocked':
      return 'warn';
    case 'cancelled':
    case 'returned':
      return 'bad';
    case 'accepted':
    case 'in-making':
      return undefined;
  }
}

/** Whether the date of an order still matters to the customer. */
export function isUnderWay(state: Order['state']): boolean {
  return state === 'accepted' || state === 'in-making' || state === 'blocked';
}

/** A step of making as the customer sees it. */
export type StepState = 'done' | 'running' | 'blocked' | 'waiting';

/** How a step stands; whatever is not begun waits. */
export function stepStateOf(state: string): StepState {
  if (state === 'done' || state === 'running' || state === 'blocked') return state;
  return 'waiting';
}

/** One entry of a date's history: when it was set, to what, and by how many days it moved. */
export interface PromiseMove {
  readonly at: string;
  readonly ready: string;
  readonly reasons: Order['promise']['history'][number]['reasons'];
  /** Days later (or, below zero, earlier) than the entry before; undefined for the first. */
  readonly daysLater: number | undefined;
}

const DAY_MS = 86_400_000;

/** The history of a date, newest first, with how far each entry moved it. */
export function movesOf(history: Order['promise']['history']): readonly PromiseMove[] {
  return history
    .map((entry, index) => {
      const before = history[index - 1];
      const daysLater =
        before === undefined
          ? undefined
          : Math.round((Date.parse(entry.ready) - Date.parse(before.ready)) / DAY_MS);
      return { at: entry.at, ready: entry.ready, reasons: entry.reasons, daysLater };
    })
    .reverse();
}

/** The choices of an order worth reading: what was left open is not told. */
export function toldChoices(design: Order['design']): Order['design'] {
  return design.filter(({ value }) => value !== null && value !== false);
}

/** Who ended an order: the customer, staff with a name, or staff who have none any more. */
export function enderOf({ by, byName }: OrderEnding): 'customer' | 'staff' | 'gone' {
  if (by === 'customer') return 'customer';
  return byName === null ? 'gone' : 'staff';
}

/** By whose doing something comes back; undefined while nobody has said. */
export type Fault = 'customer' | 'own' | undefined;

/** What is sent with a return. */
export interface ReturnRequest {
  readonly ownFault?: boolean;
  readonly reason?: string;
}

/** What to send of a return: whose doing it was is for staff to say. */
export function returnRequest(fault: Fault, reason: string): ReturnRequest {
  const told = reason.trim();
  return {
    ...(fault === undefined ? {} : { ownFault: fault === 'own' }),
    ...(told === '' ? {} : { reason: told }),
  };
}
