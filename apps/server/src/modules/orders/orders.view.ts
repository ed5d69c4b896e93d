import type { Order, OrderEnding } from '@keepsake/contract';
import { DAY_MS, instantToText } from '@keepsake/kernel';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { findFamily, type PublishedFamily, pictureOf } from '../families/index.ts';
import { listOperations, type OperationRow } from '../production/index.ts';
import { type OrderContent, openOrder } from './content.ts';
import { valueWords } from './demand.rules.ts';
import { viewEnding } from './endings.service.ts';
import { listOrderRows, type OrderRow } from './orders.store.ts';
import { listPromises, type PromiseRow } from './promises.store.ts';
import { sinceOf } from './remember.service.ts';

/**
 * One order with everything that its page shows to staff; undefined when its family version is gone.
 * How it ended is not for the customer's page.
 */
export async function viewOrder(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  row: OrderRow,
): Promise<Order | undefined> {
  const published = await findFamily(db, row);
  if (published === undefined) return undefined;
  const content = await openOrder(db, deps, row);
  const promises = await listPromises(db, row.company, [row.id]);
  const operations = await listOperations(db, row, { orders: [row.id] });
  const ending = await viewEnding(db, deps, row);
  return wireOrder({ row, published, content, promises, operations, ending });
}

interface Parts {
  readonly row: OrderRow;
  readonly published: PublishedFamily;
  readonly content: OrderContent | undefined;
  readonly promises: readonly PromiseRow[];
  readonly operations: readonly OperationRow[];
  readonly ending: OrderEnding | null;
}

function wireOrder(parts: Parts): Order {
  const { row, published, content } = parts;
  const { family } = published;
  const values = content?.values ?? {};
  const texts = content?.texts ?? {};
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    version: row.version,
    placedAt: row.placedAt.toISOString(),
    site: row.site,
    family: row.family,
    familyName: family.name,
    modelHash: row.modelHash,
    configurationHash: row.configurationHash,
    // What is absent because its part is not there is no part of the design.
    design: family.attributes.flatMap(({ id, name, part, type }) =>
      type === 'text' || content === undefined || (part !== undefined && values[id] === null)
        ? []
        : [
            {
              attribute: id,
              label: name,
              value: values[id] ?? null,
              valueLabel: valueWords(family, id, values[id]),
            },
          ],
    ),
    decisions: [...(content?.decisions ?? [])],
    texts: { ...texts },
    picture: content === undefined ? '' : pictureOf(published, values, texts),
    occasion: row.occasion,
    stay: row.stay,
    ...wirePrice(row),
    address: content?.address ?? null,
    promise: wirePromise(parts),
    instructions: (content?.instructions ?? []).map((instruction) => ({
      operation: instruction.operation,
      text: instruction.text,
      since: sinceOf(instruction, row.placedAt.getTime()),
    })),
    operations: wireOperations(parts),
    ending: parts.ending,
    ...rightsOf(parts),
  };
}

function wirePrice(row: OrderRow): Pick<Order, 'lines' | 'delivery' | 'tax' | 'total'> {
  const { currency, delivery, tax } = row;
  return {
    lines: row.lines.map(({ code, label, minor }) => ({
      code,
      label,
      amount: { currency, minor },
    })),
    delivery: {
      id: delivery.id,
      name: delivery.name,
      fee: { currency, minor: delivery.feeMinor },
    },
    tax: {
      label: tax.label,
      basisPoints: tax.basisPoints,
      amount: { currency, minor: tax.minor },
      included: tax.included,
    },
    total: { currency, minor: row.totalMinor.toString() },
  };
}

function wirePromise({ row, promises }: Parts): Order['promise'] {
  const history = promises.map((promise) => ({
    at: promise.at.toISOString(),
    ready: promise.ready.toISOString(),
    reasons: [...promise.reasons],
  }));
  const ready = promises.at(-1)?.ready.getTime() ?? row.placedAt.getTime();
  const delivered = ready + row.delivery.days * DAY_MS;
  return { ready: instantToText(ready), delivered: instantToText(delivered), history };
}

function wireOperations({ row, published, operations }: Parts): Order['operations'] {
  const names = new Map(published.family.operations.map(({ id, name }) => [id, name]));
  return operations.map((operation) => {
    const start = operation.startedAt ?? operation.claim?.start ?? row.placedAt.getTime();
    const end = operation.finishedAt ?? operation.claim?.end ?? start;
    return {
      operation: operation.id,
      name: names.get(operation.id) ?? { en: operation.id },
      state: operation.stage,
      start: instantToText(start),
      end: instantToText(end),
    };
  });
}

function rightsOf({ row, content, operations }: Parts) {
  const isEarly = operations.every(
    ({ orderStage }) => orderStage === 'planned' || orderStage === 'firm',
  );
  const canCancel = row.state === 'accepted' && isEarly;
  return {
    canAmend: canCancel && content !== undefined,
    canCancel,
    canReturn: row.state === 'made' && row.stay === null,
  };
}

const EXPORTED_MAX = 1_000;

/** An order as its owner takes it along: without the name of whoever took it back. */
type ExportedOrder = Omit<Order, 'picture' | 'ending'> & {
  readonly ending: Omit<OrderEnding, 'byName'> | null;
};

/** The orders of a subject whole, for their owner to take along. */
export async function viewOrdersOf(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  company: string,
  subject: string,
): Promise<readonly ExportedOrder[]> {
  const rows = await listOrderRows(db, { company, subjects: [subject], limit: EXPORTED_MAX });
  const views = await Promise.all(rows.map((row) => viewOrder(db, deps, row)));
  return views.flatMap((view) => {
    if (view === undefined) return [];
    const { picture: _picture, ending, ...rest } = view;
    return [{ ...rest, ending: ending && nameless(ending) }];
  });
}

function nameless({ byName: _name, ...told }: OrderEnding): Omit<OrderEnding, 'byName'> {
  return told;
}
