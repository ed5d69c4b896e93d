import type { Texts, Values } from '@keepsake/configurator';
import type { Address, Evidence } from '@keepsake/contract';
import type { Words } from '@keepsake/kernel';
import type { z } from 'zod';
import type { Db } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { openText, seal } from '../../platform/keys.ts';
import type { OrderRow } from './orders.store.ts';

/** What a remembered fact asks of one operation of an order. */
export interface OrderInstruction {
  readonly operation: string;
  readonly text: Words;
  readonly evidence: readonly z.infer<typeof Evidence>[];
}

/** The personal part of an order: sealed, and gone when its customer is erased. */
export interface OrderContent {
  readonly decisions: readonly {
    readonly attribute: string;
    readonly value: string | number | boolean;
  }[];
  readonly values: Values;
  readonly texts: Texts;
  readonly address: Address | null;
  readonly instructions: readonly OrderInstruction[];
}

const PURPOSE = 'order.content';

/** Seals the content of an order with the key of its subject, which exists. */
export async function sealOrder(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  owner: { readonly company: string; readonly subject: string },
  content: OrderContent,
): Promise<Uint8Array> {
  const key = await deps.keys.createSubjectKey(db, owner.company, owner.subject);
  return seal(key, JSON.stringify(content), PURPOSE);
}

/** Opens the content of an order; undefined where its customer was erased. */
export async function openOrder(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  row: OrderRow,
): Promise<OrderContent | undefined> {
  if (row.subject === null || row.contentSealed === null) return undefined;
  const key = await deps.keys.findSubjectKey(db, row.company, row.subject);
  if (key === undefined) return undefined;
  return JSON.parse(openText(key, row.contentSealed, PURPOSE)) as OrderContent;
}
