import type { Choice, Conflict, TextFault } from '@keepsake/configurator';
import { type Instant, newId } from '@keepsake/kernel';
import type { Db, Tx } from '../../platform/database/schema.ts';
import type { Deps } from '../../platform/deps.ts';
import { open, openText, seal } from '../../platform/keys.ts';
import { findFamily, openSession } from '../families/index.ts';
import { createSubject } from '../memory/index.ts';
import {
  type DesignsTable,
  deleteDesigns,
  findDesignRow,
  findSharedRow,
  insertDesign,
  listDesignRows,
  updateDesign,
} from './designs.store.ts';

type DesignDeps = Pick<Deps, 'database' | 'keys' | 'clock' | 'random'>;

/** A choice as the API has it. */
export type WireChoice = { readonly attribute: string; readonly value: string | number | boolean };

/** What a customer chose and wrote: the sealed part of a design. */
export interface DesignContent {
  readonly decisions: readonly WireChoice[];
  readonly texts: Readonly<Record<string, string>>;
}

/** A saved design, opened. */
export interface SavedDesign extends DesignContent {
  readonly id: string;
  readonly shareId: string;
  readonly subject: string;
  readonly family: string;
  readonly modelHash: string;
  readonly version: number;
  readonly updatedAt: Instant;
}

/** Why a design could not be saved. */
export type DesignRefusal =
  | { readonly kind: 'family-not-found' }
  | { readonly kind: 'design-not-found' }
  | { readonly kind: 'stale'; readonly version: number }
  | { readonly kind: 'conflict'; readonly error: Conflict | TextFault };

export type SaveOutcome = { readonly kind: 'saved'; readonly design: SavedDesign } | DesignRefusal;

const PURPOSE = 'design.content';

async function openRow(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  row: DesignsTable,
): Promise<SavedDesign | undefined> {
  const key = await deps.keys.findSubjectKey(db, row.company, row.subject);
  if (key === undefined) return undefined;
  const content = JSON.parse(openText(key, row.content_sealed, PURPOSE)) as DesignContent;
  return {
    id: row.id,
    shareId: row.share_id,
    subject: row.subject,
    family: row.family,
    modelHash: row.model_hash,
    version: row.version,
    updatedAt: row.updated_at.getTime(),
    ...content,
  };
}

/** A design by its id; whoever knows the id may change it. */
export async function findDesign(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  company: string,
  id: string,
): Promise<SavedDesign | undefined> {
  const row = await findDesignRow(db, company, id);
  return row && (await openRow(db, deps, row));
}

/** A design by the id that it is shared under. */
export async function findSharedDesign(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  company: string,
  shareId: string,
): Promise<SavedDesign | undefined> {
  const row = await findSharedRow(db, company, shareId);
  return row && (await openRow(db, deps, row));
}

/** The designs of a subject, newest first. */
export async function listDesigns(
  db: Db,
  deps: Pick<Deps, 'keys'>,
  company: string,
  subject: string,
): Promise<readonly SavedDesign[]> {
  const rows = await listDesignRows(db, company, subject);
  const opened = await Promise.all(rows.map((row) => openRow(db, deps, row)));
  return opened.flatMap((design) => design ?? []);
}

async function sealContent(
  tx: Tx,
  deps: Pick<Deps, 'keys'>,
  owner: { readonly company: string; readonly subject: string },
  content: DesignContent,
): Promise<Uint8Array> {
  const key = await deps.keys.createSubjectKey(tx, owner.company, owner.subject);
  return seal(key, JSON.stringify(content), PURPOSE);
}

/** What is valid of a design's content, with texts as the model normalises them. */
async function checkContent(
  db: Db,
  at: { readonly company: string; readonly family: string },
  content: { readonly decisions: readonly WireChoice[]; readonly texts: Record<string, string> },
): Promise<
  | { readonly kind: 'ok'; readonly modelHash: string; readonly content: DesignContent }
  | DesignRefusal
