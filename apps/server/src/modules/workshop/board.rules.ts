import { holds, quantityOf } from '@keepsake/configurator';
import type { BoardCard } from '@keepsake/contract';
import { type Instant, instantToText, type Words } from '@keepsake/kernel';
import { fillWords, type MakerOrder } from '../orders/index.ts';
import type { OperationRow, StockLabel, WorkOrderRow } from '../production/index.ts';

/** Where an operation stands for those who make. */
export type CardState = BoardCard['state'];

/** An operation with the order it belongs to, as the plant knows them. */
export interface Task {
  readonly row: OperationRow;
  readonly state: CardState;
}

/**
 * Operations that somebody does: those of a stay's length are a room being kept, and orders that
 * are not a promise yet are nobody's work.
 */
export function tasksOf(rows: readonly OperationRow[]): readonly Task[] {
  return rows
    .filter((row) => row.seconds !== 'stay' && row.orderStage !== 'planned')
    .map((row) => ({ row, state: cardState(row) }));
}

/**
 * The state of an operation. Of an order that is not on the floor yet, what waits for nothing can
 * be begun: beginning hands the order to the floor.
 */
export function cardState(row: OperationRow): CardState {
  const canBegin = row.orderStage === 'firm' && row.stage === 'waiting' && row.after.length === 0;
  return canBegin ? 'ready' : row.stage;
}

const RANK: Readonly<Record<CardState, number>> = {
  running: 0,
  ready: 1,
  blocked: 1,
  waiting: 2,
  done: 3,
};

/** What to make now comes first: what runs, what could, what waits; each by its planned start. */
export function sortTasks(tasks: readonly Task[]): readonly Task[] {
  const startOf = ({ row }: Task): number => row.startedAt ?? row.claim?.start ?? Infinity;
  return tasks.toSorted((a, b) => {
    if (RANK[a.state] !== RANK[b.state]) return RANK[a.state] - RANK[b.state];
    // Not a subtraction: two without a place would differ by NaN.
    if (startOf(a) === startOf(b)) return 0;
    return startOf(a) < startOf(b) ? -1 : 1;
  });
}

/** All there is to know of an order when one of its cards is shown. */
export interface CardOrder {
  readonly maker: MakerOrder;
  readonly work: WorkOrderRow;
  /** Its whole routing, in the order of the family. */
  readonly operations: readonly OperationRow[];
  readonly labels: ReadonlyMap<string, StockLabel>;
}

/** A card as the API shows it. */
export function toCard(row: OperationRow, order: CardOrder): BoardCard {
  const { maker, work } = order;
  const state = cardState(row);
  const operation = maker.family.operations.find((each) => each.id === row.id);
  const start = row.startedAt ?? row.claim?.start ?? row.finishedAt ?? work.promise;
  const end = row.finishedAt ?? row.claim?.end ?? start;
  return {
    id: row.wireId,
    order: row.orderId,
    orderNumber: maker.number,
    familyName: maker.familyName,
    operation: row.id,
    name: operation?.name ?? { en: row.id },
    workCentre: row.workCentre,
    state,
    blockedReason: row.blockedBecause,
    minutes: minutesOf(row),
    start: instantToText(start),
    end: instantToText(Math.max(start, end)),
    due: instantToText(work.promise),
    instruction: instructionOf(operation?.instruction, maker),
    texts: [...textsOf(row, order)],
    parts: partsOf(row, order),
    remembered: maker.instructions
      .filter((instruction) => instruction.operation === row.id)
      .map(({ text, evidence }) => ({ text, evidence: [...evidence] })),
    // Nobody works from the picture of what still waits, and it is nine tenths of a card.
    picture: state === 'waiting' ? '' : maker.picture,
  };
}

const MINUTE_SECONDS = 60;

function minutesOf({ seconds }: OperationRow): number {
  return seconds === 'stay' ? 0 : seconds / MINUTE_SECONDS;
}

function instructionOf(words: Words | undefined, maker: MakerOrder): Words | null {
  if (words === undefined) return null;
  const texts = Object.fromEntries(maker.texts.map(({ attribute, text }) => [attribute, text]));
  return fillWords(words, { family: maker.family, values: maker.values, texts });
}

/**
 * The texts that an operation needs: those its instruction mentions. A text that no operation of
 * the order mentions stands on all of them, so that nobody overlooks it.
 */
function textsOf(row: OperationRow, { maker, operations }: CardOrder): MakerOrder['texts'] {
  const routed = new Set(operations.map((operation) => operation.id));
  const mentions = (attribute: string): readonly string[] =>
    maker.family.operations
      .filter(({ id, instruction = { en: '' } }) => {
        const isMentioned = Object.values(instruction).some((text) =>
          text.includes(`{${attribute}}`),
        );
        return isMentioned && routed.has(id);
      })
      .map(({ id }) => id);
  return maker.texts.filter(({ attribute }) => {
    const operationIds = mentions(attribute);
    return operationIds.length === 0 || operationIds.includes(row.id);
  });
}

/**
 * The parts that an operation uses. All parts of an order are taken from stock when its first
 * operation begins: what the family names no operation for, or one that this order skips, lies there.
 */
function partsOf(row: OperationRow, order: CardOrder): BoardCard['parts'] {
  const { labels, maker, operations } = order;
  const { values } = maker;
  const texts = Object.fromEntries(maker.texts.map(({ attribute, text }) => [attribute, text]));
  const routed = new Set(operations.map((operation) => operation.id));
  const first = firstOf(operations)?.id;
  const parts = new Map<string, BoardCard['parts'][number]>();
  for (const component of maker.family.components) {
    const { operation, item, name, unit } = component;
    const owner = operation !== undefined && routed.has(operation) ? operation : first;
    if (owner !== row.id || !holds(component.when, values, texts)) continue;
    const label = labels.get(item);
    const quantity = quantityOf(component.quantity, values, texts) ?? 0;
    const before = parts.get(item)?.quantity ?? 0;
    parts.set(item, {
      item,
      name: label?.name ?? name,
      quantity: before + quantity,
      unit: label?.unit ?? unit,
      bin: label?.bin ?? null,
    });
  }
  return [...parts.values()];
}

/** The operation that was begun first, or that the plan begins with. */
function firstOf(operations: readonly OperationRow[]): OperationRow | undefined {
  const tasks = operations.filter((operation) => operation.seconds !== 'stay');
  const begun = earliest(tasks, (operation) => operation.startedAt);
  return begun ?? earliest(tasks, (operation) => operation.claim?.start ?? null) ?? tasks[0];
}

function earliest(
  operations: readonly OperationRow[],
  instantOf: (operation: OperationRow) => Instant | null,
): OperationRow | undefined {
  let first: { readonly operation: OperationRow; readonly at: Instant } | undefined;
  for (const operation of operations) {
    const at = instantOf(operation);
    if (at !== null && (first === undefined || at < first.at)) first = { operation, at };
  }
  return first?.operation;
}
