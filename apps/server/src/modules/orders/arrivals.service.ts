import type { Words } from '@keepsake/kernel';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { findFamily } from '../families/index.ts';
import { listOperations } from '../production/index.ts';
import { type OrderContent, openOrder } from './content.ts';
import { addDays } from './dates.rules.ts';
import { valueWords } from './demand.rules.ts';
import { listOrderRows, listStayRows, type OrderRow } from './orders.store.ts';
import { sinceOf } from './remember.service.ts';

/** A task that makes something ready for a guest. */
export interface PrepareTask {
  readonly id: string;
  readonly order: string;
  readonly orderNumber: string;
  readonly name: Words;
  readonly state: string;
  readonly due: string;
  readonly instructions: { text: Words; since: string }[];
}

/** Somebody who arrives, with what is prepared for them. */
export interface ArrivingStay {
  readonly order: string;
  readonly orderNumber: string;
  readonly subject: string | null;
  readonly stay: { arrive: string; depart: string };
  readonly familyName: Words;
  readonly roomLabel: Words;
  readonly arrivalSlot: Words | null;
  readonly prepared: { done: number; total: number };
  readonly tasks: PrepareTask[];
}

type ViewDeps = Pick<Deps, 'keys'>;

async function tasksOf(
  db: Db,
  row: OrderRow,
  content: OrderContent | undefined,
): Promise<readonly PrepareTask[]> {
  const published = await findFamily(db, row);
  if (published === undefined) return [];
  const names = new Map(published.family.operations.map(({ id, name }) => [id, name]));
  const operations = await listOperations(db, row, { orders: [row.id] });
  return operations
    .filter((operation) => operation.seconds !== 'stay')
    .map((operation) => ({
      id: operation.wireId,
      order: row.id,
      orderNumber: row.number,
      name: names.get(operation.id) ?? { en: operation.id },
      state: operation.stage,
      due: new Date(operation.claim?.end ?? operation.finishedAt ?? row.placedAt).toISOString(),
      instructions: (content?.instructions ?? [])
        .filter((instruction) => instruction.operation === operation.id)
        .map((instruction) => ({
          text: instruction.text,
          since: sinceOf(instruction, row.placedAt.getTime()),
        })),
    }));
}

async function labelsOf(
  db: Db,
  row: OrderRow,
  content: OrderContent | undefined,
): Promise<Pick<ArrivingStay, 'familyName' | 'roomLabel' | 'arrivalSlot'>> {
  const published = await findFamily(db, row);
  if (published === undefined) {
    return { familyName: { en: row.family }, roomLabel: { en: '' }, arrivalSlot: null };
  }
  const { family } = published;
  const label = (id: string): Words | undefined => {
    const value = content?.values[id];
    return value === undefined ? undefined : valueWords(family, id, value);
  };
  const first = family.attributes[0]?.id ?? '';
  const roomLabel = label('room_type') ?? label(first) ?? family.name;
  return { familyName: family.name, roomLabel, arrivalSlot: label('arrival') ?? null };
}

/** The stays that begin at a site within some days, with what is prepared for each. */
export async function listArrivals(
  db: Db,
  deps: ViewDeps,
  which: {
    readonly company: string;
    readonly site: string;
    readonly from: string;
    readonly days: number;
  },
): Promise<readonly ArrivingStay[]> {
  const until = addDays(which.from, which.days);
  const rows = await listStayRows(db, which, { from: which.from, until });
  const arriving: ArrivingStay[] = [];
  for (const row of rows) {
    if (row.stay === null) continue;
    const content = await openOrder(db, deps, row);
    const tasks = await tasksOf(db, row, content);
    const done = tasks.filter((task) => task.state === 'done').length;
    arriving.push({
      order: row.id,
      orderNumber: row.number,
      subject: row.subject,
      stay: row.stay,
      ...(await labelsOf(db, row, content)),
      prepared: { done, total: tasks.length },
      tasks: [...tasks],
    });
  }
  return arriving;
}

const TASK_ORDERS_MAX = 20;

/** What is being prepared for some subjects now. */
export async function listTasksOfSubjects(
  db: Db,
  deps: ViewDeps,
  who: { readonly company: string; readonly subjects: readonly string[] },
): Promise<readonly PrepareTask[]> {
  const { company, subjects } = who;
  const rows = await listOrderRows(db, { company, subjects, limit: TASK_ORDERS_MAX });
  const open = rows.filter((row) => ['accepted', 'in-making', 'blocked'].includes(row.state));
  const tasks: PrepareTask[] = [];
  for (const row of open) {
    const all = await tasksOf(db, row, await openOrder(db, deps, row));
    tasks.push(...all.filter((task) => task.state !== 'done'));
  }
  return tasks;
}