> {
  const published = await findFamily(db, at);
  if (published === undefined) return { kind: 'family-not-found' };
  const opened = openSession(published, content.decisions, content.texts);
  if (opened.kind === 'refused') return { kind: 'conflict', error: opened.error };
  const { choices, texts } = opened.value;
  return {
    kind: 'ok',
    modelHash: published.modelHash,
    content: { decisions: choices.flatMap(withValue), texts: { ...texts } },
  };
}

function withValue({ attribute, value }: Choice): readonly WireChoice[] {
  return value === null ? [] : [{ attribute, value }];
}

/**
 * Saves a new design. It belongs to the signed-in customer, or to a subject of its own that nobody
 * is known by.
 */
export async function createDesign(
  deps: DesignDeps,
  input: {
    readonly company: string;
    readonly family: string;
    readonly customer: string | null;
    readonly decisions: readonly WireChoice[];
    readonly texts: Record<string, string>;
  },
): Promise<SaveOutcome> {
  const { company, family } = input;
  return await deps.database.transaction(async (tx) => {
    const checked = await checkContent(tx, input, input);
    if (checked.kind !== 'ok') return checked;
    const now = deps.clock.now();
    const subject = input.customer ?? (await createSubject(tx, deps, company));
    const row: DesignsTable = {
      company,
      id: newId(now, deps.random),
      share_id: newId(now, deps.random),
      subject,
      family,
      model_hash: checked.modelHash,
      version: 1,
      content_sealed: await sealContent(tx, deps, { company, subject }, checked.content),
      created_at: new Date(now),
      updated_at: new Date(now),
    };
    await insertDesign(tx, row);
    const design = await openRow(tx, deps, row);
    return design === undefined ? { kind: 'design-not-found' } : { kind: 'saved', design };
  });
}

/** Changes a design, unless somebody changed it since the version that the caller saw. */
export async function changeDesign(
  deps: DesignDeps,
  input: {
    readonly company: string;
    readonly design: string;
    readonly version: number;
    readonly decisions: readonly WireChoice[];
    readonly texts: Record<string, string>;
  },
): Promise<SaveOutcome> {
  const { company } = input;
  return await deps.database.transaction(async (tx) => {
    const row = await findDesignRow(tx, company, input.design);
    if (row === undefined) return { kind: 'design-not-found' };
    if (row.version !== input.version) return { kind: 'stale', version: row.version };
    const checked = await checkContent(tx, { company, family: row.family }, input);
    if (checked.kind !== 'ok') return checked;
    const next: DesignsTable = {
      ...row,
      model_hash: checked.modelHash,
      content_sealed: await sealContent(tx, deps, row, checked.content),
      updated_at: new Date(deps.clock.now()),
    };
    const isWritten = await updateDesign(tx, next);
    if (!isWritten) return { kind: 'stale', version: row.version + 1 };
    const design = await openRow(tx, deps, { ...next, version: row.version + 1 });
    return design === undefined ? { kind: 'design-not-found' } : { kind: 'saved', design };
  });
}

/** Gives a design to a subject: from now on that subject's key seals it. */
export async function claimDesign(
  tx: Tx,
  deps: Pick<Deps, 'keys' | 'clock'>,
  input: { readonly company: string; readonly design: string; readonly subject: string },
): Promise<boolean> {
  const { company, subject } = input;
  const row = await findDesignRow(tx, company, input.design);
  const key = row && (await deps.keys.findSubjectKey(tx, company, row.subject));
  if (row === undefined || key === undefined) return false;
  if (row.subject === subject) return true;
  const own = await deps.keys.createSubjectKey(tx, company, subject);
  const content_sealed = seal(own, open(key, row.content_sealed, PURPOSE), PURPOSE);
  const updated_at = new Date(deps.clock.now());
  return await updateDesign(tx, { ...row, subject, content_sealed, updated_at });
}

/** Deletes the designs of a subject; answers how many rows went. */
export async function eraseDesigns(tx: Tx, company: string, subject: string): Promise<number> {
  return await deleteDesigns(tx, company, subject);
}
