import type { Arrival, AskAnswer, Fact, GuestCard, Predicate } from '@keepsake/contract';
import type { z } from 'zod';
import { calendarDateOf } from '../../ui/date.view.ts';

type OrderLine = GuestCard['orders'][number];
type Task = GuestCard['tasks'][number];
/** Somebody who arrives. */
export type ArrivalOf = z.infer<typeof Arrival>;
type Answer = z.infer<typeof AskAnswer>;

/** One of the few lines that say what matters about a guest now. */
export type KeyLine =
  | { readonly kind: 'must'; readonly facts: readonly Fact[] }
  | { readonly kind: 'arriving' | 'staying' | 'coming'; readonly order: OrderLine }
  | { readonly kind: 'order'; readonly order: OrderLine }
  | { readonly kind: 'likes'; readonly facts: readonly Fact[] }
  | { readonly kind: 'unknown' };

const OPEN: readonly OrderLine['state'][] = ['accepted', 'in-making', 'blocked'];
const LIKES_MAX = 3;

function isMust(fact: Fact): boolean {
  const isBinding = fact.polarity === 'require' || fact.polarity === 'forbid';
  return fact.value !== false && (isBinding || fact.sensitivity === 'special');
}

function isOver(order: OrderLine): boolean {
  return order.state === 'cancelled' || order.state === 'returned';
}

function stayLine(orders: readonly OrderLine[], today: string): KeyLine | undefined {
  const stays = orders
    .flatMap((order) => (order.stay === null || isOver(order) ? [] : [{ order, stay: order.stay }]))
    .filter(({ stay }) => stay.depart >= today)
    .sort((a, b) => a.stay.arrive.localeCompare(b.stay.arrive));
  const [first] = stays;
  if (first === undefined) return undefined;
  const { arrive } = first.stay;
  const kind = arrive === today ? 'arriving' : arrive < today ? 'staying' : 'coming';
  return { kind, order: first.order };
}

function orderLine(orders: readonly OrderLine[]): KeyLine | undefined {
  const open = orders
    .filter((order) => order.stay === null && OPEN.includes(order.state))
    .sort((a, b) => a.ready.localeCompare(b.ready));
  return open[0] === undefined ? undefined : { kind: 'order', order: open[0] };
}

function likesLine(facts: readonly Fact[]): KeyLine | undefined {
  const likes = facts
    .filter((fact) => fact.polarity === 'like' && !isMust(fact) && fact.value !== false)
    .sort((a, b) => b.confidence - a.confidence || b.since.localeCompare(a.since))
    .slice(0, LIKES_MAX);
  return likes.length === 0 ? undefined : { kind: 'likes', facts: likes };
}

/** At most three lines: what must be, what is on now, what is liked best. */
export function keyLines(
  card: Pick<GuestCard, 'facts' | 'orders'>,
  today: string,
): readonly KeyLine[] {
  const musts = card.facts.filter(isMust);
  const lines = [
    musts.length === 0 ? undefined : ({ kind: 'must', facts: musts } as const),
    stayLine(card.orders, today) ?? orderLine(card.orders),
    likesLine(card.facts),
  ].filter((line) => line !== undefined);
  return lines.length === 0 ? [{ kind: 'unknown' }] : lines;
}

/** The tasks of a guest: due by the end of today, and later; what is done is left out. */
export function splitTasks(
  tasks: readonly Task[],
  today: string,
  timeZone: string | undefined,
): { readonly now: readonly Task[]; readonly later: readonly Task[] } {
  const open = tasks
    .filter(({ state }) => state !== 'done' && state !== 'cancelled')
    .sort((a, b) => a.due.localeCompare(b.due));
  const isNow = (task: Task) => calendarDateOf(task.due, timeZone) <= today;
  return { now: open.filter(isNow), later: open.filter((task) => !isNow(task)) };
}

/** Orders in the order they matter: under way first, then the newest. */
export function sortOrders(orders: readonly OrderLine[]): readonly OrderLine[] {
  return [...orders].sort(
    (a, b) =>
      Number(OPEN.includes(b.state)) - Number(OPEN.includes(a.state)) ||
      b.placedAt.localeCompare(a.placedAt),
  );
}

/** A question that the desk may put now, with answers of one tap. */
export interface Question {
  readonly predicate: Predicate;
  /** Known, but in doubt: ask whether it still holds. */
  readonly doubted: Answer['value'];
  readonly options: readonly Fact['value'][];
}

/** Few enough not to be an interrogation. */
export const QUESTIONS_MAX = 2;

/** What may be asked now, what decides most first: never what is known, declined or asked elsewhere. */
export function questionsOf(
  answers: readonly Answer[],
  predicates: readonly Predicate[],
): readonly Question[] {
  const place = ({ rank }: Answer): number => rank ?? Number.NEGATIVE_INFINITY;
  return answers
    .filter(({ status }) => status === 'ask' || status === 'confirm')
    .sort((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)))
    .flatMap((answer) => {
      const predicate = predicates.find(({ name }) => name === answer.predicate);
      if (predicate === undefined) return [];
      const doubted = answer.status === 'confirm' ? answer.value : null;
      const offered = answer.options.map(({ id }) => id);
      const all = predicate.values.map(({ id }) => id);
      const options =
        predicate.kind === 'boolean' ? [true, false] : offered.length > 0 ? offered : all;
      return [{ predicate, doubted, options }];
    })
    .slice(0, QUESTIONS_MAX);
}

/** What can be asked at a desk: answered with one tap, and no question about health. */
export function askableNeeds(
  predicates: readonly Predicate[],
  relevant: ReadonlySet<string>,
): readonly string[] {
  return predicates
    .filter(
      ({ name, kind, sensitivity }) =>
        relevant.has(name) &&
        sensitivity === 'ordinary' &&
        (kind === 'choice' || kind === 'boolean'),
    )
    .map(({ name }) => name)
    .slice(0, 100);
}

/** Who arrives on one day. */
export interface ArrivalDay {
  readonly date: string;
  readonly arrivals: readonly ArrivalOf[];
}

/** Arrivals under their days, earliest first; within a day, what is least prepared first. */
export function arrivalDays(items: readonly ArrivalOf[]): readonly ArrivalDay[] {
  const open = ({ prepared }: ArrivalOf) => prepared.total - prepared.done;
  const days = new Map<string, ArrivalOf[]>();
  for (const item of items) {
    days.set(item.stay.arrive, [...(days.get(item.stay.arrive) ?? []), item]);
  }
  return [...days]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([date, arrivals]) => ({
      date,
      arrivals: [...arrivals].sort((a, b) => open(b) - open(a)),
    }));
}

/** What a search text most likely is when somebody new is greeted with it. */
export function greetingFrom(query: string): {
  readonly name: string;
  readonly email: string;
  readonly loyalty: string;
} {
  const text = query.trim();
  const none = { name: '', email: '', loyalty: '' };
  if (text.includes('@')) return { ...none, email: text };
  return /\d/.test(text) ? { ...none, loyalty: text } : { ...none, name: text };
}

/** Whether there is anything to do for the guest beyond what is done for everybody. */
export function isCaredFor({ care }: Pick<GuestCard, 'care'>): boolean {
  return care.isKept || care.treatments.length > 0;
}
